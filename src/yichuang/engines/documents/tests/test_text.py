"""What no document can hold is left out, and text stays on one line."""

import pytest

from yichuang.engines.documents.text import printable


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("𬭎·䶮", "𬭎·䶮"),
        ("第一行 \r\n 第二行\t第三列", "第一行 第二行 第三列"),
        ("a\x00b\x1f\x7f\ufffe", "ab"),
        ("\ud800", ""),
        ("", ""),
    ],
)
def test_printable(given: str, printed: str) -> None:
    assert printable(given) == printed

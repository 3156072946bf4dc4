"""A verification code is understood however people type or scan it."""

import pytest

from ..documents.codes import clean_code, grouped
from ..sealing import verification_code

CODE = "7K3M9QXW01CD4F5G"


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "7k3m9qxw01cd4f5g",
        "7K3M 9QXW 01CD 4F5G",
        " 7K3M-9QXW-01CD-4F5G\n",
        "7K3M9QXWOICD4F5G",
        "7k3m9qxwolcd4f5g",
        "７Ｋ３Ｍ９ＱＸＷ０１ＣＤ４Ｆ５Ｇ",
        "7K3M　9QXW–01CD—4F5G",
        f"https://zw.example.gov.cn/verify/{CODE}",
        f"http://127.0.0.1:8000/verify/{CODE}/",
    ],
)
def test_what_is_understood(typed: str) -> None:
    assert clean_code(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", "   ", CODE[:-1], CODE + "A", CODE[:-1] + "U", "省市监局〔2026〕912号", "/", "'; --"]
)
def test_what_is_no_code(typed: str) -> None:
    assert clean_code(typed) == ""


def test_codes_are_their_own_clean_form_and_none_is_like_another() -> None:
    codes = {verification_code(f"notice:D01:2026:{number}") for number in range(1, 500)}
    assert len(codes) == 499
    assert {clean_code(code) for code in codes} == codes


def test_groups_of_four() -> None:
    assert grouped(CODE) == "7K3M 9QXW 01CD 4F5G"
    assert grouped("") == ""

"""PDF by typst: content travels as data and is never read as markup."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import typst

FACES = Path(__file__).parent / "data" / "faces.typ"


def typeset(template: Path, content: Mapping[str, object], *, font_paths: Sequence[Path | str] = ()) -> bytes:
    """``template`` set with ``content`` (its ``sys.inputs.document``, JSON); the same content gives the same bytes.

    ``font_paths`` are folders with Fandol; without it the text is set in the system's Noto CJK. Templates may import
    ``faces.typ``.
    """
    fonts = _fonts(tuple(str(path) for path in font_paths))
    pdf = typst.compile(  # type: ignore[call-overload]  # its stubs do not know of several files
        {"main.typ": template.read_bytes(), "faces.typ": FACES.read_bytes()},
        font_paths=fonts,
        sys_inputs={"document": json.dumps(content, ensure_ascii=False)},
        format="pdf",
        timestamp=0,
    )
    assert isinstance(pdf, bytes)
    return pdf


@lru_cache(maxsize=4)
def _fonts(font_paths: tuple[str, ...]) -> typst.Fonts:
    """Font search walks every font file, so it is done once per process."""
    return typst.Fonts(font_paths=list(font_paths))

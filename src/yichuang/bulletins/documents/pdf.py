"""A bulletin as PDF, typeset by typst from ``data/bulletin.typ``."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import typst

from yichuang.bulletins.types import Document

from .wording import (
    DRAFT_MARK,
    closing_lines,
    copies_text,
    date_text,
    document_name,
    number_line,
    period_line,
    printable,
)

TEMPLATE = Path(__file__).parent / "data" / "bulletin.typ"


def render_pdf(document: Document, *, font_paths: Sequence[Path | str] = ()) -> bytes:
    """The bulletin as an A4 PDF; the same document gives the same bytes.

    ``font_paths`` are folders with Fandol; without it the text is set in the system's Noto CJK.
    """
    fonts = _fonts(tuple(str(path) for path in font_paths))
    # Content travels as data and is never read as typst markup.
    data = {"document": json.dumps(_content(document), ensure_ascii=False)}
    pdf = typst.compile(TEMPLATE.read_bytes(), font_paths=fonts, sys_inputs=data, format="pdf", timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


@lru_cache(maxsize=4)
def _fonts(font_paths: tuple[str, ...]) -> typst.Fonts:
    """Font search walks every font file, so it is done once per process."""
    return typst.Fonts(font_paths=list(font_paths))


def _content(document: Document) -> dict[str, object]:
    masthead = document.masthead
    published = masthead.published_on
    return {
        "name": document_name(masthead),
        "number": number_line(masthead),
        "title": printable(masthead.title),
        "period": period_line(masthead),
        "issuer": printable(masthead.issuer),
        "date": date_text(masthead),
        "published": [published.year, published.month, published.day] if published else None,
        "paragraphs": [{"level": part.level, "text": printable(part.text)} for part in document.paragraphs],
        "closing": closing_lines(masthead),
        "copies": copies_text(masthead),
        "draft": DRAFT_MARK if document.is_draft else "",
        "seal": printable(document.seal),
    }

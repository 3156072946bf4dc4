"""A bulletin as PDF, typeset by typst from ``data/bulletin.typ``."""

from collections.abc import Sequence
from pathlib import Path

from yichuang.bulletins.types import Document
from yichuang.engines.documents.pdf import typeset
from yichuang.engines.documents.text import printable

from .wording import (
    DRAFT_MARK,
    closing_lines,
    copies_text,
    date_text,
    document_name,
    number_line,
    period_line,
)

TEMPLATE = Path(__file__).parent / "data" / "bulletin.typ"


def render_pdf(document: Document, *, font_paths: Sequence[Path | str] = ()) -> bytes:
    """The bulletin as an A4 PDF; the same document gives the same bytes.

    ``font_paths`` are folders with Fandol; without it the text is set in the system's Noto CJK.
    """
    return typeset(TEMPLATE, _content(document), font_paths=font_paths)


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

"""A paper as PDF, typeset by typst from ``data/paper.typ``."""

from collections.abc import Sequence
from pathlib import Path

from yichuang.engines.documents.pdf import typeset
from yichuang.engines.documents.qr import qr_svg
from yichuang.engines.documents.text import printable
from yichuang.kernel.chinese import full_date

from .codes import address_of, grouped, how_to_verify
from .notices import VOIDED
from .types import Paper, Table

TEMPLATE = Path(__file__).parent / "data" / "paper.typ"


def render_pdf(paper: Paper, *, font_paths: Sequence[Path | str] = ()) -> bytes:
    """The paper as an A4 PDF; the same paper gives the same bytes. ``font_paths`` are folders with Fandol."""
    return typeset(TEMPLATE, _content(paper), font_paths=font_paths)


def _content(paper: Paper) -> dict[str, object]:
    day = paper.made_on
    return {
        "title": printable(paper.title),
        "number": printable(paper.number),
        "issuer": printable(paper.issuer),
        "date": full_date(day),
        "made": [day.year, day.month, day.day],
        "addressee": printable(paper.addressee),
        "blocks": [_block(block) for block in paper.blocks],
        "signatures": [printable(name) for name in paper.signatures],
        "code": grouped(paper.code),
        "verify": how_to_verify(paper.address) if paper.code else "",
        "qr": qr_svg(address_of(paper.address, paper.code)) if paper.code else "",
        "mark": VOIDED if paper.is_voided else "",
    }


def _block(block: str | Table) -> dict[str, object]:
    if isinstance(block, str):
        return {"text": printable(block)}
    return {
        "shares": block.shares,
        "head": block.head,
        "rows": [[printable(cell) for cell in row] for row in block.rows],
    }

"""A paper as a Word file; its own styles are in ``data/styles.xml``."""

from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm

from yichuang.engines.documents.qr import qr_png
from yichuang.engines.documents.text import printable
from yichuang.engines.documents.word import Margins, add_mark, add_page_numbers, as_bytes, new_file, set_properties
from yichuang.kernel.chinese import full_date

from .codes import address_of, grouped, how_to_verify
from .notices import VOIDED
from .types import Paper, Table

OWN_STYLES = Path(__file__).parent / "data" / "styles.xml"
MARGINS = Margins(top=26, bottom=24, left=28, right=26, header=14, footer=14)
WIDTH = 156  # mm
QR_SIDE = 27  # mm


def render_docx(paper: Paper) -> bytes:
    """The paper as an A4 .docx, to be corrected by hand where an office needs it."""
    file = new_file(OWN_STYLES, MARGINS)
    set_properties(file, title=f"{paper.title} {paper.number}", author=paper.issuer, day=paper.made_on)
    add_page_numbers(file)
    if paper.is_voided:
        add_mark(file, VOIDED)
    _add_head(file, paper)
    if paper.addressee:
        file.add_paragraph(printable(paper.addressee), style="Paper Plain")
    for block in paper.blocks:
        if isinstance(block, Table):
            _add_table(file, block)
        else:
            file.add_paragraph(printable(block), style="Paper Text")
    if paper.signatures:
        _add_signatures(file, paper.signatures)
    if paper.issuer:
        file.add_paragraph(style="Paper Plain")
        for line in ("（印章）", printable(paper.issuer), full_date(paper.made_on)):
            file.add_paragraph(line, style="Paper Signature")
    if paper.code:
        _add_code(file, paper)
    return as_bytes(file)


def _add_head(file: Any, paper: Paper) -> None:
    if paper.issuer:
        file.add_paragraph(printable(paper.issuer), style="Paper Head")
        file.add_paragraph(printable(paper.number), style="Paper Number")
    file.add_paragraph(printable(paper.title), style="Paper Title")
    if not paper.issuer:
        file.add_paragraph(printable(paper.number), style="Paper Plain").alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_table(file: Any, block: Table) -> None:
    rows = [block.head, *block.rows] if block.head else block.rows
    table = _new_table(file, len(rows), [WIDTH * share / sum(block.shares) for share in block.shares], "Paper Grid")
    for place, row in enumerate(rows):
        properties = table.rows[place]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        is_head = bool(block.head) and place == 0
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(table.rows[place].cells, row, strict=True):
            cell.paragraphs[0].style = "Paper Cell Head" if is_head else "Paper Cell"
            cell.paragraphs[0].add_run(printable(text))


def _add_signatures(file: Any, names: tuple[str, ...]) -> None:
    file.add_paragraph(style="Paper Plain")
    table = _new_table(file, 1, [WIDTH / len(names)] * len(names), "Normal Table")
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        cell.paragraphs[0].style = "Paper Plain"
        cell.paragraphs[0].add_run(f"{printable(name)}：")
        for line in ("", "签字：＿＿＿＿＿＿＿＿", "日期：　　　　年　　月　　日"):
            cell.add_paragraph(line, style="Paper Plain")


def _add_code(file: Any, paper: Paper) -> None:
    """The QR code, with the code in words beside it."""
    file.add_paragraph(style="Paper Rule")
    table = _new_table(file, 1, [QR_SIDE + 5, WIDTH - QR_SIDE - 5], "Normal Table")
    picture, words = table.rows[0].cells
    picture.paragraphs[0].style = "Paper Picture"
    image = BytesIO(qr_png(address_of(paper.address, paper.code)))
    picture.paragraphs[0].add_run().add_picture(image, width=Mm(QR_SIDE))
    words.paragraphs[0].style = "Paper Cell"
    words.paragraphs[0].add_run(f"验证码：{grouped(paper.code)}")
    words.add_paragraph(how_to_verify(paper.address), style="Paper Cell")


def _new_table(file: Any, rows: int, widths: list[float], style: str) -> Any:
    """A table of fixed column widths (mm), as wide as the text."""
    table = file.add_table(rows, len(widths), style=style)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for place, width in enumerate(widths):
        table.columns[place].width = Mm(width)
        for cell in table.columns[place].cells:
            cell.width = Mm(width)
    return table

"""A bulletin as a Word file; its styles are in ``data/styles.xml``."""

from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from yichuang.bulletins.types import Document, Masthead

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

DATA = Path(__file__).parent / "data"
STYLES = {0: "Body Text", 1: "Heading 1", 2: "Heading 2", 3: "Heading 3"}
LINE_PITCH = 579  # twentieths of a point: 22 lines in 225 mm
# 28 characters in 156 mm: 1/4096 pt added to the 16 pt of the Normal style, for a pitch of 15.79 pt.
CHARACTER_SPACE = -842


def render_docx(document: Document) -> bytes:
    """The bulletin as an A4 .docx, figures as plain text."""
    file = docx.Document()
    _set_styles(file)
    _set_page(file)
    _set_properties(file, document.masthead)
    _add_page_numbers(file)
    if document.is_draft:
        _add_draft_mark(file)
    _add_masthead(file, document.masthead)
    for part in document.paragraphs:
        paragraph = file.add_paragraph(style=STYLES.get(part.level, STYLES[0]))
        for run in part.runs:
            paragraph.add_run(printable(run.text))
    _add_closing(file, document)
    output = BytesIO()
    file.save(output)
    return output.getvalue()


def _set_styles(file: Any) -> None:
    file.styles.element[:] = list(parse_xml((DATA / "styles.xml").read_bytes()))
    fonts = next(part for part in file.part.package.iter_parts() if part.partname == PackURI("/word/fontTable.xml"))
    fonts._blob = (DATA / "fonts.xml").read_bytes()  # the library holds this part as bytes and offers no writer
    spacing = file.settings.element.find(qn("w:characterSpacingControl"))
    spacing.set(qn("w:val"), "compressPunctuation")


def _set_page(file: Any) -> None:
    """GB/T 9704—2012, 5.2: A4, text block 156 × 225 mm, 22 lines of 28 characters."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance = Mm(22)
    section.footer_distance = Mm(22.4)  # the number's line of 16 pt then begins 7 mm below the text block
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    grid.set(qn("w:charSpace"), str(CHARACTER_SPACE))


def _set_properties(file: Any, masthead: Masthead) -> None:
    properties = file.core_properties
    properties.title = document_name(masthead)
    properties.author = properties.last_modified_by = printable(masthead.issuer)
    properties.language = "zh-CN"
    properties.comments = ""
    # Word wants a date; a bulletin without one takes the last day of its period.
    day = masthead.published_on or masthead.last
    properties.created = properties.modified = datetime.combine(day, time(), UTC)


def _add_page_numbers(file: Any) -> None:
    """``— 3 —``: right on odd pages, left on even ones (7.5)."""
    file.settings.odd_and_even_pages_header_footer = True
    section = file.sections[0]
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "Footer"
        paragraph.alignment = side
        paragraph.add_run("— ")
        _add_field(paragraph, "PAGE")
        paragraph.add_run(" —")


def _add_field(paragraph: Any, code: str) -> None:
    for kind in ("begin", "separate", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        if kind == "separate":
            instruction = OxmlElement("w:instrText")
            instruction.text = code
            paragraph.add_run()._r.append(instruction)
        paragraph.add_run()._r.append(mark)
        if kind == "separate":
            paragraph.add_run("1")


def _add_draft_mark(file: Any) -> None:
    section = file.sections[0]
    sides = ((section.header, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_header, WD_ALIGN_PARAGRAPH.LEFT))
    for header, side in sides:
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.style = "Header"
        paragraph.alignment = side
        paragraph.add_run(f"\u00a0{DRAFT_MARK}\u00a0")  # plain spaces at a line's end would hang out of the border


def _add_masthead(file: Any, masthead: Masthead) -> None:
    file.add_paragraph(number_line(masthead), style="Issue Number")
    file.add_paragraph(printable(masthead.title), style="Title")
    file.add_paragraph(period_line(masthead), style="Period")
    file.add_paragraph()
    file.add_paragraph(f"{printable(masthead.issuer)}\t{date_text(masthead)}", style="Issuer")
    file.add_paragraph()


def _add_closing(file: Any, document: Document) -> None:
    """Recipients between two rules, copies at the right, the seal below."""
    masthead = document.masthead
    lines, copies = closing_lines(masthead), copies_text(masthead)
    if lines or copies or document.seal:
        file.add_paragraph()
    if lines:
        file.add_paragraph(style="Closing Rule")
        for label, recipients in lines:
            file.add_paragraph(label + recipients, style="Closing Line")
        file.add_paragraph(style="Closing Rule")
    if copies:
        file.add_paragraph(copies, style="Copies")
    if document.seal:
        file.add_paragraph(printable(document.seal), style="Seal")

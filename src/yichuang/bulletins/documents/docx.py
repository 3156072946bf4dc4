"""A bulletin as a Word file; what only a bulletin has of styles is in ``data/styles.xml``."""

from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from yichuang.bulletins.types import Document, Masthead
from yichuang.engines.documents.text import printable
from yichuang.engines.documents.word import Margins, add_mark, add_page_numbers, as_bytes, new_file, set_properties

from .wording import (
    DRAFT_MARK,
    closing_lines,
    copies_text,
    date_text,
    document_name,
    number_line,
    period_line,
)

OWN_STYLES = Path(__file__).parent / "data" / "styles.xml"
STYLES = {0: "Body Text", 1: "Heading 1", 2: "Heading 2", 3: "Heading 3"}
# GB/T 9704—2012, 5.2: text block 156 × 225 mm; the page number's line of 16 pt begins 7 mm below it.
MARGINS = Margins(top=37, bottom=35, left=28, right=26, header=22, footer=22.4)
LINE_PITCH = 579  # twentieths of a point: 22 lines in 225 mm
# 28 characters in 156 mm: 1/4096 pt added to the 16 pt of the Normal style, for a pitch of 15.79 pt.
CHARACTER_SPACE = -842


def render_docx(document: Document) -> bytes:
    """The bulletin as an A4 .docx, figures as plain text."""
    masthead = document.masthead
    file = new_file(OWN_STYLES, MARGINS)
    _set_grid(file)
    # Word wants a date; a bulletin without one takes the last day of its period.
    day = masthead.published_on or masthead.last
    set_properties(file, title=document_name(masthead), author=masthead.issuer, day=day)
    add_page_numbers(file)
    if document.is_draft:
        add_mark(file, DRAFT_MARK)
    _add_masthead(file, masthead)
    for part in document.paragraphs:
        paragraph = file.add_paragraph(style=STYLES.get(part.level, STYLES[0]))
        for run in part.runs:
            paragraph.add_run(printable(run.text))
    _add_closing(file, document)
    return as_bytes(file)


def _set_grid(file: Any) -> None:
    """22 lines of 28 characters."""
    grid = file.sections[0]._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    grid.set(qn("w:charSpace"), str(CHARACTER_SPACE))


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

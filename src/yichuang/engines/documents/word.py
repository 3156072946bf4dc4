"""Word files after GB/T 9704—2012: base styles in ``data/styles.xml``, faces in ``data/fonts.xml``."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from .text import printable

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Margins:
    """Distances in millimetres between an A4 page's edges and its text block, header and footer."""

    top: float
    bottom: float
    left: float
    right: float
    header: float
    footer: float


def new_file(own_styles: Path, margins: Margins) -> Any:
    """An empty A4 file with the base styles and those in ``own_styles``."""
    file = docx.Document()
    base, own = (parse_xml(path.read_bytes()) for path in (DATA / "styles.xml", own_styles))
    file.styles.element[:] = [deepcopy(style) for part in (base, own) for style in part]
    fonts = next(part for part in file.part.package.iter_parts() if part.partname == PackURI("/word/fontTable.xml"))
    fonts._blob = (DATA / "fonts.xml").read_bytes()  # the library holds this part as bytes and offers no writer
    spacing = file.settings.element.find(qn("w:characterSpacingControl"))
    spacing.set(qn("w:val"), "compressPunctuation")
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance, section.footer_distance = Mm(margins.header), Mm(margins.footer)
    return file


def set_properties(file: Any, *, title: str, author: str, day: date) -> None:
    """What Word shows as the file's properties; ``day`` is when it was made."""
    properties = file.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = printable(author)
    properties.language = "zh-CN"
    properties.comments = ""
    properties.created = properties.modified = datetime.combine(day, time(), UTC)


def add_page_numbers(file: Any) -> None:
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


def add_mark(file: Any, mark: str) -> None:
    """A red framed word at the head of every page: on the right of odd pages, on the left of even ones."""
    section = file.sections[0]
    sides = ((section.header, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_header, WD_ALIGN_PARAGRAPH.LEFT))
    for header, side in sides:
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.style = "Header"
        paragraph.alignment = side
        paragraph.add_run(f"\u00a0{mark}\u00a0")  # plain spaces at a line's end would hang out of the border


def as_bytes(file: Any) -> bytes:
    """The finished file."""
    output = BytesIO()
    file.save(output)
    return output.getvalue()


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

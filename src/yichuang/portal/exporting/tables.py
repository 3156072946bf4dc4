"""A small table as a file: statistics, as they stand on the page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from .columns import Cell
from .text import BOM, lines
from .workbook import cell

NARROW, WIDE = 14, 40  # characters


@dataclass(frozen=True, slots=True)
class Table:
    """A title, headings, and rows under them; the last row is the whole."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def csv_bytes(table: Table) -> bytes:
    """CSV with a byte-order mark."""
    return (BOM + lines([list(row) for row in (table.headings, *table.rows)])).encode()


def workbook_bytes(table: Table) -> bytes:
    """A workbook of one sheet with its headings fixed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title)
    sheet.freeze_panes = "B2"
    for number in range(1, len(table.headings) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDE if number == 1 else NARROW
    for row in (table.headings, *table.rows):
        sheet.append([cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()

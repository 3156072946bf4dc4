"""Workbooks (.xlsx), written row by row into a temporary file."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from ..rules import is_formula
from ..types import EntryRow, TooManyRows
from .columns import COLUMNS, Cell, cells, headings
from .progress import Tracker

MOST_ROWS = 1_048_575  # of a sheet (ECMA-376: 1,048,576), less the heading


def check_rows(total: int) -> None:
    """Refuse what does not fit on one sheet."""
    if total > MOST_ROWS:
        raise TooManyRows(total, MOST_ROWS)


def workbook_file(rows: Iterator[EntryRow], tracker: Tracker) -> IO[bytes]:
    """An open temporary file, at its beginning; whoever closes it deletes it."""
    with tracker.reporting():
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_("台账"))
        sheet.freeze_panes = "A2"
        for number, column in enumerate(COLUMNS, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        sheet.append(headings())
        for row in tracker.counted(rows):
            sheet.append([cell(sheet, value) for value in cells(row)])
        file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - handed on open; the response closes it
        book.save(file)
        file.seek(0)
        return file


def cell(sheet: Any, value: Cell) -> Any:
    """``value``; text that would become a formula is marked as text."""
    if isinstance(value, str) and is_formula(value):
        marked = WriteOnlyCell(sheet, value=value)
        marked.data_type = "s"
        return marked
    return value

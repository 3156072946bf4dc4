"""CSV: UTF-8 with a byte-order mark, so that spreadsheets set to GB codes read Chinese; streamed."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from django.utils import translation

from ..rules import as_text
from ..types import EntryRow
from .columns import Cell, cells, headings
from .progress import Tracker

ROWS_AT_ONCE = 500
BOM = "\ufeff"


def csv_stream(rows: Iterator[EntryRow], tracker: Tracker, *, language: str) -> Iterator[bytes]:
    """The file in pieces. ``language`` is handed in: streaming goes on after the request's own is over."""
    with tracker.reporting():
        rows = tracker.counted(rows)
        with translation.override(language):
            head: list[list[Cell]] = [list(headings())]
            piece = BOM + lines(head)
        while piece:
            yield piece.encode()
            with translation.override(language):
                piece = lines([cells(row) for row in islice(rows, ROWS_AT_ONCE)])


def lines(table: list[list[Cell]]) -> str:
    """Rows as CSV, with what a spreadsheet would calculate marked as text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([as_text(cell) if isinstance(cell, str) else cell for cell in row] for row in table)
    return text.getvalue()

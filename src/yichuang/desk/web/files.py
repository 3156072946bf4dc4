"""Lists as files: CSV with a byte-order mark, and workbooks; no cell can run as a formula."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from yichuang.kernel.errors import Refusal

Cell = str | int | date | datetime | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60  # characters of a column


def list_file(form: str, name: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> HttpResponse:
    """``rows`` as the download ``<name>-<today>.<form>``; ``form`` is csv or xlsx."""
    if form == "csv":
        response = HttpResponse(_csv(headings, rows), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        response = HttpResponse(_workbook(headings, rows), content_type=WORKBOOK_TYPE)
    else:
        raise Refusal(f"没有 {form} 格式的导出，请选择 CSV 或 Excel", code="not_found", field="form")
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.{form}"'
    return response


def _csv(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings)
    for row in rows:
        words = [_words(cell) for cell in row]
        writer.writerow([f"'{word}" if word.startswith(FORMULA_STARTS) else word for word in words])
    return f"\ufeff{text.getvalue()}".encode()


def _words(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)


def _workbook(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(headings))
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = timezone.localtime(value).replace(tzinfo=None) if isinstance(value, datetime) else value
            if isinstance(value, str):
                cell.data_type = "s"  # also what begins like a formula
    for column, heading in enumerate(headings, start=1):
        longest = max([len(heading), *(len(_words(row[column - 1])) for row in rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(2 * longest + 2, WIDEST)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()

"""Exports read back: the same entries as the page, formulas as text, progress, the access log, the row limit."""

import csv
import io
import re

import pytest
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from yichuang.accounts.models import AccessLog, Person
from yichuang.accounts.tests.factories import actor_for, make_person
from yichuang.cases.types import CONSULTED
from yichuang.kernel.actor import Role
from yichuang.ledger.models import TotalCounter
from yichuang.portal.exporting import progress as progress_module
from yichuang.portal.exporting.columns import COLUMNS
from yichuang.portal.exporting.workbook import MOST_ROWS
from yichuang.portal.types import LEDGER

from .conftest import FRIDAY, Write, logged_in, make_item, text_of

HEADINGS = [column.heading for column in COLUMNS]


def csv_of(response: HttpResponse) -> list[dict[str, str]]:
    """The rows of a CSV answer; it begins with a byte-order mark."""
    assert response.status_code == 200
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_of(response: HttpResponse) -> list[tuple[object, ...]]:
    """The rows of a workbook answer, with the heading."""
    assert response.status_code == 200
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
    return list(book.active.iter_rows(values_only=True))


@pytest.fixture
def entries(write: Write) -> list[int]:
    """Entries of two kinds; one item's name would calculate, one quantity is negative."""
    make_item("KEY1", '=HYPERLINK("http://example.invalid","看")')
    make_item("KEY2", "@SUM(1+1)")
    return [
        write(1).id,
        write(2, item="KEY2", quantity=-1).id,
        write(3, kind=CONSULTED, item="", region="").id,
    ]


def test_csv_holds_what_the_page_lists(client: Client, entries: list[int]) -> None:
    rows = csv_of(client.get("/ledger/export.csv?from=2024-09-20&to=2024-09-20"))
    assert [int(row["条目号"]) for row in rows] == entries
    assert list(rows[0]) == HEADINGS
    assert rows[0]["事项"] == '\'=HYPERLINK("http://example.invalid","看")'
    assert rows[1]["事项"] == "'@SUM(1+1)"
    assert rows[1]["数量"] == "-1"
    assert (rows[2]["类别"], rows[2]["单位"], rows[2]["渠道"]) == ("咨询", "人次", "综合窗口")
    assert rows[0]["发生时间"] == "2024-09-20 10:00:00"
    assert sum(int(row["数量"]) for row in rows) == 1


def test_workbook_holds_the_same_and_no_formula(client: Client, entries: list[int]) -> None:
    head, *rows = sheet_of(client.get("/ledger/export.xlsx"))
    assert list(head) == HEADINGS
    assert [row[0] for row in rows] == entries
    assert rows[0][HEADINGS.index("发生时间")] == FRIDAY.replace(tzinfo=None)
    assert rows[1][HEADINGS.index("数量")] == -1
    response = client.get("/ledger/export.xlsx")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_filters_hold_for_files(client: Client, entries: list[int]) -> None:
    assert [int(row["条目号"]) for row in csv_of(client.get("/ledger/export.csv?metric=consulted"))] == entries[2:]
    assert [row[0] for row in sheet_of(client.get("/ledger/export.xlsx?item=KEY2"))[1:]] == entries[1:2]
    bounded = csv_of(client.get(f"/ledger/export.csv?through={entries[0]}"))
    assert [int(row["条目号"]) for row in bounded] == entries[:1]


def test_no_file_from_a_wrong_filter(client: Client, entries: list[int]) -> None:
    for extension in ("csv", "xlsx"):
        response = client.get(f"/ledger/export.{extension}?to=2024-04-31")
        assert response.status_code == 422
        assert "没有 2024年4月31日" in response.content.decode()
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_exports_are_on_record(client: Client, editor: Person, entries: list[int], extension: str) -> None:
    response = client.get(f"/ledger/export.{extension}?kind=accepted")
    b"".join(response.streaming_content)  # type: ignore[attr-defined]
    (look,) = AccessLog.objects.all()
    assert (look.person, look.subject_type) == (editor.pk, LEDGER.code)
    assert look.purpose == f"导出台账 {extension.upper()} 2 条"


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_progress_is_told_to_whom_it_belongs(
    client: Client, write: Write, monkeypatch: pytest.MonkeyPatch, extension: str
) -> None:
    monkeypatch.setattr(progress_module, "REPORT_EVERY", 10)
    for number in range(25):
        write(number)
    address = "/ledger/export/progress?token=abc123"
    assert client.get(address).json() == {"done": 0, "total": 0, "state": "unknown"}
    response = client.get(f"/ledger/export.{extension}?token=abc123")
    b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert client.get(address).json() == {"done": 25, "total": 25, "state": "done"}
    stranger = logged_in(make_person("lisi", [Role.EDITOR], "D01"))
    assert stranger.get(address).json()["state"] == "unknown"


def test_progress_moves_while_the_file_streams_and_fails_when_it_breaks_off(
    client: Client, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_module, "REPORT_EVERY", 200)
    for number in range(701):
        write(number)
    response = client.get("/ledger/export.csv?token=abc123")
    pieces = iter(response.streaming_content)  # type: ignore[attr-defined]
    address = "/ledger/export/progress?token=abc123"
    assert client.get(address).json() == {"done": 0, "total": 701, "state": "running"}
    next(pieces)  # the heading
    next(pieces)  # five hundred rows
    assert client.get(address).json() == {"done": 400, "total": 701, "state": "running"}
    response._iterator.close()  # type: ignore[attr-defined]  # as when the browser goes away
    assert client.get(address).json()["state"] == "failed"


def test_a_strange_token_is_refused(client: Client, entries: list[int]) -> None:
    for path in ("export/progress", "export.csv"):
        assert client.get(f"/ledger/{path}?token=../../x").status_code == 422


def test_more_rows_than_a_sheet_holds(client: Client, write: Write) -> None:
    write(1)
    TotalCounter.objects.create(
        day=FRIDAY.date(), kind=CONSULTED.code, channel=1, quantity=MOST_ROWS, entries=MOST_ROWS
    )  # counts a million entries without writing them
    response = client.get("/ledger/export.xlsx")
    assert response.status_code == 422
    refusal = response.content.decode()
    assert "1,048,576 条" in refusal
    assert "缩小日期范围" in refusal
    assert "CSV" in refusal
    page = text_of(client.get("/ledger"))
    assert "Excel 放不下" in page
    assert "/ledger/export.xlsx" not in page
    assert "/ledger/export.csv" in page
    assert not AccessLog.objects.exists()


def test_export_links_carry_the_filter_and_no_page(client: Client, write: Write) -> None:
    for number in range(60):
        write(number)
    page = text_of(client.get("/ledger?department=D01"))
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following is not None
    page = text_of(client.get("/ledger" + following[1].replace("&amp;", "&")))
    link = re.search(r'href="(/ledger/export.csv[^"]*)"', page)
    assert link is not None
    assert "department=D01" in link[1]
    assert "after" not in link[1]
    assert "trail" not in link[1]
    assert len(csv_of(client.get(link[1].replace("&amp;", "&")))) == 60


def test_english_headings(client: Client, entries: list[int]) -> None:
    client.cookies["django_language"] = "en"
    assert len(csv_of(client.get("/ledger/export.csv"))) == 3


def test_an_actor_is_named(write: Write, client: Client) -> None:
    other = make_person("lisi", [Role.FRONT], "D01", name="=李四")
    write(1, actor=actor_for(other))
    (row,) = csv_of(client.get("/ledger/export.csv"))
    assert row["办理人"] == "'=李四"

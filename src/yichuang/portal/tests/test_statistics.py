"""The page of statistics: what it counts, where figures lead, who sees whom, what it says of wrong input."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.models import AccessLog, Person
from yichuang.accounts.tests.factories import actor_for, make_department, make_person
from yichuang.calendars.queries import calendar
from yichuang.cases.types import CONSULTED, HANDED_OVER, ISSUED
from yichuang.kernel.actor import Role
from yichuang.ledger.actions import fold
from yichuang.ledger.types import Channel

from .conftest import FRIDAY, Write, logged_in, make_item, text_of

DAY = timedelta(days=1)
WEEK = "from=2024-09-16&to=2024-09-22"


@pytest.fixture
def clerk(db: None) -> Person:
    """A clerk of D02."""
    return make_person("lisi", [Role.FRONT], "D02", name="李四")


@pytest.fixture
def hall(write: Write, clerk: Person, working_calendar: None) -> None:
    """A week with all sorts of entries, and one acceptance in the week before."""
    make_department("D02")
    make_item("KEY1", "食品经营许可（首次申请）")
    make_item("KEY2", "药品经营许可", "D02")
    write(1)
    write(2, at=FRIDAY - 2 * DAY, quantity=3)
    write(3, channel=Channel.ONLINE, quantity=5)
    write(4, department="D02", item="KEY2", actor=actor_for(clerk), quantity=2)
    write(5, kind=CONSULTED, department="", item="", actor=actor_for(clerk))
    write(6, kind=ISSUED, department="D02", item="KEY2")
    write(7, kind=HANDED_OVER, at=FRIDAY - 3 * DAY)
    write(8, at=FRIDAY - 7 * DAY, quantity=7)


def table_of(page: str) -> dict[str, list[str]]:
    """The figures of the table's rows by name, as they stand; the whole is under 合计."""
    section = page.split('id="table-title"')[1].split("</section>", maxsplit=1)[0]
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', section)
    return {name: re.findall(r'<td class="num">(?:<a[^>]*>)?([^<]+)', cells) for name, cells in rows}


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("metric=accepted&group=department", {"D01厅": ["4"], "D02厅": ["2"], "合计": ["6"]}),
        ("metric=accepted&group=channel", {"综合窗口": ["6"], "合计": ["6"]}),
        ("metric=all_accepted&group=channel", {"综合窗口": ["6"], "网上": ["5"], "合计": ["11"]}),
        ("metric=accepted&group=person", {"王编辑": ["4"], "李四": ["2"], "合计": ["6"]}),
        (
            "metric=accepted&metric=issued&group=item",
            {"食品经营许可（首次申请）": ["4", "0"], "药品经营许可": ["2", "1"], "合计": ["6", "1"]},
        ),
        ("metric=consulted&group=item", {"（不涉及事项）": ["1"], "合计": ["1"]}),
        ("metric=consulted&group=department", {"（不属于部门）": ["1"], "合计": ["1"]}),
        ("metric=accepted&group=region", {"示范省": ["6"], "合计": ["6"]}),
        ("metric=accepted&group=week", {"2024-09-16—09-22": ["6"], "合计": ["6"]}),
        ("metric=accepted&group=month", {"2024-09": ["6"], "合计": ["6"]}),
        (
            "metric=online_share&group=department",
            {"D01厅": ["55.56"], "D02厅": ["0.00"], "合计": ["45.45"]},
        ),
        ("metric=accepted&group=item&department=D02", {"药品经营许可": ["2"], "合计": ["2"]}),
        ("metric=all_accepted&group=department&channel=online", {"D01厅": ["5"], "合计": ["5"]}),
        ("metric=accepted&group=department&item=药品", {"D02厅": ["2"], "合计": ["2"]}),
    ],
)
@pytest.mark.parametrize("is_folded", [False, True])
def test_groups(client: Client, query: str, expected: dict[str, list[str]], *, is_folded: bool) -> None:
    if is_folded:
        fold()
    assert table_of(text_of(client.get(f"/statistics?{WEEK}&{query}"))) == expected


@pytest.mark.usefixtures("hall")
def test_days_without_entries_are_there(client: Client) -> None:
    table = table_of(text_of(client.get(f"/statistics?{WEEK}&metric=accepted&metric=online_share&group=day")))
    assert list(table) == [*(f"2024-09-{day}" for day in range(16, 23)), "合计"]
    assert table["2024-09-18"] == ["3", "0.00"]
    assert table["2024-09-21"] == ["0", "—"]


@pytest.mark.usefixtures("hall")
def test_the_whole_stands_beside_comparable_days(client: Client) -> None:
    page = text_of(client.get("/statistics?from=2024-09-20&to=2024-09-20&metric=accepted&metric=cases_handed_over"))
    assert "与 9月13日 星期五 相比" in page
    assert "对比期 7" in page
    month = text_of(client.get("/statistics?from=2024-09-01&to=2024-09-20&metric=accepted&group=none"))
    assert "14 个工作日" in month  # the Sunday of 14 September made up for Mid-Autumn
    assert "与 8月13日—8月30日 相比" in month


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize("group", ["none", "day", "week", "month", "department", "item", "region", "channel", "person"])
def test_every_figure_leads_to_entries_of_the_same_sum(client: Client, group: str) -> None:
    metrics = "metric=accepted&metric=all_accepted&metric=issued&metric=consulted"
    page = client.get(f"/statistics?{WEEK}&{metrics}&group={group}").content.decode()
    links = re.findall(r'<a href="(/ledger\?[^"]+)">\s*([\d,]+)', page)
    assert links
    for href, figure in links:
        listed = text_of(client.get(unescape(href)))
        found = re.search(r"数量合计 <strong>([\d,]+)</strong>", listed)
        assert found is not None, href
        assert found[1] == figure, href


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize("filters", ["channel=window", "channel=online", "department=D01", "item=KEY1&channel=online"])
def test_links_keep_the_filters(client: Client, filters: str) -> None:
    for group in ("department", "none"):
        page = client.get(f"/statistics?{WEEK}&metric=all_accepted&{filters}&group={group}").content.decode()
        links = re.findall(r'<a href="(/ledger\?[^"]+)">\s*([\d,]+)', page)
        assert links
        for href, figure in links:
            assert f"数量合计 <strong>{figure}</strong>" in text_of(client.get(unescape(href)))


@pytest.mark.usefixtures("hall")
def test_what_cannot_be_told_in_groups_is_said(client: Client) -> None:
    page = text_of(
        client.get(f"/statistics?{WEEK}&metric=accepted&metric=cases_handed_over&metric=open_cases&group=item")
    )
    assert "“流转办件”同一对象只计一次" in page
    assert "“在办”是时点数" in page
    assert table_of(page)["合计"] == ["6"]
    neither = text_of(client.get(f"/statistics?{WEEK}&metric=accepted&group=person&item=KEY1"))
    assert "人员的数字不分事项和区划" in neither
    assert "所选数字不能这样分组" in neither


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize(
    ("roles", "department", "seen"),
    [
        ([Role.HALL], "", {"王编辑", "李四"}),
        ([Role.ADMIN], "", {"王编辑", "李四"}),
        ([Role.CHIEF], "D02", {"李四"}),
        ([Role.CHIEF], "D01", {"王编辑"}),
        ([Role.MIDDLE], "", set()),
        ([Role.CATALOGUE], "", set()),
        ([Role.FRONT], "D02", set()),
        ([Role.BACK], "D02", set()),
    ],
)
def test_people_are_seen_by_those_who_lead_them(roles: list[Role], department: str, seen: set[str]) -> None:
    viewer = logged_in(make_person("kan", roles, department))
    page = text_of(viewer.get(f"/statistics?{WEEK}&metric=all_accepted&group=person"))
    assert {name for name in ("王编辑", "李四") if name in page} == seen
    if not seen:
        assert "这段时间没有记录" in page
    file = viewer.get(f"/statistics/export.csv?{WEEK}&metric=all_accepted&group=person").content.decode()
    assert {name for name in ("王编辑", "李四") if name in file} == seen


@pytest.mark.usefixtures("hall")
def test_everybody_sees_the_own_figures_and_the_hall(clerk: Person) -> None:
    viewer = logged_in(clerk)
    page = text_of(viewer.get(f"/statistics?{WEEK}&metric=accepted&group=person"))
    assert table_of(page) == {"李四": ["2"], "合计": ["2"]}
    assert "按人员只列出您自己" in page
    whole = text_of(viewer.get(f"/statistics?{WEEK}&metric=accepted&group=department"))
    assert table_of(whole)["合计"] == ["6"]
    assert "/ledger?" not in whole


def test_those_without_a_post_and_visitors_are_turned_away(db: None) -> None:
    assert logged_in(make_person("nobody")).get("/statistics").status_code == 403
    for path in ("/statistics", "/statistics/export.csv", "/statistics/export.xlsx"):
        assert Client().get(path).status_code == 302
    assert Client().post("/statistics/saved").status_code == 302


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize(
    ("query", "said", "kept"),
    [
        ("group=day", "请至少选一项数字", ""),
        ("metric=accepted&from=2024-09-31&group=day", "没有 2024年9月31日", "2024-09-31"),
        ("metric=accepted&from=2024-09-22&to=2024-09-20", "晚于截止日期", "2024-09-22"),
        ("metric=accepted&to=2024-09-20", "请填写起始日期", "2024-09-20"),
        ("metric=accepted&from=2199-01-01", "起始日期须在", "2199-01-01"),
        ("metric=accepted&from=2010-01-01&to=2020-01-01&group=day", "按日最多看三年", "2010-01-01"),
        ("metric=accepted&item=没有的", "没有短码或名称为“没有的”的事项", "没有的"),
        ("metric=accepted&item=经营许可", "对应多个事项，请填短码", "经营许可"),
        ("metric=accepted&period=next_year", "next_year", ""),
        ("metric=accepted&group=planet", "planet", ""),
        ("metric=no_such", "no_such", ""),
        ("&".join(f"metric={slug}" for slug in (
            "consulted", "accepted", "issued", "handed_over", "concluded", "online_accepted", "all_accepted")),
            "一次最多选 6 项数字", ""),
    ],
)  # fmt: skip
def test_a_wrong_input_is_named_and_the_rest_kept(client: Client, query: str, said: str, kept: str) -> None:
    page = text_of(client.get(f"/statistics?{query}"))
    assert said in page
    assert kept in page
    assert "条件有误" in page
    response = client.get(f"/statistics/export.csv?{query}")
    assert response.status_code == 422


def test_an_empty_period_says_where_to_look(client: Client, write: Write) -> None:
    assert "办理业务后" in text_of(client.get("/statistics"))
    write(1)
    page = text_of(client.get("/statistics?metric=accepted&period=today"))
    assert "这段时间没有记录" in page
    link = re.search(r'href="([^"]+)">看最近有记录的 2024-09-01—2024-09-20', page)
    assert link is not None
    assert "合计" in text_of(client.get(unescape(link[1])))


@pytest.mark.usefixtures("hall")
def test_sorting(client: Client) -> None:
    base = f"/statistics?{WEEK}&metric=accepted&metric=issued&group=department"
    assert next(iter(table_of(text_of(client.get(base))))) == "D01厅"
    page = text_of(client.get(f"{base}&sort=-issued"))
    assert next(iter(table_of(page))) == "D02厅"
    assert 'aria-sort="descending"' in page
    back = re.search(r'aria-sort="descending"><a href="([^"]+)"', page)
    assert back is not None
    assert parse_qs(urlsplit(unescape(back[1])).query)["sort"] == ["issued"]
    assert next(iter(table_of(text_of(client.get(f"{base}&sort=name"))))) == "D01厅"


def test_many_groups_are_paged_and_the_chart_shows_twenty(client: Client, write: Write) -> None:
    for number in range(60):
        write(number, item=f"K{number:02}", quantity=number + 1)
    page = text_of(client.get(f"/statistics?{WEEK}&metric=accepted&group=item"))
    assert len(table_of(page)) == 51
    assert table_of(page)["合计"] == ["1,830"]
    assert "其他 40 项" in page
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following is not None
    second = text_of(client.get("/statistics" + unescape(following[1])))
    assert len(table_of(second)) == 11


@pytest.mark.usefixtures("hall")
def test_files_hold_the_table(client: Client) -> None:
    query = f"{WEEK}&metric=accepted&metric=online_share&group=person"
    response = client.get(f"/statistics/export.csv?{query}")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["人员", "受理（件）", "网办率（%）"]
    assert rows[1:] == [["王编辑", "4", "55.56"], ["李四", "2", "0.00"], ["合计", "6", "45.45"]]
    assert AccessLog.objects.filter(purpose="导出统计（按人员）2 人").count() == 1
    book = client.get(f"/statistics/export.xlsx?{query}")
    sheet = load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.rows][1] == ["王编辑", 4, 55.56]


@pytest.mark.usefixtures("hall")
@pytest.mark.parametrize(("group", "most"), [("none", 14), ("department", 14), ("item", 14), ("person", 15)])
def test_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, group: str, most: int
) -> None:
    calendar()
    client.get("/ledger")  # prolongs the session, once a minute
    with django_assert_max_num_queries(most):
        text_of(client.get(f"/statistics?{WEEK}&metric=accepted&metric=issued&metric=online_share&group={group}"))


@pytest.mark.usefixtures("hall")
def test_english(client: Client) -> None:
    client.cookies["django_language"] = "en"
    response = client.get(f"/statistics?{WEEK}&metric=accepted&group=week")
    assert response.headers["Content-Language"] == "en"
    assert "2024-09-16" in text_of(response)

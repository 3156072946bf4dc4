"""The front page: which day it shows, what it counts, where its figures lead, and what it asks of the database."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.tests.factories import make_department, make_person
from yichuang.calendars.queries import calendar
from yichuang.cases.types import CONCLUDED, CONSULTED, HANDED_OVER, ISSUED
from yichuang.kernel.actor import Role
from yichuang.ledger.actions import fold
from yichuang.ledger.types import Channel

from .conftest import FRIDAY, Write, logged_in, text_of

WEEK = timedelta(days=7)


def figures_of(page: str, title: str) -> dict[str, str]:
    """The figures of the section with this heading, by label."""
    section = re.search(rf'<section[^>]*aria-labelledby="{title}".*?</section>', page, re.DOTALL)
    assert section is not None
    pattern = r'figure-label">\s*(\S+?)\s*<span>.*?figure-value">(?:\s*<a[^>]*>)?\s*([\d,]+)'
    return dict(re.findall(pattern, section[0], re.DOTALL))


@pytest.fixture
def _busy_friday(write: Write, working_calendar: None) -> None:
    write(1)
    write(2, channel=Channel.ONLINE)
    write(2, kind=CONCLUDED, channel=Channel.ONLINE)
    write(3, kind=CONSULTED, quantity=3)
    write(1, kind=ISSUED, department="D02")
    write(1, kind=HANDED_OVER, quantity=2)
    write(4, at=FRIDAY - timedelta(days=1), quantity=5)
    write(5, at=FRIDAY - WEEK, quantity=7)
    make_department("D02")
    make_department("D03")


@pytest.mark.usefixtures("_busy_friday")
def test_nothing_today_shows_the_last_day_and_says_so(client: Client) -> None:
    page = text_of(client.get("/"))
    assert "今天尚无记录，显示 2024年9月20日 星期五" in page
    assert "与 9月13日 星期五 相比" in page
    assert "对比期 7" in page
    expected = {"咨询": "3", "受理": "1", "颁发": "1", "流转": "2", "网上受理": "1", "办结": "1"}
    assert figures_of(page, "day-title") == expected
    assert figures_of(page, "week-title") == expected | {"受理": "6"}
    assert figures_of(page, "year-title") == expected | {"受理": "13"}


@pytest.mark.usefixtures("_busy_friday")
def test_entries_today_are_shown_as_today(client: Client, write: Write) -> None:
    text_of(client.get("/"))  # what is kept from here must not hide the new entry
    write(9, at=timezone.now(), quantity=4)
    page = text_of(client.get("/"))
    assert "今天尚无记录" not in page
    assert figures_of(page, "day-title")["受理"] == "4"


@pytest.mark.usefixtures("_busy_friday")
def test_another_day_is_picked(client: Client) -> None:
    page = text_of(client.get("/?day=2024-09-19"))
    assert figures_of(page, "day-title")["受理"] == "5"
    assert "/?day=2024-09-18" in page
    assert "/?day=2024-09-20" in page
    empty = text_of(client.get("/?day=2024-09-18"))
    assert "这一天没有记录" in empty


@pytest.mark.usefixtures("_busy_friday")
@pytest.mark.parametrize(
    ("day", "said"), [("2024-04-31", "没有 2024年4月31日"), ("2199-01-01", "所选日期还没有到"), ("昨天", "看不懂日期")]
)
def test_a_day_that_cannot_be_is_named_and_the_page_stays(client: Client, day: str, said: str) -> None:
    page = text_of(client.get("/", {"day": day}))
    assert said in page
    assert "今天尚无记录" in page


@pytest.mark.usefixtures("_busy_friday")
def test_every_figure_leads_to_entries_of_the_same_sum(client: Client) -> None:
    page = client.get("/").content.decode()
    links = re.findall(r'<a href="(/ledger\?metric[^"]+)">\s*([\d,]+)', page)
    assert len(links) > 20
    for href, figure in links:
        listed = text_of(client.get(unescape(href)))
        found = re.search(r"数量合计 <strong>([\d,]+)</strong>", listed)
        assert (found[1] if found else "0") == figure, href


@pytest.mark.usefixtures("_busy_friday")
def test_departments_sort_and_the_quiet_ones_come_last(client: Client) -> None:
    def names(address: str) -> list[str]:
        table = client.get(address).content.decode().split("<tbody>")[-1]
        return re.findall(r'<th scope="row">([^<]+)</th>', table)

    assert names("/") == ["D01厅", "D02厅", "D03厅"]
    assert names("/?sort=-year-issued") == ["D02厅", "D01厅", "D03厅"]
    assert names("/?sort=year-issued") == ["D01厅", "D02厅", "D03厅"]
    assert 'aria-sort="descending"' in client.get("/?sort=-year-issued").content.decode()


@pytest.mark.usefixtures("_busy_friday")
def test_the_trend_has_a_table_of_weeks(client: Client) -> None:
    page = text_of(client.get("/"))
    rows = re.findall(r'<tr><th scope="row">(\S+?日)</th>(.*?)</tr>', page)
    assert page.count('data-chart="line"') == 2
    hand_overs, others = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    for chart, last in ((hand_overs, ["2"]), (others, ["3", "6", "1", "1", "1"])):
        assert len(chart) == 38
        assert (chart[0][0], chart[-1][0]) == ("1月1日", "9月16日")
        assert re.findall(r">([\d,]+)<", chart[-1][1]) == last


@pytest.mark.usefixtures("_busy_friday")
@pytest.mark.parametrize("is_folded", [False, True])
def test_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, *, is_folded: bool) -> None:
    if is_folded:
        fold()
    calendar()  # kept by the process
    client.get("/ledger")  # prolongs the session, once a minute
    with django_assert_max_num_queries(12):
        text_of(client.get("/"))
    with django_assert_max_num_queries(5):  # nothing new in the ledger
        text_of(client.get("/"))


def test_an_empty_hall_has_a_page(client: Client) -> None:
    page = text_of(client.get("/"))
    assert figures_of(page, "day-title")["受理"] == "0"


@pytest.mark.parametrize("role", Role)
@pytest.mark.usefixtures("_busy_friday")
def test_every_role_sees_the_figures_and_those_with_the_ledger_follow_them(role: Role) -> None:
    page = text_of(logged_in(make_person("ren", [role], "D01")).get("/"))
    assert figures_of(page, "day-title")["流转"] == "2"
    assert ("/ledger?metric" in page) is (role not in {Role.FRONT, Role.BACK})


@pytest.mark.django_db
def test_visitors_log_in_first() -> None:
    response = Client().get("/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.usefixtures("_busy_friday")
def test_english(client: Client) -> None:
    client.cookies["django_language"] = "en"
    response = client.get("/")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "en"
    assert 'lang="en"' in response.content.decode()


def test_a_holiday_last_week_is_passed_over(client: Client, write: Write, working_calendar: None) -> None:
    write(1, at=datetime(2024, 5, 10, 2, tzinfo=timezone.get_default_timezone()))
    page = text_of(client.get("/"))
    assert "与 4月26日 星期五 相比" in page
    assert "上周同日 5月3日 星期五" in page

"""The ledger page: each filter, sums, paging, wrong inputs, bounded links, and its queries."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import actor_for, make_department, make_person
from yichuang.cases.types import CONSULTED, ISSUED
from yichuang.catalogue.models import HandlingItem
from yichuang.kernel.actor import Role
from yichuang.ledger.actions import fold, seal
from yichuang.ledger.models import Entry
from yichuang.ledger.types import Channel

from .conftest import FRIDAY, Write, logged_in, make_item, text_of

DAY = timedelta(days=1)


def ids_of(page: str) -> list[int]:
    """The ids listed, in order."""
    return [int(number) for number in re.findall(r'<td class="num"><a href="/ledger/(\d+)">', page)]


def sums_of(page: str) -> tuple[int, int]:
    """(entries, quantity) as the page states them."""
    found = re.search(r"共 <strong>([\d,]+)</strong> 条，数量合计 <strong>(-?[\d,]+)</strong>", page)
    assert found is not None
    return int(found[1].replace(",", "")), int(found[2].replace(",", ""))


@pytest.fixture
def other(db: None) -> Person:
    """A second person, in D02."""
    return make_person("lisi", [Role.FRONT], "D02", name="李四")


@pytest.fixture
def entries(write: Write, other: Person, item: HandlingItem) -> dict[str, int]:
    """One entry for each filter to find, by what sets it apart."""
    make_item("KEY2", "药品经营许可")
    return {
        "plain": write(1).id,
        "early": write(2, at=FRIDAY - 30 * DAY).id,
        "consulted": write(3, kind=CONSULTED, quantity=4).id,
        "issued": write(4, kind=ISSUED, quantity=2).id,
        "department": write(5, department="D02").id,
        "none": write(6, department="").id,
        "item": write(7, item="KEY2").id,
        "region": write(8, region="510100000000").id,
        "online": write(9, channel=Channel.ONLINE).id,
        "actor": write(10, actor=actor_for(other)).id,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=2024-08-01&to=2024-08-31", ["early"]),
        ("to=2024-09-01", ["early"]),
        ("kind=consulted", ["consulted"]),
        ("kind=consulted&kind=issued", ["issued", "consulted"]),
        ("department=D02", ["department"]),
        ("department=-", ["none"]),
        ("item=KEY2", ["item"]),
        ("item=key2", ["item"]),
        ("item=药品", ["item"]),
        ("region=510100000000", ["region"]),
        ("channel=online", ["online"]),
        ("actor=lisi", ["actor"]),
        ("actor=李四", ["actor"]),
        ("metric=consulted", ["consulted"]),
        ("metric=online_accepted", ["online"]),
        ("metric=accepted&to=2024-08-31", ["early"]),
        ("actor=lisi&item=KEY1", ["actor"]),
        ("actor=系统", []),
    ],
)
@pytest.mark.parametrize("is_folded", [False, True])
def test_each_filter(client: Client, entries: dict[str, int], query: str, found: list[str], *, is_folded: bool) -> None:
    if is_folded:
        fold()
    page = text_of(client.get(f"/ledger?{query}"))
    assert ids_of(page) == [entries[name] for name in found]
    if found:
        rows = Entry.objects.filter(pk__in=[entries[name] for name in found])
        assert sums_of(page) == (len(found), sum(row.quantity for row in rows))
    else:
        assert "没有符合条件的台账条目" in page


def test_without_filter_everything_is_listed_in_words(client: Client, entries: dict[str, int]) -> None:
    page = text_of(client.get("/ledger"))
    assert set(ids_of(page)) == set(entries.values())
    assert sums_of(page) == (10, 14)
    for word in ("咨询", "综合窗口", "D02厅", "药品经营许可", "示范省", "李四", "王编辑", "2024-09-20 10:00:00"):
        assert word in page


@pytest.mark.parametrize(
    ("query", "said", "kept"),
    [
        ("from=2024-04-29&to=2024-04-31&department=D02", "没有 2024年4月31日", 'value="D02" selected'),
        ("from=2024-05-02&to=2024-05-01", "晚于截止日期", 'value="2024-05-02"'),
        ("from=2024-13-01", "没有 2024年13月", ""),
        ("item=不存在的事项&actor=lisi", "没有短码或名称为“不存在的事项”的事项", 'value="lisi"'),
        ("item=经营许可", "对应多个事项，请填短码：", "经营许可"),
        ("actor=nobody", "没有姓名或登录名为“nobody”的人员", 'value="nobody"'),
        ("kind=no_such_kind", "no_such_kind", ""),
        ("through=abc", "整数", ""),
    ],
)
def test_a_wrong_input_is_named_and_the_rest_kept(
    client: Client, entries: dict[str, int], query: str, said: str, kept: str
) -> None:
    page = text_of(client.get(f"/ledger?{query}"))
    assert said in page
    assert kept in page
    assert "筛选条件有误" in page
    assert ids_of(page) == []


def test_namesakes_are_told_apart_by_login_name(client: Client, other: Person) -> None:
    make_person("lisi2", name="李四")
    assert "请填登录名：lisi、lisi2" in text_of(client.get("/ledger?actor=李四"))


@pytest.mark.parametrize(("slug", "said"), [("no_such", "没有指标 no_such"), ("online_share", "不是条目之和")])
def test_a_metric_that_is_no_sum_of_entries_is_refused(client: Client, slug: str, said: str) -> None:
    response = client.get(f"/ledger?metric={slug}")
    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize("query", ["", "kind=accepted", "department=D01&from=2024-09-01"])
@pytest.mark.parametrize("is_folded", [False, True])
def test_pages_have_no_gap_and_no_repeat(client: Client, write: Write, query: str, *, is_folded: bool) -> None:
    written = [write(number % 5, at=FRIDAY - (number // 60) * DAY).id for number in range(170)]  # 60 in one second
    if is_folded:
        fold()
    address, seen, ways = f"/ledger?{query}", [], []
    while True:
        page = text_of(client.get(address))
        assert sums_of(page) == (170, 170)
        seen.append(ids_of(page))
        ways.append(address)
        link = re.search(r'rel="next" href="([^"]+)"', page)
        if link is None:
            break
        address = "/ledger" + unescape(link[1])
    assert [len(part) for part in seen] == [50, 50, 50, 20]
    flat = [number for part in seen for number in part]
    assert sorted(flat) == sorted(written)
    moments = dict(Entry.objects.values_list("pk", "occurred_at"))
    assert flat == sorted(written, key=lambda number: (moments[number], number), reverse=True)
    for expected in reversed(seen[:-1]):  # and back again
        link = re.search(r'rel="prev" href="([^"]+)"', page)
        assert link is not None
        page = text_of(client.get("/ledger" + unescape(link[1])))
        assert ids_of(page) == expected
    assert 'rel="prev"' not in page


def test_a_broken_cursor_is_refused(client: Client, entries: dict[str, int]) -> None:
    response = client.get("/ledger?after=nonsense")
    assert response.status_code == 422
    assert "翻页位置无效" in response.content.decode()


@pytest.mark.parametrize("is_folded", [False, True])
def test_a_bound_leaves_later_entries_out(client: Client, write: Write, *, is_folded: bool) -> None:
    write(1, quantity=3)
    last = write(2, quantity=2).id
    (made,) = seal(at=FRIDAY)
    write(3, quantity=9)
    if is_folded:
        fold()
    page = text_of(client.get(f"/ledger?metric=accepted&from=2024-09-16&to=2024-09-20&through={last}"))
    assert sums_of(page) == (2, 5)
    assert f"数字截至第 {last} 号条目（第 {made.pk} 号封印）" in page
    way = re.search(r'<a href="([^"]+)">看现在的数字', page)
    assert way is not None
    assert sums_of(text_of(client.get("/ledger" + unescape(way[1])))) == (3, 14)


def test_quick_periods_keep_the_rest(client: Client, entries: dict[str, int]) -> None:
    page = text_of(client.get("/ledger?department=D02&after=1726797600.000000-9"))
    links = re.findall(r'<a class="btn btn-plain btn-small" href="([^"]+)"[^>]*>([^<]+)</a>', page)
    assert [label for _href, label in links] == ["今天", "本周", "本月", "今年", "全部日期"]
    for href, label in links:
        assert "department=D02" in href
        assert "after" not in href
        assert ("from=" in href) is (label != "全部日期")
        assert client.get("/ledger" + unescape(href)).status_code == 200


@pytest.mark.parametrize(
    ("query", "most"), [("", 12), ("metric=accepted&from=2024-01-01&to=2024-09-20", 12), ("through=10", 13)]
)
def test_few_queries_however_many_entries(
    client: Client, write: Write, django_assert_max_num_queries: DjangoAssertNumQueries, query: str, most: int
) -> None:
    for number in range(60):
        make_department(f"D{number:02}")
        write(number, item=f"K{number}", department=f"D{number:02}")
    client.get("/")  # prolongs the session, once a minute
    with django_assert_max_num_queries(most):
        text_of(client.get(f"/ledger?{query}"))


@pytest.mark.parametrize("path", ["/ledger", "/ledger/1", "/ledger/export.csv", "/ledger/export.xlsx"])
@pytest.mark.parametrize("role", [Role.FRONT, Role.BACK])
def test_those_without_the_ledger_are_turned_away(write: Write, path: str, role: Role) -> None:
    write(1)
    response = logged_in(make_person("qiantai", [role], "D01")).get(path)
    assert response.status_code == 403
    assert "没有权限" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/ledger", "/ledger/1", "/ledger/export.csv", "/ledger/export/progress"])
def test_visitors_log_in_first(path: str) -> None:
    assert Client().get(path).status_code == 302


def test_english(client: Client, entries: dict[str, int]) -> None:
    client.cookies["django_language"] = "en"
    response = client.get("/ledger?kind=consulted")
    assert response.headers["Content-Language"] == "en"
    assert ids_of(text_of(response)) == [entries["consulted"]]

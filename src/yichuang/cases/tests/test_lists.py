"""The lists of the desk: who sees what in which order, what is masked, and that an index serves each of them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.models import AccessLog
from yichuang.accounts.tests.factories import actor_for, make_department, make_person
from yichuang.calendars.actions import fill_from_library
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import NotPermitted, Refusal

from ..actions import (
    hand_over,
    hand_over_batch,
    issue_result,
    remind,
    return_case,
    return_mail,
    sign_for,
    take,
)
from ..models import Case
from ..queries import (
    DispatchFilters,
    InboxFilters,
    InboxTab,
    IssueFilters,
    IssueTab,
    dispatch_queue,
    inbox,
    issue_queue,
    sheet_for,
    sheets_for,
    unsigned_handovers,
)
from ..types import DeliveryWay, ReminderMeans, Signal
from .factories import (
    ADMIN,
    AT_COUNTER,
    BY_POST,
    CLERK,
    DISPATCHER,
    HOUR,
    REVIEWER,
    SECOND_REVIEWER,
    START,
    accepted_case,
    concluded_case,
    decided_case,
    handed_over_case,
    make_item,
    signed_case,
)

pytestmark = pytest.mark.django_db

TODAY = date(2024, 9, 18)
LATER = START + 6 * HOUR


@pytest.fixture(autouse=True)
def _calendar() -> None:
    fill_from_library(actor=ADMIN, at=START)


def numbers(filters: InboxFilters, actor: Actor = REVIEWER) -> list[str]:
    return [row.number for row in inbox(actor, filters, today=TODAY).rows]


def test_each_case_of_an_office_is_in_its_list() -> None:
    item = make_item()
    unsigned, free, mine, decided = handed_over_case(item), signed_case(item), signed_case(item), decided_case(item)
    take(mine.number, actor=REVIEWER, at=LATER)
    returned = signed_case(item)
    return_case(returned.number, reason="缺件", actor=REVIEWER, at=LATER)
    concluded_case(item)
    expected = {
        InboxTab.UNSIGNED: [unsigned],
        InboxTab.UNTAKEN: [free],
        InboxTab.MINE: [mine],
        InboxTab.DECIDED: [decided],
        InboxTab.ALL: [unsigned, free, mine, decided],
    }
    for tab, cases in expected.items():
        assert numbers(InboxFilters(tab=tab)) == [case.number for case in cases]
    page = inbox(REVIEWER, InboxFilters(), today=TODAY)
    assert {tab: tally.number for tab, tally in page.tabs.items()} == {tab: len(c) for tab, c in expected.items()}
    assert page.signals[Signal.GREEN].number == 4
    assert not AccessLog.objects.exists()


def test_due_days_order_the_list_and_give_signals_and_days_left() -> None:
    item = make_item()
    due = {
        None: Signal.NONE,
        date(2024, 9, 30): Signal.GREEN,
        date(2024, 9, 23): Signal.YELLOW,  # the third working day from 18 September
        date(2024, 9, 13): Signal.RED,
        TODAY: Signal.YELLOW,
    }
    for day in due:
        Case.objects.filter(pk=signed_case(item).pk).update(due_on=day)
    rows = inbox(REVIEWER, InboxFilters(), today=TODAY).rows
    assert [row.due_on for row in rows] == [date(2024, 9, 13), TODAY, date(2024, 9, 23), date(2024, 9, 30), None]
    assert [row.signal for row in rows] == [due[row.due_on] for row in rows]
    assert [row.days_left for row in rows] == [-2, 0, 3, 9, None]  # the 14th is worked, the 16th and 17th are not
    for wanted in Signal:
        page = inbox(REVIEWER, InboxFilters(signal=wanted), today=TODAY)
        assert [row.signal for row in page.rows] == [one for one in due.values() if one is wanted][: len(page.rows)]
        assert page.signals[wanted].number == len(page.rows) == list(due.values()).count(wanted)


def test_the_list_is_narrowed_by_item_number_and_position() -> None:
    reviewer = actor_for(make_person("a", [Role.BACK], "D01", name="赵敏"), TODAY)
    one, other = signed_case(make_item()), signed_case(make_item("K2"))
    take(one.number, actor=reviewer, at=LATER)
    assert numbers(InboxFilters(item="K2")) == [other.number]
    assert numbers(InboxFilters(words=f" {one.number.lower()} ")) == [one.number]
    assert numbers(InboxFilters(words=one.number[:9])) == [one.number]
    assert numbers(InboxFilters(words="不存在")) == []
    page = inbox(REVIEWER, InboxFilters(), today=TODAY)
    assert page.positions == ("部门审批（后台）",)
    assert numbers(InboxFilters(position=page.positions[0])) == [one.number]
    assert (page.rows[0].handler_name, page.rows[0].handler_position) == ("赵敏", page.positions[0])
    assert page.rows[0].handed_over_at == START + 2 * HOUR
    assert page.rows[0].applicant == "王**"


def test_another_departments_inbox_stays_closed() -> None:
    signed_case(make_item())
    assert numbers(InboxFilters(), SECOND_REVIEWER) == []
    with pytest.raises(NotPermitted):
        inbox(SECOND_REVIEWER, InboxFilters(department="D01"), today=TODAY)
    with pytest.raises(NotPermitted):
        inbox(CLERK, InboxFilters(), today=TODAY)


def test_pages_follow_each_other() -> None:
    case = signed_case(make_item())
    fields = {
        field.attname: getattr(case, field.attname)
        for field in Case._meta.concrete_fields
        if field.attname not in {"id", "number", "result_code"}
    }
    Case.objects.bulk_create(Case(number=f"K0001A{one:03d}", **fields) for one in range(119))
    pages = [inbox(REVIEWER, InboxFilters(), page=page, today=TODAY) for page in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [50, 50, 20]
    assert [row.number for page in pages for row in page.rows] == list(
        Case.objects.order_by("pk").values_list("number", flat=True)
    )
    assert [page.has_next for page in pages] == [True, True, False]


def test_the_middle_office_sees_what_waits_oldest_first() -> None:
    make_department("D02")
    old = accepted_case(make_item(), START - timedelta(days=6))  # Thursday; Saturday was worked, two holidays
    new = accepted_case(make_item("K2", department="D02"))
    handed_over_case(Case.objects.get(pk=old.pk).item)
    page = dispatch_queue(DISPATCHER, DispatchFilters(), today=TODAY)
    assert [(row.number, row.to, row.age) for row in page.rows] == [(old.number, "D01", 3), (new.number, "D02", 0)]
    assert page.total.text == "2"
    assert [page.by_age[age].number for age in (1, 2, 3)] == [1, 1, 1]
    for filters in (DispatchFilters(age=3), DispatchFilters(department="D01"), DispatchFilters(words=old.number)):
        assert [row.number for row in dispatch_queue(DISPATCHER, filters, today=TODAY).rows] == [old.number]
    assert dispatch_queue(DISPATCHER, DispatchFilters(age=4), today=TODAY).rows == ()
    with pytest.raises(NotPermitted):
        dispatch_queue(CLERK, DispatchFilters(), today=TODAY)


def test_what_came_back_says_from_whom_and_why() -> None:
    case = signed_case(make_item())
    return_case(case.number, reason="缺现场照片", actor=REVIEWER, at=LATER)
    (row,) = dispatch_queue(DISPATCHER, DispatchFilters(), today=TODAY).rows
    assert (row.returned_by, row.returned_reason) == ("D01厅", "缺现场照片")


def test_what_is_not_signed_for_is_listed_until_it_is() -> None:
    make_department("D02")
    item = make_item()
    one, two, three = (accepted_case(item) for _ in range(3))
    hand_over_batch([(case.number, "D01") for case in (one, two)], actor=DISPATCHER, at=LATER)
    hand_over(three.number, to="D01", actor=DISPATCHER, at=LATER)
    hand_over(three.number, to="D02", actor=DISPATCHER, at=LATER)
    sign_for([one.number], actor=REVIEWER, at=LATER)
    rows, more = unsigned_handovers(DISPATCHER, today=TODAY + timedelta(days=1))
    assert [(row.number, row.to, row.waiting, row.sheet) for row in rows] == [
        (two.number, "D01", 1, "JJ20240918001"),
        (three.number, "D02", 1, ""),
    ]
    assert not more
    rows, _ = unsigned_handovers(DISPATCHER, department="D02", today=TODAY)
    assert [row.number for row in rows] == [three.number]


def test_a_sheet_lists_its_cases_for_both_offices_and_nobody_else() -> None:
    cases = [accepted_case(make_item(materials=())), accepted_case(make_item("K2"))]
    (made,) = hand_over_batch([(case.number, "D01") for case in cases], actor=DISPATCHER, at=LATER)
    sign_for([cases[0].number], actor=REVIEWER, at=LATER)
    for actor in (DISPATCHER, REVIEWER):
        sheet = sheet_for(actor, made.number)
        assert [(row.case_number, row.applicant) for row in sheet.rows] == [(case.number, "王**") for case in cases]
        assert (sheet.sender, sheet.receiver) == ("中台", "D01厅")
        ((line,), more) = sheets_for(actor, day=TODAY)
        assert (line.number, line.cases, line.signed, line.returned, more) == (made.number, 2, 1, 0, False)
    assert sheets_for(SECOND_REVIEWER) == ([], False)
    with pytest.raises(Refusal, match="没有编号为"):
        sheet_for(SECOND_REVIEWER, made.number)
    with pytest.raises(NotPermitted):
        sheet_for(CLERK, made.number)


def issue(
    tab: IssueTab, filters: IssueFilters | None = None, *, actor: Actor = CLERK, today: date = TODAY
) -> list[str]:
    page = issue_queue(actor, tab, filters or IssueFilters(), today=today)
    assert page.tabs[tab].number == len(page.rows)
    return [row.number for row in page.rows]


def test_the_issue_counter_sees_what_is_ready_late_posted_and_returned() -> None:
    item = make_item()
    granted, refused, posted, fetched = (
        concluded_case(item),
        concluded_case(item, grant=False),
        concluded_case(item),
        concluded_case(item),
    )
    issue_result(posted.number, delivery=BY_POST, actor=CLERK, at=LATER)
    issue_result(fetched.number, delivery=AT_COUNTER, actor=CLERK, at=LATER)
    remind(granted.number, means=ReminderMeans.SMS, actor=CLERK, at=LATER)
    assert issue(IssueTab.READY) == [granted.number, refused.number]
    assert issue(IssueTab.UNDER_WAY) == [posted.number]
    (row,) = issue_queue(CLERK, IssueTab.UNDER_WAY, IssueFilters(), today=TODAY).rows
    assert row.tracking_number == BY_POST.tracking_number
    first = issue_queue(CLERK, IssueTab.READY, IssueFilters(), today=TODAY).rows[0]
    assert (first.reminders, first.reminded_at, first.wish, first.waiting) == (1, LATER, DeliveryWay.COUNTER, 0)
    return_mail(posted.number, reason="查无此人", actor=CLERK, at=LATER)
    assert (issue(IssueTab.UNDER_WAY), issue(IssueTab.MAIL_RETURNED)) == ([], [posted.number])
    assert issue(IssueTab.READY, IssueFilters(words=refused.number)) == [refused.number]
    assert issue(IssueTab.READY, IssueFilters(way=DeliveryWay.POST)) == []
    assert issue(IssueTab.READY, actor=REVIEWER) == [granted.number, refused.number]
    assert issue(IssueTab.READY, actor=SECOND_REVIEWER) == []


@pytest.mark.parametrize(("today", "late"), [(date(2024, 10, 8), False), (date(2024, 10, 9), True)])
def test_not_fetched_means_more_than_ten_working_days(today: date, late: bool) -> None:
    """Ready on 18 September; ten working days, over National Day with two days made up, end on 8 October."""
    case = concluded_case(make_item())
    assert issue(IssueTab.NOT_FETCHED, today=today) == ([case.number] if late else [])


def test_lists_take_four_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    item = make_item()
    make_person("a", [Role.BACK], "D01")
    for _ in range(3):
        signed_case(item)
        accepted_case(item)
        concluded_case(item)
    for ask in every_list():
        ask()
        with django_assert_max_num_queries(4):
            ask()


def every_list() -> list[Callable[[], object]]:
    tabs: list[Callable[[], object]] = [
        lambda tab=tab: inbox(REVIEWER, InboxFilters(tab=tab, signal=Signal.GREEN), today=TODAY)  # type: ignore[misc]
        for tab in InboxTab
    ]
    tabs += [
        lambda tab=tab: issue_queue(CLERK, tab, IssueFilters(), today=TODAY)  # type: ignore[misc]
        for tab in IssueTab
    ]
    return [*tabs, lambda: dispatch_queue(DISPATCHER, DispatchFilters(age=1), today=TODAY)]


@pytest.mark.parametrize(
    ("tab", "index"),
    [
        (InboxTab.UNSIGNED, "case_inbox_unsigned"),
        (InboxTab.UNTAKEN, "case_inbox_untaken"),
        (InboxTab.MINE, "case_inbox_mine"),
        (InboxTab.ALL, "case_inbox "),
        (InboxTab.DECIDED, "case_inbox_decided"),
    ],
)
def test_each_list_of_the_inbox_is_read_in_the_order_of_its_index(tab: InboxTab, index: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        inbox(REVIEWER, InboxFilters(tab=tab), today=TODAY)
    (rows,) = [one["sql"] for one in captured.captured_queries if "LIMIT 51" in one["sql"]]
    plan = plan_of(rows)
    assert f"{index}" in plan
    chosen = plan[: plan.index(index)]
    assert "TEMP B-TREE" not in chosen


def test_the_queue_of_the_middle_office_is_read_in_the_order_of_its_index() -> None:
    with CaptureQueriesContext(connection) as captured:
        dispatch_queue(DISPATCHER, DispatchFilters(), today=TODAY)
    (rows,) = [one["sql"] for one in captured.captured_queries if "LIMIT 51" in one["sql"]]
    assert "case_dispatch " in plan_of(rows)


def plan_of(sql: str) -> str:
    """What the database does for a query, told to use indexes even on a nearly empty table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        explain = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
        cursor.execute(explain + sql.replace("%", "%%"))
        return "\n".join(str(row[-1]) + " " for row in cursor.fetchall())

"""Finding cases by whatever a visitor can tell; and what a clerk says then."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yichuang.accounts.models import AccessLog
from yichuang.kernel.actor import Role
from yichuang.kernel.errors import NotPermitted
from yichuang.ledger.types import Channel

from ..actions import accept, receive
from ..models import Case
from ..queries import case_for, search_cases
from ..rules import Standing, sentences, sought, where
from ..types import AgentAuthority, State
from .factories import (
    CLERK,
    COMPANY,
    PERSON,
    REVIEWER,
    SECOND_REVIEWER,
    START,
    actor_with,
    issued_case,
    make_item,
    received_case,
)

pytestmark = pytest.mark.django_db

TODAY = date(2024, 9, 18)


def numbers(text: str, actor=CLERK) -> list[str]:  # type: ignore[no-untyped-def]
    return [line.number for line in search_cases(actor, text, today=TODAY).lines]


@pytest.mark.parametrize(
    "text",
    [
        lambda case: case.number,
        lambda case: case.number[:9].lower(),
        lambda case: f"  {case.number} ",
        lambda case: "D01厅〔2024〕1号",
        lambda case: "〔2024〕0001",
        lambda case: "[2024]1号",
        lambda case: "0001",
        lambda case: "第1号",
        lambda case: "JY1024",
        lambda case: PERSON.id_number,
        lambda case: "１１０１０５ 19491231 002x",
        lambda case: PERSON.phone,
        lambda case: "+86 138 0000 2046",
        lambda case: "王小",
        lambda case: "小明",
    ],
)
def test_a_case_is_found_by(text: Callable[[Case], str]) -> None:
    case = issued_case(make_item())
    Case.objects.filter(pk=case.pk).update(result_number="JY1024")
    assert numbers(text(case)) == [case.number]


@pytest.mark.parametrize(
    "text", ["", "   ", "K9", "110105199912310028", "13900000000", "赵", "〔2023〕1号", "12345678"]
)
def test_nothing_is_found_by(text: str) -> None:
    issued_case(make_item())
    assert numbers(text) == []


def test_an_agent_finds_the_case_too() -> None:
    item = make_item()
    case = receive(
        item=item.key,
        applicant=COMPANY,
        agent=PERSON,
        authority=AgentAuthority.STAFF,
        channel=Channel.WINDOW,
        actor=CLERK,
        at=START,
    )
    assert numbers(PERSON.id_number) == numbers(COMPANY.id_number) == numbers("示例餐饮") == [case.number]


def test_departments_find_their_own_and_what_they_have() -> None:
    first = received_case(make_item())
    second = received_case(make_item("K2", department="D02"))
    assert set(numbers("王小明")) == {first.number, second.number}
    assert numbers("王小明", REVIEWER) == [first.number]
    assert numbers("王小明", SECOND_REVIEWER) == [second.number]
    Case.objects.filter(pk=first.pk).update(holder="D02")
    assert set(numbers("王小明", SECOND_REVIEWER)) == {first.number, second.number}
    with pytest.raises(NotPermitted):
        search_cases(actor_with((Role.CATALOGUE, "")), "王小明")


def test_lines_are_masked_and_the_search_is_on_record() -> None:
    case = received_case(make_item())
    (line,) = search_cases(CLERK, PERSON.id_number, today=TODAY).lines
    assert line.applicant == "王**"
    assert line.where == "综合窗口，待受理"
    assert AccessLog.objects.get().subject_id == case.pk


@pytest.mark.parametrize("text", [PERSON.id_number, "王小明", "0001", "K0001"])
def test_a_search_reads_at_most_four_times(text: str) -> None:
    accept(received_case(make_item()).number, actor=CLERK, at=START)
    numbers(text)
    with CaptureQueriesContext(connection) as done:
        numbers(text)
    reads = [one["sql"] for one in done.captured_queries if one["sql"].startswith("SELECT")]
    assert len([sql for sql in reads if "calendars_" not in sql and "pg_" not in sql]) <= 4


def test_pages_of_fifty() -> None:
    item = make_item()
    for _ in range(51):
        received_case(item)
    first, second = (search_cases(CLERK, "王小明", page=page) for page in (1, 2))
    assert (len(first.lines), first.has_next) == (50, True)
    assert (len(second.lines), second.has_next) == (1, False)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("13800002046", "phone"),
        ("912号", "notice"),
        ("王小明", "name"),
        ("John Smith", "name"),
        ("K00012024", "number"),
    ],
)
def test_the_shape_of_a_text_tells_what_it_is(text: str, field: str) -> None:
    assert getattr(sought(text, TODAY), field)


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_place_and_a_sentence(state: State) -> None:
    assert where(state)
    told = sentences(Standing(state, TODAY, holder="某厅", is_promised=True, owner="某局"))
    assert told
    assert "{" not in "".join(told)


def test_what_to_tell_has_the_day_or_why_there_is_none() -> None:
    due = sentences(Standing(State.REVIEWING, TODAY, holder="某厅", is_signed=True, due_on=date(2024, 10, 8)))
    assert due == ("某厅正在审查，办件于9月18日转到该部门。", "承诺在2024年10月8日前办结。")
    unknown = sentences(Standing(State.ACCEPTED, TODAY, is_promised=True))
    assert "待国务院放假安排" in unknown[-1]


def test_identities_are_in_full_for_those_who_need_them() -> None:
    case = received_case(make_item())
    assert case_for(CLERK, case.number).applicant.id_number == PERSON.id_number
    hall = actor_with((Role.HALL, ""), person=41)
    assert PERSON.id_number not in str(case_for(hall, case.number).applicant)
    assert PERSON.name not in str(case_for(hall, case.number).applicant)

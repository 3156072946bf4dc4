"""Actions: the entry, the notice, the refusal, the permission, two at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from yichuang.accounts.tests.factories import make_department, make_person
from yichuang.calendars.actions import announce_year, fill_from_library
from yichuang.calendars.models import KnownYear, Revision
from yichuang.calendars.types import Announcement
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.kernel.identity import IdType
from yichuang.ledger.models import Entry
from yichuang.ledger.queries import entries_of_subject, flow, verify
from yichuang.ledger.types import Channel, Period, Subject

from ..actions import (
    accept,
    conclude,
    consult,
    decide,
    decline,
    hand_over,
    issue_result,
    receive,
    redirect,
    reverse,
    sign_for,
    withdraw,
)
from ..models import Applicant, Case, Notice
from ..queries import awaiting_due_day
from ..sealing import sealer
from ..types import (
    ACCEPTED_FLOW,
    ALL_ACCEPTED_FLOW,
    CASE,
    CONSULTED_FLOW,
    HANDED_OVER_FLOW,
    ISSUED_FLOW,
    SIGNED_FOR,
    AgentAuthority,
    ApplicantData,
    ApplicantKind,
    IllegalMove,
    MaterialGiven,
    NoticeKind,
    State,
)
from .factories import (
    ADMIN,
    AT_COUNTER,
    CLERK,
    COMPANY,
    DISPATCHER,
    EDITOR,
    PERSON,
    REVIEWER,
    SECOND_REVIEWER,
    START,
    issued_case,
    make_item,
    received_case,
    signed_case,
)

pytestmark = pytest.mark.django_db

DAY = Period(timezone.localdate(START), timezone.localdate(START))
HOUR = timedelta(hours=1)


def kinds_of(case: Case) -> list[int]:
    return [entry.kind for entry in entries_of_subject(Subject(CASE, case.pk))]


def test_a_case_goes_all_the_way_and_every_step_is_an_entry() -> None:
    case = issued_case(make_item())
    assert case.state == State.ISSUED
    assert kinds_of(case) == [2, 3, 6, 15, 7, 9, 10]
    for metric in (ACCEPTED_FLOW, HANDED_OVER_FLOW, ISSUED_FLOW):
        assert flow(metric, DAY) == 1
    assert verify() == []


def test_numbers_are_key_date_and_the_days_sequence() -> None:
    item = make_item()
    numbers = [received_case(item).number, received_case(item).number, received_case(item, START + 24 * HOUR).number]
    assert numbers == ["K0001202409180001", "K0001202409180002", "K0001202409190001"]


def test_identity_is_checked_encrypted_and_recognised() -> None:
    item = make_item()
    first, second = received_case(item), received_case(item)
    assert first.applicant_id == second.applicant_id
    applicant = Applicant.objects.get()
    assert b"11010519491231002X" not in bytes(applicant.id_sealed)
    assert sealer.open(bytes(applicant.id_sealed), associated=bytes(applicant.id_index)) == PERSON.id_number


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (ApplicantData(ApplicantKind.PERSON, "王", IdType.ID_CARD, "110105194912310021"), "id_number"),
        (ApplicantData(ApplicantKind.PERSON, "王", IdType.ID_CARD, "110105209912310027"), "id_number"),
        (ApplicantData(ApplicantKind.ORGANISATION, "某公司", IdType.CREDIT_CODE, "91350100M000100Y44"), "id_number"),
        (ApplicantData(ApplicantKind.PERSON, " ", IdType.ID_CARD, PERSON.id_number), "name"),
    ],
)
def test_a_wrong_identity_is_refused_and_nothing_is_left(data: ApplicantData, field: str) -> None:
    item = make_item()
    with pytest.raises(Refusal) as refused:
        receive(item=item.key, applicant=data, channel=Channel.WINDOW, actor=CLERK, at=START)
    assert refused.value.field == field
    assert not Case.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("key", "code"), [("NONE", "unknown_item"), ("OLD", "inactive_item")])
def test_unknown_and_retired_items_are_refused(key: str, code: str) -> None:
    make_item("OLD", is_active=False)
    with pytest.raises(Refusal) as refused:
        receive(item=key, applicant=PERSON, channel=Channel.WINDOW, actor=CLERK, at=START)
    assert refused.value.code == code


def test_an_agent_and_materials_are_kept_and_foreign_materials_refused() -> None:
    item, other = make_item(materials=("申请书", "营业执照")), make_item("K2", materials=("别的",))
    specs = list(item.materials.all())
    given = [MaterialGiven(specs[0].pk), MaterialGiven(specs[1].pk, copies=2, is_original=False)]
    case = receive(
        item=item.key,
        applicant=COMPANY,
        agent=PERSON,
        authority=AgentAuthority.STAFF,
        materials=given,
        channel=Channel.WINDOW,
        actor=CLERK,
        at=START,
    )
    assert case.agent is not None
    assert list(case.materials.values_list("spec", "copies", "is_original")) == [
        (specs[0].pk, 1, True),
        (specs[1].pk, 2, False),
    ]
    with pytest.raises(Refusal, match="不属于"):
        receive(
            item=item.key,
            applicant=PERSON,
            materials=[MaterialGiven(other.materials.get().pk)],
            channel=Channel.WINDOW,
            actor=CLERK,
            at=START,
        )


def test_acceptance_tells_everything_that_is_missing_at_once() -> None:
    case = received_case(make_item(materials=("申请书", "营业执照")))
    with pytest.raises(Refusal, match="申请书、营业执照"):
        accept(case.number, actor=CLERK, at=START)


def test_acceptance_sets_the_due_day_by_working_days() -> None:
    fill_from_library(actor=ADMIN, at=START)
    case = received_case(make_item())
    accept(case.number, actor=CLERK, at=START)
    case.refresh_from_db()
    assert str(case.due_on) == "2024-10-08"  # 18 September + 10 working days, over National Day, with two make-up days


def test_a_due_day_in_an_unknown_year_is_listed_and_filled_when_the_year_is_announced() -> None:
    fill_from_library(actor=ADMIN, at=START)
    KnownYear.objects.filter(year=2025).delete()
    Revision.objects.update(mark=uuid4())
    at = datetime(2024, 12, 30, 1, 0, tzinfo=UTC)
    case = received_case(make_item())
    accept(case.number, actor=CLERK, at=at)
    case.refresh_from_db()
    assert (case.state, case.due_on) == (State.ACCEPTED, None)
    assert [number for number, _ in awaiting_due_day(CLERK)] == [case.number]
    assert awaiting_due_day(SECOND_REVIEWER) == []
    new_year = date(2025, 1, 1)
    announce_year(Announcement(2025, "国办发明电", {new_year: (False, "元旦")}), actor=ADMIN, at=START)
    case.refresh_from_db()
    assert case.due_on == date(2025, 1, 14)
    assert awaiting_due_day(CLERK) == []


def test_notices_are_numbered_without_gaps_per_department_and_year() -> None:
    one, other = make_item(), make_item("K2", department="D02")
    first = accept(received_case(one).number, actor=CLERK, at=START)
    second = decline(received_case(one).number, owner="市场监管局", reason="不属本机关职权", actor=CLERK, at=START)
    third = redirect(received_case(one).number, reason="依法不需要取得行政许可", actor=CLERK, at=START)
    elsewhere = accept(received_case(other).number, actor=CLERK, at=START)
    with pytest.raises(IllegalMove):
        accept(first.case.number, actor=CLERK, at=START + HOUR)
    fourth = accept(received_case(one).number, actor=CLERK, at=START)
    assert [notice.number for notice in (first, second, third, fourth)] == [1, 2, 3, 4]
    assert elsewhere.number == 1
    assert [notice.kind for notice in (first, second, third)] == [
        NoticeKind.ACCEPTANCE,
        NoticeKind.DECLINE,
        NoticeKind.REDIRECT,
    ]


@pytest.mark.parametrize(
    "turn_away",
    [
        lambda number: decline(number, owner="", reason="不属本机关", actor=CLERK, at=START),
        lambda number: decline(number, owner="某局", reason=" ", actor=CLERK, at=START),
        lambda number: redirect(number, reason="", actor=CLERK, at=START),
        lambda number: withdraw(number, reason="", actor=CLERK, at=START),
    ],
)
def test_turning_away_needs_reasons(turn_away: Callable[[str], object]) -> None:
    case = received_case(make_item())
    with pytest.raises(Refusal):
        turn_away(case.number)
    case.refresh_from_db()
    assert case.state == State.RECEIVED
    assert not Notice.objects.exists()


def test_hand_overs_go_from_the_middle_office_and_between_back_offices() -> None:
    make_department("D02")
    case = received_case(make_item())
    accept(case.number, actor=CLERK, at=START)
    with pytest.raises(NotPermitted):
        hand_over(case.number, to="D01", actor=REVIEWER, at=START)
    hand_over(case.number, to="D01", actor=DISPATCHER, at=START)
    with pytest.raises(NotPermitted):
        hand_over(case.number, to="D01", actor=SECOND_REVIEWER, at=START)
    sign_for([case.number], actor=REVIEWER, at=START)
    hand_over(case.number, to="D02", actor=REVIEWER, at=START)
    with pytest.raises(Refusal, match="将其流转到其他部门"):  # told to the office that had it
        decide(case.number, grant=True, actor=REVIEWER, at=START)
    with pytest.raises(Refusal, match="没有代码为"):
        hand_over(case.number, to="NOPE", actor=SECOND_REVIEWER, at=START)
    sign_for([case.number], actor=SECOND_REVIEWER, at=START)
    decide(case.number, grant=True, actor=SECOND_REVIEWER, at=START)
    assert flow(HANDED_OVER_FLOW, DAY) == 2


def test_a_refused_case_is_concluded_and_has_nothing_to_issue() -> None:
    case = signed_case(make_item())
    at = START + 2 * HOUR
    with pytest.raises(Refusal, match="理由"):
        decide(case.number, grant=False, actor=REVIEWER, at=at)
    decide(case.number, grant=False, reason="不符合条件第三项", actor=REVIEWER, at=at)
    conclude(case.number, actor=REVIEWER, at=at)
    issue_result(case.number, delivery=AT_COUNTER, actor=CLERK, at=at)
    case.refresh_from_db()
    assert case.state == State.SERVED
    assert flow(ISSUED_FLOW, DAY) == 0


def test_issuing_twice_is_refused_with_who_and_when() -> None:
    person = make_person("qiantai", name="李明")
    case = issued_case(make_item())
    Case.objects.filter(pk=case.pk).update(moved_by=person.pk)
    with pytest.raises(IllegalMove, match="李明已于9月18日 14:00"):
        issue_result(case.number, delivery=AT_COUNTER, actor=CLERK, at=START + 6 * HOUR)
    assert flow(ISSUED_FLOW, DAY) == 1


def test_a_step_before_the_last_one_is_refused() -> None:
    case = received_case(make_item())
    with pytest.raises(Refusal) as refused:
        accept(case.number, actor=CLERK, at=START - HOUR)
    assert refused.value.code == "too_early"


def test_online_acceptances_are_a_metric_of_their_own() -> None:
    item = make_item()
    case = receive(item=item.key, applicant=PERSON, channel=Channel.ONLINE, actor=REVIEWER, at=START)
    accept(case.number, actor=REVIEWER, at=START)
    assert (flow(ACCEPTED_FLOW, DAY), flow(ALL_ACCEPTED_FLOW, DAY)) == (0, 1)


def test_consultations_count_persons_and_can_be_taken_back() -> None:
    make_item()
    consult(department="D01", item="K0001", channel=Channel.PHONE, actor=CLERK, at=START)
    consult(department="D01", channel=Channel.WINDOW, actor=CLERK, at=START)
    with pytest.raises(Refusal):
        consult(department="D01", item="NOPE", channel=Channel.WINDOW, actor=CLERK, at=START)
    assert flow(CONSULTED_FLOW, DAY) == 2


@pytest.mark.parametrize(
    ("actor", "allowed"), [(CLERK, True), (REVIEWER, True), (SECOND_REVIEWER, False), (DISPATCHER, False)]
)
def test_who_may_accept(actor: Actor, allowed: bool) -> None:
    case = received_case(make_item())
    if allowed:
        accept(case.number, actor=actor, at=START)
    else:
        with pytest.raises(NotPermitted):
            accept(case.number, actor=actor, at=START)
    case.refresh_from_db()
    assert (case.state == State.ACCEPTED) == allowed


def test_reversing_step_by_step_leads_back_to_nothing() -> None:
    case = issued_case(make_item())
    steps = [entry for entry in entries_of_subject(Subject(CASE, case.pk)) if entry.kind != SIGNED_FOR.code]
    for entry, state in zip(
        reversed(steps),
        [State.CONCLUDED, State.GRANTED, State.REVIEWING, State.ACCEPTED, State.RECEIVED, State.VOIDED],
        strict=True,
    ):
        reverse(case.pk, entry.pk, actor=EDITOR, at=START + 9 * HOUR, reason="录入错误")
        case.refresh_from_db()
        assert case.state == state
    assert (case.holder, case.is_granted, case.accepted_at, case.due_on) == ("", None, None, None)
    assert Notice.objects.get().voided_at is not None
    assert flow(ACCEPTED_FLOW, DAY) == flow(ISSUED_FLOW, DAY) == 0
    assert verify() == []


def test_after_a_reversal_the_case_goes_on() -> None:
    case = received_case(make_item())
    accept(case.number, actor=CLERK, at=START)
    entry = entries_of_subject(Subject(CASE, case.pk))[-1]
    with pytest.raises(NotPermitted):
        reverse(case.pk, entry.pk, actor=CLERK, at=START, reason="误点")
    reverse(case.pk, entry.pk, actor=EDITOR, at=START, reason="误点")
    notice = accept(case.number, actor=CLERK, at=START + HOUR)
    assert notice.number == 2
    assert flow(ACCEPTED_FLOW, DAY) == 1

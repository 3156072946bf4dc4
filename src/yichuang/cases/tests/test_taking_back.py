"""作废 and 撤销: by whom, when, and what the figures say afterwards."""

from datetime import timedelta

import pytest
from django.utils import timezone

from yichuang.kernel.actor import Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ledger.queries import entries_of_subject, flow, verify
from yichuang.ledger.types import Channel, Period, Subject

from ..actions import (
    approve_void,
    ask_void,
    consult,
    hand_over,
    refuse_void,
    return_case,
    sign_for,
    undo,
)
from ..models import Case, Notice, VoidRequest
from ..queries import void_requests_for
from ..types import (
    ACCEPTED_FLOW,
    CASE,
    CONSULTED_FLOW,
    HANDED_OVER_FLOW,
    VOIDED,
    CannotUndo,
    IllegalMove,
    State,
)
from .factories import (
    CLERK,
    DISPATCHER,
    EDITOR,
    REVIEWER,
    accepted_case,
    actor_with,
    handed_over_case,
    make_item,
    received_case,
)

pytestmark = pytest.mark.django_db

HALL = actor_with((Role.HALL, ""), person=21)
CHIEF = actor_with((Role.CHIEF, "D01"), person=22)
OTHER_CHIEF = actor_with((Role.CHIEF, "D02"), person=23)
OTHER_CLERK = actor_with((Role.FRONT, ""), person=24)
HOUR = timedelta(hours=1)


def last_entry(case: Case) -> int:
    return entries_of_subject(Subject(CASE, case.pk))[-1].pk


def today() -> Period:
    day = timezone.localdate()
    return Period(day, day)


@pytest.mark.parametrize("decider", [HALL, CHIEF])
def test_a_wrong_acceptance_is_voided_on_its_own_day(decider) -> None:  # type: ignore[no-untyped-def]
    case = accepted_case(make_item(), timezone.now() - timedelta(days=3))
    of_acceptance = timezone.localdate(Case.objects.get(pk=case.pk).accepted_at)
    day = Period(of_acceptance, of_acceptance)
    assert flow(ACCEPTED_FLOW, day) == 1
    now = timezone.now()
    ask_void(case.number, reason="选错事项", actor=CLERK, at=now)
    assert [one.number for one in void_requests_for(decider)] == [case.number]
    approve_void(case.number, note="同意", actor=decider, at=now)
    case.refresh_from_db()
    assert (case.state, case.accepted_at, case.due_on) == (State.VOIDED, None, None)
    assert flow(ACCEPTED_FLOW, day) == 0
    assert Notice.objects.get().voided_at == now
    assert entries_of_subject(Subject(CASE, case.pk))[-1].kind == VOIDED.code
    assert void_requests_for(decider) == []
    assert verify() == []


def test_who_asks_does_not_decide_and_others_may_not() -> None:
    both = actor_with((Role.FRONT, ""), (Role.HALL, ""), person=25)
    case = accepted_case(make_item())
    now = timezone.now()
    with pytest.raises(Refusal, match="没有待审批"):
        approve_void(case.number, actor=HALL, at=now)
    ask_void(case.number, reason="选错事项", actor=both, at=now)
    with pytest.raises(Refusal, match="他人审批"):
        approve_void(case.number, actor=both, at=now)
    for actor in (CLERK, OTHER_CHIEF, REVIEWER):
        with pytest.raises(NotPermitted):
            approve_void(case.number, actor=actor, at=now)
    with pytest.raises(Refusal, match="已申请作废"):
        ask_void(case.number, reason="再问", actor=CLERK, at=now)
    with pytest.raises(Refusal, match="理由"):
        refuse_void(case.number, note=" ", actor=HALL, at=now)
    refuse_void(case.number, note="材料齐全，受理无误", actor=HALL, at=now)
    case.refresh_from_db()
    assert case.state == State.ACCEPTED
    assert VoidRequest.objects.get().is_approved is False
    ask_void(case.number, reason="另有理由", actor=CLERK, at=now)


def test_after_a_hand_over_the_back_office_returns_the_case_first() -> None:
    case = handed_over_case(make_item(), timezone.now() - timedelta(days=1))
    now = timezone.now()
    with pytest.raises(Refusal, match="先由后台退回"):
        ask_void(case.number, reason="选错事项", actor=CLERK, at=now)
    return_case(case.number, reason="选错事项", actor=REVIEWER, at=now)
    ask_void(case.number, reason="选错事项", actor=CLERK, at=now)
    approve_void(case.number, actor=HALL, at=now)
    case.refresh_from_db()
    assert case.state == State.VOIDED
    assert verify() == []


def test_only_accepted_cases_are_voided_and_with_a_reason() -> None:
    case = received_case(make_item())
    with pytest.raises(IllegalMove):
        ask_void(case.number, reason="选错事项", actor=CLERK, at=timezone.now())
    accepted = accepted_case(make_item("K2"))
    with pytest.raises(Refusal, match="理由"):
        ask_void(accepted.number, reason=" ", actor=CLERK, at=timezone.now())


def test_a_consultation_is_undone_once() -> None:
    make_item()
    entry = consult(department="D01", channel=Channel.WINDOW, actor=CLERK, at=timezone.now()).id
    with pytest.raises(CannotUndo) as refused:
        undo(entry, actor=OTHER_CLERK, at=timezone.now())
    assert refused.value.code == "not_own"
    correction = undo(entry, actor=CLERK, at=timezone.now())
    assert flow(CONSULTED_FLOW, today()) == 0
    for again in (entry, correction.id):
        with pytest.raises(Refusal):
            undo(again, actor=CLERK, at=timezone.now())
    assert flow(CONSULTED_FLOW, today()) == 0
    assert verify() == []


def test_a_receipt_is_undone_until_it_is_accepted() -> None:
    item = make_item()
    now = timezone.now()
    case = received_case(item, now)
    undo(last_entry(case), actor=CLERK, at=now)
    case.refresh_from_db()
    assert case.state == State.VOIDED
    accepted = accepted_case(item, now - HOUR)
    received = entries_of_subject(Subject(CASE, accepted.pk))[0].pk
    with pytest.raises(CannotUndo, match="其后已有“受理”"):
        undo(received, actor=CLERK, at=now)
    with pytest.raises(CannotUndo, match="申请作废"):
        undo(last_entry(accepted), actor=CLERK, at=now)


def test_a_hand_over_is_undone_until_it_is_signed_for() -> None:
    now = timezone.now()
    case = handed_over_case(make_item(), now - 3 * HOUR)
    undo(last_entry(case), actor=DISPATCHER, at=now)
    case.refresh_from_db()
    assert (case.state, case.holder) == (State.ACCEPTED, "")
    assert case.handovers.get().is_reversed
    assert flow(HANDED_OVER_FLOW, today()) == 0
    again = hand_over(case.number, to="D01", actor=DISPATCHER, at=now).id
    sign_for([case.number], actor=REVIEWER, at=now)
    with pytest.raises(CannotUndo) as refused:
        undo(again, actor=DISPATCHER, at=now)
    assert refused.value.code == "signed_for"


def test_yesterdays_slip_is_for_others_to_correct() -> None:
    now = timezone.now()
    case = received_case(make_item(), now)
    with pytest.raises(CannotUndo) as refused:
        undo(last_entry(case), actor=CLERK, at=now + timedelta(days=1))
    assert refused.value.code == "not_today"
    with pytest.raises(NotPermitted):
        undo(last_entry(case), actor=EDITOR, at=now)

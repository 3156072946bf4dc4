"""Two people of the later offices at the same moment: one wins, the other is told, and nobody waits for ever."""

import pytest
from django.utils import timezone

from yichuang.accounts.tests.factories import actor_for, make_department, make_person
from yichuang.accounts.tests.test_concurrency import at_once
from yichuang.kernel.actor import Actor, Role
from yichuang.ledger.models import Entry
from yichuang.ledger.queries import verify

from ..actions import decide, hand_over_batch, issue_result, return_case, sign_for, take
from ..models import Case, Delivery, Handover, HandoverSheet
from ..types import HANDED_OVER, ISSUED, SIGNED_FOR, TAKEN, State
from .factories import (
    AT_COUNTER,
    CLERK,
    DISPATCHER,
    REVIEWER,
    accepted_case,
    concluded_case,
    handed_over_case,
    make_item,
    signed_case,
)

pytestmark = pytest.mark.usefixtures("shared_database")


def entries(kind: int) -> int:
    return Entry.objects.filter(kind=kind).count()


def test_a_case_is_returned_while_it_is_being_decided() -> None:
    case = signed_case(make_item())
    outcomes = at_once(
        lambda: decide(case.number, grant=True, actor=REVIEWER, at=timezone.now()),
        lambda: return_case(case.number, reason="缺件", actor=Actor(id=99, posts=REVIEWER.posts), at=timezone.now()),
    )
    case.refresh_from_db()
    # whoever returns first leaves nothing to decide
    assert (outcomes, case.state) in (
        (["done", "illegal_move"], State.GRANTED),
        (["done", "elsewhere"], State.ACCEPTED),
    )
    assert verify() == []


def test_two_take_one_case() -> None:
    case = signed_case(make_item())
    people = [actor_for(make_person(name, [Role.BACK], "D01")) for name in ("a", "b")]
    outcomes = at_once(*(lambda one=one: take(case.number, actor=one, at=timezone.now()) for one in people))  # type: ignore[misc]
    assert outcomes == ["already_taken", "done"]
    case.refresh_from_db()
    assert Entry.objects.get(kind=TAKEN.code).actor == case.handler


def test_two_counters_hand_one_result_out() -> None:
    case = concluded_case(make_item())

    def hand_out() -> object:
        return issue_result(case.number, delivery=AT_COUNTER, actor=CLERK, at=timezone.now())

    assert at_once(hand_out, hand_out) == ["done", "illegal_move"]
    assert (entries(ISSUED.code), Delivery.objects.count()) == (1, 1)
    assert verify() == []


def test_one_case_is_signed_for_twice() -> None:
    case = handed_over_case(make_item())

    def sign() -> object:
        return sign_for([case.number], actor=REVIEWER, at=timezone.now())

    assert at_once(sign, sign, sign) == ["already_signed", "already_signed", "done"]
    assert entries(SIGNED_FOR.code) == 1


def test_batches_in_opposite_orders_never_wait_in_a_ring() -> None:
    make_department("D02")
    item = make_item()
    cases = [accepted_case(item) for _ in range(8)]
    there = [(case.number, "D01") for case in cases]
    back = [(case.number, "D02") for case in reversed(cases)]
    outcomes = at_once(
        lambda: hand_over_batch(there, actor=DISPATCHER, at=timezone.now()),
        lambda: hand_over_batch(back, actor=DISPATCHER, at=timezone.now()),
    )
    # a case may go on to another office at once: both succeed in turn, unless the second was asked for earlier
    assert outcomes in (["done", "done"], ["done", "too_early"])
    done = outcomes.count("done")
    assert entries(HANDED_OVER.code) == Handover.objects.count() == 8 * done
    assert HandoverSheet.objects.count() == done
    assert len(set(Case.objects.values_list("holder", flat=True))) == 1
    assert verify() == []

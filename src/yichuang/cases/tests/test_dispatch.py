"""Between the offices: hand over, in batches, sign for, return, and what a reversal leaves."""

import json
from datetime import timedelta

import pytest

from yichuang.accounts.tests.factories import make_department, make_person
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ledger.models import Entry
from yichuang.ledger.queries import flow, verify
from yichuang.ledger.types import Period

from ..actions import (
    decide,
    hand_over,
    hand_over_batch,
    pass_on,
    return_case,
    reverse,
    sign_for,
    take,
)
from ..models import Case, Handover, HandoverSheet, Sequence
from ..rules.dispatch import MOST_AT_ONCE, check_batch
from ..types import HANDED_OVER, HANDED_OVER_FLOW, RETURNED, SIGNED_FOR, IllegalMove, State
from .factories import (
    CLERK,
    DISPATCHER,
    EDITOR,
    HOUR,
    REVIEWER,
    SECOND_REVIEWER,
    START,
    accepted_case,
    decided_case,
    handed_over_case,
    make_item,
    signed_case,
)

pytestmark = pytest.mark.django_db

DAY = Period(START.date(), START.date())
LATER = START + 3 * HOUR


def last_entry(case: Case, kind: int) -> int:
    return Entry.objects.filter(subject_id=case.pk, kind=kind, corrects=None).latest("pk").pk


def test_a_hand_over_is_kept_with_its_entry_and_clears_the_signature() -> None:
    make_department("D02")
    case = signed_case(make_item())
    take(case.number, actor=REVIEWER, at=LATER)
    written = hand_over(case.number, to="D02", actor=REVIEWER, at=LATER)
    case.refresh_from_db()
    assert (case.holder, case.signed_at, case.handler) == ("D02", None, None)
    row = Handover.objects.get(entry=written.id)
    assert (row.sender, row.to, row.sent_by, row.signed_at) == ("D01", "D02", REVIEWER.id, None)
    assert Handover.objects.get(to="D01").signed_at is not None


def test_an_unsigned_hand_over_that_goes_elsewhere_waits_no_longer() -> None:
    make_department("D02")
    case = handed_over_case(make_item())
    written = hand_over(case.number, to="D02", actor=DISPATCHER, at=LATER)
    first = Handover.objects.get(to="D01")
    assert (first.returned_at, first.reason) == (LATER, "改送D02厅")
    reverse(case.pk, written.id, actor=EDITOR, at=LATER + HOUR, reason="选错部门")
    first.refresh_from_db()
    case.refresh_from_db()
    assert (first.returned_at, case.holder, case.signed_at) == (None, "D01", None)
    sign_for([case.number], actor=REVIEWER, at=LATER + HOUR)


def test_a_batch_makes_one_numbered_sheet_for_each_department() -> None:
    item, other = make_item(), make_item("K2", department="D02")
    cases = [accepted_case(item), accepted_case(other), accepted_case(item)]
    sheets = hand_over_batch([(case.number, case.department) for case in cases], actor=DISPATCHER, at=LATER)
    assert [(sheet.number, sheet.department) for sheet in sheets] == [
        ("JJ20240918001", "D01"),
        ("JJ20240918002", "D02"),
    ]
    assert [sheet.handovers.count() for sheet in sheets] == [2, 1]
    assert flow(HANDED_OVER_FLOW, DAY) == 3
    assert verify() == []


def test_a_batch_with_one_wrong_case_does_nothing_and_names_it() -> None:
    make_department("D02")
    item = make_item()
    good, decided = accepted_case(item), decided_case(item)
    before = Entry.objects.count()
    with pytest.raises(IllegalMove, match=decided.number):
        hand_over_batch([(good.number, "D02"), (decided.number, "D02")], actor=DISPATCHER, at=LATER)
    good.refresh_from_db()
    assert good.state == State.ACCEPTED
    assert Entry.objects.count() == before
    assert not HandoverSheet.objects.exists()
    assert not Sequence.objects.filter(series__startswith="sheet:").exists()


def test_the_refusal_of_a_batch_names_the_case_also_for_a_wrong_department() -> None:
    case = accepted_case(make_item())
    with pytest.raises(Refusal, match=f"办件 {case.number}：没有代码为 NOPE 的部门"):
        hand_over_batch([(case.number, "NOPE")], actor=DISPATCHER, at=LATER)


@pytest.mark.parametrize(
    ("numbers", "code"), [([], "none_chosen"), (["A", "B", "A"], "twice"), (["A"] * (MOST_AT_ONCE + 1), "too_many")]
)
def test_what_cannot_be_a_batch(numbers: list[str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_batch(numbers, "流转")
    assert refused.value.code == code


def test_signing_is_by_the_office_that_got_the_case_and_once() -> None:
    person = make_person("houtai", name="赵敏")
    reviewer = Actor(id=person.pk, posts=REVIEWER.posts)
    item = make_item()
    one, two = handed_over_case(item), handed_over_case(item)
    for stranger in (SECOND_REVIEWER, CLERK, DISPATCHER):
        with pytest.raises(NotPermitted):
            sign_for([one.number], actor=stranger, at=LATER)
    assert sign_for([two.number, one.number], actor=reviewer, at=LATER) == 2
    assert Entry.objects.filter(kind=SIGNED_FOR.code).count() == 2
    assert set(Handover.objects.values_list("signed_at", "signed_by")) == {(LATER, person.pk)}
    three = handed_over_case(item)
    with pytest.raises(Refusal, match=f"{one.number} 已签收：赵敏，9月18日 12:00") as refused:
        sign_for([three.number, one.number], actor=REVIEWER, at=LATER + HOUR)
    assert refused.value.code == "already_signed"
    three.refresh_from_db()
    assert three.signed_at is None


def test_a_case_goes_back_to_the_middle_office_with_a_reason() -> None:
    case = signed_case(make_item())
    with pytest.raises(Refusal, match="理由"):
        return_case(case.number, reason=" ", actor=REVIEWER, at=LATER)
    written = return_case(case.number, reason="缺少现场照片", actor=REVIEWER, at=LATER)
    case.refresh_from_db()
    assert (case.state, case.holder, case.signed_at) == (State.ACCEPTED, "", None)
    row = Handover.objects.get()
    assert (row.returned_at, row.returned_by, row.reason) == (LATER, REVIEWER.id, "缺少现场照片")
    assert json.loads(Entry.objects.get(pk=written.id).payload)["from"] == "D01"
    hand_over(case.number, to="D01", actor=DISPATCHER, at=LATER)
    assert flow(HANDED_OVER_FLOW, DAY) == 2


def test_a_decided_case_is_not_returned_and_the_refusal_says_who_decided() -> None:
    person = make_person("houtai", name="赵敏")
    case = decided_case(make_item())
    Case.objects.filter(pk=case.pk).update(moved_by=person.pk)
    with pytest.raises(IllegalMove, match="赵敏已于9月18日 12:00 将其办理为“准予”"):
        return_case(case.number, reason="有误", actor=REVIEWER, at=LATER)


def test_only_the_handler_returns_what_somebody_has_taken() -> None:
    case = signed_case(make_item())
    take(case.number, actor=Actor(id=99, posts=REVIEWER.posts), at=LATER)
    with pytest.raises(Refusal) as refused:
        return_case(case.number, reason="有误", actor=REVIEWER, at=LATER)
    assert refused.value.code == "not_handler"


def test_a_reversed_return_gives_signature_and_handler_back() -> None:
    case = signed_case(make_item())
    take(case.number, actor=REVIEWER, at=LATER)
    return_case(case.number, reason="点错", actor=REVIEWER, at=LATER)
    reverse(case.pk, last_entry(case, RETURNED.code), actor=EDITOR, at=LATER + HOUR, reason="点错")
    signed = case.signed_at
    case.refresh_from_db()
    assert (case.state, case.holder, case.signed_at, case.handler) == (State.REVIEWING, "D01", signed, REVIEWER.id)
    row = Handover.objects.get()
    assert (row.returned_at, row.returned_by, row.reason) == (None, None, "")
    decide(case.number, grant=True, actor=REVIEWER, at=LATER + 2 * HOUR)


def test_a_reversed_hand_over_gives_the_case_back_to_who_had_it() -> None:
    make_department("D02")
    colleague = make_person("tongshi", [Role.BACK], "D01")
    case = signed_case(make_item())
    pass_on(case.number, to=colleague.pk, actor=REVIEWER, at=LATER)
    written = hand_over(case.number, to="D02", actor=DISPATCHER, at=LATER)
    sign_for([case.number], actor=SECOND_REVIEWER, at=LATER)
    take(case.number, actor=SECOND_REVIEWER, at=LATER)
    reverse(case.pk, written.id, actor=EDITOR, at=LATER + timedelta(minutes=5), reason="应由D01办理")
    case.refresh_from_db()
    assert (case.holder, case.handler) == ("D01", colleague.pk)
    assert case.signed_at == START + 2 * HOUR
    assert Handover.objects.get(entry=written.id).is_reversed
    # what the other office did is not taken for the first one's when a later hand-over is reversed too
    again = hand_over(case.number, to="D02", actor=DISPATCHER, at=LATER + HOUR)
    reverse(case.pk, again.id, actor=EDITOR, at=LATER + 2 * HOUR, reason="再次选错")
    case.refresh_from_db()
    assert case.handler == colleague.pk
    assert last_entry(case, HANDED_OVER.code) == again.id

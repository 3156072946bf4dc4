"""冲正: what was entered by mistake is taken back by an entry, and the case stands where it stood before."""

import json
from datetime import datetime

from django.db import transaction

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger.actions import take_back
from yichuang.ledger.queries import entries_of_subject
from yichuang.ledger.types import Recorded, Subject

from ..models import Case, Delivery, Notice
from ..rules import MOVES, Step, check_reversal, holding_step, state_after
from ..types import (
    ACCEPTED,
    CASE,
    CONCLUDED,
    CORRECTION_REQUESTED,
    DECLINED,
    GRANTED,
    ISSUED,
    RECEIVED,
    REDIRECTED,
    REFUSED,
    SERVED,
    NoticeKind,
)
from .dispatch import hold_again

_NOTICE_OF = {
    RECEIVED.code: NoticeKind.RECEIPT,
    ACCEPTED.code: NoticeKind.ACCEPTANCE,
    DECLINED.code: NoticeKind.DECLINE,
    REDIRECTED.code: NoticeKind.REDIRECT,
    CORRECTION_REQUESTED.code: NoticeKind.CORRECTION,
    REFUSED.code: NoticeKind.REFUSAL,
    ISSUED.code: NoticeKind.DELIVERY,
    SERVED.code: NoticeKind.DELIVERY,
}


@transaction.atomic
def reverse(case_id: int, entry: int, *, actor: Actor, at: datetime, reason: str) -> Recorded:
    """Reverse one of a case's entries: its last step, or a hand-over that was counted wrongly at any time."""
    require(actor, "ledger.reverse")
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise Refusal("没有此办件", code="not_found", field="case")
    return undo_step(case, entry, standing_steps(case_id), actor=actor, at=at, reason=reason)


def undo_step(case: Case, entry: int, steps: list[Step], *, actor: Actor, at: datetime, reason: str) -> Recorded:
    """Take a step of a locked case back, with the notice and delivery it made; the caller has checked who may."""
    remaining = check_reversal(steps, entry)
    undone = next(step for step in steps if step.entry == entry)
    written = take_back(entry, actor=actor, at=at, reason=reason)
    _restore(case, remaining, undone, actor=actor, at=at)
    if undone.kind in _NOTICE_OF:
        Notice.objects.filter(case=case, kind=_NOTICE_OF[undone.kind], voided_at=None).update(voided_at=at)
    if undone.kind in {ISSUED.code, SERVED.code}:
        Delivery.objects.filter(case=case).update(is_reversed=True)
    return written


def standing_steps(case_id: int) -> list[Step]:
    """The case's moves in order, without reversals and what they reversed."""
    entries = entries_of_subject(Subject(CASE, case_id))
    reversed_ids = {entry.corrects for entry in entries}
    return [
        Step(entry.pk, entry.kind, str(json.loads(entry.payload or "{}").get("to", "")))
        for entry in entries
        if entry.kind in MOVES and entry.corrects is None and entry.pk not in reversed_ids
    ]


def _restore(case: Case, remaining: list[Step], undone: Step, *, actor: Actor, at: datetime) -> None:
    kinds = [step.kind for step in remaining]
    case.state = state_after(remaining)
    case.is_granted = True if GRANTED.code in kinds else False if REFUSED.code in kinds else None
    if ACCEPTED.code not in kinds:
        case.accepted_at = case.due_on = None
    if CONCLUDED.code not in kinds:
        case.result_number, case.result_valid_until, case.result_code = "", None, None
    holding = holding_step(remaining)
    case.holder = holding.to if holding else ""
    hold_again(case, undone.entry)
    case.moved_at, case.moved_by = at, actor.id
    case.save(
        update_fields=[
            "state",
            "holder",
            "signed_at",
            "handler",
            "is_granted",
            "accepted_at",
            "due_on",
            "result_number",
            "result_valid_until",
            "result_code",
            "moved_at",
            "moved_by",
        ]
    )

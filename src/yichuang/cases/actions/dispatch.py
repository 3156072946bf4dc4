"""Between the offices: hand over, sign for, return; and what a reversed step leaves of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yichuang.accounts.queries import department_names
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import may, require
from yichuang.ledger.types import Recorded

from ..models import Case, Handover, HandoverSheet
from ..rules import HAND_OVER, RETURN, check_hand_over, check_reasons
from ..rules.dispatch import check_batch, check_signing
from ..rules.review import LONGEST_REASON
from ..types import SIGNED_FOR, State
from .holding import check_own, handler_after, require_here, told
from .moving import check_order, draw_number, facts_of, lock_case, move_case, record_entry


@transaction.atomic
def hand_over(number: str, *, to: str, actor: Actor, at: datetime) -> Recorded:
    """流转: from the middle office to the back office of ``to``, or from one back office to another (件次)."""
    case = lock_case(number)
    handover, written = _send(case, to, department_names(), actor=actor, at=at)
    handover.save(force_insert=True)
    return written


@transaction.atomic
def hand_over_batch(moves: Sequence[tuple[str, str]], *, actor: Actor, at: datetime) -> list[HandoverSheet]:
    """Hand over many cases, as (number, department); one numbered sheet (交接单) for each department that gets some.

    All or nothing: the refusal names the case that is at fault. Cases are locked in the order of their numbers, so
    two batches never wait in a ring; the sheets' numbers are drawn last and have no gaps.
    """
    check_batch([number for number, _ in moves], "流转")
    departments = department_names()
    sent = [_named(number, to, departments, actor=actor, at=at) for number, to in sorted(moves)]
    sheets = {to: _sheet(to, actor=actor, at=at) for to in sorted({to for _, to in moves})}
    for handover in sent:
        handover.sheet = sheets[handover.to]
    Handover.objects.bulk_create(sent)
    return list(sheets.values())


def _named(number: str, to: str, departments: Mapping[str, str], *, actor: Actor, at: datetime) -> Handover:
    try:
        return _send(lock_case(number), to, departments, actor=actor, at=at)[0]
    except Refusal as refusal:
        if number in refusal.message:
            raise
        raise Refusal(f"办件 {number}：{refusal.message}", code=refusal.code, field=refusal.field) from refusal


def _send(
    case: Case, to: str, departments: Mapping[str, str], *, actor: Actor, at: datetime
) -> tuple[Handover, Recorded]:
    """Move a locked case to the back office of ``to``; the hand-over as a row that is not saved yet."""
    require(actor, "cases.hand_over", facts_of(case))
    if to not in departments:
        raise Refusal(f"没有代码为 {to} 的部门", code="unknown_department", field="to")
    check_hand_over(facts_of(case), to)
    if not may(actor, "cases.dispatch"):
        check_own(case, "流转", actor=actor)
    sender = case.holder
    payload = {"from": sender, "to": to}
    written = move_case(
        case, HAND_OVER, actor=actor, at=at, payload=payload, holder=to, signed_at=None, handler=None
    )  # fmt: skip
    # What nobody signed for is not waiting there any more.
    Handover.objects.filter(case=case, signed_at=None, returned_at=None, is_reversed=False).update(
        returned_at=at, returned_by=actor.id, reason=f"改送{departments[to]}"
    )
    row = Handover(case=case, sender=sender, to=to, sent_at=at, sent_by=actor.id, entry=written.id)
    return row, written


def _sheet(department: str, *, actor: Actor, at: datetime) -> HandoverSheet:
    day = f"{timezone.localtime(at):%Y%m%d}"
    number = f"JJ{day}{draw_number(f'sheet:{day}'):03d}"
    return HandoverSheet.objects.create(number=number, department=department, made_at=at, made_by=actor.id)


@transaction.atomic
def sign_for(numbers: Sequence[str], *, actor: Actor, at: datetime) -> int:
    """签收: the back office has got these cases; all or nothing, and how many.

    Refused for a case that is with another office, or was signed for already (by whom and when).
    """
    check_batch(list(numbers), "签收")
    for number in sorted(numbers):
        case = lock_case(number)
        require_here(case, "cases.handle", "签收", actor=actor)
        facts = facts_of(case, with_name=case.state != State.REVIEWING)
        check_signing(facts, signed=told(case, SIGNED_FOR) if facts.is_signed else "")
        check_order(case, at)
        case.signed_at = at
        case.save(update_fields=["signed_at"])
        waiting = Handover.objects.filter(case=case, to=case.holder, signed_at=None, returned_at=None)
        waiting.filter(is_reversed=False).update(signed_at=at, signed_by=actor.id)
        record_entry(case, SIGNED_FOR, actor=actor, at=at)
    return len(numbers)


@transaction.atomic
def return_case(number: str, *, reason: str, actor: Actor, at: datetime) -> Recorded:
    """退回: the back office sends a case back to the middle office, with a reason, signed for or not.

    :class:`IllegalMove` says who decided, and when, if a decision is made.
    """
    case = lock_case(number)
    require_here(case, "cases.handle", "退回", actor=actor)
    why = check_reasons(reason, "退回")
    if len(why) > LONGEST_REASON:
        raise Refusal(f"退回理由最多 {LONGEST_REASON} 字，请精简", code="too_long", field="reason")
    if case.state == State.REVIEWING:
        check_own(case, "退回", actor=actor)
    latest = Handover.objects.filter(case=case, is_reversed=False, returned_at=None).order_by("-entry").first()
    payload = {"from": case.holder}
    if latest:  # the reason stands there: a ledger entry cannot be erased
        latest.returned_at, latest.returned_by, latest.reason = at, actor.id, why
        latest.save(update_fields=["returned_at", "returned_by", "reason"])
    else:  # handed over before hand-overs were kept
        payload["reason"] = why
    return move_case(case, RETURN, actor=actor, at=at, payload=payload, holder="", signed_at=None, handler=None)


def hold_again(case: Case, undone: int) -> None:
    """After entry ``undone`` was reversed: who has signed for the locked case, and who handles it, as before.

    ``holder`` is set by the caller, who also saves the case. A reversed hand-over is marked; the one before it, or one
    whose return was reversed, stands again.
    """
    handovers = Handover.objects.filter(case=case)
    handovers.filter(entry=undone).update(is_reversed=True)
    standing = handovers.filter(is_reversed=False).order_by("-entry").first()
    if not case.holder:
        case.signed_at = case.handler = None
    elif standing and standing.to == case.holder:
        if standing.returned_at:
            standing.returned_at = standing.returned_by = None
            standing.reason = ""
            standing.save(update_fields=["returned_at", "returned_by", "reason"])
        case.signed_at = standing.signed_at
        case.handler = handler_after(case, standing.entry)

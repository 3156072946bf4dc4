"""作废: a clerk asks that a wrong acceptance be voided, somebody else decides."""

from datetime import datetime

from django.db import transaction

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger.actions import take_back
from yichuang.ledger.types import Recorded

from ..models import Case, Notice, VoidRequest
from ..rules import VOID, check_decider, check_not_asked, check_short_reason, check_voidable
from ..types import ACCEPTED, VOID_ASKED, VOID_REFUSED, NoticeKind
from .moving import facts_of, lock_case, move_case, record_entry
from .reversal import standing_steps


@transaction.atomic
def ask_void(number: str, *, reason: str, actor: Actor, at: datetime) -> VoidRequest:
    """申请作废: why the acceptance was wrong. Refused once the case was handed over, or while a request is open."""
    case = lock_case(number)
    require(actor, "cases.ask_void", case)
    check_voidable(facts_of(case, with_name=True))
    check_not_asked(case.void_requests.filter(decided_at=None).exists())
    reason = check_short_reason(reason, "申请作废")
    request = VoidRequest.objects.create(case=case, reason=reason, asked_by=actor.id, asked_at=at)
    record_entry(case, VOID_ASKED, actor=actor, at=at)
    return request


@transaction.atomic
def approve_void(number: str, *, note: str = "", actor: Actor, at: datetime) -> Recorded:
    """同意作废: the acceptance is reversed (it no longer counts on its day), its notice is void, and the case ends."""
    case = lock_case(number)
    request = _open_request(case, actor)
    check_voidable(facts_of(case, with_name=True))
    accepted = next(step for step in reversed(standing_steps(case.pk)) if step.kind == ACCEPTED.code)
    take_back(accepted.entry, actor=actor, at=at, reason="受理作废")
    Notice.objects.filter(case=case, kind=NoticeKind.ACCEPTANCE, voided_at=None).update(voided_at=at)
    _decide(request, True, note, actor=actor, at=at)
    return move_case(case, VOID, actor=actor, at=at, accepted_at=None, due_on=None)


@transaction.atomic
def refuse_void(number: str, *, note: str, actor: Actor, at: datetime) -> Recorded:
    """不同意作废: the case stays as it is; the note tells the asker why."""
    case = lock_case(number)
    request = _open_request(case, actor)
    _decide(request, False, check_short_reason(note, "不同意作废"), actor=actor, at=at)
    return record_entry(case, VOID_REFUSED, actor=actor, at=at)


def _open_request(case: Case, actor: Actor) -> VoidRequest:
    require(actor, "cases.decide_void", case)
    request = case.void_requests.filter(decided_at=None).first()
    if request is None:
        raise Refusal("此办件没有待审批的作废申请，可能已由他人处理", code="not_asked", field="state")
    check_decider(request.asked_by, actor.id)
    return request


def _decide(request: VoidRequest, is_approved: bool, note: str, *, actor: Actor, at: datetime) -> None:
    request.is_approved, request.note = is_approved, note.strip()[:500]
    request.decided_by, request.decided_at = actor.id, at
    request.save(update_fields=["is_approved", "note", "decided_by", "decided_at"])

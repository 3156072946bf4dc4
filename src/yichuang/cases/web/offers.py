"""Which steps a case's page offers to whom; each action asks again."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import may

from ..queries import CaseShown
from ..rules import MOVES, WITHDRAW
from ..types import HANDED_OVER, UNDOABLE, NoticeKind, State


@dataclass(frozen=True, slots=True)
class Offers:
    """What the actor may do now on the page of a case; ``undo`` is the entry that can be undone."""

    accept: bool
    request_correction: bool
    turn_away: bool
    supplement: bool
    ask_void: bool
    decide_void: bool
    withdraw: bool
    return_originals: bool
    attach: bool
    print: bool
    undo: int | None

    @property
    def any_step(self) -> bool:
        """True when there is a form to show."""
        return any((
            self.accept, self.supplement, self.ask_void, self.decide_void, self.withdraw, self.return_originals
        ))  # fmt: skip


def offers(actor: Actor, shown: CaseShown, *, today: date) -> Offers:
    """The steps that the case's state and the actor's posts allow."""
    case, state = shown.case, shown.state
    may_accept = state is State.RECEIVED and may(actor, "cases.accept", case)
    may_receive = may(actor, "cases.receive", case)
    asked = shown.open_void_request
    is_told = any(kind is NoticeKind.CORRECTION and not notice.voided_at for kind, notice in shown.notices)
    return Offers(
        accept=may_accept,
        request_correction=may_accept and not is_told,
        turn_away=may_accept,
        supplement=state in {State.RECEIVED, State.CORRECTING} and may_receive,
        ask_void=state is State.ACCEPTED and asked is None and may(actor, "cases.ask_void", case),
        decide_void=asked is not None and asked.asked_by != actor.id and may(actor, "cases.decide_void", case),
        withdraw=state in WITHDRAW.before and may(actor, "cases.withdraw", case),
        return_originals=shown.originals_held > 0 and may_receive,
        attach=may(actor, "cases.attach", case),
        print=shown.is_identity_shown,
        undo=_undo(actor, shown, today),
    )


def _undo(actor: Actor, shown: CaseShown, today: date) -> int | None:
    """The last move, if it is the actor's own slip of today."""
    moves = [step for step in shown.timeline if step.kind in MOVES and not step.is_reversal and not step.is_reversed]
    if not moves or not may(actor, "cases.undo"):
        return None
    last = moves[-1]
    is_own = last.actor == actor.id and timezone.localdate(last.occurred_at) == today
    is_signed = last.kind == HANDED_OVER.code and shown.case.signed_at is not None
    return last.entry if is_own and last.kind in UNDOABLE and not is_signed else None

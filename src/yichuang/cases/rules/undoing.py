"""撤销: a slip of the hand is taken back by who made it, on the same day, before anything was built on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ..types import CONSULTED, UNDOABLE, CannotUndo
from .moves import MOVES
from .reversal import Step


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the rule needs to know of the entry that is to be undone."""

    entry: int
    kind: int
    label: str
    actor: int
    recorded_on: date
    is_signed: bool = False  # a hand-over that the receiving office has signed for


def check_undo(facts: EntryFacts, steps: Sequence[Step], *, actor: int, today: date) -> None:
    """Only one's own entry of today, of a kind that can be a slip, that is still the case's last step.

    ``steps`` are the case's standing moves; a consultation has none.
    """
    if facts.kind not in UNDOABLE:
        raise CannotUndo(
            f"“{facts.label}”不能撤销；受理有误请申请作废，其他请联系管理人员冲正", code="not_undoable", field="entry"
        )
    if facts.actor != actor:
        raise CannotUndo("只能撤销本人的操作；他人的操作请联系管理人员冲正", code="not_own", field="entry")
    if facts.recorded_on != today:
        raise CannotUndo("只能撤销当天的操作；此前的请联系管理人员冲正", code="not_today", field="entry")
    if facts.is_signed:
        raise CannotUndo("接收部门已签收，不能撤销；请对方退回", code="signed_for", field="entry")
    if facts.kind == CONSULTED.code:
        return
    if not any(step.entry == facts.entry for step in steps):
        raise CannotUndo("此操作已经撤销", code="already_undone", field="entry")
    if steps[-1].entry != facts.entry:
        later = MOVES[steps[-1].kind].verb
        raise CannotUndo(f"其后已有“{later}”，不能撤销", code="not_last", field="entry")

"""What may be taken back, and where a case stands then."""

from collections.abc import Sequence
from dataclasses import dataclass

from yichuang.kernel.errors import Refusal

from ..types import GRANTED, HANDED_OVER, REFUSED, RETURNED, State
from .moves import MOVES


@dataclass(frozen=True, slots=True)
class Step:
    """A move that stands: not a reversal, and not reversed."""

    entry: int
    kind: int
    to: str  # where a hand-over went


def check_reversal(steps: list[Step], entry: int) -> list[Step]:
    """The steps that remain when ``entry`` is reversed.

    The last step can be taken back, and a hand-over that was counted wrongly at any time; an earlier step of another
    kind carries the ones after it, so those come first. A hand-over carries what comes of it: a decision, a return.
    """
    position = next((index for index, step in enumerate(steps) if step.entry == entry), None)
    if position is None:
        raise Refusal(f"第 {entry} 号条目已冲正，或不是此办件的业务动作", code="not_reversible", field="entry")
    if position < len(steps) - 1 and steps[position].kind != HANDED_OVER.code:
        later = MOVES[steps[-1].kind].verb
        raise Refusal(f"其后已有“{later}”，请先从最后一步起依次冲正", code="not_last", field="entry")
    remaining = steps[:position] + steps[position + 1 :]
    if steps[position].kind == HANDED_OVER.code and not _every_office_got_it(remaining):
        raise Refusal("其后的退回或决定由这次流转而来，不能单独冲正", code="not_last", field="entry")
    return remaining


def state_after(steps: list[Step]) -> State:
    """Where the steps that stand lead; without any, the case is void."""
    return MOVES[steps[-1].kind].after if steps else State.VOIDED


def holding_step(steps: Sequence[Step]) -> Step | None:
    """The hand-over by which the back office has the case; None when it lies in the middle office."""
    for step in reversed(steps):
        if step.kind == HANDED_OVER.code:
            return step
        if step.kind == RETURNED.code:
            return None
    return None


def _every_office_got_it(steps: Sequence[Step]) -> bool:
    """Each return and each decision has a hand-over before it that no other return has used up."""
    has_it = False
    for step in steps:
        if step.kind == HANDED_OVER.code:
            has_it = True
        elif step.kind in {RETURNED.code, GRANTED.code, REFUSED.code}:
            if not has_it:
                return False
            has_it = step.kind != RETURNED.code
    return True

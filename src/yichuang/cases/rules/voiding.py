"""作废: a wrong acceptance is voided by somebody else than who asks for it."""

from yichuang.kernel.errors import Refusal

from ..types import CaseFacts, IllegalMove, State
from .moves import VOID


def check_voidable(facts: CaseFacts) -> None:
    """Only an accepted case that lies in the middle office; one that was handed over comes back first."""
    if facts.state == State.REVIEWING:
        raise Refusal(
            f"办件 {facts.number} 已流转到部门后台，请先由后台退回，再申请作废", code="handed_over", field="state"
        )
    if facts.state not in VOID.before:
        raise IllegalMove(VOID.verb, facts)


def check_not_asked(is_asked: bool) -> None:
    """One open request per case."""
    if is_asked:
        raise Refusal("此办件已申请作废，正等待审批，请勿重复申请", code="asked_already", field="state")


def check_decider(asked_by: int, actor: int) -> None:
    """Who asks does not decide."""
    if asked_by == actor:
        raise Refusal("作废须由他人审批，不能审批本人的申请", code="own_request", field="actor")

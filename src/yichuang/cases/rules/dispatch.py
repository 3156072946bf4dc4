"""Hand-overs between offices, and signing for them."""

from yichuang.kernel.errors import Refusal

from ..types import CaseFacts, IllegalMove, State

MOST_AT_ONCE = 200  # cases in one batch


def check_hand_over(facts: CaseFacts, to: str) -> None:
    """A hand-over goes to another department's back office; moves within an office are not counted (domain §3)."""
    if to == facts.holder:
        raise Refusal(f"办件 {facts.number} 已在该部门后台，无需流转", code="already_there", field="to")


def check_batch(numbers: list[str], verb: str) -> None:
    """A batch names some cases, each once, and no more than people look through at a time."""
    if not numbers:
        raise Refusal(f"请先勾选要{verb}的办件", code="none_chosen", field="numbers")
    if len(numbers) > MOST_AT_ONCE:
        raise Refusal(f"一次最多{verb} {MOST_AT_ONCE} 件，请分批办理", code="too_many", field="numbers")
    if twice := sorted({number for number in numbers if numbers.count(number) > 1}):
        raise Refusal(f"办件 {twice[0]} 重复，请只保留一次", code="twice", field="numbers")


def check_signing(facts: CaseFacts, *, signed: str) -> None:
    """A case with a back office is signed for once; ``signed`` tells by whom and when it was."""
    if facts.state is not State.REVIEWING:
        raise IllegalMove("签收", facts)
    if facts.is_signed:
        raise Refusal(f"办件 {facts.number} 已签收：{signed}，无需再签", code="already_signed", field="numbers")

"""In the back office: who works on a case, who decides, and what the result is called."""

from collections.abc import Collection
from datetime import date

from yichuang.kernel.errors import Refusal

from ..types import CaseFacts, IllegalMove, State

LONGEST_OPINION = 2000  # characters
LONGEST_REASON = 500
LONGEST_RESULT_NUMBER = 60
COURT = "有管辖权的人民法院"  # 行政诉讼法 arts. 18, 21: the applicant may choose among several


def check_reviewing(facts: CaseFacts, verb: str) -> None:
    """The case is with a back office, undecided, and signed for."""
    if facts.state is not State.REVIEWING:
        raise IllegalMove(verb, facts)
    if not facts.is_signed:
        raise Refusal(f"办件 {facts.number} 尚未签收，请先签收", code="not_signed", field="number")


def check_handler(facts: CaseFacts, verb: str, *, person: int, handler: str, stand_ins: Collection[int] = ()) -> None:
    """Once somebody has taken a case, only that person goes on with it, or who stands in for them.

    ``handler`` is the name a refusal tells; ``stand_ins`` are people who may act in this for the handler.
    """
    if facts.handler is None or facts.handler == person or person in stand_ins:
        return
    raise Refusal(
        f"办件 {facts.number} 由{handler}承办，请由{handler}{verb}，或转办后再{verb}",
        code="not_handler",
        field="number",
    )


def check_taking(facts: CaseFacts, *, taken: str) -> None:
    """A case is taken by one person; ``taken`` tells by whom and when it was."""
    if facts.handler is not None:
        raise Refusal(f"办件 {facts.number} 已有人承办：{taken}", code="already_taken", field="number")


def check_passing(facts: CaseFacts, *, to: int, colleagues: Collection[int]) -> None:
    """To somebody else who decides cases in the same back office today."""
    if to == facts.handler:
        raise Refusal(f"办件 {facts.number} 已由此人承办，请另选承办人", code="same_handler", field="to")
    if to not in colleagues:
        raise Refusal("只能转给本部门在岗的后台审批人员，请重新选择", code="not_a_colleague", field="to")


def check_opinion(text: str) -> str:
    """An opinion says something, in at most 2,000 characters (GB/T 39046—2020 table 7)."""
    told = text.strip()
    if not told:
        raise Refusal("请填写审查意见", code="no_opinion", field="text")
    if len(told) > LONGEST_OPINION:
        raise Refusal(f"审查意见最多 {LONGEST_OPINION} 字，现有 {len(told)} 字，请精简", code="too_long", field="text")
    return told


def check_result(facts: CaseFacts, *, number: str, valid_until: date | None, today: date) -> None:
    """A refusal has no result; a result has a number that fits, and has not run out when it is made."""
    if facts.is_granted is False and (number or valid_until):
        raise Refusal(
            f"办件 {facts.number} 的决定是不予许可，没有结果编号和有效期，请清空",
            code="no_result",
            field="result_number",
        )
    if len(number) > LONGEST_RESULT_NUMBER:
        raise Refusal(f"结果编号最多 {LONGEST_RESULT_NUMBER} 个字", code="too_long", field="result_number")
    if valid_until and valid_until < today:
        raise Refusal(f"有效期至 {valid_until} 早于今天，请核对", code="already_expired", field="valid_until")

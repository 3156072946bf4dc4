"""From acceptance to the result in the applicant's hand: hand over, decide, conclude, issue, withdraw."""

from datetime import datetime

from django.db import transaction

from yichuang.accounts.queries import department_names
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger.types import Recorded

from ..rules import (
    CONCLUDE,
    GRANT,
    HAND_OVER,
    ISSUE,
    REFUSE,
    WITHDRAW,
    check_hand_over,
    check_reasons,
)
from .moving import facts_of, lock_case, move_case


@transaction.atomic
def hand_over(number: str, *, to: str, actor: Actor, at: datetime) -> Recorded:
    """流转: from the middle office to the back office of ``to``, or from one back office to another (件次)."""
    case = lock_case(number)
    require(actor, "cases.hand_over", facts_of(case))
    if to not in department_names():
        raise Refusal(f"没有代码为 {to} 的部门", code="unknown_department", field="to")
    check_hand_over(facts_of(case), to)
    payload = {"from": case.holder, "to": to}
    return move_case(case, HAND_OVER, actor=actor, at=at, payload=payload, holder=to)


@transaction.atomic
def decide(number: str, *, grant: bool, reason: str = "", actor: Actor, at: datetime) -> Recorded:
    """决定: grant, or refuse with reasons (行政许可法 art. 38); by the back office that has the case."""
    case = lock_case(number)
    require(actor, "cases.decide", facts_of(case))
    if grant:
        return move_case(case, GRANT, actor=actor, at=at, is_granted=True)
    payload = {"reason": check_reasons(reason, "不予许可")}
    return move_case(case, REFUSE, actor=actor, at=at, payload=payload, is_granted=False)


@transaction.atomic
def conclude(number: str, *, result_number: str = "", actor: Actor, at: datetime) -> Recorded:
    """办结: the result, or the refusal, is made; it waits to be handed out."""
    case = lock_case(number)
    require(actor, "cases.decide", facts_of(case))
    return move_case(case, CONCLUDE, actor=actor, at=at, result_number=result_number.strip())


@transaction.atomic
def issue_result(number: str, *, actor: Actor, at: datetime) -> Recorded:
    """颁发: the result is handed out or sent (行政许可法 art. 44); once only."""
    case = lock_case(number)
    require(actor, "cases.issue_result", case)
    return move_case(case, ISSUE, actor=actor, at=at)


@transaction.atomic
def withdraw(number: str, *, reason: str, actor: Actor, at: datetime) -> Recorded:
    """撤回: the applicant takes the application back before the decision."""
    case = lock_case(number)
    require(actor, "cases.withdraw", case)
    payload = {"reason": check_reasons(reason, "撤回")}
    return move_case(case, WITHDRAW, actor=actor, at=at, payload=payload)

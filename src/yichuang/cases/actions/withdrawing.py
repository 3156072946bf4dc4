"""The applicant takes the application back."""

from datetime import datetime

from django.db import transaction

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require
from yichuang.ledger.types import Recorded

from ..rules import WITHDRAW, check_reasons
from .moving import lock_case, move_case


@transaction.atomic
def withdraw(number: str, *, reason: str, actor: Actor, at: datetime) -> Recorded:
    """撤回: the applicant takes the application back before the decision."""
    case = lock_case(number)
    require(actor, "cases.withdraw", case)
    payload = {"reason": check_reasons(reason, "撤回")}
    return move_case(case, WITHDRAW, actor=actor, at=at, payload=payload)

"""What may be done to a case at work: when, by which form, through which action, and what is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yichuang.cases import actions
from yichuang.kernel.actor import Actor

Given = Mapping[str, Any]
Carry = Callable[[str, Given, Actor, datetime], str]


@dataclass(frozen=True, slots=True)
class Verb:
    """One action of the work page; ``leaves`` when the case is then no longer this office's."""

    carry: Carry
    leaves: bool = False


def _sign(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.sign_for([number], actor=actor, at=at)
    return _("已签收 {number}，请认领后办理").format(number=number)


def _return(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.return_case(number, reason=given["reason"], actor=actor, at=at)
    return _("已退回 {number}，中台会看到退回理由").format(number=number)


def _take(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.take(number, actor=actor, at=at)
    return _("已认领 {number}，由您承办").format(number=number)


def _give_back(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.give_back(number, actor=actor, at=at)
    return _("已放回 {number}，同事可以认领").format(number=number)


def _pass_on(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.pass_on(number, to=given["to"], actor=actor, at=at)
    return _("已把 {number} 转给同事承办").format(number=number)


def _opinion(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.give_opinion(number, text=given["text"], actor=actor, at=at)
    return _("审查意见已记入 {number}").format(number=number)


def _grant(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.decide(number, grant=True, actor=actor, at=at)
    return _("已准予 {number}，请制证后办结").format(number=number)


def _refuse(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.decide(
        number,
        grant=False,
        reason=given["reason"],
        review_body=given["review_body"],
        court=given["court"],
        actor=actor,
        at=at,
    )
    return _("已对 {number} 作出不予许可决定，请打印决定书并办结").format(number=number)


def _conclude(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.conclude(
        number,
        result_number=given.get("result_number", ""),
        valid_until=given.get("valid_until"),
        actor=actor,
        at=at,
    )
    return _("已办结 {number}，出件窗口可以颁发").format(number=number)


VERBS: Mapping[str, Verb] = {
    "sign": Verb(_sign),
    "return": Verb(_return, leaves=True),
    "take": Verb(_take),
    "give-back": Verb(_give_back),
    "pass-on": Verb(_pass_on, leaves=True),
    "opinion": Verb(_opinion),
    "grant": Verb(_grant),
    "refuse": Verb(_refuse),
    "conclude": Verb(_conclude, leaves=True),
}

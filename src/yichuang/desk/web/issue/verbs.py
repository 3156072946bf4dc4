"""What may be done with a result at the counter, besides handing it out, and what is answered."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from yichuang.cases import actions
from yichuang.kernel.actor import Actor

Given = Mapping[str, Any]


def _remind(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.remind(number, means=given["means"], note=given["note"], actor=actor, at=at)
    return _("已记录对 {number} 的提醒").format(number=number)


def _return_mail(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.return_mail(number, reason=given["reason"], actor=actor, at=at)
    return _("已登记 {number} 退信，请联系申请人后再次送达").format(number=number)


def _confirm(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.confirm_delivery(number, actor=actor, at=at)
    return _("已确认 {number} 妥投").format(number=number)


def _originals(number: str, given: Given, actor: Actor, at: datetime) -> str:
    actions.return_originals(number, actor=actor, at=at)
    return _("已登记 {number} 的原件退还申请人").format(number=number)


def _receipt(number: str, given: Given, actor: Actor, at: datetime) -> str:
    notice = actions.delivery_receipt(number, actor=actor, at=at)
    return f"notice:{notice.pk}"


VERBS: Mapping[str, Callable[[str, Given, Actor, datetime], str]] = {
    "remind": _remind,
    "mail-returned": _return_mail,
    "confirm": _confirm,
    "originals": _originals,
    "receipt": _receipt,
}

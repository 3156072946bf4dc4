"""Handing out and sending results: what each way needs, and how long an applicant may leave one lying."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from yichuang.kernel.errors import Refusal
from yichuang.kernel.labels import gettext_noop

from ..types import DeliveryData, DeliveryWay, ReceiverCheck

FETCH_DAYS = 10  # working days; 行政许可法 art. 44: issued and delivered within ten days of the decision
TRACKING_NUMBER = re.compile(r"[0-9A-Za-z]{8,40}")
LONGEST_ADDRESS = 200
_LONGEST = {"receiver": (120, "领取人"), "carrier": (40, "寄递公司"), "note": (200, "备注")}


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """What was found out about who stands at the counter: the papers shown, compared with what is known."""

    number: str
    is_organisation: bool  # the applicant
    is_applicant: bool  # the paper shown is the applicant's
    is_agent: bool  # the paper shown is that of the case's agent
    is_code: bool  # the pick-up code is that of the case


def check_delivery(facts: DeliveryFacts, delivery: DeliveryData) -> None:
    """What each way of delivery needs; a refusal says what to look at (GB/T 39046—2020 table 15)."""
    for field, (most, label) in _LONGEST.items():
        if len(getattr(delivery, field)) > most:
            raise Refusal(f"{label}最多 {most} 个字，请精简", code="too_long", field=field)
    _CHECKS[delivery.way](facts, delivery)


def _at_counter(facts: DeliveryFacts, delivery: DeliveryData) -> None:
    if facts.is_organisation and not delivery.receiver:
        raise Refusal("请填写领取人姓名", code="no_receiver", field="receiver")
    if delivery.check is ReceiverCheck.CODE:
        if not facts.is_code:
            raise Refusal("取件码不对，请核对受理通知书", code="wrong_code", field="code")
    elif delivery.check is not ReceiverCheck.ID:
        raise Refusal("窗口领取须核对证件或取件码", code="not_checked", field="check")
    elif not facts.is_applicant:
        paper = gettext_noop("证照") if facts.is_organisation else gettext_noop("证件")
        raise Refusal(
            f"出示的{paper}与申请人的不符，请核对；由他人代领的，请选“代理人领取”", code="wrong_id", field="id_number"
        )


def _by_agent(facts: DeliveryFacts, delivery: DeliveryData) -> None:
    if not delivery.receiver:
        raise Refusal("请填写代领人姓名", code="no_receiver", field="receiver")
    if delivery.check is not ReceiverCheck.ID:
        raise Refusal("代理人领取须核对代领人证件", code="not_checked", field="check")
    if not facts.is_agent and not delivery.note:
        raise Refusal(
            "代领人不是此办件登记的代理人，请在备注写明委托依据（如授权委托书）", code="no_authority", field="note"
        )


def _by_post(facts: DeliveryFacts, delivery: DeliveryData) -> None:
    if not delivery.carrier:
        raise Refusal("请填写寄递公司", code="no_carrier", field="carrier")
    if not TRACKING_NUMBER.fullmatch(delivery.tracking_number):
        raise Refusal(
            "邮件号由 8 至 40 位字母和数字组成，请照面单填写", code="bad_tracking_number", field="tracking_number"
        )
    if not delivery.address:
        raise Refusal("请填写收件地址", code="no_address", field="address")
    if len(delivery.address) > LONGEST_ADDRESS:
        raise Refusal(f"收件地址最多 {LONGEST_ADDRESS} 个字，请精简", code="too_long", field="address")


def _electronically(facts: DeliveryFacts, delivery: DeliveryData) -> None:
    if not delivery.note:
        raise Refusal("请写明电子送达到哪里（如平台账户）", code="no_place", field="note")


_CHECKS: Mapping[DeliveryWay, Callable[[DeliveryFacts, DeliveryData], None]] = {
    DeliveryWay.COUNTER: _at_counter,
    DeliveryWay.AGENT: _by_agent,
    DeliveryWay.POST: _by_post,
    DeliveryWay.ELECTRONIC: _electronically,
}

"""What a notice says, the same at every reprint: read from the words kept with it (``actions.wording``)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop

from yichuang.accounts.actions import log_access
from yichuang.accounts.queries import department_names, names_of
from yichuang.catalogue.types import ItemType
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import mask_id, mask_name
from yichuang.kernel.permissions import may, require

from ..documents.notices import agent_words, number_line
from ..documents.types import Applied, MaterialLine, NoticeContent, PointLine, ReceiptContent
from ..models import Case, Delivery, Notice
from ..sealing import pickup_code
from ..types import CASE, AgentAuthority, ApplicantKind, DeliveryWay, MaterialState, NoticeKind, ReceiverCheck
from .people import shown


def notice_for(actor: Actor, notice_id: int) -> NoticeContent | ReceiptContent:
    """What a notice says, as on the day it was given (a 送达回证 is a :class:`ReceiptContent`).

    Whoever may see the case but no identities gets people's names masked and no pick-up code; the look is on record.
    """
    related = ("case__item__department", "case__applicant", "case__agent")
    notice = Notice.objects.select_related(*related).filter(pk=notice_id).first()
    if notice is None:
        raise Refusal("没有这份文书，请从办件页面打开", code="not_found", field="notice")
    case = notice.case
    require(actor, "cases.view_case", case)
    log_access(actor.id, CASE.code, case.pk, gettext_noop("打印文书"))
    is_full = may(actor, "cases.view_identity", case)
    head: dict[str, Any] = {
        "number": number_of(notice),
        "issuer": issuer_of(notice),
        "issued_on": timezone.localdate(notice.issued_at),
        "code": notice.code,
        "address": f"{settings.PUBLIC_URL}/verify",
        "is_voided": notice.voided_at is not None,
        "applied": _applied(notice, is_full=is_full),
    }
    if notice.kind == NoticeKind.DELIVERY:
        return _receipt(notice, head, is_full=is_full)
    return _notice(notice, head, is_full=is_full)


def number_of(notice: Notice) -> str:
    """``省市监局〔2026〕912号``; the notice was read with its case's item and that item's department."""
    return number_line(_issuer(notice)[1], notice.year, notice.number)


def issuer_of(notice: Notice) -> str:
    """The full name that the issuing department had then; the notice was read as for :func:`number_of`."""
    return _issuer(notice)[0]


def _issuer(notice: Notice) -> tuple[str, str]:
    """Full and short name; for a notice that keeps neither, those of today."""
    detail = notice.detail
    if "issuer" in detail:
        return detail["issuer"], detail["short_name"]
    department = notice.case.item.department
    if department.code == notice.department:
        return department.name, department.short_name
    name = department_names().get(notice.department, notice.department)
    return name, name


def _applied(notice: Notice, *, is_full: bool) -> Applied:
    case, detail = notice.case, notice.detail
    applicant = shown(case.applicant, in_full=True)
    is_person = applicant.kind is ApplicantKind.PERSON
    return Applied(
        kind=applicant.kind,
        name=_name(detail.get("applicant", applicant.name), is_full=is_full or not is_person),
        id_label=applicant.id_type.label,
        id_number=mask_id(applicant.id_number) if is_person else applicant.id_number,
        item=detail.get("item", case.item.name),
        case_number=case.number,
        received_on=timezone.localdate(case.received_at),
        is_licence=case.item.type == ItemType.LICENCE,
        agent=_agent(case, detail, is_full=is_full),
    )


def _agent(case: Case, detail: dict[str, Any], *, is_full: bool) -> str:
    name = detail.get("agent", case.agent.name if case.agent else "")
    if not name:
        return ""
    kept = (one for one in AgentAuthority if one.label == detail.get("authority"))
    return agent_words(_name(name, is_full=is_full), next(kept, AgentAuthority(case.authority)))


def _notice(notice: Notice, head: dict[str, Any], *, is_full: bool) -> NoticeContent:
    case, detail = notice.case, notice.detail
    is_acceptance = notice.kind == NoticeKind.ACCEPTANCE
    return NoticeContent(
        kind=NoticeKind(notice.kind),
        **head,
        accepted_on=timezone.localdate(notice.issued_at) if is_acceptance else _day(detail.get("accepted_on")),
        limit=detail.get("limit", ""),
        due_on=_day(detail.get("due_on")),
        delivery_way=DeliveryWay(detail.get("way", case.delivery_way)),
        pickup_code=pickup_code(case.number) if is_acceptance and is_full else "",
        materials=tuple(
            MaterialLine(row["name"], row["copies"], row["is_original"], MaterialState(row["state"]))
            for row in detail.get("materials", ())
        ),
        points=tuple(PointLine(point.get("material", ""), point["text"]) for point in detail.get("points", ())),
        **{name: detail.get(name, "") for name in ("reason", "owner", "review_body", "court", "note")},
    )


def _receipt(notice: Notice, head: dict[str, Any], *, is_full: bool) -> ReceiptContent:
    detail = notice.detail
    delivery = Delivery.objects.filter(case=notice.case_id, pk=detail.get("delivery")).first()
    if delivery is None:
        raise Refusal("这份送达回证没有对应的送达记录，无法打印", code="no_delivery", field="notice")
    return ReceiptContent(
        **head,
        paper=detail.get("paper") or notice.case.item.result_name or "办理结果",
        way=DeliveryWay(delivery.way),
        delivered_on=timezone.localdate(delivery.at),
        receiver=_name(delivery.receiver, is_full=is_full),
        check=ReceiverCheck(delivery.check_by),
        carrier=delivery.carrier,
        tracking_number=delivery.tracking_number,
        delivered_by=names_of([delivery.by]).get(delivery.by, ""),
        note=delivery.note,
    )


def _name(name: str, *, is_full: bool) -> str:
    return name if is_full else mask_name(name)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""What a notice says is kept with it when it is given, so that a reprint says the same whatever changes later."""

from typing import Any

from django.db.models import F
from django.utils import timezone

from yichuang.catalogue.types import ItemType

from ..documents.notices import number_line, title_of
from ..models import Case, Notice
from ..types import AgentAuthority, NoticeKind


def words_of(case: Case, kind: NoticeKind) -> dict[str, Any]:
    """Names and facts as they stand now, for ``Notice.detail`` (the case's item is loaded)."""
    applicant, agent, issuer, short_name = Case.objects.values_list(
        "applicant__name", "agent__name", "item__department__name", "item__department__short_name"
    ).get(pk=case.pk)
    words: dict[str, Any] = {"applicant": applicant, "item": case.item.name, "way": case.delivery_way}
    if agent:
        words |= {"agent": agent, "authority": AgentAuthority(case.authority).label}
    if case.item.department_id == case.department:
        words |= {"issuer": issuer, "short_name": short_name}
    if case.accepted_at:
        words["accepted_on"] = timezone.localdate(case.accepted_at).isoformat()
    if kind is NoticeKind.RECEIPT:
        words["materials"] = list(
            case.materials.order_by("spec__position").values("copies", "is_original", "state", name=F("spec__name"))
        )
    if kind is NoticeKind.DELIVERY:
        words["paper"] = _delivered(case)
    return words


def _delivered(case: Case) -> str:
    """What was handed out: the result with its number, or the decision of the refusal."""
    if case.is_granted is not False:
        name = case.item.result_name or "办理结果"
        return f"{name}（编号{case.result_number}）" if case.result_number else name
    is_licence = case.item.type == ItemType.LICENCE
    title = title_of(NoticeKind.REFUSAL, is_licence=is_licence)
    decision = Notice.objects.filter(case=case, kind=NoticeKind.REFUSAL, voided_at=None).last()
    if decision is None:
        return title
    return f"{title}（{number_line(decision.detail.get('short_name', ''), decision.year, decision.number)}）"

"""Reading cases: permission-checked, with the look on record, and with personal data masked."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_noop

from yichuang.accounts.actions import log_access
from yichuang.accounts.queries import department_names, names_of
from yichuang.catalogue.types import LimitUnit
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import IdType, mask_id, mask_name, mask_phone
from yichuang.kernel.permissions import may, require
from yichuang.ledger.queries import entries_of_subject
from yichuang.ledger.types import Subject, kind_of

from .models import Applicant, Case, Material, Notice
from .rules import OPEN_STATES
from .sealing import sealer
from .types import CASE, ApplicantKind, NoticeKind, State

MOST_WAITING = 200  # listed; the oldest come first


@dataclass(frozen=True, slots=True)
class ApplicantShown:
    """An applicant as a screen may show it."""

    kind: ApplicantKind
    name: str
    id_type: IdType
    id_number: str
    phone: str


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One entry of a case in words."""

    entry: int
    label: str
    occurred_at: datetime
    who: str
    department: str
    note: str
    is_reversal: bool
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case with everything its page tells."""

    case: Case
    state: State
    department: str
    holder: str
    applicant: ApplicantShown
    agent: ApplicantShown | None
    materials: list[Material]
    notices: list[tuple[NoticeKind, Notice]]
    timeline: list[TimelineStep]


def case_for(actor: Actor, number: str) -> CaseShown:
    """A case as its page shows it; refused to those it does not concern, and the look is written to the access log."""
    case = Case.objects.select_related("item__main_item", "applicant", "agent").filter(number=number.strip()).first()
    if case is None:
        raise Refusal(f"没有编号为 {number} 的办件，请核对编号", code="not_found", field="number")
    require(actor, "cases.view_case", case)
    log_access(actor.id, CASE.code, case.pk, gettext_noop("查看办件"))
    departments = department_names()
    return CaseShown(
        case=case,
        state=State(case.state),
        department=departments.get(case.department, case.department),
        holder=departments.get(case.holder, case.holder),
        applicant=_shown(case.applicant),
        agent=_shown(case.agent) if case.agent else None,
        materials=list(case.materials.select_related("spec").order_by("spec__position")),
        notices=[(NoticeKind(notice.kind), notice) for notice in case.notices.order_by("pk")],
        timeline=_timeline(case, departments),
    )


def awaiting_due_day(actor: Actor) -> list[tuple[str, str]]:
    """Number and item of open cases whose due day waits for the holidays of a year to be announced, oldest first."""
    require(actor, "cases.view_case")
    waiting = Case.objects.filter(
        state__in=OPEN_STATES,
        due_on=None,
        item__promised_limit__isnull=False,
        item__promised_unit__in=[LimitUnit.WORKING_DAY, LimitUnit.CALENDAR_DAY, LimitUnit.MONTH, LimitUnit.YEAR],
    ).order_by("accepted_at")
    shown = waiting.select_related("item")[:MOST_WAITING]
    return [(case.number, case.item.name) for case in shown if may(actor, "cases.view_case", case)]


def numbers_of(case_ids: list[int]) -> dict[int, str]:
    """Case numbers by id, for links; a number alone tells nothing about a person."""
    return dict(Case.objects.filter(pk__in=case_ids).values_list("pk", "number"))


def open_cases() -> dict[str, int]:
    """Cases accepted and not concluded, now, by department: the stock metric 在办."""
    rows = Case.objects.filter(state__in=OPEN_STATES).values("department").annotate(total=models.Count("pk"))
    return {row["department"]: row["total"] for row in rows}


def _shown(applicant: Applicant) -> ApplicantShown:
    index = bytes(applicant.id_index)
    is_person = applicant.kind == ApplicantKind.PERSON
    id_number = sealer.open(bytes(applicant.id_sealed), associated=index)
    phone = sealer.open(bytes(applicant.phone_sealed), associated=index) if applicant.phone_sealed else ""
    return ApplicantShown(
        kind=ApplicantKind(applicant.kind),
        name=mask_name(applicant.name) if is_person else applicant.name,
        id_type=IdType(applicant.id_type),
        id_number=mask_id(id_number) if is_person else id_number,
        phone=mask_phone(phone) if phone else "",
    )


def _timeline(case: Case, departments: dict[str, str]) -> list[TimelineStep]:
    entries = entries_of_subject(Subject(CASE, case.pk))
    names = names_of({entry.actor for entry in entries})
    reversed_ids = {entry.corrects for entry in entries}
    steps = []
    for entry in entries:
        payload: dict[str, Any] = json.loads(entry.payload) if entry.payload else {}
        steps.append(
            TimelineStep(
                entry=entry.pk,
                label=kind_of(entry.kind).label,
                occurred_at=entry.recorded_at if entry.corrects else entry.occurred_at,
                who=names.get(entry.actor, ""),
                department=departments.get(payload.get("to", ""), ""),
                note="；".join(payload[key] for key in ("owner", "reason") if payload.get(key)),
                is_reversal=entry.corrects is not None,
                is_reversed=entry.pk in reversed_ids,
            )
        )
    return steps

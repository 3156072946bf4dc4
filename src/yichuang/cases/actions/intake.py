"""At the window: consult, receive, accept, decline, redirect."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from yichuang.calendars.queries import calendar
from yichuang.catalogue.queries import item_in_use, materials_of, required_materials
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import IdType, check_id
from yichuang.kernel.permissions import require
from yichuang.ledger.actions import record
from yichuang.ledger.types import Channel, Fact, Recorded, Subject

from ..models import Applicant, Case, Consultation, Material, Notice
from ..rules import ACCEPT, DECLINE, RECEIVE, REDIRECT, Move, check_materials, check_reasons, due_day
from ..sealing import identity_index, sealer
from ..types import CONSULTATION, CONSULTED, ApplicantData, MaterialGiven, NoticeKind, State
from .moving import draw_number, give_notice, lock_case, move_case, record_move


@transaction.atomic
def consult(*, department: str, item: str = "", channel: Channel, actor: Actor, at: datetime) -> Recorded:
    """咨询: one person answered, at a window or by phone (人次)."""
    consultation = Consultation(at=at, department=department, item=item, channel=channel)
    require(actor, "cases.consult", consultation)
    if item:
        item_in_use(item)
    consultation.save(force_insert=True)
    fact = Fact(
        kind=CONSULTED,
        subject=Subject(CONSULTATION, consultation.pk),
        department=department,
        item=item,
        region=actor.region,
        channel=channel,
    )
    return record(fact, actor=actor, at=at)


@transaction.atomic
def receive(
    *,
    item: str,
    applicant: ApplicantData,
    agent: ApplicantData | None = None,
    materials: Sequence[MaterialGiven] = (),
    channel: Channel,
    actor: Actor,
    at: datetime,
) -> Case:
    """收件: take an application in; the case's number is item key, date and the day's sequence.

    Raises :class:`Refusal` for an unknown or inactive item, a wrong id number, or materials of another item.
    """
    handling = item_in_use(item)
    day = timezone.localtime(at)
    case = Case(
        item=handling,
        department=handling.department_id,
        region=handling.region_id,
        channel=channel,
        state=State.RECEIVED,
        moved_at=at,
        moved_by=actor.id,
        received_at=at,
    )
    require(actor, "cases.receive", case)
    case.applicant, case.agent = _applicants(applicant, agent, at)
    specs = {spec.pk for spec in materials_of(handling.pk)} if materials else set()
    if strange := [given.spec for given in materials if given.spec not in specs]:
        raise Refusal(f"材料 {strange} 不属于此办理项", code="wrong_material", field="materials")
    case.number = f"{handling.key}{day:%Y%m%d}{draw_number(f'case:{handling.key}:{day:%Y%m%d}'):04d}"
    case.save(force_insert=True)
    Material.objects.bulk_create(
        Material(case=case, spec_id=given.spec, copies=given.copies, is_original=given.is_original)
        for given in materials
    )
    record_move(case, RECEIVE, actor=actor, at=at)
    return case


@transaction.atomic
def accept(number: str, *, actor: Actor, at: datetime) -> Notice:
    """受理: complete and in form; gives the numbered 受理通知书 and starts the promised limit.

    Raises :class:`IllegalMove` (who was quicker, and when), :class:`NotPermitted`, or a refusal naming every required
    material that is missing.
    """
    case = lock_case(number)
    require(actor, "cases.accept", case)
    item = case.item
    if case.state in ACCEPT.before:
        check_materials(_missing(case))
    accepted_on = timezone.localtime(at).date()
    due_on = due_day(accepted_on, item.promised_limit, item.promised_unit, item.handling_kind, calendar())
    move_case(case, ACCEPT, actor=actor, at=at, accepted_at=at, due_on=due_on)
    return give_notice(case, NoticeKind.ACCEPTANCE, at=at)


def decline(number: str, *, owner: str, reason: str, actor: Actor, at: datetime) -> Notice:
    """不予受理: not this agency's; the numbered decision tells whose it is (行政许可法 art. 32(1)(二))."""
    if not owner.strip():
        raise Refusal("不予受理须告知应向哪个机关申请", code="no_owner", field="owner")
    return _turn_away(
        DECLINE, NoticeKind.DECLINE, number, {"owner": owner.strip(), "reason": reason}, actor=actor, at=at
    )


def redirect(number: str, *, reason: str, actor: Actor, at: datetime) -> Notice:
    """不受理: no licence is needed, told at once (行政许可法 art. 32(1)(一))."""
    return _turn_away(REDIRECT, NoticeKind.REDIRECT, number, {"reason": reason}, actor=actor, at=at)


@transaction.atomic
def _turn_away(
    move: Move, kind: NoticeKind, number: str, payload: dict[str, str], *, actor: Actor, at: datetime
) -> Notice:
    case = lock_case(number)
    require(actor, "cases.accept", case)
    payload["reason"] = check_reasons(payload["reason"], move.verb)
    move_case(case, move, actor=actor, at=at, payload=payload)
    return give_notice(case, kind, at=at)


def _missing(case: Case) -> list[str]:
    required = required_materials(case.item_id)
    if not required:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT spec_id FROM cases_material WHERE case_id = %s", [case.pk])
        given = {spec for (spec,) in cursor.fetchall()}
    return [name for spec, name in required if spec not in given]


def _applicants(
    applicant: ApplicantData, agent: ApplicantData | None, at: datetime
) -> tuple[Applicant, Applicant | None]:
    """Both as rows, locked in the order of their index: two windows with the same two people never wait in a ring."""
    identities = {data: _identity(data, at) for data in (applicant, agent) if data}
    in_order = sorted(identities, key=lambda data: identities[data][1])
    rows = {data: _applicant(data, *identities[data]) for data in in_order}
    return rows[applicant], rows[agent] if agent else None


def _identity(data: ApplicantData, at: datetime) -> tuple[str, bytes]:
    """The checked number, and the index it is found by."""
    if not data.name.strip():
        raise Refusal("请填写姓名或名称", code="no_name", field="name")
    number = check_id(IdType(data.id_type), data.id_number, today=timezone.localtime(at).date())
    return number, identity_index(data.id_type, number)


def _applicant(data: ApplicantData, id_number: str, index: bytes) -> Applicant:
    """The known applicant with this identity, or a new row; name and phone follow what was given last."""
    name = data.name.strip()
    found, created = Applicant.objects.select_for_update().get_or_create(
        id_index=index,
        defaults={
            "kind": data.kind,
            "name": name,
            "id_type": data.id_type,
            "id_sealed": sealer.seal(id_number, associated=index),
            "phone_sealed": sealer.seal(data.phone, associated=index) if data.phone else b"",
        },
    )
    if not created and (found.name != name or data.phone):
        found.name = name
        if data.phone:
            found.phone_sealed = sealer.seal(data.phone, associated=index)
        found.save(update_fields=["name", "phone_sealed"])
    return found

"""At the window: consult, receive, accept, decline, redirect."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from yichuang.calendars.queries import calendar
from yichuang.catalogue.queries import item_in_use, materials_of, required_materials
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger.actions import record
from yichuang.ledger.types import Channel, Fact, Recorded, Subject

from ..models import Case, Consultation, Material, Notice
from ..rules import (
    ACCEPT,
    DECLINE,
    RECEIVE,
    REDIRECT,
    Move,
    check_given,
    check_materials,
    check_reasons,
    check_way,
    due_day,
    limit_text,
)
from ..sealing import seal_address
from ..types import (
    CONSULTATION,
    CONSULTED,
    AgentAuthority,
    ApplicantData,
    DeliveryWay,
    MaterialGiven,
    MaterialState,
    NoticeKind,
    State,
)
from .files import bind_attachments
from .moving import draw_number, give_notice, lock_case, move_case, record_entry
from .parties import parties


@transaction.atomic
def consult(*, department: str, item: str = "", channel: Channel, actor: Actor, at: datetime) -> Recorded:
    """咨询: one person answered, at a window or by phone (人次); about an item, its department's if none is named."""
    if item:
        handling = item_in_use(item)
        department = department or handling.department_id
    consultation = Consultation(at=at, department=department, item=item, channel=channel)
    require(actor, "cases.consult", consultation)
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
    authority: AgentAuthority = AgentAuthority.NONE,
    materials: Sequence[MaterialGiven] = (),
    delivery_way: DeliveryWay = DeliveryWay.COUNTER,
    address: str = "",
    with_receipt: bool = False,
    channel: Channel,
    actor: Actor,
    at: datetime,
) -> Case:
    """收件: take an application in; the case's number is item key, date and the day's sequence.

    ``with_receipt`` also draws the numbered 收件凭证. Raises :class:`Refusal` for an unknown or inactive item, a wrong
    id number or phone, an agent without authority, materials of another item, or attachments of somebody else.
    """
    handling = item_in_use(item)
    day = timezone.localtime(at)
    case = Case(
        item=handling,
        department=handling.department_id,
        region=handling.region_id,
        channel=channel,
        authority=authority,
        delivery_way=delivery_way,
        state=State.RECEIVED,
        moved_at=at,
        moved_by=actor.id,
        received_at=at,
    )
    require(actor, "cases.receive", case)
    address = check_way(delivery_way, address)
    check_given(materials, (spec.pk for spec in materials_of(handling.pk)) if materials else ())
    case.applicant, case.agent = parties(applicant, agent, authority, today=day.date())
    case.number = f"{handling.key}{day:%Y%m%d}{draw_number(f'case:{handling.key}:{day:%Y%m%d}'):04d}"
    case.address_sealed = seal_address(case.number, address)
    case.save(force_insert=True)
    Material.objects.bulk_create(
        Material(
            case=case,
            spec_id=given.spec,
            copies=given.copies,
            is_original=given.is_original,
            state=given.state,
        )
        for given in materials
    )
    bind_attachments(case, materials, actor=actor)
    record_entry(case, RECEIVE.kind, actor=actor, at=at)
    if with_receipt:
        give_notice(case, NoticeKind.RECEIPT, at=at)
    return case


@transaction.atomic
def accept(number: str, *, actor: Actor, at: datetime) -> Notice:
    """受理: complete and in form; gives the numbered 受理通知书 and starts the promised limit.

    Raises :class:`IllegalMove` (who was quicker, and when), :class:`NotPermitted`, or a refusal naming every required
    material that is missing or still to follow.
    """
    return _accept(lock_case(number), actor=actor, at=at)


@transaction.atomic
def take_in(
    *,
    item: str,
    applicant: ApplicantData,
    agent: ApplicantData | None = None,
    authority: AgentAuthority = AgentAuthority.NONE,
    materials: Sequence[MaterialGiven] = (),
    delivery_way: DeliveryWay = DeliveryWay.COUNTER,
    address: str = "",
    with_receipt: bool = False,
    channel: Channel,
    actor: Actor,
    at: datetime,
) -> Notice:
    """收件并受理: :func:`receive` and :func:`accept` in one; if it cannot be accepted, nothing was received either."""
    case = receive(
        item=item,
        applicant=applicant,
        agent=agent,
        authority=authority,
        materials=materials,
        delivery_way=delivery_way,
        address=address,
        with_receipt=with_receipt,
        channel=channel,
        actor=actor,
        at=at,
    )
    return _accept(case, actor=actor, at=at)


def _accept(case: Case, *, actor: Actor, at: datetime) -> Notice:
    require(actor, "cases.accept", case)
    item = case.item
    if case.state in ACCEPT.before:
        check_materials(_missing(case))
    accepted_on = timezone.localtime(at).date()
    due_on = due_day(accepted_on, item.promised_limit, item.promised_unit, item.handling_kind, calendar())
    move_case(case, ACCEPT, actor=actor, at=at, accepted_at=at, due_on=due_on)
    detail = {
        "limit": limit_text(item.promised_limit, item.promised_unit, item.handling_kind),
        "due_on": due_on.isoformat() if due_on else "",
    }
    return give_notice(case, NoticeKind.ACCEPTANCE, at=at, detail=detail)


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
    move: Move, kind: NoticeKind, number: str, detail: dict[str, Any], *, actor: Actor, at: datetime
) -> Notice:
    case = lock_case(number)
    require(actor, "cases.accept", case)
    detail["reason"] = check_reasons(detail["reason"], move.verb)
    move_case(case, move, actor=actor, at=at)  # the reasons stand in the notice: a ledger entry cannot be erased
    return give_notice(case, kind, at=at, detail=detail)


def _missing(case: Case) -> list[str]:
    required = required_materials(case.item_id)
    if not required:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT spec_id FROM cases_material WHERE case_id = %s AND state = %s",
            [case.pk, int(MaterialState.GIVEN)],
        )
        given = {spec for (spec,) in cursor.fetchall()}
    return [name for spec, name in required if spec not in given]

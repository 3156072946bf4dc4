"""Positions, and who holds them from when to when."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger.actions import record
from yichuang.ledger.types import Fact, Subject

from .. import rules
from ..models import Assignment, Position
from ..queries import facts_of
from ..types import POSITION, POSITION_ASSIGNED, POSITION_CREATED, POSITION_ENDED, NotFound
from .entries import record_of
from .locks import lock_person, lock_with_administrators
from .people import end_before


@transaction.atomic
def create_position(*, name: str, role: Role, department: str = "", actor: Actor, at: datetime) -> Position:
    """A new position; its name is unique within the department (empty: the centre itself)."""
    require(actor, "accounts.manage_people")
    if not name.strip():
        raise Refusal("请填写岗位名称", code="name_missing", field="name")
    position = Position(name=name.strip(), role=role, department_id=department or None)
    try:
        with transaction.atomic():
            position.save(force_insert=True)
    except IntegrityError:
        raise Refusal("该部门已有同名岗位，请换一个名称", code="position_taken", field="name") from None
    fact = Fact(POSITION_CREATED, Subject(POSITION, position.pk), department=department, payload={"role": role.value})
    record(fact, actor=actor, at=at)
    return position


@transaction.atomic
def assign_position(
    person_id: int, *, position: int, starts_on: date, ends_on: date | None = None, actor: Actor, at: datetime
) -> Assignment:
    """The person holds the position from ``starts_on`` to ``ends_on`` (both included; None: until ended)."""
    require(actor, "accounts.manage_people")
    person = lock_person(person_id)
    wanted = Position.objects.filter(pk=position).first()
    if wanted is None:
        raise Refusal("没有此岗位，请另选岗位", code="position_unknown", field="position")
    held = person.assignments.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), position=wanted)
    if ends_on is not None:
        held = held.filter(starts_on__lte=ends_on)
    refusal = rules.refuse_assignment(
        facts_of(person, localdate(at)),
        is_position_active=wanted.is_active,
        is_held=held.exists(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    if refusal:
        raise refusal
    assignment = Assignment.objects.create(person=person, position=wanted, starts_on=starts_on, ends_on=ends_on)
    if wanted.role == Role.ADMIN and not person.is_staff:
        person.is_staff = True  # opens Django's configuration pages, which then ask for the role itself
        person.save(update_fields=["is_staff"])
    record_of(
        POSITION_ASSIGNED,
        person,
        actor=actor,
        at=at,
        position=wanted.pk,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat() if ends_on else "",
    )
    return assignment


@transaction.atomic
def end_assignment(assignment_id: int, *, last_day: date | None = None, actor: Actor, at: datetime) -> None:
    """The person holds the position until ``last_day``; without it the post ends at once.

    A post that would not have begun by then is taken back. The last administrator's is refused.
    """
    require(actor, "accounts.manage_people")
    today = localdate(at)
    holder = Assignment.objects.filter(pk=assignment_id).values_list("person_id", flat=True).first()
    if holder is None:
        raise NotFound("没有此任岗记录，可能已经结束，请刷新页面")
    person, others = lock_with_administrators(holder, today)
    assignment = Assignment.objects.select_for_update().filter(pk=assignment_id).first()
    if assignment is None or (assignment.ends_on is not None and assignment.ends_on < today):
        raise Refusal("该任岗已经结束，请刷新页面", code="already_ended")
    is_administration = assignment.position.role == Role.ADMIN and assignment.starts_on <= today
    if is_administration and (
        refusal := rules.refuse_losing_administrator(facts_of(person, today), other_administrators=others)
    ):
        raise refusal
    until = last_day or today - timedelta(days=1)
    end_before(assignment, until + timedelta(days=1))
    record_of(POSITION_ENDED, person, actor=actor, at=at, position=assignment.position_id, last_day=until.isoformat())

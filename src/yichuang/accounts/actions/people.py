"""People come, move, leave and come back."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require

from .. import rules
from ..models import Assignment, Department, Person
from ..queries import facts_of, in_force
from ..types import (
    PERSON_CREATED,
    PERSON_DEACTIVATED,
    PERSON_EDITED,
    PERSON_REACTIVATED,
    PERSON_TRANSFERRED,
    TemporaryPassword,
)
from .entries import record_of
from .locks import lock_person, lock_with_administrators
from .passwords import temporary_password


@transaction.atomic
def create_person(
    *, username: str, name: str, department: str = "", phone: str = "", actor: Actor, at: datetime
) -> TemporaryPassword:
    """A new account with a temporary password, which is returned this once. ``department`` empty: the centre's own."""
    require(actor, "accounts.manage_people")
    username, name = username.strip().lower(), name.strip()
    if refusal := rules.refuse_username(username):
        raise refusal
    if not name:
        raise Refusal("请填写姓名", code="name_missing", field="name")
    if department and not Department.objects.filter(pk=department, is_active=True).exists():
        raise Refusal("没有此部门或部门已停用，请另选部门", code="department_inactive", field="department")
    person = Person(
        username=username,
        name=name,
        phone=phone.strip(),
        department_id=department or None,
        must_change_password=True,
    )
    password = temporary_password()
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise Refusal(f"登录名“{username}”已有人使用，请换一个", code="username_taken", field="username") from None
    record_of(PERSON_CREATED, person, actor=actor, at=at)
    return TemporaryPassword(person.pk, username, password)


@transaction.atomic
def edit_person(person_id: int, *, name: str, phone: str, actor: Actor, at: datetime) -> None:
    """Name and office telephone; the entry says which of them changed, not to what."""
    require(actor, "accounts.manage_people")
    person = lock_person(person_id)
    wanted = {"name": name.strip(), "phone": phone.strip()}
    if not wanted["name"]:
        raise Refusal("请填写姓名", code="name_missing", field="name")
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    if not changed:
        raise Refusal("没有改动，无需保存", code="nothing_changed")
    person.name, person.phone = wanted["name"], wanted["phone"]
    person.save(update_fields=changed)
    record_of(PERSON_EDITED, person, actor=actor, at=at, fields=changed)


@transaction.atomic
def transfer(person_id: int, *, department: str, actor: Actor, at: datetime) -> None:
    """To another department from today on; posts in the department left end yesterday, later ones never begin."""
    require(actor, "accounts.manage_people")
    today = localdate(at)
    person, others = lock_with_administrators(person_id, today)
    is_active = Department.objects.filter(pk=department, is_active=True).exists()
    facts = facts_of(person, today)
    if refusal := rules.refuse_transfer(facts, department=department, is_department_active=is_active):
        raise refusal
    left = person.department_id
    if left:
        posts = person.assignments.filter(position__department=left)
        leaves_administration = posts.filter(in_force(today), position__role=Role.ADMIN).exists()
        if leaves_administration and (refusal := rules.refuse_losing_administrator(facts, other_administrators=others)):
            raise refusal
        for assignment in posts.select_for_update():
            end_before(assignment, today)
    person.department_id = department
    person.save(update_fields=["department"])
    record_of(PERSON_TRANSFERRED, person, actor=actor, at=at, **{"from": left or "", "to": department})


def end_before(assignment: Assignment, day: date) -> None:
    """The assignment's last day is the one before ``day``; one that has not begun by then is taken back."""
    if assignment.starts_on >= day:
        assignment.delete()
    elif assignment.ends_on is None or assignment.ends_on >= day:
        assignment.ends_on = day - timedelta(days=1)
        assignment.save(update_fields=["ends_on"])


@transaction.atomic
def deactivate(person_id: int, *, actor: Actor, at: datetime) -> None:
    """No more login, and every session ends at once; posts stay on the books for a return."""
    require(actor, "accounts.manage_people")
    today = localdate(at)
    person, others = lock_with_administrators(person_id, today)
    facts = facts_of(person, today)
    if refusal := rules.refuse_deactivation(facts, actor=actor.id, other_administrators=others):
        raise refusal
    person.is_active = False
    person.session_round += 1
    person.save(update_fields=["is_active", "session_round"])
    record_of(PERSON_DEACTIVATED, person, actor=actor, at=at)


@transaction.atomic
def reactivate(person_id: int, *, actor: Actor, at: datetime) -> None:
    """The account works again, with the password and the posts it had; old sessions stay ended."""
    require(actor, "accounts.manage_people")
    person = lock_person(person_id)
    if refusal := rules.refuse_reactivation(facts_of(person, localdate(at))):
        raise refusal
    person.is_active = True
    person.save(update_fields=["is_active"])
    record_of(PERSON_REACTIVATED, person, actor=actor, at=at)

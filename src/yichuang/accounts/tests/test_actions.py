"""Actions: what they change, what they refuse, and the entry they write."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from yichuang.accounts import actions, queries
from yichuang.accounts.models import Assignment, Deputyship, Person
from yichuang.accounts.types import (
    DEPUTY_ENDED,
    DEPUTY_NAMED,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    PERSON,
    PERSON_CREATED,
    PERSON_DEACTIVATED,
    PERSON_EDITED,
    PERSON_REACTIVATED,
    PERSON_TRANSFERRED,
    POSITION_ASSIGNED,
    POSITION_CREATED,
    POSITION_ENDED,
)
from yichuang.kernel.actor import Actor, Post, Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ledger.models import Entry

from .factories import PASSWORD, actor_for, make_department, make_person, make_position

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Actor:
    return actor_for(make_person("admin", [Role.ADMIN]))


def last_entry() -> Entry:
    return Entry.objects.latest("id")


def told() -> dict[str, object]:
    payload = last_entry().payload
    return json.loads(payload) if payload else {}


def refused(action: Callable[[], object]) -> Refusal:
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as caught:
        action()
    assert Entry.objects.count() == entries
    return caught.value


def test_create(admin: Actor) -> None:
    make_department("D01")
    made = actions.create_person(
        username=" Wang.Fang ", name="王芳", department="D01", phone="028-1", actor=admin, at=now()
    )
    person = Person.objects.get(username="wang.fang")
    assert person.check_password(made.password)
    assert person.must_change_password
    assert person.department_id == "D01"
    entry = last_entry()
    assert (entry.kind, entry.subject_type, entry.subject_id) == (PERSON_CREATED.code, PERSON.code, person.pk)
    assert (entry.department, entry.actor) == ("D01", admin.id)
    assert "王芳" not in entry.payload


def test_create_refuses(admin: Actor) -> None:
    make_person("wang")
    make_department("D09", is_active=False)
    make = actions.create_person
    assert refused(lambda: make(username="wang", name="王", actor=admin, at=now())).code == "username_taken"
    assert refused(lambda: make(username="王", name="王", actor=admin, at=now())).field == "username"
    assert refused(lambda: make(username="li", name=" ", actor=admin, at=now())).field == "name"
    assert (
        refused(lambda: make(username="li", name="李", department="D09", actor=admin, at=now())).field == "department"
    )
    assert not Person.objects.filter(username="li").exists()


def test_two_passwords_differ() -> None:
    drawn = {actions.passwords.temporary_password() for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(password) == 14 for password in drawn)


def test_edit_names_only_the_fields(admin: Actor) -> None:
    person = make_person("li", name="李四")
    actions.edit_person(person.pk, name="李思", phone="", actor=admin, at=now())
    assert last_entry().kind == PERSON_EDITED.code
    assert told() == {"fields": ["name"]}
    assert refused(lambda: actions.edit_person(person.pk, name="李思", phone="", actor=admin, at=now())).code == (
        "nothing_changed"
    )


def test_transfer_ends_posts_in_the_department_left(admin: Actor) -> None:
    person = make_person("li", [Role.BACK], "D01")
    Assignment.objects.create(person=person, position=make_position(Role.FRONT), starts_on=date(2023, 1, 1))
    later = localdate() + timedelta(days=5)
    Assignment.objects.create(person=person, position=make_position(Role.CHIEF, "D01"), starts_on=later)
    make_department("D02")
    actions.transfer(person.pk, department="D02", actor=admin, at=now())
    assert told() == {"from": "D01", "to": "D02"}
    assert last_entry().kind == PERSON_TRANSFERRED.code
    person.refresh_from_db()
    assert actor_for(person).posts == {Post(Role.FRONT)}
    assert not person.assignments.filter(starts_on=later).exists()
    assert refused(lambda: actions.transfer(person.pk, department="D02", actor=admin, at=now())).field == "department"


def test_transfer_keeps_the_last_administrator() -> None:
    person = make_person("boss", [Role.ADMIN], "D01")
    make_department("D02")
    refusal = refused(lambda: actions.transfer(person.pk, department="D02", actor=actor_for(person), at=now()))
    assert refusal.code == "last_administrator"


def test_deactivate_and_reactivate(admin: Actor) -> None:
    person = make_person("li", [Role.BACK], "D01")
    before = person.get_session_auth_hash()
    actions.deactivate(person.pk, actor=admin, at=now())
    assert last_entry().kind == PERSON_DEACTIVATED.code
    person.refresh_from_db()
    assert not person.is_active
    assert person.get_session_auth_hash() != before
    assert refused(lambda: actions.deactivate(person.pk, actor=admin, at=now())).code == "already_inactive"
    assert refused(lambda: actions.reset_password(person.pk, actor=admin, at=now())).code == "person_inactive"
    actions.reactivate(person.pk, actor=admin, at=now())
    assert last_entry().kind == PERSON_REACTIVATED.code
    person.refresh_from_db()
    assert person.is_active
    assert person.check_password(PASSWORD)
    assert actor_for(person).posts == {Post(Role.BACK, "D01")}
    assert refused(lambda: actions.reactivate(person.pk, actor=admin, at=now())).code == "already_active"


def test_an_administrator_stays(admin: Actor) -> None:
    other = make_person("other", [Role.ADMIN])
    assert refused(lambda: actions.deactivate(admin.id, actor=admin, at=now())).code == "deactivate_oneself"
    actions.deactivate(other.pk, actor=admin, at=now())
    post = Assignment.objects.get(person=admin.id)
    assert refused(lambda: actions.end_assignment(post.pk, actor=admin, at=now())).code == "last_administrator"
    stale = Actor(id=other.pk, posts=frozenset({Post(Role.ADMIN)}))
    assert refused(lambda: actions.deactivate(admin.id, actor=stale, at=now())).code == "last_administrator"


def test_reset_and_change_password(admin: Actor) -> None:
    person = make_person("li")
    made = actions.reset_password(person.pk, actor=admin, at=now())
    assert last_entry().kind == PASSWORD_RESET.code
    assert last_entry().payload == ""
    person.refresh_from_db()
    assert person.check_password(made.password)
    assert person.must_change_password
    actions.change_password(person.pk, "quercus-robur-3", actor=actor_for(person), at=now())
    person.refresh_from_db()
    assert person.check_password("quercus-robur-3")
    assert not person.must_change_password
    assert last_entry().kind == PASSWORD_CHANGED.code
    with pytest.raises(NotPermitted):
        actions.change_password(person.pk, "quercus-robur-4", actor=admin, at=now())


def test_positions(admin: Actor) -> None:
    make_department("D01")
    position = actions.create_position(name="审批一岗", role=Role.BACK, department="D01", actor=admin, at=now())
    assert (last_entry().kind, last_entry().subject_id) == (POSITION_CREATED.code, position.pk)
    again = {"name": "审批一岗", "role": Role.BACK, "department": "D01", "actor": admin}
    assert refused(lambda: actions.create_position(**again, at=now())).code == "position_taken"
    person, today = make_person("li", department="D01"), localdate()
    held = actions.assign_position(person.pk, position=position.pk, starts_on=today, actor=admin, at=now())
    assert last_entry().kind == POSITION_ASSIGNED.code
    assert told() == {"position": position.pk, "starts_on": today.isoformat(), "ends_on": ""}
    assert actor_for(person) == Actor(
        id=person.pk,
        name=person.name,
        position=position.pk,
        department="D01",
        region="510000000000",
        posts=frozenset({Post(Role.BACK, "D01")}),
    )
    twice = {"position": position.pk, "starts_on": today, "actor": admin}
    assert refused(lambda: actions.assign_position(person.pk, **twice, at=now())).code == "already_assigned"
    actions.end_assignment(held.pk, actor=admin, at=now())
    assert last_entry().kind == POSITION_ENDED.code
    assert not actor_for(person).posts
    assert refused(lambda: actions.end_assignment(held.pk, actor=admin, at=now())).code == "not_found"


def test_an_assignment_ends_when_said(admin: Actor) -> None:
    person, today = make_person("li", [Role.FRONT]), localdate()
    held = person.assignments.get()
    actions.end_assignment(held.pk, last_day=today, actor=admin, at=now())
    assert actor_for(person, today).holds(Role.FRONT)
    assert not actor_for(person, today + timedelta(days=1)).holds(Role.FRONT)


def test_the_administrators_post_opens_configuration(admin: Actor) -> None:
    person = make_person("li")
    actions.assign_position(
        person.pk, position=make_position(Role.ADMIN).pk, starts_on=localdate(), actor=admin, at=now()
    )
    person.refresh_from_db()
    assert person.is_staff


def test_deputies() -> None:
    today = localdate()
    principal, deputy = make_person("li", [Role.BACK], "D01"), make_person("wu", [Role.FRONT], "D01")
    days = {"starts_on": today, "ends_on": today + timedelta(days=3)}
    named = actions.name_deputy(
        principal.pk, deputy=deputy.pk, **days, reason="年休假", actor=actor_for(principal), at=now()
    )
    assert last_entry().kind == DEPUTY_NAMED.code
    assert "年休假" not in last_entry().payload
    assert actor_for(deputy).posts == {Post(Role.FRONT, "D01"), Post(Role.BACK, "D01")}
    assert actor_for(deputy).position == deputy.assignments.get().position_id
    assert actor_for(deputy, today + timedelta(days=4)).posts == {Post(Role.FRONT, "D01")}
    back = {"deputy": principal.pk, **days, "actor": actor_for(deputy)}
    assert refused(lambda: actions.name_deputy(deputy.pk, **back, at=now())).code == "deputy_ring"
    with pytest.raises(NotPermitted):
        actions.end_deputy(named.pk, actor=actor_for(make_person("zhao", [Role.CHIEF], "D01")), at=now())
    actions.end_deputy(named.pk, actor=actor_for(principal), at=now())
    assert last_entry().kind == DEPUTY_ENDED.code
    assert actor_for(deputy).posts == {Post(Role.FRONT, "D01")}


def test_posts_of_a_deactivated_principal_do_not_pass(admin: Actor) -> None:
    today = localdate()
    principal, deputy = make_person("li", [Role.BACK], "D01"), make_person("wu")
    Deputyship.objects.create(principal=principal, deputy=deputy, starts_on=today, ends_on=today)
    assert actor_for(deputy).holds(Role.BACK)
    actions.deactivate(principal.pk, actor=admin, at=now())
    assert not actor_for(deputy).posts


def test_only_administrators(admin: Actor) -> None:
    person = make_person("li", [Role.CHIEF, Role.HALL], "D01")
    clerk, at = actor_for(person), now()
    attempts: list[Callable[[], object]] = [
        lambda: actions.create_person(username="wu", name="吴", actor=clerk, at=at),
        lambda: actions.edit_person(person.pk, name="吴", phone="", actor=clerk, at=at),
        lambda: actions.transfer(person.pk, department="D01", actor=clerk, at=at),
        lambda: actions.deactivate(admin.id, actor=clerk, at=at),
        lambda: actions.reactivate(admin.id, actor=clerk, at=at),
        lambda: actions.reset_password(admin.id, actor=clerk, at=at),
        lambda: actions.create_position(name="岗", role=Role.ADMIN, actor=clerk, at=at),
        lambda: actions.assign_position(person.pk, position=1, starts_on=localdate(), actor=clerk, at=at),
        lambda: actions.end_assignment(1, actor=clerk, at=at),
        lambda: actions.name_deputy(
            admin.id, deputy=person.pk, starts_on=localdate(), ends_on=localdate(), actor=clerk, at=at
        ),
    ]
    assert {type(refused(attempt)) for attempt in attempts} == {NotPermitted}


def test_names(admin: Actor) -> None:
    person = make_person("li", name="李四")
    assert queries.names_of([person.pk, 0, 999_999]) == {person.pk: "李四", 0: "系统"}

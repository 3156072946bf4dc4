"""Pure decisions as tables."""

from datetime import date

import pytest

from yichuang.accounts import rules
from yichuang.accounts.types import Leave, PersonFacts
from yichuang.kernel.actor import Actor, Post, Role
from yichuang.kernel.permissions import may

TODAY = date(2024, 9, 20)
A, B, C = 1, 2, 3


def day(number: int) -> date:
    return date(2024, 9, number)


@pytest.mark.parametrize(
    ("username", "code"),
    [
        ("wang.fang", None),
        ("a1", None),
        ("li_ming-07", None),
        ("x" * 40, None),
        ("a", "username_form"),
        ("x" * 41, "username_form"),
        ("7up", "username_form"),
        ("Wang", "username_form"),
        ("王芳", "username_form"),
        ("wang fang", "username_form"),
        ("wang/fang", "username_form"),
        ("new", "username_reserved"),
    ],
)
def test_username(username: str, code: str | None) -> None:
    refusal = rules.refuse_username(username)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("person", "actor", "others", "code"),
    [
        (PersonFacts(A), B, 1, None),
        (PersonFacts(A), B, 0, None),
        (PersonFacts(A, is_administrator=True), B, 1, None),
        (PersonFacts(A, is_administrator=True), B, 0, "last_administrator"),
        (PersonFacts(A), A, 3, "deactivate_oneself"),
        (PersonFacts(A, is_active=False), B, 1, "already_inactive"),
    ],
)
def test_deactivation(person: PersonFacts, actor: int, others: int, code: str | None) -> None:
    refusal = rules.refuse_deactivation(person, actor=actor, other_administrators=others)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("person", "to", "is_in_use", "code"),
    [
        (PersonFacts(A, "D01"), "D02", True, None),
        (PersonFacts(A), "D02", True, None),
        (PersonFacts(A, "D01"), "D01", True, "same_department"),
        (PersonFacts(A, "D01"), "D02", False, "department_inactive"),
        (PersonFacts(A, "D01", is_active=False), "D02", True, "person_inactive"),
    ],
)
def test_transfer(person: PersonFacts, to: str, is_in_use: bool, code: str | None) -> None:
    refusal = rules.refuse_transfer(person, department=to, is_department_active=is_in_use)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("is_active", "in_use", "is_held", "ends_on", "code"),
    [
        (True, True, False, None, None),
        (True, True, False, day(20), None),
        (True, True, False, day(19), "days_reversed"),
        (True, True, True, None, "already_assigned"),
        (True, False, False, None, "position_inactive"),
        (False, True, False, None, "person_inactive"),
    ],
)
def test_assignment(is_active: bool, in_use: bool, is_held: bool, ends_on: date | None, code: str | None) -> None:
    refusal = rules.refuse_assignment(
        PersonFacts(A, is_active=is_active),
        is_position_active=in_use,
        is_held=is_held,
        starts_on=TODAY,
        ends_on=ends_on,
    )
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("leave", "others", "code"),
    [
        (Leave(A, B, day(20), day(27)), [], None),
        (Leave(A, B, day(13), day(20)), [], None),  # begun already, not over
        (Leave(A, B, day(27), day(20)), [], "days_reversed"),
        (Leave(A, B, day(12), day(19)), [], "days_past"),
        (Leave(A, A, day(20), day(27)), [], "deputy_is_oneself"),
        (Leave(A, B, day(20), day(27)), [Leave(A, C, day(27), day(28))], "deputy_already_named"),
        (Leave(A, B, day(20), day(26)), [Leave(A, C, day(27), day(28))], None),
        (Leave(A, B, day(20), day(27)), [Leave(B, A, day(25), day(30))], "deputy_ring"),
        (Leave(A, B, day(20), day(24)), [Leave(B, A, day(25), day(30))], None),
        (Leave(A, B, day(20), day(27)), [Leave(B, C, day(27), day(30))], "deputy_away"),
        (Leave(C, A, day(20), day(27)), [Leave(A, B, day(20), day(27)), Leave(B, C, day(20), day(27))], "deputy_away"),
        (Leave(A, B, day(20), day(27)), [Leave(C, A, day(20), day(27))], None),
    ],
)
def test_leave(leave: Leave, others: list[Leave], code: str | None) -> None:
    refusal = rules.refuse_leave(leave, is_deputy_active=True, others=others, today=TODAY)
    assert (refusal.code if refusal else None) == code


def test_inactive_deputy() -> None:
    refusal = rules.refuse_leave(Leave(A, B, day(20), day(21)), is_deputy_active=False, others=[], today=TODAY)
    assert refusal is not None
    assert (refusal.code, refusal.field) == ("deputy_inactive", "deputy")


def actor(*roles: Role) -> Actor:
    return Actor(id=A, department="D01", posts=frozenset(Post(role, "D01") for role in roles))


OWN, OTHER, SELF = PersonFacts(B, "D01"), PersonFacts(C, "D02"), PersonFacts(A, "D01")


@pytest.mark.parametrize(
    ("permission", "who", "own", "other", "oneself"),
    [
        ("accounts.manage_people", actor(Role.ADMIN), True, True, True),
        ("accounts.manage_people", actor(Role.HALL), False, False, False),
        ("accounts.view_people", actor(Role.ADMIN), True, True, True),
        ("accounts.view_people", actor(Role.HALL), True, True, True),
        ("accounts.view_people", actor(Role.CHIEF), True, False, True),
        ("accounts.view_people", actor(Role.FRONT), False, False, False),
        ("accounts.view_access_log", actor(Role.ADMIN), True, True, True),
        ("accounts.view_access_log", actor(Role.CHIEF), False, False, True),
        ("accounts.view_access_log", Actor(id=0), False, False, False),
        ("accounts.name_deputy", actor(Role.BACK), False, False, True),
        ("accounts.name_deputy", actor(Role.ADMIN), True, True, True),
        ("accounts.change_own_password", actor(Role.ADMIN), False, False, True),
    ],
)
def test_permissions(permission: str, who: Actor, own: bool, other: bool, oneself: bool) -> None:
    assert (may(who, permission, OWN), may(who, permission, OTHER), may(who, permission, SELF)) == (own, other, oneself)


def test_a_visitor_may_nothing() -> None:
    visitor = Actor(id=0)
    names = ("manage_people", "configure", "view_people", "view_departments", "view_self", "name_deputy")
    assert not [name for name in names if may(visitor, f"accounts.{name}")]

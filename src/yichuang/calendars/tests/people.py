"""Actors and logged-in people for the app's tests."""

from datetime import UTC, date, datetime

from yichuang.accounts.models import Assignment, Person, Position
from yichuang.kernel.actor import Actor, Post, Role

AT = datetime(2024, 9, 20, 2, 41, 7, tzinfo=UTC)
ADMIN = Actor(id=7, name="管理", posts=frozenset({Post(Role.ADMIN)}))
CLERK = Actor(id=8, name="前台", posts=frozenset({Post(Role.FRONT)}))


def employed(role: Role) -> Person:
    """A person with an open-ended position in the centre."""
    person = Person.objects.create(username=f"test-{role}", name="测试人员")
    position = Position.objects.create(name=f"岗位 {role}", role=role)
    Assignment.objects.create(person=person, position=position, starts_on=date(2020, 1, 1))
    return person

"""Regions, departments and people for tests, also those of other apps."""

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate

from yichuang.kernel.actor import Actor, Role

from ..models import Assignment, Department, Person, Position, Region
from ..queries import actor_of
from ..types import RegionLevel, RoleLabel

PASSWORD = "pinus-massoniana-7"
LONG_AGO = date(2020, 1, 1)


def make_region(code: str = "510000000000", name: str = "示范省", level: RegionLevel = RegionLevel.PROVINCE) -> Region:
    """The region with this code, made when missing."""
    return Region.objects.get_or_create(code=code, defaults={"name": name, "level": level})[0]


def make_department(code: str = "D01", name: str = "", **fields: object) -> Department:
    """The department with this code, made when missing: in the hall and authorised unless said otherwise."""
    defaults = {
        "name": name or f"示范省{code}厅",
        "short_name": name or f"{code}厅",
        "region": make_region(),
        "is_in_hall": True,
        "is_authorised": True,
    }
    return Department.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_position(role: Role, department: str = "") -> Position:
    """A position of ``role`` in a department (empty: the centre), made when missing."""
    home = make_department(department) if department else None
    return Position.objects.get_or_create(name=RoleLabel(role).label, role=role, department=home)[0]


def make_person(
    username: str = "zhangsan",
    roles: Iterable[Role] = (),
    department: str = "",
    *,
    starts_on: date = LONG_AGO,
    **fields: object,
) -> Person:
    """A person who can log in with :data:`PASSWORD` and holds ``roles`` in ``department`` (empty: the centre)."""
    home = make_department(department) if department else None
    person = Person(username=username, department=home, **({"name": f"姓名{username}"} | fields))
    person.set_password(PASSWORD)
    person.save()
    for role in roles:
        Assignment.objects.create(person=person, position=make_position(role, department), starts_on=starts_on)
    return person


def actor_for(person: Person, today: date | None = None) -> Actor:
    """``person`` as an actor on ``today`` (the day of running)."""
    return actor_of(person, today or localdate())

"""Locks in the app's order: people by id, in one statement, then their posts and deputies."""

from datetime import date

from django.db.models import Q

from ..models import Person
from ..queries import administrators
from ..types import NotFound


def lock_people(*ids: int) -> dict[int, Person]:
    """The people with these ids, locked in order of id; :class:`NotFound` if one is missing."""
    people = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    if missing := set(ids) - set(people):
        raise NotFound(f"没有编号为 {min(missing)} 的人员，请刷新页面后再试")
    return people


def lock_person(person: int) -> Person:
    """One person, locked."""
    return lock_people(person)[person]


def lock_with_administrators(person: int, today: date) -> tuple[Person, int]:
    """The person, and how many other administrators there are, with all of their rows locked.

    So two administrators who remove each other are judged one after the other, and the second is told.
    """
    wanted = Q(pk=person) | Q(pk__in=administrators(today).values("pk"))
    locked = {each.pk: each for each in Person.objects.select_for_update().filter(wanted).order_by("pk")}
    if person not in locked:
        raise NotFound(f"没有编号为 {person} 的人员，请刷新页面后再试")
    # Counted anew: whoever was waited for may have stopped being one.
    return locked[person], administrators(today).exclude(pk=person).count()

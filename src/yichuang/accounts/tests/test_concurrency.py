"""Two people at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.utils.timezone import localdate, now

from yichuang.accounts import actions, queries
from yichuang.accounts.models import Deputyship
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import Refusal

from .factories import actor_for, make_person

pytestmark = pytest.mark.usefixtures("shared_database")


def at_once(*attempts: Callable[[], object]) -> list[str]:
    """Run each attempt in its own thread and connection, all let go together; what came of them, sorted."""
    outcomes: list[str] = []
    gate = threading.Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            attempt()
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(attempt,)) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


def test_two_administrators_deactivate_each_other() -> None:
    people = [make_person(name, [Role.ADMIN]) for name in ("admin.a", "admin.b")]
    first, second = (actor_for(person) for person in people)

    def remove(other: Actor, actor: Actor) -> Callable[[], object]:
        return lambda: actions.deactivate(other.id, actor=actor, at=now())

    assert at_once(remove(second, first), remove(first, second)) == ["done", "last_administrator"]
    assert queries.administrators(localdate()).count() == 1


def test_two_name_each_other() -> None:
    first, second = make_person("li", [Role.BACK], "D01"), make_person("wu", [Role.BACK], "D01")
    today = localdate()

    def name(principal: int, deputy: int, actor: Actor) -> Callable[[], object]:
        return lambda: actions.name_deputy(
            principal, deputy=deputy, starts_on=today, ends_on=today, actor=actor, at=now()
        )

    outcomes = at_once(name(first.pk, second.pk, actor_for(first)), name(second.pk, first.pk, actor_for(second)))
    assert outcomes == ["deputy_ring", "done"]
    assert Deputyship.objects.count() == 1


def test_one_login_name_twice() -> None:
    admin = actor_for(make_person("admin", [Role.ADMIN]))

    def make() -> object:
        return actions.create_person(username="wang", name="王", actor=admin, at=now())

    assert at_once(make, make, make) == ["done", "username_taken", "username_taken"]

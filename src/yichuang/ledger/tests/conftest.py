"""A small ledger with kinds of its own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from yichuang.kernel.actor import Actor, Post, Role
from yichuang.ledger.actions import record
from yichuang.ledger.types import (
    Channel,
    Fact,
    Kind,
    Recorded,
    Subject,
    SubjectType,
    declare_kinds,
    declare_subject_types,
)

DONE = Kind(9001, "test_done", "试验", "件", is_reversible=True)
OTHER = Kind(9002, "test_other", "另一试验", "件")
THING = SubjectType(901, "test_thing", "试验对象")
declare_kinds(DONE, OTHER)
declare_subject_types(THING)

CLERK = Actor(id=7, name="甲", position=3)
EDITOR = Actor(id=8, name="乙", posts=frozenset({Post(Role.EDITOR)}))
START = datetime(2024, 9, 18, 1, 0, tzinfo=UTC)

Write = Callable[..., Recorded]


@pytest.fixture
def write() -> Write:
    """Records one entry on subject ``about`` in a transaction of its own."""

    def write(
        about: int = 1, *, kind: Kind = DONE, at: datetime = START, actor: Actor = CLERK, **fact: Any
    ) -> Recorded:
        fact = {"department": "D1", "item": "K1", "channel": Channel.WINDOW} | fact
        with transaction.atomic():
            return record(Fact(kind=kind, subject=Subject(THING, about), **fact), actor=actor, at=at)

    return write


@pytest.fixture
def chains(write: Write) -> dict[int, list[int]]:
    """Nine entries over three subjects in turn: ``chains[subject]`` lists the entries' ids."""
    ids: dict[int, list[int]] = {1: [], 2: [], 3: []}
    for step in range(9):
        subject = step % 3 + 1
        ids[subject].append(write(subject, at=START + timedelta(minutes=step), payload={"step": step}).id)
    return ids

"""Counters made before people's channels were counted are made anew from the entries, there and back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from yichuang.kernel.actor import Actor
from yichuang.ledger import triggers
from yichuang.ledger.actions import fold
from yichuang.ledger.models import CounterState, PersonCounter
from yichuang.ledger.queries import recount
from yichuang.ledger.sql import fetch_all
from yichuang.ledger.types import Channel

from .conftest import DONE, OTHER, START, Write

BEFORE, AFTER = "0001_initial", "0002_person_channel"


def migrate_to(name: str) -> None:
    MigrationExecutor(connection).migrate([("ledger", name)])


@pytest.mark.django_db(transaction=True)
def test_the_counter_by_person_is_counted_anew(write: Write) -> None:
    for number in range(30):
        write(
            number % 4,
            kind=OTHER if number % 5 == 0 else DONE,
            at=START + timedelta(hours=number),
            channel=Channel.WINDOW if number % 3 else Channel.ONLINE,
            actor=Actor(id=1 + number % 2),
        )
        if number == 19:
            fold()
    folded = CounterState.objects.get(pk=1).folded_through
    counted = set(PersonCounter.objects.values_list("day", "kind", "department", "channel", "actor", "quantity"))
    assert {row[3] for row in counted} == {Channel.WINDOW, Channel.ONLINE}
    try:
        migrate_to(BEFORE)
        old = fetch_all(connection, "SELECT SUM(entries), SUM(quantity), COUNT(*) FROM ledger_personcounter")
        assert old[0][:2] == (20, 20)
        assert old[0][2] < len(counted)
        assert triggers.missing(connection) == []
    finally:
        migrate_to(AFTER)
    assert triggers.missing(connection) == []
    again = set(PersonCounter.objects.values_list("day", "kind", "department", "channel", "actor", "quantity"))
    assert again == counted
    assert CounterState.objects.get(pk=1).folded_through == folded
    assert recount()["ok"]
    fold()
    assert recount()["ok"]

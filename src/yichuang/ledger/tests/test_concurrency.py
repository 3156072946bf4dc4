"""Writers at work in the same moment, on PostgreSQL: no fork, no deadlock, sums equal, also when one is killed."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.utils import timezone

from yichuang.ledger.actions import fold, seal
from yichuang.ledger.models import Entry, Head
from yichuang.ledger.queries import recount, verify

WRITERS, ENTRIES, SUBJECTS = 8, 10_000, 50

WRITER = """
import sys, django
django.setup()
from django.db import connection, transaction
from django.utils import timezone
from yichuang.kernel.actor import Actor
from yichuang.ledger.actions import record
from yichuang.ledger.types import Channel, Fact, Kind, Subject, SubjectType, declare_kinds, declare_subject_types
kind, thing = Kind(9001, "test_done", "试验", "件"), SubjectType(901, "test_thing", "试验对象")
declare_kinds(kind)
declare_subject_types(thing)
connection.settings_dict["NAME"] = sys.argv[1]
writer, share, subjects = (int(word) for word in sys.argv[2:5])
for step in range(share):
    subject = Subject(thing, (writer * 7 + step) % subjects + 1)
    fact = Fact(kind=kind, subject=subject, department=f"D{step % 3}", channel=Channel.WINDOW)
    with transaction.atomic():
        record(fact, actor=Actor(id=writer), at=timezone.now())
"""


def start_writer(number: int) -> subprocess.Popen[bytes]:
    share = ENTRIES // WRITERS
    words = [str(connection.settings_dict["NAME"]), str(number), str(share), str(SUBJECTS)]
    return subprocess.Popen([sys.executable, "-c", WRITER, *words], env=os.environ.copy(), stderr=subprocess.PIPE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql_only")
def test_eight_writers_one_killed_and_a_seal_meanwhile() -> None:
    writers = [start_writer(number) for number in range(WRITERS)]
    deadline = time.monotonic() + 120
    while Entry.objects.count() < ENTRIES // 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    writers[0].send_signal(signal.SIGKILL)
    seals = seal(at=timezone.now())
    fold()
    assert verify() == []  # while the others write
    outcomes = [(writer.wait(timeout=180), (writer.stderr.read() if writer.stderr else b"")) for writer in writers]
    assert outcomes[0][0] == -signal.SIGKILL
    assert [error for code, error in outcomes[1:] if code] == []  # no deadlock, no lost connection

    share = ENTRIES // WRITERS
    total = Entry.objects.count()
    assert share * (WRITERS - 1) < total < ENTRIES
    for writer in range(1, WRITERS):
        assert Entry.objects.filter(actor=writer).count() == share
    assert seals
    assert seals[0].entries >= ENTRIES // 4
    assert sum(Head.objects.values_list("entries", flat=True)) == total
    assert Head.objects.count() == SUBJECTS
    assert verify() == []
    seal(at=timezone.now())
    fold()
    assert verify() == []
    assert recount()["ok"]

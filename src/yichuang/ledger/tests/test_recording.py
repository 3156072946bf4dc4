"""Writing entries: what is refused, what is hashed, how chains link, how reversals count."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import CharField
from django.utils import timezone

from yichuang.kernel.actor import Actor
from yichuang.kernel.canonical import canonical_instant, canonical_record
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.kernel.sm3 import sm3
from yichuang.ledger import triggers
from yichuang.ledger.actions import record, reverse
from yichuang.ledger.models import Entry, Seal
from yichuang.ledger.queries import count_entries, entries_of_subject
from yichuang.ledger.types import Fact, Kind, Period, Subject, UnknownKind, declare_kinds, kind_of

from .conftest import CLERK, DONE, EDITOR, START, THING, Write

pytestmark = pytest.mark.django_db


def test_an_entry_links_to_the_one_before_and_hashes_its_canonical_form(write: Write) -> None:
    first, second = write(payload={"b": 1, "a": "中"}), write()
    entry = Entry.objects.get(pk=first.id)
    fields = [
        entry.kind,
        canonical_instant(entry.occurred_at),
        canonical_instant(entry.recorded_at),
        entry.actor,
        entry.position,
        entry.region,
        entry.department,
        entry.item,
        entry.channel,
        entry.subject_type,
        entry.subject_id,
        entry.quantity,
        '{"a":"中","b":1}',
        None,
        None,
    ]
    assert bytes(entry.hash) == sm3(canonical_record(1, fields)) == first.hash
    following = Entry.objects.get(pk=second.id)
    assert (following.previous, bytes(following.previous_hash)) == (first.id, first.hash)


@pytest.mark.parametrize(
    ("change", "at", "code"),
    [
        ({"kind": Kind(9999, "never_declared", "无", "件")}, START, "unknown_kind"),
        ({"quantity": 0}, START, "no_quantity"),
        ({"department": "D1\x1fK"}, START, "bad_code"),
        ({"item": "a b"}, START, "bad_code"),
        ({}, START.replace(tzinfo=None), "naive_instant"),
        ({}, "tomorrow", "in_future"),
    ],
)
def test_what_cannot_be_an_entry_is_refused_and_nothing_is_written(
    write: Write, change: dict[str, object], at: datetime | str, code: str
) -> None:
    instant = timezone.now() + timedelta(days=1) if isinstance(at, str) else at
    with pytest.raises(Refusal) as refused:
        write(at=instant, **change)
    assert refused.value.code == code
    assert not Entry.objects.exists()


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(UnknownKind, match="no_such_kind"):
        kind_of("no_such_kind")


def test_a_code_of_a_kind_means_one_thing() -> None:
    with pytest.raises(ValueError, match="clashes"):
        declare_kinds(Kind(DONE.code, "something_else", "别的", "件"))


def test_floats_have_no_place_in_a_payload(write: Write) -> None:
    with pytest.raises(ValueError, match="float"):
        write(payload={"rate": 0.5})


@pytest.mark.django_db(transaction=True)
def test_recording_needs_the_callers_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(Fact(kind=DONE, subject=Subject(THING, 1)), actor=CLERK, at=START)


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET quantity = 2", "DELETE FROM ledger_entry"])
def test_entries_cannot_be_changed_or_deleted(write: Write, statement: str) -> None:
    write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().quantity == 1


def test_seals_cannot_be_changed_either(write: Write) -> None:
    from yichuang.ledger.actions import seal  # noqa: PLC0415

    write()
    seal(at=timezone.now())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Seal.objects.update(entries=5)


@pytest.mark.usefixtures("postgresql_only")
def test_entries_cannot_be_truncated(write: Write) -> None:
    write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_entry")


def test_the_check_misses_a_trigger_that_is_gone_and_installing_brings_it_back() -> None:
    ask = {"app_configs": None, "databases": ["default"]}
    assert triggers.check_triggers(**ask) == []
    triggers.remove(connection)
    assert {message.id for message in triggers.check_triggers(**ask)} == {"ledger.E001"}
    triggers.install(connection)
    assert triggers.check_triggers(**ask) == []


def test_a_reversal_counts_against_the_day_of_the_original(write: Write) -> None:
    original = write(at=START)
    reversal = reverse(original.id, actor=EDITOR, at=START + timedelta(days=3), reason="重复登记")
    entry = Entry.objects.get(pk=reversal.id)
    assert (entry.quantity, entry.occurred_at, entry.corrects) == (-1, START, original.id)
    day = timezone.localdate(START)
    assert count_entries(EDITOR, DONE, Period(day, day)) == (2, 0)
    assert [one.pk for one in entries_of_subject(Subject(THING, 1))] == [original.id, reversal.id]


@pytest.mark.parametrize(("actor", "reason", "expected"), [(CLERK, "错", NotPermitted), (EDITOR, "  ", Refusal)])
def test_reversing_needs_the_right_and_a_reason(
    write: Write, actor: Actor, reason: str, expected: type[Refusal]
) -> None:
    original = write()
    with pytest.raises(expected):
        reverse(original.id, actor=actor, at=START, reason=reason)
    assert Entry.objects.count() == 1


def test_nothing_is_reversed_twice_and_no_reversal_is_reversed(write: Write) -> None:
    original = write()
    reversal = reverse(original.id, actor=EDITOR, at=START, reason="错")
    for entry, code in ((original.id, "already_reversed"), (reversal.id, "is_reversal"), (10**9, "not_found")):
        with pytest.raises(Refusal) as refused:
            reverse(entry, actor=EDITOR, at=START, reason="错")
        assert refused.value.code == code


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_the_table_cannot_leave_it_open(write: Write) -> None:
    """SQLite drops the triggers with the old table; migrating puts them back, and altering is refused again."""
    write()
    narrow = Entry._meta.get_field("region")
    wide = CharField(max_length=20, blank=True)
    wide.set_attributes_from_name("region")
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, narrow, wide)
    try:
        assert bool(triggers.missing(connection)) == (connection.vendor == "sqlite")
        call_command("migrate", verbosity=0)
        assert triggers.missing(connection) == []
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Entry.objects.update(quantity=2)
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Entry, wide, narrow)
        triggers.install(connection)

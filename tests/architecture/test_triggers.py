"""After the migrations the database itself refuses to change what the ledger holds."""

import pytest
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from yichuang.ledger import triggers

ROWS = {
    "ledger_entry": (
        "INSERT INTO ledger_entry (id, kind, occurred_at, recorded_at, actor, position, region, department, item,"
        " channel, subject_type, subject_id, quantity, payload, previous_hash, hash)"
        " VALUES (900000001, 3, '2024-03-01 08:00:00+00:00', '2024-03-01 08:00:00+00:00', 1, 1, '', '', '',"
        " 1, 1, 1, 1, '', {bytes}, {bytes})"
    ),
    "ledger_seal": (
        "INSERT INTO ledger_seal (id, day, number, first_entry, last_entry, entries, ids, prefixes, root,"
        " previous_hash, hash, sealed_at)"
        " VALUES (900000001, '2024-03-01', 1, 1, 1, 1, '1', {bytes}, {bytes}, {bytes}, {bytes},"
        " '2024-03-02 00:00:00+00:00')"
    ),
}
CHANGES = ["UPDATE {table} SET hash = {bytes} WHERE id = 900000001", "DELETE FROM {table} WHERE id = 900000001"]
CHANGES += ["TRUNCATE {table}"]
CASES = [(table, change) for table in ROWS for change in CHANGES]


def execute(statement: str, table: str) -> int:
    """Run a statement in a savepoint; the number of rows that it touched."""
    literal = "x'00'" if connection.vendor == "sqlite" else "'\\x00'::bytea"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table, bytes=literal))
        return int(cursor.rowcount)


def skip_unless_spoken(change: str) -> None:
    if change.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "change"), CASES)
def test_a_change_is_refused(table: str, change: str) -> None:
    skip_unless_spoken(change)
    execute(ROWS[table], table)
    with pytest.raises(DatabaseError, match="append-only"):
        execute(change, table)


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "change"), CASES)
def test_it_is_the_triggers_that_refuse(table: str, change: str) -> None:
    skip_unless_spoken(change)
    execute(ROWS[table], table)
    triggers.remove(connection)
    try:
        assert execute(change, table) in (1, -1)  # TRUNCATE counts nothing
        assert triggers.missing(connection) != []
    finally:
        triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_they_stand_again_after_a_flush() -> None:
    execute(ROWS["ledger_entry"], "ledger_entry")
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), ["ledger_entry"], allow_cascade=False))
    assert triggers.missing(connection) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM ledger_entry")
        assert cursor.fetchone() == (0,)

"""Where SQLite and PostgreSQL differ: local days, locks, raw instants, append-only triggers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

LOCK = 0x59C4  # the ledger's advisory lock: writers share it, sealing and folding have it alone
PROTECTED = ("ledger_entry", "ledger_seal")

COUNTERS = {  # table: its key beside the day; narrowest first
    "ledger_totalcounter": ("kind", "channel"),
    "ledger_coarsecounter": ("kind", "department", "channel"),
    "ledger_personcounter": ("kind", "department", "channel", "actor"),
    "ledger_finecounter": ("kind", "department", "channel", "item", "region"),
}

ENTRY_COLUMNS = (
    "kind, occurred_at, recorded_at, actor, position, region, department, item, channel, subject_type, subject_id, "
    "quantity, payload, corrects, previous, previous_hash, hash"
)
INSERT_ENTRY = f"INSERT INTO ledger_entry ({ENTRY_COLUMNS}) VALUES ({', '.join(['%s'] * 17)}) RETURNING id"  # noqa: S608


def local_day(connection: BaseDatabaseWrapper, column: str) -> str:
    """SQL for the day in China of an instant column (UTC+8, without summer time since 1991)."""
    if connection.vendor == "sqlite":
        return f"date({column}, '+8 hours')"
    return f"({column} AT TIME ZONE 'Asia/Shanghai')::date"


def raw_instant(connection: BaseDatabaseWrapper, column: str) -> str:
    """SQL for the canonical text of an instant column: what ``canonical_instant`` gives."""
    if connection.vendor == "sqlite":
        return f"CAST({column} AS TEXT)"
    return f"replace(to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', '')"


def lock_shared(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> None:
    """Join the writers, until the transaction ends. On SQLite an IMMEDIATE transaction is alone anyway."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def lock_exclusive(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> None:
    """Wait for all writers and keep new ones out, until the transaction ends."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@contextmanager
def one_snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Every statement inside sees the database as it was at the first, while others go on writing.

    Inside a transaction of the caller nothing is changed. On SQLite Django's transactions would keep writers out, so a
    plain deferred one is begun.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def fetch_all(connection: BaseDatabaseWrapper, statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(params))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows

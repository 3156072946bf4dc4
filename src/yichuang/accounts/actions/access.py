"""Every look at personal data is kept, by month, so that it can be shown to the person and erased in time."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.timezone import localtime, now

from ..models import AccessLog

MONTH_LOCK = 0x79636163  # "ycac": one transaction at a time makes a partition

_months_seen: set[tuple[str, str]] = set()  # (database, month), remembered once it is committed


def log_access(person: int, subject_type: int, subject_id: int, purpose: str, *, at: datetime | None = None) -> None:
    """``person`` looked at the data of a subject (a ledger subject type's code and an id), for ``purpose``."""
    at = at or now()
    if connection.vendor == "postgresql":
        _ensure_month(at)
    AccessLog.objects.create(
        at=at, person=person, subject_type=subject_type, subject_id=subject_id, purpose=purpose[:40]
    )


def _ensure_month(at: datetime) -> None:
    """Make the month's partition when it is first needed.

    Attached, not created in place: attaching lets other inserts go on. Rows of that month that came into the
    default partition by another way move along.
    """
    first = localtime(at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    table = f"accounts_accesslog_{first:%Y_%m}"
    seen = (str(connection.settings_dict["NAME"]), table)
    if seen in _months_seen:
        return
    if _is_attached(table):
        _months_seen.add(seen)
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MONTH_LOCK])
        if not _is_attached(table):
            _create_month(table, first.isoformat(), following.isoformat())
        transaction.on_commit(lambda: _months_seen.add(seen))


def _is_attached(table: str) -> bool:
    # Not to_regclass: after waiting for the lock it would still answer from the session's own cache.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
            " WHERE inhparent = 'accounts_accesslog'::regclass AND relname = %s)",
            [table],
        )
        return bool(cursor.fetchone()[0])


def _create_month(table: str, start: str, end: str) -> None:
    # Names and bounds are ours (digits of a date): nothing in these statements comes from outside.
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {table} (LIKE accounts_accesslog INCLUDING DEFAULTS)")
        cursor.execute(
            f"WITH moved AS (DELETE FROM accounts_accesslog_default WHERE at >= '{start}' AND at < '{end}' RETURNING *)"  # noqa: S608
            f" INSERT INTO {table} SELECT * FROM moved"
        )
        cursor.execute(
            f"ALTER TABLE accounts_accesslog ATTACH PARTITION {table} FOR VALUES FROM ('{start}') TO ('{end}')"
        )

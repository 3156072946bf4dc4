"""Writing one entry: lock the end of the subject's chain, hash, insert, move the end."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from yichuang.kernel.actor import Actor
from yichuang.kernel.canonical import canonical_instant, canonical_json
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require

from ..models import Entry
from ..rules import check_fact, entry_hash
from ..sql import INSERT_ENTRY, LOCK, lock_shared
from ..types import Channel, Fact, Kind, Recorded, Subject, kind_of, subject_type_of
from .counters import fold_when_due
from .seals import seal_when_day_turns

Subscriber = Callable[[Fact, Recorded, Actor], None]
_subscribers: dict[int, list[Subscriber]] = {}


def subscribe(kind: Kind, subscriber: Subscriber) -> None:
    """Have ``subscriber`` called with every entry of ``kind``, in its transaction; for ``apps.py`` of upper apps."""
    known = _subscribers.setdefault(kind.code, [])
    if subscriber not in known:
        known.append(subscriber)


def record(fact: Fact, *, actor: Actor, at: datetime, corrects: int | None = None) -> Recorded:
    """Append ``fact`` as it happened ``at``, inside the caller's transaction.

    The caller holds the lock of the subject's own row. ``recorded_at`` is taken here, once the ledger's lock is held,
    so that no entry can slip behind a seal. Raises :class:`Refusal` for what cannot be an entry.
    """
    check_fact(fact, at=at, now=timezone.now())
    connection.validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an entry is written inside an action's transaction")
    subject = (fact.subject.type.code, fact.subject.id)
    payload = canonical_json(dict(fact.payload)) if fact.payload else ""
    with connection.cursor() as cursor:
        previous, previous_hash = _lock_head(cursor, subject)
        recorded_at = timezone.now()
        fields = (
            fact.kind.code,
            canonical_instant(at),
            canonical_instant(recorded_at),
            actor.id,
            actor.position,
            fact.region,
            fact.department,
            fact.item,
            int(fact.channel),
            *subject,
            fact.quantity,
            payload,
            corrects,
            previous,
            previous_hash,
        )
        digest = entry_hash(*fields)
        instant = connection.ops.adapt_datetimefield_value
        cursor.execute(INSERT_ENTRY, (fields[0], instant(at), instant(recorded_at), *fields[3:], digest))
        (entry,) = cursor.fetchone()
        cursor.execute(
            "UPDATE ledger_head SET entry = %s, hash = %s, entries = entries + 1 "
            "WHERE subject_type = %s AND subject_id = %s",
            (entry, digest, *subject),
        )
    transaction.on_commit(partial(_after_commit, entry, recorded_at), robust=True)
    written = Recorded(entry, digest, recorded_at)
    for subscriber in _subscribers.get(fact.kind.code, ()):
        subscriber(fact, written, actor)
    return written


def _lock_head(cursor: CursorWrapper, subject: tuple[int, int]) -> tuple[int | None, bytes]:
    """Lock and return the end of the subject's chain: (entry id, hash), or (None, b"") for a new subject.

    On PostgreSQL the same statement joins the writers' shared lock.
    """
    is_postgresql = connection.vendor == "postgresql"
    statement = "SELECT entry, hash FROM ledger_head WHERE subject_type = %s AND subject_id = %s"
    params: tuple[int, ...] = subject
    if is_postgresql:
        statement = statement.replace("hash FROM", "hash, pg_advisory_xact_lock_shared(%s) FROM") + " FOR UPDATE"
        params = (LOCK, *subject)
    cursor.execute(statement, params)
    row = cursor.fetchone()
    if row is None:
        lock_shared(connection, cursor)
        cursor.execute(
            "INSERT INTO ledger_head (subject_type, subject_id, entry, hash, entries) VALUES (%s, %s, 0, %s, 0) "
            "ON CONFLICT (subject_type, subject_id) DO NOTHING",
            (*subject, b""),
        )
        cursor.execute(statement, params)
        row = cursor.fetchone()
    return (row[0] or None), bytes(row[1])


def _after_commit(entry: int, recorded_at: datetime) -> None:
    seal_when_day_turns(recorded_at)
    fold_when_due(entry)


@transaction.atomic
def reverse(entry: int, *, actor: Actor, at: datetime, reason: str) -> Recorded:
    """冲正: a new entry with the opposite quantity, on the day the original happened, that says what it corrects.

    ``at`` is when the correction is made; it stands in the payload, since the entry counts on the original's day.
    An entry can be reversed once, and a reversal not at all.
    """
    require(actor, "ledger.reverse")
    return take_back(entry, actor=actor, at=at, reason=reason)


@transaction.atomic
def take_back(entry: int, *, actor: Actor, at: datetime, reason: str) -> Recorded:
    """As :func:`reverse`, without asking who may: the action of the app that owns the entry has checked that."""
    if not reason.strip():
        raise Refusal("请填写冲正原因", code="no_reason", field="reason")
    original = Entry.objects.filter(pk=entry).first()
    if original is None:
        raise Refusal(f"没有第 {entry} 号台账条目", code="not_found", field="entry")
    kind = kind_of(original.kind)
    if not kind.is_reversible:
        raise Refusal(f"“{kind.label}”不能冲正，请在相应页面办理更正", code="not_reversible", field="entry")
    if original.corrects is not None:
        raise Refusal("冲正条目不能再冲正", code="is_reversal", field="entry")
    subject = Subject(subject_type_of(original.subject_type), original.subject_id)
    with connection.cursor() as cursor:
        _lock_head(cursor, (subject.type.code, subject.id))
    if done := Entry.objects.filter(
        subject_type=original.subject_type, subject_id=original.subject_id, corrects=entry
    ).first():
        raise Refusal(f"第 {entry} 号条目已由第 {done.pk} 号条目冲正", code="already_reversed", field="entry")
    fact = Fact(
        kind=kind,
        subject=subject,
        quantity=-original.quantity,
        department=original.department,
        item=original.item,
        region=original.region,
        channel=Channel(original.channel),
        payload={"reason": reason.strip(), "reversed_at": canonical_instant(at)},
    )
    return record(fact, actor=actor, at=original.occurred_at, corrects=entry)

"""Sealing: a Merkle root over what was recorded since the last seal, chained to it."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from yichuang.kernel.merkle import root_of

from ..models import Seal
from ..rules import PREFIX, entry_leaf, ranges_of, seal_hash
from ..sql import fetch_all, local_day, lock_exclusive
from .stocks import keep_stocks

_sealed_before: date | None = None  # in this process: days before this one are known to be sealed


def seal_when_day_turns(recorded_at: datetime) -> None:
    """The first write of a new day seals the days before; called after commit."""
    global _sealed_before  # noqa: PLW0603 - a cache of one date per process
    today = timezone.localdate(recorded_at)
    if _sealed_before == today:
        return
    if sealed := seal_days_before(today, at=recorded_at):
        keep_stocks(sealed[-1].day)
    _sealed_before = today


def seal_days_before(today: date, *, at: datetime) -> list[Seal]:
    """Seal each day before ``today`` that has unsealed entries."""
    return _seal(at=at, before=today)


def seal(*, at: datetime) -> list[Seal]:
    """Seal everything up to the newest entry, today's too; nothing new gives no seal."""
    return _seal(at=at, before=None)


@transaction.atomic
def _seal(*, at: datetime, before: date | None) -> list[Seal]:
    with connection.cursor() as cursor:
        lock_exclusive(connection, cursor)
    latest = Seal.objects.order_by("-pk").first()
    watermark = latest.last_entry if latest else 0
    day = local_day(connection, "recorded_at")
    rows = fetch_all(
        connection,
        f"SELECT {day} AS day, MAX(id) FROM ledger_entry WHERE id > %s GROUP BY 1 ORDER BY 1",  # noqa: S608
        [watermark],
    )
    made: list[Seal] = []
    for text, last in rows:
        of_day = date.fromisoformat(str(text))
        if (before is not None and of_day >= before) or last <= watermark:
            continue  # at midnight a few ids of the new day may lie below the old day's last: they go with it
        latest = _seal_range(of_day, watermark, last, latest, at)
        made.append(latest)
        watermark = last
    return made


def _seal_range(day: date, after: int, last: int, latest: Seal | None, at: datetime) -> Seal:
    rows = fetch_all(
        connection, "SELECT id, hash FROM ledger_entry WHERE id > %s AND id <= %s ORDER BY id", [after, last]
    )
    number = Seal.objects.filter(day=day).count() + 1
    seal = build_seal(day, number, [(entry, bytes(digest)) for entry, digest in rows], latest, at)
    seal.save(force_insert=True)
    return seal


def build_seal(day: date, number: int, entries: list[tuple[int, bytes]], latest: Seal | None, at: datetime) -> Seal:
    """The seal over ``entries`` (id, hash) in order, not yet saved."""
    leaves = [entry_leaf(entry, digest) for entry, digest in entries]
    root = root_of(leaves)
    first, last = entries[0][0], entries[-1][0]
    ids = ranges_of(entry for entry, _ in entries)
    previous_hash = bytes(latest.hash) if latest else b""
    return Seal(
        day=day,
        number=number,
        first_entry=first,
        last_entry=last,
        entries=len(entries),
        ids=ids,
        prefixes=b"".join(leaf[:PREFIX] for leaf in leaves),
        root=root,
        previous_hash=previous_hash,
        hash=seal_hash(day, number, first, last, ids, at, root, previous_hash),
        sealed_at=at,
    )

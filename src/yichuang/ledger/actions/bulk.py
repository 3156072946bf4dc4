"""Loading a whole history into an empty ledger: chains, heads, daily seals and counters are real."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from yichuang.kernel.errors import Refusal

from ..models import Entry, Seal
from ..rules import entry_hash
from ..sql import ENTRY_COLUMNS
from ..types import BulkRow
from .counters import fold
from .seals import build_seal

BATCH = 20_000
Chains = dict[tuple[int, int], tuple[int, bytes, int]]  # subject -> last id, its hash, number of entries


@transaction.atomic
def bulk_load(rows: Iterable[BulkRow], *, progress: Callable[[int], None] = lambda done: None) -> int:
    """Append ``rows``, which must come in the order of ``recorded_at``; returns how many.

    The ledger must be empty: nobody else writes, so ids run from 1 without gaps. ``progress`` hears the running total.
    """
    if Entry.objects.exists():
        raise Refusal("台账不为空，不能整批装入", code="ledger_not_empty")
    chains: Chains = {}
    days = _Days()
    done = 0
    numbered = _chained(iter(rows), chains, days)
    while batch := list(islice(numbered, BATCH)):
        _insert(batch)
        done += len(batch)
        progress(done)
    days.close()
    _insert_heads(chains)
    fold()
    return done


def _chained(rows: Iterator[BulkRow], chains: Chains, days: "_Days") -> Iterator[tuple[Any, ...]]:
    """Each row with its id, links and hash."""
    for entry, row in enumerate(rows, start=1):
        subject = (row.subject_type, row.subject_id)
        link = chains.get(subject)
        previous, previous_hash, length = link or (None, b"", 0)
        digest = entry_hash(*row, None, previous, previous_hash)
        chains[subject] = (entry, digest, length + 1)
        days.add(row.recorded_at, entry, digest)
        yield (entry, *row, None, previous, previous_hash, digest)


def _insert(batch: list[tuple[Any, ...]]) -> None:
    columns = f"id, {ENTRY_COLUMNS}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY ledger_entry ({columns}) FROM STDIN") as copy:
                for values in batch:
                    # COPY has no parameters, so the instants' zone must stand in the text
                    copy.write_row((*values[:2], f"{values[2]}+00", f"{values[3]}+00", *values[4:]))
            cursor.execute("SELECT setval(pg_get_serial_sequence('ledger_entry', 'id'), %s)", [batch[-1][0]])
        else:
            marks = ", ".join(["%s"] * len(batch[0]))
            cursor.executemany(f"INSERT INTO ledger_entry ({columns}) VALUES ({marks})", batch)  # noqa: S608


def _insert_heads(chains: Chains) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_head (subject_type, subject_id, entry, hash, entries) VALUES (%s, %s, %s, %s, %s)",
            [(*subject, *link) for subject, link in sorted(chains.items())],
        )


class _Days:
    """Collects the entries of a recorded day and seals it when the next begins."""

    def __init__(self) -> None:
        self.day: date | None = None
        self.until = ""
        self.entries: list[tuple[int, bytes]] = []
        self.latest: Seal | None = None

    def add(self, recorded_at: str, entry: int, digest: bytes) -> None:
        """Take one entry; instants are UTC texts, compared as such."""
        if recorded_at >= self.until:
            self.close()
            self.day = timezone.localdate(datetime.fromisoformat(recorded_at).replace(tzinfo=UTC))
            self.until = str(self._midnight().replace(tzinfo=None))
        self.entries.append((entry, digest))

    def close(self) -> None:
        """Seal what was collected, as at the midnight that ends its day."""
        if self.entries and self.day:
            at = min(self._midnight(), timezone.now())
            self.latest = build_seal(self.day, 1, self.entries, self.latest, at)
            self.latest.save(force_insert=True)
        self.entries = []

    def _midnight(self) -> datetime:
        assert self.day is not None
        following = self.day + timedelta(days=1)
        local = datetime(following.year, following.month, following.day, tzinfo=timezone.get_default_timezone())
        return local.astimezone(UTC)

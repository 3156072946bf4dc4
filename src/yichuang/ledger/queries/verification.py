"""Verification: altered, removed, inserted and reordered entries are named (threat model: docs/reference/ledger.md)."""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from yichuang.kernel.canonical import canonical_instant
from yichuang.kernel.merkle import root_of

from .. import triggers
from ..models import Seal
from ..rules import CLOCK_SKEW, PREFIX, entry_hash, entry_leaf, ids_of, seal_hash
from ..sql import fetch_all, one_snapshot, raw_instant
from ..types import Finding

CHUNK = 2_000  # rows that stay in the processor's cache
NEVER = sys.maxsize
Subject = tuple[int, int]
Link = tuple[int | None, bytes, int]  # a subject's last entry, its hash, how many entries there were
NOTHING: Link = (None, b"", 0)


def verify(*, printed: Iterable[str] = ()) -> list[Finding]:
    """All findings, by entry. ``printed`` are seals (hex) copied from paper: each must still be in the seals' chain."""
    with one_snapshot(connection):
        check = _Verification()
        check.run()
    known = {_as_bytes(seal.hash).hex() for seal in check.seals}
    check.notes += [
        Finding(None, "printed_seal_unknown", f"印发件上的封印 {text} 不在封印链中")
        for text in printed
        if text.lower() not in known
    ]
    check.notes += [Finding(None, "trigger_missing", name) for name in triggers.missing(connection)]
    return [check.faults[entry] for entry in sorted(check.faults)] + check.notes


def _rows() -> Iterator[tuple[Any, ...]]:
    """Every entry in id order: id, the fields of the canonical form, previous_hash, hash."""
    occurred_at, recorded_at = (raw_instant(connection, column) for column in ("occurred_at", "recorded_at"))
    columns = (
        f"id, kind, {occurred_at}, {recorded_at}, actor, position, "
        "region, department, item, channel, subject_type, subject_id, quantity, payload, corrects, previous, "
        "previous_hash, hash"
    )
    after = 0
    while chunk := fetch_all(
        connection,
        f"SELECT {columns} FROM ledger_entry WHERE id > %s ORDER BY id LIMIT {CHUNK}",  # noqa: S608
        [after],
    ):
        yield from chunk
        after = chunk[-1][0]


def _as_bytes(value: Any) -> bytes:
    """Hashes are bytes; whatever else SQLite lets someone write there is no hash."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def _heads() -> Iterator[tuple[Any, ...]]:
    """Every head: subject type and id, entry, hash, number of entries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_type, subject_id, entry, hash, entries FROM ledger_head")
        while chunk := cursor.fetchmany(CHUNK):
            yield from chunk


class _Verification:
    """One pass over the entries, then over the heads; seals are checked as the pass reaches their end."""

    def __init__(self) -> None:
        self.faults: dict[int, Finding] = {}  # the first fault found of an entry is the one told
        self.notes: list[Finding] = []
        self.last: dict[Subject, Link] = {}
        self.removed: set[int] = set()
        self.distrusted: set[int] = set()  # seals that were altered themselves
        self.unlinked: set[int] = set()  # seals that do not follow the one before
        self.seals = list(Seal.objects.order_by("pk"))
        self.next_seal = 0
        self.seal_ends = self.seals[0].last_entry if self.seals else NEVER
        self.ids: list[int] = []
        self.leaves: list[bytes] = []
        self.gaps: list[int] = []
        self.unsealed_from = ""

    def fault(self, entry: int, fault: str, detail: str = "") -> None:
        self.faults.setdefault(entry, Finding(entry, fault, detail))

    def run(self) -> None:
        self._check_seal_links()
        last = self.last
        before = 0
        for row in _rows():
            entry, digest = row[0], _as_bytes(row[17])
            if entry > self.seal_ends:
                self._close_seals_before(entry)
            if before and entry != before + 1:
                self.gaps += range(before + 1, entry)
            before = entry
            subject = (row[10], row[11])
            there = last.get(subject, NOTHING)
            if entry_hash(*row[1:17]) != digest:
                self.fault(entry, "altered")  # its link may be what was altered
            elif row[15] != there[0] or row[16] != there[1]:
                self._explain_link(entry, subject, row[15], row[16])
                there = last.get(subject, NOTHING)
            last[subject] = (entry, digest, there[2] + 1)
            if self.seal_ends < NEVER:
                if entry < self.seals[self.next_seal].first_entry:
                    self._between_seals(entry)
                    continue
                self.ids.append(entry)
                self.leaves.append(entry_leaf(entry, digest))
            elif row[3] < self.unsealed_from:
                self.fault(entry, "inserted", "记录时间早于最后一次封印")
        self._close_seals_before(None)
        self._check_heads()

    def _explain_link(self, entry: int, subject: Subject, previous: int | None, previous_hash: bytes) -> None:
        """Which entry is to blame for a link that does not lead to the subject's entry before."""
        there, digest, length = self.last.get(subject, NOTHING)
        if there is None:
            if previous is not None:
                self._blame_missing(previous, subject)
        elif previous == there:
            self.fault(there, "altered", "与后一条目记下的哈希不符")
        elif previous is not None and previous_hash == digest:  # the right content under another id
            self.fault(there, "reordered")
            self._blame_missing(previous, subject)
        elif previous is None or previous < there:
            self.fault(there, "inserted", f"第 {entry} 号条目不承接它")
            self.last[subject] = (there, digest, length - 1)
        else:
            self._blame_missing(previous, subject)

    def _blame_missing(self, previous: int, subject: Subject) -> None:
        found = fetch_all(connection, "SELECT subject_type, subject_id FROM ledger_entry WHERE id = %s", [previous])
        if not found:
            self._remove(previous)
        else:
            self.fault(previous, "reordered", "" if tuple(found[0]) == subject else "现属另一对象")

    def _remove(self, entry: int) -> None:
        self.removed.add(entry)
        self.fault(entry, "removed")

    def _check_seal_links(self) -> None:
        before = b""
        for seal in self.seals:
            root, previous_hash = _as_bytes(seal.root), _as_bytes(seal.previous_hash)
            digest = seal_hash(
                seal.day, seal.number, seal.first_entry, seal.last_entry, seal.ids, seal.sealed_at, root, previous_hash
            )
            if digest != _as_bytes(seal.hash):
                self.distrusted.add(seal.pk)
                self.notes.append(Finding(None, "seal_altered", f"{seal.day} 第 {seal.number} 号封印"))
            if previous_hash != before:
                self.unlinked.add(seal.pk)
                self.notes.append(
                    Finding(None, "seal_chain_broken", f"{seal.day} 第 {seal.number} 号封印不承接前一封印")
                )
            before = _as_bytes(seal.hash)
        if self.seals:
            self.unsealed_from = canonical_instant(self.seals[-1].sealed_at - CLOCK_SKEW)

    def _close_seals_before(self, entry: int | None) -> None:
        while self.next_seal < len(self.seals) and (entry is None or entry > self.seals[self.next_seal].last_entry):
            self._check_seal(self.seals[self.next_seal])
            self.next_seal += 1
            self.seal_ends = self.seals[self.next_seal].last_entry if self.next_seal < len(self.seals) else NEVER
            self.ids, self.leaves = [], []

    def _between_seals(self, entry: int) -> None:
        """Seals leave no entry out: it was put in later, or a seal is gone, which its successor's link tells."""
        if self.seals[self.next_seal].pk not in self.unlinked:
            self.fault(entry, "inserted", "前后封印之间本无此条目")

    def _check_seal(self, seal: Seal) -> None:
        if seal.pk in self.distrusted:
            return  # told already, and what it says of its entries cannot be trusted
        if root_of(self.leaves) == _as_bytes(seal.root):
            if _as_bytes(seal.prefixes) != b"".join(leaf[:PREFIX] for leaf in self.leaves) or seal.entries != len(
                self.ids
            ):
                self.notes.append(Finding(None, "seal_altered", f"{seal.day} 第 {seal.number} 号封印"))
            return
        name = f"{seal.day} 第 {seal.number} 号封印"
        sealed = list(ids_of(seal.ids))
        prefixes = _as_bytes(seal.prefixes)
        told = {entry: prefixes[index * PREFIX : (index + 1) * PREFIX] for index, entry in enumerate(sealed)}
        present = dict(zip(self.ids, self.leaves, strict=True))
        named = False
        for entry in sorted(told.keys() | present.keys()):
            if entry not in present:
                self._remove(entry)
            elif entry not in told:
                self.fault(entry, "inserted", f"不在{name}之内")
            elif present[entry][:PREFIX] != told[entry]:
                self.fault(entry, "altered", f"与{name}不符")
            else:
                continue
            named = True
        if not named:
            self.notes.append(Finding(None, "root_differs", name))

    def _check_heads(self) -> None:
        missing = 0
        for *key, entry, digest, length in _heads():
            last, last_digest, found = self.last.pop((key[0], key[1]), NOTHING)
            if last is None or last < entry:
                self._remove(entry)
            elif last > entry:
                self.fault(last, "inserted", "链头未记此条目")
            elif last_digest != bytes(digest):
                self.fault(entry, "altered", "与链头不符")
            missing += max(0, length - found)
        for orphan, _, _ in self.last.values():
            self.fault(orphan or 0, "inserted", "没有链头")
        if missing > len(self.removed):  # more went than the chains can name: then gaps in the numbering are theirs
            for entry in self.gaps:
                self._remove(entry)
        if missing > len(self.removed):
            self.notes.append(Finding(None, "removed", f"另有 {missing - len(self.removed)} 条已被删除，编号不可考"))

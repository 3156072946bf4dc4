"""Verification: altered, removed, inserted and reordered entries are named (threat model: docs/reference/ledger.md)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from yichuang.kernel.canonical import canonical_instant

from .. import triggers
from ..models import Seal
from ..rules import CLOCK_SKEW, PREFIX, entry_leaf, ids_of, seal_hash
from ..sql import fetch_all, one_snapshot, raw_instant
from ..types import Finding
from .examining import Examined, as_bytes, examiners, rows_between

SPAN = 50_000  # ids examined at a time where there is no seal
Subject = tuple[int, int]
Link = tuple[int | None, bytes, int]  # a subject's last entry, its hash, how many entries there were
NOTHING: Link = (None, b"", 0)


def verify(*, printed: Iterable[str] = (), processes: int = 1) -> list[Finding]:
    """All findings, by entry. ``printed`` are seals (hex) copied from paper: each must still be in the seals' chain.

    ``processes`` beside this one recompute the hashes; the calling program's main module must be importable then.
    """
    with one_snapshot(connection):
        check = _Verification()
        check.run(processes)
    known = {as_bytes(seal.hash).hex() for seal in check.seals}
    check.notes += [
        Finding(None, "printed_seal_unknown", f"印发件上的封印 {text} 不在封印链中")
        for text in printed
        if text.lower() not in known
    ]
    check.notes += [Finding(None, "trigger_missing", name) for name in triggers.missing(connection)]
    return [check.faults[entry] for entry in sorted(check.faults)] + check.notes


def _heads() -> Iterator[tuple[Any, ...]]:
    """Every head: subject type and id, entry, hash, number of entries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_type, subject_id, entry, hash, entries FROM ledger_head")
        while chunk := cursor.fetchmany(SPAN):
            yield from chunk


@dataclass(frozen=True, slots=True)
class _Span:
    """Ids after ``after`` through ``through``: those of a seal, or between or after seals."""

    after: int
    through: int
    seal: Seal | None = None
    no_entry_here: bool = False  # between two seals that follow each other


class _Verification:
    """One pass over the entries in their order, then over the heads."""

    def __init__(self) -> None:
        self.faults: dict[int, Finding] = {}  # the first fault found of an entry is the one told
        self.notes: list[Finding] = []
        self.last: dict[Subject, Link] = {}
        self.removed: set[int] = set()
        self.distrusted: set[int] = set()  # seals that were altered themselves
        self.unlinked: set[int] = set()  # seals that do not follow the one before
        self.seals = list(Seal.objects.order_by("pk"))
        self.before = 0  # the id just seen
        self.gaps: list[int] = []
        self.unsealed_from = ""

    def fault(self, entry: int, fault: str, detail: str = "") -> None:
        self.faults.setdefault(entry, Finding(entry, fault, detail))

    def run(self, processes: int) -> None:
        self._check_seal_links()
        ((newest,),) = fetch_all(connection, "SELECT COALESCE(MAX(id), 0) FROM ledger_entry")
        spans = list(self._spans(newest))
        with examiners(processes) as examine_all:
            for span, examined in zip(spans, examine_all((s.after, s.through) for s in spans), strict=True):
                self._follow(span, examined)
        self._check_heads()

    def _spans(self, newest: int) -> Iterator[_Span]:
        """The ids from the first to the newest, without a gap; seals that were altered have no span of their own."""
        at, skipped = 0, False
        for seal in self.seals:
            if seal.pk in self.distrusted or seal.last_entry <= at:
                skipped = True
                continue
            if seal.first_entry > at + 1:
                yield _Span(at, seal.first_entry - 1, None, not skipped and seal.pk not in self.unlinked)
                at = seal.first_entry - 1
            yield _Span(at, seal.last_entry, seal)
            at, skipped = seal.last_entry, False
        while at < newest:
            yield _Span(at, min(at + SPAN, newest))
            at += SPAN

    def _follow(self, span: _Span, examined: Examined) -> None:
        """Check each link of the span's entries, then its seal."""
        columns = (
            f"id, hash, previous, previous_hash, subject_type, subject_id, {raw_instant(connection, 'recorded_at')}"
        )
        present: dict[int, bytes] = {}
        is_tail = span.seal is None and (not self.seals or span.after >= self.seals[-1].last_entry)
        for row in rows_between(columns, (span.after, span.through)):
            entry, digest = row[0], as_bytes(row[1])
            present[entry] = digest
            if self.before and entry != self.before + 1:
                self.gaps += range(self.before + 1, entry)
            self.before = entry
            subject = (row[4], row[5])
            there = self.last.get(subject, NOTHING)
            if entry in examined.unsound:
                self.fault(entry, "altered")  # its link may be what was altered
            elif row[2] != there[0] or row[3] != there[1]:
                self._explain_link(entry, subject, row[2], row[3])
                there = self.last.get(subject, NOTHING)
            self.last[subject] = (entry, digest, there[2] + 1)
            if span.no_entry_here:
                self.fault(entry, "inserted", "前后封印之间本无此条目")
            elif is_tail and row[6] < self.unsealed_from:
                self.fault(entry, "inserted", "记录时间早于最后一次封印")
        if span.seal:
            self._check_seal(span.seal, examined, present)

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
            root, previous_hash = as_bytes(seal.root), as_bytes(seal.previous_hash)
            digest = seal_hash(
                seal.day, seal.number, seal.first_entry, seal.last_entry, seal.ids, seal.sealed_at, root, previous_hash
            )
            if digest != as_bytes(seal.hash):
                self.distrusted.add(seal.pk)
                self.notes.append(Finding(None, "seal_altered", f"{seal.day} 第 {seal.number} 号封印"))
            if previous_hash != before:
                self.unlinked.add(seal.pk)
                self.notes.append(
                    Finding(None, "seal_chain_broken", f"{seal.day} 第 {seal.number} 号封印不承接前一封印")
                )
            before = as_bytes(seal.hash)
        if self.seals and self.seals[-1].pk not in self.distrusted:
            self.unsealed_from = canonical_instant(self.seals[-1].sealed_at - CLOCK_SKEW)

    def _check_seal(self, seal: Seal, examined: Examined, present: dict[int, bytes]) -> None:
        if examined.root == as_bytes(seal.root):
            if as_bytes(seal.prefixes) != examined.prefixes or seal.entries != len(present):
                self.notes.append(Finding(None, "seal_altered", f"{seal.day} 第 {seal.number} 号封印"))
            return
        name = f"{seal.day} 第 {seal.number} 号封印"
        sealed = list(ids_of(seal.ids))
        prefixes = as_bytes(seal.prefixes)
        told = {entry: prefixes[index * PREFIX : (index + 1) * PREFIX] for index, entry in enumerate(sealed)}
        named = False
        for entry in sorted(told.keys() | present.keys()):
            if entry not in present:
                self._remove(entry)
            elif entry not in told:
                self.fault(entry, "inserted", f"不在{name}之内")
            elif entry_leaf(entry, present[entry])[:PREFIX] != told[entry]:
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

"""Recomputing hashes, which is most of the work of verification, and can be shared out among processes."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

import django
from django.db import connection

from yichuang.kernel.merkle import root_of

from ..rules import PREFIX, entry_hash, entry_leaf
from ..sql import fetch_all, raw_instant

CHUNK = 2_000  # rows that stay in the processor's cache
Ids = tuple[int, int]  # after the first, through the second


@dataclass(frozen=True, slots=True)
class Examined:
    """What a range of ids hashes to."""

    unsound: frozenset[int]  # entries whose hash is not that of their content
    root: bytes
    prefixes: bytes  # of the leaves in order, as a seal keeps them


def examine(ids: Ids) -> Examined:
    """Hash every entry of the range, and the tree over them."""
    unsound: list[int] = []
    leaves: list[bytes] = []
    occurred_at, recorded_at = (raw_instant(connection, column) for column in ("occurred_at", "recorded_at"))
    columns = (
        f"id, kind, {occurred_at}, {recorded_at}, actor, position, region, department, item, channel, subject_type, "
        "subject_id, quantity, payload, corrects, previous, previous_hash, hash"
    )
    for row in rows_between(columns, ids):
        entry, digest = row[0], as_bytes(row[17])
        if entry_hash(*row[1:17]) != digest:
            unsound.append(entry)
        leaves.append(entry_leaf(entry, digest))
    return Examined(frozenset(unsound), root_of(leaves), b"".join(leaf[:PREFIX] for leaf in leaves))


def rows_between(columns: str, ids: Ids) -> Iterator[tuple[Any, ...]]:
    """``columns`` (the id first) of the entries of a range, in order."""
    after, through = ids
    while chunk := fetch_all(
        connection,
        f"SELECT {columns} FROM ledger_entry WHERE id > %s AND id <= %s ORDER BY id LIMIT {CHUNK}",  # noqa: S608
        [after, through],
    ):
        yield from chunk
        after = chunk[-1][0]


def as_bytes(value: Any) -> bytes:
    """Hashes are bytes; whatever else SQLite lets someone write there is no hash."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


@contextmanager
def examiners(processes: int) -> Iterator[Callable[[Iterable[Ids]], Iterator[Examined]]]:
    """A ``map`` of :func:`examine`; with other processes, which read the same entries, since those never change.

    Inside a transaction of the caller, which others cannot look into, it works in this process.
    """
    if processes < 2 or connection.in_atomic_block:
        yield partial(map, examine)
        return
    name = str(connection.settings_dict["NAME"])
    with ProcessPoolExecutor(processes, get_context("spawn"), django.setup) as pool:
        yield partial(pool.map, partial(_examine_in, name))


def _examine_in(database: str, ids: Ids) -> Examined:
    connection.settings_dict["NAME"] = database  # the settings may name another, as in tests
    return examine(ids)

"""Counters as they stand this instant: what is folded, and the entries since, in one statement (one snapshot)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ..sql import COUNTERS, fetch_all, local_day

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Condition:
    """``column`` compared with values: ``=``, ``in`` or ``between``."""

    column: str
    operator: str
    values: tuple[Any, ...]

    def sql(self, column: str) -> str:
        """The comparison, with ``column`` as given."""
        if self.operator == "in":
            return f"{column} IN ({', '.join(['%s'] * len(self.values))})"
        if self.operator == "between":
            return f"{column} BETWEEN %s AND %s"
        return f"{column} = %s"


def table_for(columns: set[str]) -> str | None:
    """The smallest counter table that has all ``columns``; None if no table has."""
    return next((table for table, keys in COUNTERS.items() if columns <= {"day", *keys}), None)


def counted(
    select: Sequence[str], where: Sequence[Condition], *, order: str = "", aggregates: str = ""
) -> list[tuple[Any, ...]] | None:
    """Rows of ``select`` columns, then SUM(quantity) and SUM(entries) (or ``aggregates``), grouped by ``select``.

    None when the conditions need columns that no counter table has together.
    """
    table = table_for({*select, *(condition.column for condition in where)})
    if table is None:
        return None
    used = ["day", *COUNTERS[table]]
    params: list[Any] = []
    for condition in where:
        params += condition.values
    folded = " AND ".join(condition.sql(condition.column) for condition in where) or "1 = 1"
    tail = " AND ".join(
        condition.sql(local_day(connection, "occurred_at") if condition.column == "day" else condition.column)
        for condition in where
    )
    tail_columns = ", ".join(
        f"{local_day(connection, 'occurred_at')} AS day" if column == "day" else column for column in used
    )
    grouped = f" GROUP BY {', '.join(select)}" if select else ""
    statement = (
        f"SELECT {''.join(f'{column}, ' for column in select)}"  # noqa: S608 - only names of our own columns
        f"{aggregates or 'COALESCE(SUM(quantity), 0), COALESCE(SUM(entries), 0)'} FROM ("
        f"SELECT {', '.join(used)}, quantity, entries FROM {table} WHERE {folded} UNION ALL "
        f"SELECT {tail_columns}, quantity, 1 FROM {_not_folded()} AND {tail or '1 = 1'}"
        f") AS live{grouped}{order}"
    )
    return fetch_all(connection, statement, [*params, *params])


def _not_folded() -> str:
    """The entries since the last fold, found by their ids; the planners need telling that they are few.

    Without it SQLite takes an index on kinds, and PostgreSQL starts workers for a third of the table: of a range with
    two ends, one of them not known beforehand, it expects half a per cent.
    """
    folded = "SELECT folded_through FROM ledger_counterstate WHERE id = 1"
    if connection.vendor == "sqlite":
        return f"ledger_entry NOT INDEXED WHERE id > ({folded})"
    return f"ledger_entry WHERE id > ({folded}) AND id <= {LARGEST_ID}"

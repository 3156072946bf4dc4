"""Counters as they stand this instant: what is folded, and the entries since, in one statement (one snapshot)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.utils import timezone

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


def start_of(day: date) -> datetime:
    """The instant at which a day begins."""
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


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
    grouped = f" GROUP BY {', '.join(select)}" if select else ""
    statement = (
        f"SELECT {''.join(f'{column}, ' for column in select)}"  # noqa: S608 - only names of our own columns
        f"{aggregates or 'COALESCE(SUM(quantity), 0), COALESCE(SUM(entries), 0)'} FROM ("
        f"SELECT {', '.join(used)}, quantity, entries FROM {table} WHERE {_folded(where)} UNION ALL "
        f"SELECT {', '.join(map(_of_entry, used))}, quantity, 1 FROM {_not_folded()} AND {_tail(where)}"
        f") AS live{grouped}{order}"
    )
    return fetch_all(connection, statement, [*_values(where), *_values(where)])


def summed(select: Sequence[str], where: Sequence[Condition]) -> list[tuple[Any, ...]] | None:
    """Rows of ``select`` columns and a sum of quantities, to be added up where they repeat; None as :func:`counted`.

    For long periods in many groups: the folded part is grouped in the order of an index, the rest comes as it is.
    """
    table = table_for({*select, *(condition.column for condition in where)})
    if table is None:
        return None
    columns = ", ".join(select)
    statement = (
        f"SELECT {columns}, SUM(quantity) FROM {table} "  # noqa: S608 - only names of our own columns
        f"WHERE {_folded(where)} GROUP BY {columns} UNION ALL "
        f"SELECT {', '.join(map(_of_entry, select))}, quantity FROM {_not_folded()} AND {_tail(where)}"
    )
    return fetch_all(connection, statement, [*_values(where), *_values(where)])


def _values(where: Sequence[Condition]) -> list[Any]:
    return [value for condition in where for value in condition.values]


def _folded(where: Sequence[Condition]) -> str:
    return " AND ".join(condition.sql(condition.column) for condition in where) or "1 = 1"


def _tail(where: Sequence[Condition]) -> str:
    day = local_day(connection, "occurred_at")
    return (
        " AND ".join(condition.sql(day if condition.column == "day" else condition.column) for condition in where)
        or "1 = 1"
    )


def _of_entry(column: str) -> str:
    return f"{local_day(connection, 'occurred_at')} AS day" if column == "day" else column


def _not_folded() -> str:
    """The entries since the last fold, found by their ids; the planners need telling that they are few.

    Without it SQLite takes an index on kinds, and PostgreSQL starts workers for a third of the table: of a range with
    two ends, one of them not known beforehand, it expects half a per cent.
    """
    folded = "SELECT folded_through FROM ledger_counterstate WHERE id = 1"
    if connection.vendor == "sqlite":
        return f"ledger_entry NOT INDEXED WHERE id > ({folded})"
    return f"ledger_entry WHERE id > ({folded}) AND id <= {LARGEST_ID}"

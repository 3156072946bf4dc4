"""Proof that the counters equal the entries."""

from typing import Any

from django.db import connection

from ..sql import COUNTERS, fetch_all, local_day

MOST = 100  # differences listed


def recount() -> dict[str, Any]:
    """``{"ok", "folded_through", "differences"}``: each cell of a counter table that the entries do not give."""
    folded_through = fetch_all(connection, "SELECT folded_through FROM ledger_counterstate WHERE id = 1")[0][0]
    differences = [row for table, keys in COUNTERS.items() for row in _differences(table, ("day", *keys))]
    return {"ok": not differences, "folded_through": folded_through, "differences": differences[:MOST]}


def _differences(table: str, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    columns = ", ".join(keys)
    of_entries = ", ".join(f"{local_day(connection, 'occurred_at')} AS day" if key == "day" else key for key in keys)
    statement = (
        f"SELECT {columns}, SUM(counted), SUM(told) FROM ("  # noqa: S608 - our own table and column names
        f"SELECT {of_entries}, quantity AS counted, 0 AS told, 1 AS rows_counted, 0 AS rows_told "
        "FROM ledger_entry WHERE id <= (SELECT folded_through FROM ledger_counterstate WHERE id = 1) UNION ALL "
        f"SELECT {columns}, 0, quantity, 0, entries FROM {table}) AS both_sides "
        f"GROUP BY {columns} HAVING SUM(counted) <> SUM(told) OR SUM(rows_counted) <> SUM(rows_told) "
        f"ORDER BY {columns} LIMIT {MOST}"
    )
    return [
        {
            "counter": table.removeprefix("ledger_"),
            "key": {key: str(value) for key, value in zip(keys, row, strict=False)},
            "entries": int(row[-2]),
            "counter_says": int(row[-1]),
        }
        for row in fetch_all(connection, statement)
    ]

"""Figures of a bulletin at several sizes of ledger, side by side: ``python -m bench.figures ROUNDS DATABASE...``.

A database is a file of SQLite or a name of PostgreSQL, made by :mod:`bench.loading`. The rounds go through the
databases in turn, so that whatever else the machine does hits all of them alike.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

import django

from .children import say, tell
from .report import percentile

WEEK = (date(2024, 12, 16), date(2024, 12, 20))  # the year to date is nearly a whole year
TAIL = 1_000  # entries not folded yet; the ledger folds every 500
GROUPINGS = 3
READINGS = 5  # a round


def main(rounds: int, databases: list[str]) -> None:
    """Measure, and print milliseconds by database."""
    django.setup()
    results: dict[str, dict[str, Any]] = {name: {} for name in databases}
    times: dict[str, list[float]] = {name: [] for name in databases}
    by_round: dict[str, list[float]] = {name: [] for name in databases}
    for _ in range(rounds):
        for name in databases:
            switch(name)
            _figures()  # a new connection's first statement opens the file
            read = [_timed(_figures) for _ in range(READINGS)]
            times[name] += read
            by_round[name].append(median(read))
    for name in databases:
        switch(name)
        folded, grouped = _figures(), _grouped()
        if folded != grouped:
            raise SystemExit(f"bench: counters say {folded}, entries {grouped}")
        results[name] |= {
            "figures_ms": median(times[name]),
            "figures_by_round_ms": by_round[name],
            "figures_p95_ms": percentile(times[name], 0.95),
            "group_by_ms": median(_timed(_grouped) for _ in range(GROUPINGS)),
        }
        say(f"figures {results[name]['figures_ms']:.2f} ms, GROUP BY {results[name]['group_by_ms']:.0f} ms")
        _leave_tail()
        tail = [_timed(_figures) for _ in range(rounds * READINGS)]
        if _figures() != _grouped():
            raise SystemExit("bench: with a tail, counters and entries differ")
        results[name] |= {"tail_ms": median(tail), "tail_p95_ms": percentile(tail, 0.95)}
    tell({"databases": [results[name] for name in databases]})


def switch(name: str) -> None:
    """Go to another database; the settings stay those of a running centre."""
    from django.db import connection  # noqa: PLC0415

    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def _figures() -> list[dict[str, int]]:
    from yichuang.bulletins.queries import figures_of  # noqa: PLC0415
    from yichuang.ledger.types import Period  # noqa: PLC0415

    figures = figures_of(Period(*WEEK))
    return [dict(figures.period), dict(figures.ytd)]


def _grouped() -> list[dict[str, int]]:
    """The same figures from the entries alone, as directly as SQL can say it."""
    from django.db import connection  # noqa: PLC0415

    from yichuang.bulletins.composing import FLOWS  # noqa: PLC0415
    from yichuang.ledger.sql import fetch_all  # noqa: PLC0415

    zone = "" if connection.vendor == "sqlite" else "+00"
    year, week, end = (f"{day} 16:00:00{zone}" for day in ("2023-12-31", "2024-12-15", "2024-12-20"))
    codes = ", ".join(str(kind.code) for flow in FLOWS for kind in flow.kinds)
    rows = fetch_all(
        connection,
        f"SELECT kind, channel, SUM(CASE WHEN occurred_at >= '{week}' THEN quantity ELSE 0 END), SUM(quantity) "  # noqa: S608
        f"FROM ledger_entry WHERE kind IN ({codes}) AND occurred_at >= '{year}' AND occurred_at < '{end}' "
        "GROUP BY kind, channel",
    )
    return [
        {
            flow.slug: sum(
                int(row[2 + column])
                for row in rows
                if row[0] in {kind.code for kind in flow.kinds} and (not flow.channels or row[1] in flow.channels)
            )
            for flow in FLOWS
        }
        for column in range(2)
    ]


def _leave_tail() -> None:
    """A thousand entries of the week that no counter knows yet."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from yichuang.ledger.models import Entry  # noqa: PLC0415

    patterns = list(Entry.objects.order_by("-pk")[:TAIL].values())
    at = datetime(2024, 12, 18, 2, 0, tzinfo=UTC)
    Entry.objects.bulk_create(Entry(**(row | {"id": None, "occurred_at": at})) for row in patterns)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

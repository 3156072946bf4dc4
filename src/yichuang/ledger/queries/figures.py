"""Figures by metric, always from the counters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection
from django.db.models import Sum

from ..models import StockValue
from ..sql import fetch_all
from ..types import Distinct, Flow, Period, Ratio, Stock
from .live import Condition, counted, start_of


def flows(metrics: Iterable[Flow], periods: Mapping[str, Period]) -> dict[str, dict[str, int]]:
    """Every flow in every period, by one statement: ``result[period name][metric slug]``, in the metric's unit."""
    metrics = tuple(metrics)
    sums = ", ".join(
        f"COALESCE(SUM(CASE WHEN day BETWEEN '{period.first}' AND '{period.last}' THEN quantity ELSE 0 END), 0)"
        for period in periods.values()
    )
    span = Period(min(p.first for p in periods.values()), max(p.last for p in periods.values()))
    rows = counted(("kind", "channel"), [days_of(span), kinds_of(metrics)], aggregates=sums) or []
    return {
        name: {metric.slug: sum(int(row[2 + index]) for row in rows if counts(metric, row)) for metric in metrics}
        for index, name in enumerate(periods)
    }


def flow(metric: Flow, period: Period, *, department: str | None = None) -> int:
    """One flow in one period, of one department if given."""
    where = [days_of(period), kinds_of([metric])]
    if department is not None:
        where.append(Condition("department", "=", (department,)))
    return sum(int(row[2]) for row in counted(("kind", "channel"), where) or [] if counts(metric, row))


def flows_by_day(metrics: Iterable[Flow], period: Period) -> dict[str, dict[date, int]]:
    """Daily figures: ``result[metric slug][day]``; days without entries are absent."""
    metrics = tuple(metrics)
    result: dict[str, dict[date, int]] = {metric.slug: defaultdict(int) for metric in metrics}
    for kind, channel, day, quantity, _ in (
        counted(("kind", "channel", "day"), [days_of(period), kinds_of(metrics)]) or []
    ):
        for metric in metrics:
            if counts(metric, (kind, channel)):
                result[metric.slug][as_date(day)] += int(quantity)
    return result


def flows_by_department(metrics: Iterable[Flow], period: Period) -> dict[str, dict[str, int]]:
    """Figures by department: ``result[department code][metric slug]``."""
    metrics = tuple(metrics)
    result: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys((m.slug for m in metrics), 0))
    for kind, channel, department, quantity, _ in (
        counted(("kind", "channel", "department"), [days_of(period), kinds_of(metrics)]) or []
    ):
        for metric in metrics:
            if counts(metric, (kind, channel)):
                result[department][metric.slug] += int(quantity)
    return result


def ratio(metric: Ratio, period: Period) -> Decimal | None:
    """Part over whole, rounded half up; None when the whole is zero."""
    figures = flows([metric.part, metric.whole], {"period": period})["period"]
    return share(metric, figures[metric.part.slug], figures[metric.whole.slug])


def share(metric: Ratio, part: int, whole: int) -> Decimal | None:
    """``part`` over ``whole`` as the ratio is shown; None when the whole is zero."""
    if not whole:
        return None
    return (Decimal(part * metric.scale) / whole).quantize(Decimal(1).scaleb(-metric.places), rounding=ROUND_HALF_UP)


def stock(metric: Stock, day: date | None = None) -> int:
    """What a stock stood at, at the end of ``day`` (the last value kept until then); now, without a day."""
    if day is None:
        return sum(metric.count().values())
    kept = StockValue.objects.filter(metric=metric.slug, day__lte=day).order_by("-day").values("day").first()
    if kept is None:
        return 0
    total = StockValue.objects.filter(metric=metric.slug, day=kept["day"]).aggregate(total=Sum("value"))["total"]
    return int(total)


def distinct_subjects(metric: Distinct, period: Period) -> int:
    """How many different subjects had entries of the metric's kinds that were not all reversed."""
    marks = ", ".join(["%s"] * len(metric.kinds))
    statement = (
        f"SELECT COUNT(*) FROM (SELECT 1 FROM ledger_entry WHERE kind IN ({marks}) "  # noqa: S608
        "AND occurred_at >= %s AND occurred_at < %s "
        "GROUP BY subject_type, subject_id HAVING SUM(quantity) > 0) AS subjects"
    )
    instant = connection.ops.adapt_datetimefield_value
    ends = (instant(start_of(period.first)), instant(start_of(period.last + timedelta(days=1))))
    rows = fetch_all(connection, statement, [*(kind.code for kind in metric.kinds), *ends])
    return int(rows[0][0])


def last_day_with_entries(kinds: Iterable[int], *, until: date) -> date | None:
    """The newest day, not after ``until``, on which one of ``kinds`` was counted."""
    rows = counted(
        (),
        [Condition("day", "between", (date(1, 1, 1), until)), Condition("kind", "in", tuple(kinds))],
        aggregates="MAX(day)",
    )
    return as_date(rows[0][0]) if rows and rows[0][0] else None


def days_of(period: Period) -> Condition:
    """The entries of these days."""
    return Condition("day", "between", (period.first, period.last))


def kinds_of(metrics: Iterable[Flow]) -> Condition:
    """The entries of all kinds that any of ``metrics`` counts."""
    return Condition("kind", "in", tuple(sorted({kind.code for metric in metrics for kind in metric.kinds})))


def counts(metric: Flow, row: tuple[Any, ...]) -> bool:
    """Whether the metric counts a row that begins with kind and channel."""
    kind, channel = row[:2]
    return any(kind == known.code for known in metric.kinds) and (not metric.channels or channel in metric.channels)


def as_date(value: date | str) -> date:
    """A day as the database gives it: SQLite in text."""
    return value if isinstance(value, date) else date.fromisoformat(value)

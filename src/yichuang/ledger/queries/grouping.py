"""Figures of a period told apart by day, department, item, person and so on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from ..models import StockValue
from ..rules import refuse_grouping
from ..types import Distinct, Flow, Group, Metric, Narrowed, Period, Ratio, Stock
from .figures import as_date, counts, days_of, distinct_subjects, kinds_of, share
from .live import Condition, summed

Key = str | int | date  # code, channel, id of a person, first day of a week; "" for the whole
Value = int | Decimal | None

_COLUMNS = {
    Group.DAY: "day",
    Group.WEEK: "day",
    Group.MONTH: "day",
    Group.DEPARTMENT: "department",
    Group.ITEM: "item",
    Group.REGION: "region",
    Group.CHANNEL: "channel",
    Group.PERSON: "actor",
}
ANY = Narrowed()


def flows_by(
    metrics: Iterable[Flow], period: Period, group: Group, narrowed: Narrowed = ANY
) -> dict[Key, dict[str, int]]:
    """Flows by group, by one statement: ``result[key][metric slug]``, in the metric's unit.

    Keys are codes, channel numbers, ids of people, days, first days of weeks and months, or ``""`` for the whole;
    groups without entries are absent. Raises :class:`Refusal` for people beside items or regions.
    """
    metrics = tuple(metrics)
    if not metrics or narrowed.actors == ():
        return {}
    for metric in metrics:
        _refuse(metric, group, narrowed)
    column = _COLUMNS.get(group)
    select = ("kind", column, "channel") if column and column != "channel" else ("kind", "channel")
    where = [days_of(period), kinds_of(metrics), *_conditions(narrowed)]
    nothing = dict.fromkeys((metric.slug for metric in metrics), 0)
    counted_by: dict[tuple[int, int], list[str]] = {}
    result: dict[Key, dict[str, int]] = {}
    for row in summed(select, where) or []:
        of = (row[0], row[-2])
        if (slugs := counted_by.get(of)) is None:
            slugs = counted_by[of] = [metric.slug for metric in metrics if counts(metric, of)]
        if slugs:
            sums = result.setdefault(_key(group, row[1]), nothing.copy())
            for slug in slugs:
                sums[slug] += int(row[-1])
    return result


def flows_of_person(metrics: Iterable[Flow], period: Period, actor_id: int) -> dict[str, int]:
    """One person's flows: ``result[metric slug]``; 0 where nothing was counted."""
    metrics = tuple(metrics)
    nothing = dict.fromkeys((metric.slug for metric in metrics), 0)
    return nothing | flows_by(metrics, period, Group.NONE, Narrowed(actors=(actor_id,))).get("", {})


def figures_by(
    metrics: Iterable[Metric], period: Period, group: Group, narrowed: Narrowed = ANY
) -> dict[Key, dict[str, Value]]:
    """Metrics of every sort by group: ``result[key][metric slug]``.

    A flow is 0 and anything else None where there is nothing; a ratio is that of its two flows in the group; a stock
    is its last value kept in the group's days; a distinct metric is told of the whole period alone. Raises
    :class:`Refusal` where :func:`ledger.rules.refuse_grouping` does.
    """
    metrics = tuple(metrics)
    for metric in metrics:
        _refuse(metric, group, narrowed)
    found = flows_by(_flows_of(metrics), period, group, narrowed)
    stocks = {m.slug: stock_by(m, period, group, narrowed.department) for m in metrics if isinstance(m, Stock)}
    distinct = {m.slug: distinct_subjects(m, period) for m in metrics if isinstance(m, Distinct)}
    keys: dict[Key, None] = dict.fromkeys(found)
    for kept in stocks.values():
        keys |= dict.fromkeys(kept)
    if any(distinct.values()):
        keys[""] = None
    return {
        key: {metric.slug: _value(metric, key, found.get(key, {}), stocks, distinct) for metric in metrics}
        for key in keys
    }


def stock_by(metric: Stock, period: Period, group: Group, department: str | None = None) -> dict[Key, int]:
    """The last value of a stock kept on the days of each group, or of each department's last day kept in ``period``."""
    kept = StockValue.objects.filter(metric=metric.slug, day__range=tuple(period))
    if department is not None:
        kept = kept.filter(department=department)
    latest: dict[Key, date] = {}
    values: dict[Key, dict[str, int]] = defaultdict(dict)
    for day, code, value in kept.order_by("day").values_list("day", "department", "value"):
        key: Key = "" if group in {Group.NONE, Group.DEPARTMENT} else _key(group, day)
        if latest.get(key) != day:
            latest[key] = day
            values[key] = {}
        values[key][code] = value
    if group is Group.DEPARTMENT:
        return {code: value for code, value in values[""].items()}  # noqa: C416 - keys of a wider type
    return {key: sum(of_departments.values()) for key, of_departments in values.items()}


def _value(
    metric: Metric, key: Key, found: dict[str, int], stocks: dict[str, dict[Key, int]], distinct: dict[str, int]
) -> Value:
    if isinstance(metric, Flow):
        return found.get(metric.slug, 0)
    if isinstance(metric, Ratio):
        return share(metric, found.get(metric.part.slug, 0), found.get(metric.whole.slug, 0))
    if isinstance(metric, Stock):
        return stocks[metric.slug].get(key)
    return distinct[metric.slug]


def _flows_of(metrics: Sequence[Metric]) -> list[Flow]:
    flows: dict[str, Flow] = {}
    for metric in metrics:
        parts = (
            (metric,) if isinstance(metric, Flow) else (metric.part, metric.whole) if isinstance(metric, Ratio) else ()
        )
        flows |= {part.slug: part for part in parts}
    return list(flows.values())


def _refuse(metric: Metric, group: Group, narrowed: Narrowed) -> None:
    if refusal := refuse_grouping(metric, group, narrowed):
        raise refusal


def _conditions(narrowed: Narrowed) -> list[Condition]:
    equal = {
        "department": narrowed.department,
        "item": narrowed.item,
        "region": narrowed.region,
        "channel": None if narrowed.channel is None else int(narrowed.channel),
    }
    where = [Condition(column, "=", (value,)) for column, value in equal.items() if value is not None]
    if narrowed.actors is not None:
        where.append(Condition("actor", "in", narrowed.actors))
    return where


def _key(group: Group, value: str | int | date) -> Key:
    if not group.is_time:
        return "" if group is Group.NONE else value
    assert not isinstance(value, int)
    day = as_date(value)
    if group is Group.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if group is Group.MONTH else day

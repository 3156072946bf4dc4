"""The hall's day, week and year: everything on the front page is summed from the coarse counters."""

from collections.abc import Mapping
from datetime import date

from django.core.cache import cache

from yichuang.accounts.queries import departments
from yichuang.calendars.queries import calendar
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require
from yichuang.kernel.workdays import WorkingCalendar
from yichuang.ledger.queries import flows_by_day, flows_by_department, last_day_with_entries, latest_mark
from yichuang.ledger.types import Flow, Period

from ..rules import comparable, week_to_date, weeks_of, working_days
from ..types import BULLETIN_METRICS, FRONT_METRICS, Comparison, DepartmentFigures, Figure, HallFigures, Span, Week

KEPT_SECONDS = 300
LAST_DAY, LAST_DAY_KEPT = "portal.last_day", 24 * 3600
Daily = Mapping[str, Mapping[date, int]]


def hall_figures(actor: Actor, *, today: date, day: date | None = None) -> HallFigures:
    """The figures of ``day``, or of today, or (nothing today) of the last day with entries.

    Kept for five minutes under the newest entry's hash: nothing new in the ledger, nothing to add up again.
    """
    require(actor, "portal.view")
    mark = latest_mark()
    key = f"portal.hall.{mark}.{today}.{day}"
    kept: HallFigures | None = cache.get(key) if mark else None
    if kept is None:
        kept = _add_up(day or _last_day(today), calendar())
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _last_day(today: date) -> date:
    """The newest day with entries: sought from where it was last found, else in all counters, which takes longer."""
    known: date | None = cache.get(LAST_DAY)
    if known and known <= today:
        found = flows_by_day(FRONT_METRICS, Period(known, today))
        if days := [day for sums in found.values() for day in sums]:
            return _remembered(max(days))
    kinds = {kind.code for metric in FRONT_METRICS for kind in metric.kinds}
    day = last_day_with_entries(kinds, until=today)
    return _remembered(day) if day else today


def _remembered(day: date) -> date:
    cache.set(LAST_DAY, day, LAST_DAY_KEPT)
    return day


def _add_up(shown: date, working: WorkingCalendar) -> HallFigures:
    day, week, year = Period(shown, shown), week_to_date(shown), Period(shown, shown).year_to_date
    beside_day, beside_week = comparable(day, working), comparable(week, working)
    first = min(year.first, week.first, beside_day.period.first, beside_week.period.first)
    daily = flows_by_day(FRONT_METRICS, Period(first, shown))
    return HallFigures(
        shown=shown,
        has_entries=any(shown in days for days in daily.values()),
        day=_span(daily, day, beside_day, working),
        week=_span(daily, week, beside_week, working),
        year=_span(daily, year, None, working),
        weeks=tuple(
            Week(period, tuple(_sum(daily, metric, period) for metric in FRONT_METRICS)) for period in weeks_of(year)
        ),
        departments=_by_department(week, year),
    )


def _span(daily: Daily, period: Period, comparison: Comparison | None, working: WorkingCalendar) -> Span:
    figures = tuple(
        Figure(
            metric,
            _sum(daily, metric, period),
            _sum(daily, metric, comparison.period) if comparison else None,
        )
        for metric in FRONT_METRICS
    )
    return Span(period, working_days(period, working), comparison, figures)


def _sum(daily: Daily, metric: Flow, period: Period) -> int:
    return sum(quantity for day, quantity in daily[metric.slug].items() if period.first <= day <= period.last)


def _by_department(week: Period, year: Period) -> tuple[DepartmentFigures, ...]:
    """Departments of the hall and others with activity, those without last; offices count with their own code."""
    this_week = flows_by_department(BULLETIN_METRICS, week)
    this_year = flows_by_department(BULLETIN_METRICS, year)
    nothing = dict.fromkeys((metric.slug for metric in BULLETIN_METRICS), 0)
    names = {
        row.code: row.short_name for row in departments() if (row.is_active and row.is_in_hall) or row.code in this_year
    }
    for code in (*this_week, *this_year):
        names.setdefault(code, code)
    rows = [
        DepartmentFigures(code, name, dict(this_week.get(code, nothing)), dict(this_year.get(code, nothing)))
        for code, name in names.items()
    ]
    return tuple(sorted(rows, key=lambda row: not row.is_active))

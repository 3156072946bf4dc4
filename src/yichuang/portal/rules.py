"""Which days and weeks are compared, and which text a spreadsheet would take for a formula; permissions."""

from datetime import date, timedelta

import rules
from rules.predicates import Predicate

from yichuang.kernel.workdays import WorkingCalendar, YearNotAnnounced
from yichuang.ledger.types import Period

from .types import Comparison

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
WEEKS_BACK = 8
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

is_signed_in = Predicate(lambda actor: actor.id != 0, name="is_signed_in")
rules.add_perm("portal.view", is_signed_in)


def week_to_date(day: date) -> Period:
    """Monday to ``day``."""
    return Period(day - timedelta(days=day.weekday()), day)


def comparable(period: Period, calendar: WorkingCalendar) -> Comparison:
    """The same weekdays of the latest of eight weeks before with as many working days (design: comparable days).

    Where none of them has (a make-up Sunday is alone of its kind), as many working days directly before ``period``.
    """
    week_before = _shifted(period, 1)
    try:
        wanted = calendar.working_days_in(*period)
        for weeks in range(1, WEEKS_BACK + 1):
            candidate = _shifted(period, weeks)
            if calendar.working_days_in(*candidate) == wanted:
                return Comparison(candidate, passed_over=week_before if weeks > 1 else None)
        if not wanted:  # a day off in the middle of a week: nothing is like it
            return Comparison(week_before, is_alike=False)
        return Comparison(_working_days_before(period.first, wanted, calendar), passed_over=week_before)
    except YearNotAnnounced:
        return Comparison(week_before, is_calendar_known=False)


def _shifted(period: Period, weeks: int) -> Period:
    return Period(period.first - weeks * WEEK, period.last - weeks * WEEK)


def _working_days_before(day: date, wanted: int, calendar: WorkingCalendar) -> Period:
    last = None
    while wanted:
        day -= ONE_DAY
        if calendar.is_working(day):
            last = last or day
            wanted -= 1
    return Period(day, last or day)


def working_days(period: Period, calendar: WorkingCalendar) -> int | None:
    """Working days of ``period``; None where a year's holidays are not known."""
    try:
        return calendar.working_days_in(*period)
    except YearNotAnnounced:
        return None


def weeks_of(period: Period) -> list[Period]:
    """The weeks (Monday to Sunday) of ``period``, the first and last cut at its ends."""
    weeks = []
    first = period.first
    while first <= period.last:
        last = min(first + timedelta(days=6 - first.weekday()), period.last)
        weeks.append(Period(first, last))
        first = last + ONE_DAY
    return weeks


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take ``text`` for a formula when it opens a CSV."""
    return text.startswith(FORMULA_STARTS)


def as_text(text: str) -> str:
    """``text`` for a CSV cell, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if is_formula(text) else text

"""Which days and weeks are compared, which text a spreadsheet would take for a formula, what is kept; permissions."""

from collections.abc import Iterator
from datetime import date, timedelta

import rules
from rules.predicates import Predicate

from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import Refusal
from yichuang.kernel.labels import gettext_noop
from yichuang.kernel.permissions import holds
from yichuang.kernel.workdays import WorkingCalendar, YearNotAnnounced
from yichuang.ledger.types import Group, Period

from .types import Comparison, Quick, Sight

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
WEEKS_BACK = 8
MOST_SAVED = 50  # questions of one person
LONGEST_NAME = 60
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

is_signed_in = Predicate(lambda actor: actor.id != 0, name="is_signed_in")
rules.add_perm("portal.view", is_signed_in)
rules.add_perm("portal.statistics", holds(*Role))


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


def before(period: Period, calendar: WorkingCalendar) -> Comparison:
    """What a period of any length stands beside: a week at most as :func:`comparable`, more beside what went before.

    That is as many working days directly before it; as many days where the calendar does not know a year.
    """
    days = period.last - period.first + ONE_DAY
    if days <= WEEK:
        return comparable(period, calendar)
    try:
        wanted = calendar.working_days_in(*period)
        return Comparison(_working_days_before(period.first, wanted, calendar))
    except YearNotAnnounced:
        return Comparison(Period(period.first - days, period.first - ONE_DAY), is_calendar_known=False)


def quick_period(quick: Quick, today: date) -> Period:
    """The days that ``quick`` names; what is not over yet goes to today."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    if quick is Quick.LAST_WEEK:
        return Period(monday - WEEK, monday - ONE_DAY)
    if quick is Quick.LAST_MONTH:
        return Period((first - ONE_DAY).replace(day=1), first - ONE_DAY)
    starts = {Quick.TODAY: today, Quick.THIS_WEEK: monday, Quick.THIS_MONTH: first}
    return Period(starts.get(quick, today.replace(month=1, day=1)), today)


def sight_of(actor: Actor) -> Sight:
    """Whose figures ``actor`` sees by person: everybody's, those of the own departments' people, or the own."""
    if actor.holds(Role.HALL, Role.ADMIN, Role.EDITOR):
        return Sight.ALL
    return Sight.DEPARTMENT if actor.holds(Role.CHIEF) else Sight.SELF


def refuse_name(name: str, others: int, *, is_taken: bool) -> Refusal | None:
    """A saved question has a name of its own, and there are not too many; ``others`` are those already kept."""
    if not name:
        return Refusal("请填写名称", code="no_name", field="name")
    if len(name) > LONGEST_NAME:
        return Refusal(f"名称最多 {LONGEST_NAME} 个字，请缩短", code="name_too_long", field="name")
    if is_taken:
        return Refusal(f"您已有名为“{name}”的统计，请换一个名称", code="name_taken", field="name")
    if others >= MOST_SAVED:
        message = gettext_noop(f"您已保存 {MOST_SAVED} 项统计，请先删除不用的再保存")
        return Refusal(message, code="too_many_saved", field="name")
    return None


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


def days_in(period: Period, group: Group) -> Iterator[tuple[date, str, Period]]:
    """Each day, week (from Monday) or month that ``period`` touches: its first day, its name, its days in ``period``.

    Names are ``2024-09-20``, ``2024-09-16—09-22`` (cut at the ends of ``period``) and ``2024-09``.
    """
    first = period.first
    while first <= period.last:
        if group is Group.MONTH:
            key = first.replace(day=1)
            end = (key + timedelta(days=31)).replace(day=1) - ONE_DAY
        else:
            key = first - timedelta(days=first.weekday()) if group is Group.WEEK else first
            end = key + WEEK - ONE_DAY if group is Group.WEEK else first
        last = min(end, period.last)
        name = f"{key:%Y-%m}" if group is Group.MONTH else first.isoformat()
        yield key, f"{name}—{last:%m-%d}" if group is Group.WEEK else name, Period(first, last)
        first = last + ONE_DAY


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take ``text`` for a formula when it opens a CSV."""
    return text.startswith(FORMULA_STARTS)


def as_text(text: str) -> str:
    """``text`` for a CSV cell, with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if is_formula(text) else text

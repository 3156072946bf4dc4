"""By when a case is due."""

from datetime import date

from yichuang.catalogue.types import HandlingKind, LimitUnit
from yichuang.kernel.workdays import (
    WorkingCalendar,
    YearNotAnnounced,
    add_months,
    add_natural_days,
    add_years,
)

from ..types import Signal

NEAR_WORKING_DAYS = 3


def due_day(
    accepted_on: date, limit: int | None, unit: str, handling_kind: int, calendar: WorkingCalendar
) -> date | None:
    """Last day of the promised limit, counted from the day after acceptance (art. 82).

    None when the item promises nothing, or when the day falls into a year whose holidays are not announced.
    """
    if handling_kind == HandlingKind.IMMEDIATE:
        return accepted_on
    if limit is None or unit == LimitUnit.HOUR:
        return None
    try:
        if unit == LimitUnit.WORKING_DAY:
            return calendar.add_working_days(accepted_on, limit)
        count = {LimitUnit.CALENDAR_DAY: add_natural_days, LimitUnit.MONTH: add_months, LimitUnit.YEAR: add_years}
        return calendar.working_day_from(count[LimitUnit(unit)](accepted_on, limit))
    except YearNotAnnounced:
        return None


def near_until(today: date, calendar: WorkingCalendar) -> date | None:
    """Cases due up to this day are near: three working days from ``today``; None when the calendar ends before."""
    try:
        return calendar.add_working_days(today, NEAR_WORKING_DAYS)
    except YearNotAnnounced:
        return None


def signal(due_on: date | None, today: date, near: date | None) -> Signal:
    """Red after the promised day, yellow up to ``near`` (see :func:`near_until`), green before; none without a day."""
    if due_on is None:
        return Signal.NONE
    if due_on < today:
        return Signal.RED
    return Signal.YELLOW if near is not None and due_on <= near else Signal.GREEN


def limit_text(limit: int | None, unit: str, handling_kind: int) -> str:
    """The promised limit in words: ``10个工作日``, ``当场办结``; empty when nothing is promised."""
    if handling_kind == HandlingKind.IMMEDIATE:
        return "当场办结"
    if limit is None or not unit:
        return ""
    label = LimitUnit(unit).label
    return f"{limit}{label}" if unit == LimitUnit.YEAR else f"{limit}个{label}"

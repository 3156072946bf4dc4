"""How long something has waited, in working days, turned into a day that a list can be narrowed by."""

from datetime import date, timedelta

from yichuang.kernel.workdays import WorkingCalendar, YearNotAnnounced


def waiting_before(today: date, days: int, calendar: WorkingCalendar) -> date | None:
    """What began before this day has waited ``days`` working days or more (counted from the day after it began).

    None when the calendar does not reach back so far. ``days`` is at least 1.
    """
    day = today + timedelta(days=1)
    try:
        for _ in range(days):
            day -= timedelta(days=1)
            while not calendar.is_working(day):
                day -= timedelta(days=1)
    except YearNotAnnounced:
        return None
    return day


def working_days_after(start: date, end: date, calendar: WorkingCalendar) -> int | None:
    """Working days after ``start`` up to and with ``end``, negative the other way; None in a year not announced."""
    try:
        return calendar.working_days_between(start, end)
    except YearNotAnnounced:
        return None

"""Working days, natural days, months and years of legal time limits, on a calendar handed in as data."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .errors import Refusal

SATURDAY = 5
ONE_DAY = timedelta(days=1)


class YearNotAnnounced(Refusal):
    """The State Council has not yet announced the holidays of ``year``, so its working days are not known."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year}年待国务院放假安排，请在工作日历登记后再计算", code="year_not_announced", field="year")
        self.year = year


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Known years, and the days in them that differ from "Monday to Friday" (or are named in an announcement).

    ``special`` says of such a day whether people work on it: False a day off, True a make-up day.
    """

    years: frozenset[int]
    special: Mapping[date, bool]

    @property
    def first_year(self) -> int | None:
        """The earliest known year; None when none is known."""
        return min(self.years, default=None)

    @property
    def last_year(self) -> int | None:
        """The latest known year; None when none is known."""
        return max(self.years, default=None)

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``; :class:`YearNotAnnounced` if its year is not known."""
        if day.year not in self.years:
            raise YearNotAnnounced(day.year)
        special = self.special.get(day)
        return day.weekday() < SATURDAY if special is None else special

    def next_working_day(self, day: date) -> date:
        """The first working day after ``day``."""
        return self.add_working_days(day, 1)

    def working_day_from(self, day: date) -> date:
        """``day`` itself if worked, else the next working day: where a limit in natural days ends (民法典 art. 203)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add_working_days(self, start: date, days: int) -> date:
        """The last of ``days`` working days counted from the day after ``start`` (行政许可法 art. 82; 民法典 art. 201).

        With 0 days it is ``start`` itself, worked or not.
        """
        if days < 0:
            raise ValueError("a time limit is not negative")
        day = start
        while days:
            day += ONE_DAY
            days -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``: days used of a limit; negative if ``end`` is earlier.

        For ``start`` before ``end`` it undoes :meth:`add_working_days`.
        """
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def working_days_in(self, first: date, last: date) -> int:
        """Working days of the period from ``first`` to ``last``, both included: the base of comparable figures."""
        return self.working_days_between(first - ONE_DAY, last)


def add_natural_days(start: date, days: int) -> date:
    """The last of ``days`` calendar days counted from the day after ``start`` (民法典 art. 201)."""
    return start + timedelta(days=days)


def add_months(start: date, months: int) -> date:
    """The same day of the month ``months`` later, or that month's last day where there is none (民法典 art. 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_years(start: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February in a common year (民法典 art. 202)."""
    return add_months(start, 12 * years)

"""Working days by index, so that a plan can count in them; and how busy a day is."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from random import Random

from yichuang.calendars.queries import library_calendar

FIRST_DAY = date(2023, 1, 1)
LAST_DAY = date(2025, 12, 31)  # due days of the last cases reach beyond the last entries
_BY_WEEKDAY = (1.28, 1.06, 1.0, 0.97, 0.86, 0.62, 0.62)  # Monday peaks; make-up days at weekends are quiet
_RAMP = (0.38, 0.52, 0.66, 0.78, 0.9)  # the first working days of a year
_LONG_BREAK = 3  # days without work in between: the day after is busy, the day before is not


def chance(seed: str) -> Random:
    """A stream of chance that runs the same way each time."""
    return Random(seed)  # noqa: S311 - nothing here is secret


class WorkDays:
    """The working days of the demonstration's years in order (State Council holidays and make-up days)."""

    def __init__(self) -> None:
        span = (LAST_DAY - FIRST_DAY).days + 1
        calendar = library_calendar()
        every = (FIRST_DAY + timedelta(days=n) for n in range(span))
        self.days = [day for day in every if calendar.is_working(day)]
        self._index = {str(day): index for index, day in enumerate(self.days)}

    def __getitem__(self, index: int) -> date:
        return self.days[index]

    def at(self, text: str) -> int:
        """Index of the working day ``YYYY-MM-DD``."""
        return self._index[text]

    def span(self, first: date, last: date) -> range:
        """Indices of the working days from ``first`` to ``last``, both included."""
        return range(bisect_left(self.days, first), bisect_right(self.days, last))

    def from_day(self, day: date) -> date:
        """``day`` itself if worked, else the next working day."""
        return self.days[bisect_left(self.days, day)]

    def busyness(self, index: int, rng: Random) -> float:
        """Relative load of a working day: weekday, breaks around it, start of the year, and some chance."""
        day = self.days[index]
        weight = _BY_WEEKDAY[day.weekday()] * rng.uniform(0.91, 1.09)
        if index and (day - self.days[index - 1]).days > _LONG_BREAK:
            weight *= 1.15
        if (self.days[index + 1] - day).days > _LONG_BREAK:
            weight *= 0.8
        of_year = index - bisect_left(self.days, date(day.year, 1, 1))
        return weight * (_RAMP[of_year] if of_year < len(_RAMP) else 1.0)

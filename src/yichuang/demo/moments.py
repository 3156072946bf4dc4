"""Seconds at which things happen: working hours with their peaks and dips, and the nights of online applicants.

An instant here is a number of seconds since midnight (China) of the demonstration's first day.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TypeVar

from .days import FIRST_DAY, LAST_DAY

DAY = 86_400
HOUR = 3_600
_UTC_OFFSET = 8 * HOUR  # China has had no summer time since 1991
_MORNING = 3 * HOUR  # 9:00–12:00, then 13:00–17:00
_WORKING = 7 * HOUR
_TABLE = 4_096
# relative load at the half hours of the working day, from 9:00 to 12:00 and from 13:00 to 17:00
_PROFILE = (0.7, 1.3, 1.5, 1.3, 1.0, 0.5, 0.45, 1.0, 1.4, 1.3, 1.1, 0.9, 0.7, 0.35)
_ONLINE_HOURS = (1, 1, 0, 0, 0, 1, 2, 4, 9, 14, 16, 13, 8, 9, 13, 14, 13, 10, 7, 7, 9, 9, 6, 3)
SHORTEST_GAP = 45

T = TypeVar("T")


class Clock:
    """Texts of instants, by table: a date of the span and a second of the day."""

    def __init__(self) -> None:
        span = (LAST_DAY - FIRST_DAY).days + 2
        self.dates = [str(FIRST_DAY + timedelta(days=n - 1)) for n in range(span)]  # from the eve: UTC lags behind
        self._times = [f"{n // HOUR:02d}:{n // 60 % 60:02d}:{n % 60:02d}" for n in range(DAY)]

    def utc(self, instant: int) -> str:
        """``YYYY-MM-DD HH:MM:SS`` in UTC."""
        day, second = divmod(instant - _UTC_OFFSET, DAY)
        return f"{self.dates[day + 1]} {self._times[second]}"

    def local_date(self, instant: int) -> str:
        """``YYYY-MM-DD`` in China."""
        return self.dates[instant // DAY + 1]


def midnight(day: date) -> int:
    """The instant at which ``day`` begins."""
    return (day - FIRST_DAY).days * DAY


def on_the_clock(worked: int) -> int:
    """Second of the day at which ``worked`` seconds of the working day have passed: the lunch hour is left out."""
    return 9 * HOUR + worked if worked < _MORNING else 10 * HOUR + worked


def is_lunch(instant: int) -> bool:
    """From 12:00 to 13:00."""
    return 12 * HOUR <= instant % DAY < 13 * HOUR


class Moments:
    """Draws instants."""

    def __init__(self, rng: Random) -> None:
        self._random = rng.random
        self._choices = rng.choices
        steps = list(accumulate(_PROFILE))
        self._seconds = []
        for n in range(_TABLE):
            reached = (n + 0.5) / _TABLE * steps[-1]
            half_hour = next(index for index, step in enumerate(steps) if reached < step)
            share = (steps[half_hour] - reached) / _PROFILE[half_hour]
            self._seconds.append(int((half_hour + 1 - share) * HOUR / 2))
        self._online_hours = list(accumulate(_ONLINE_HOURS))

    def worked(self) -> int:
        """A second of the working day, by its load."""
        return min(self._seconds[int(self._random() * _TABLE)] + int(self._random() * 7), _WORKING - 1)

    def ascending(self, count: int, *, earliest: int = 0) -> list[int]:
        """``count`` seconds of one working day, strictly ascending with a gap, none before ``earliest``."""
        if count == 1:
            return [max(self.worked(), earliest)]
        drawn = sorted(self.worked() for _ in range(count))
        low = earliest
        for n, second in enumerate(drawn):
            drawn[n] = low = max(second, low)
            low += SHORTEST_GAP + int(self._random() * 90)
        high = _WORKING - 1
        for n in range(count - 1, -1, -1):  # what was pushed past closing time moves forward again
            drawn[n] = high = min(drawn[n], high)
            high -= SHORTEST_GAP
        return drawn

    def in_one_go(self, count: int, *, earliest: int = 0) -> list[int]:
        """``count`` seconds a few minutes apart: an immediate item from acceptance to result."""
        longest = (_WORKING - earliest) // (3 * count)
        start = max(earliest, int(self.worked() * 0.8))
        gaps = [SHORTEST_GAP + int(self._random() * min(540, longest)) for _ in range(count)]
        last = start + sum(gaps)
        if last >= _WORKING:
            start = max(earliest, start - (last - _WORKING + 1))
        return list(accumulate(gaps[1:], initial=start))

    def online_before(self, accepted: int, earliest: int) -> int:
        """When an online application came in: at any hour since ``earliest``, before it was accepted."""
        span = accepted - earliest
        if span > 2 * HOUR and self._random() < 0.8:
            day = (earliest + int(self._random() * span)) // DAY
            hour = self._choices(range(24), cum_weights=self._online_hours)[0]
            instant = day * DAY + hour * HOUR + int(self._random() * HOUR)
            if earliest <= instant < accepted - SHORTEST_GAP:
                return instant
        return accepted - SHORTEST_GAP - int(self._random() * min(2 * HOUR, max(0, span - 2 * SHORTEST_GAP)))


def pick(pool: Sequence[T], random: float) -> T:
    """The member of ``pool`` that a number from 0 up to 1 points at."""
    return pool[int(random * len(pool))]

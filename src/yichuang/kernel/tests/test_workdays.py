"""Limits in working days, natural days, months and years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.kernel.errors import Refusal
from yichuang.kernel.workdays import (
    WorkingCalendar,
    YearNotAnnounced,
    add_months,
    add_natural_days,
    add_years,
)

OFF = [date(2024, 1, 1), *(date(2024, 5, day) for day in range(1, 6)), date(2024, 9, 16), date(2024, 9, 17)]
MAKE_UP = [date(2024, 4, 28), date(2024, 5, 11), date(2024, 9, 14)]
CALENDAR = WorkingCalendar(frozenset({2023, 2024}), dict.fromkeys(OFF, False) | dict.fromkeys(MAKE_UP, True))
DAYS = st.dates(date(2023, 1, 1), date(2024, 10, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 9, 13), True),  # an ordinary Friday
        (date(2024, 9, 14), True),  # a Saturday worked for the Mid-Autumn holiday
        (date(2024, 9, 15), False),  # its Sunday
        (date(2024, 9, 16), False),  # a Monday off
        (date(2024, 9, 18), True),
        (date(2023, 6, 3), False),  # an ordinary Saturday
    ],
)
def test_a_day_is_worked_or_not(day: date, works: bool) -> None:
    assert CALENDAR.is_working(day) is works


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2024, 9, 20), 0, date(2024, 9, 20)),
        (date(2024, 9, 18), 2, date(2024, 9, 20)),  # the day of acceptance does not count
        (date(2024, 9, 13), 1, date(2024, 9, 14)),
        (date(2024, 9, 14), 1, date(2024, 9, 18)),
        (date(2024, 4, 26), 2, date(2024, 4, 29)),  # Sunday the 28th is worked
        (date(2024, 4, 30), 3, date(2024, 5, 8)),
        (date(2024, 5, 10), 1, date(2024, 5, 11)),
        (date(2023, 12, 29), 1, date(2024, 1, 2)),  # over New Year
        (date(2024, 9, 15), 5, date(2024, 9, 24)),  # begun on a Sunday
    ],
)
def test_working_days_are_added_from_the_day_after(start: date, days: int, due: date) -> None:
    assert CALENDAR.add_working_days(start, days) == due


def test_next_working_day_is_later_and_working_day_from_may_be_the_same() -> None:
    assert CALENDAR.next_working_day(date(2024, 9, 20)) == date(2024, 9, 23)
    assert CALENDAR.working_day_from(date(2024, 9, 20)) == date(2024, 9, 20)
    assert CALENDAR.working_day_from(date(2024, 9, 15)) == date(2024, 9, 18)


def test_periods_count_both_ends() -> None:
    assert CALENDAR.working_days_in(date(2024, 9, 18), date(2024, 9, 20)) == 3
    assert CALENDAR.working_days_in(date(2023, 1, 1), date(2023, 1, 1)) == 0
    assert CALENDAR.working_days_in(date(2024, 9, 15), date(2024, 9, 17)) == 0


@pytest.mark.parametrize(
    ("start", "days", "year"),
    [(date(2024, 12, 31), 1, 2025), (date(2022, 12, 1), 1, 2022), (date(2030, 1, 1), 3, 2030)],
)
def test_an_unannounced_year_is_refused_by_name(start: date, days: int, year: int) -> None:
    with pytest.raises(YearNotAnnounced) as caught:
        CALENDAR.add_working_days(start, days)
    assert caught.value.year == year
    assert caught.value.code == "year_not_announced"
    assert f"{year}年待国务院放假安排" in caught.value.message
    assert isinstance(caught.value, Refusal)


def test_nothing_is_known_of_an_empty_calendar() -> None:
    empty = WorkingCalendar(frozenset(), {})
    assert (empty.first_year, empty.last_year) == (None, None)
    with pytest.raises(YearNotAnnounced):
        empty.is_working(date(2024, 1, 2))
    assert (CALENDAR.first_year, CALENDAR.last_year) == (2023, 2024)


def test_a_gap_between_known_years_is_not_stepped_over() -> None:
    gap = WorkingCalendar(frozenset({2022, 2024}), {})
    with pytest.raises(YearNotAnnounced) as caught:
        gap.add_working_days(date(2022, 12, 30), 1)
    assert caught.value.year == 2023


def test_a_limit_is_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.add_working_days(date(2024, 9, 20), -1)


@given(DAYS, st.integers(1, 60))
def test_between_undoes_add(start: date, days: int) -> None:
    due = CALENDAR.add_working_days(start, days)
    assert CALENDAR.is_working(due)
    assert CALENDAR.working_days_between(start, due) == days
    assert CALENDAR.working_days_between(due, start) == -days


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_limits_add_up(start: date, first: int, second: int) -> None:
    stepwise = CALENDAR.add_working_days(CALENDAR.add_working_days(start, first), second)
    assert stepwise == CALENDAR.add_working_days(start, first + second)


@given(DAYS, DAYS, DAYS)
def test_stretches_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    whole = CALENDAR.working_days_between(first, last)
    assert whole == CALENDAR.working_days_between(first, middle) + CALENDAR.working_days_between(middle, last)
    assert 0 <= whole <= (last - first).days


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 15), 1, date(2024, 2, 15)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
    ],
)
def test_months_end_on_the_same_day_or_the_month_s_last(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_years_and_natural_days() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert add_natural_days(date(2024, 2, 20), 15) == date(2024, 3, 6)


@given(DAYS, st.integers(0, 240))
def test_months_advance_by_just_that_many(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1

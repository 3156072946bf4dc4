"""Comparable days and weeks, weeks of a year, and the formula guard, as tables."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from yichuang.calendars.queries import library_calendar
from yichuang.ledger.types import Period
from yichuang.portal.rules import as_text, comparable, week_to_date, weeks_of, working_days

CALENDAR = library_calendar()


def day(text: str) -> Period:
    return Period(date.fromisoformat(text), date.fromisoformat(text))


@pytest.mark.parametrize(
    ("shown", "beside", "passed_over"),
    [
        ("2024-09-20", "2024-09-13", None),  # a plain Friday
        ("2024-05-10", "2024-04-26", "2024-05-03"),  # 3 May was Labour Day leave: one week further back
        ("2024-04-28", "2024-04-07", "2024-04-21"),  # a make-up Sunday beside the make-up Sunday before it
        ("2024-02-04", "2024-02-02", "2024-01-28"),  # a make-up Sunday alone of its kind: the working day before
        ("2024-09-21", "2024-09-07", "2024-09-14"),  # 14 September was a make-up Saturday, 7 September a free one
    ],
)
def test_a_day_stands_beside_a_comparable_one(shown: str, beside: str, passed_over: str | None) -> None:
    found = comparable(day(shown), CALENDAR)
    assert found.period == day(beside)
    assert found.passed_over == (day(passed_over) if passed_over else None)
    assert found.is_alike
    assert found.is_calendar_known


def test_a_week_stands_beside_one_with_as_many_working_days() -> None:
    # the week of 1 May 2024 had two working days up to Friday, the one before it five
    found = comparable(Period(date(2024, 5, 6), date(2024, 5, 10)), CALENDAR)
    assert found.period == Period(date(2024, 4, 22), date(2024, 4, 26))
    assert found.passed_over == Period(date(2024, 4, 29), date(2024, 5, 3))


def test_a_holiday_in_the_week_is_like_nothing_before() -> None:
    found = comparable(day("2024-05-01"), CALENDAR)
    assert found.period == day("2024-04-24")
    assert not found.is_alike


def test_a_year_not_announced_is_compared_by_weekday_and_says_so() -> None:
    found = comparable(day("2031-05-14"), CALENDAR)
    assert found.period == day("2031-05-07")
    assert not found.is_calendar_known
    assert working_days(day("2031-05-14"), CALENDAR) is None


def test_weeks_cover_the_year_without_gap_or_overlap() -> None:
    year = Period(date(2024, 1, 1), date(2024, 9, 20))
    weeks = weeks_of(year)
    assert (weeks[0].first, weeks[-1].last) == tuple(year)
    assert all(later.first - former.last == timedelta(days=1) for former, later in pairwise(weeks))
    assert all(week.first.weekday() == 0 for week in weeks[1:])
    assert weeks_of(day("2023-01-01")) == [day("2023-01-01")]  # a Sunday


def test_week_to_date_begins_on_monday() -> None:
    assert week_to_date(date(2024, 9, 20)) == Period(date(2024, 9, 16), date(2024, 9, 20))


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_would_be_calculated_gets_an_apostrophe(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "受理", "510000000000", "a=b"])
def test_other_text_stays(text: str) -> None:
    assert as_text(text) == text

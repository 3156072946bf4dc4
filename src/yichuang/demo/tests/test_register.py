"""The numbered weeks: those that were printed stand where they were printed."""

from datetime import date

from yichuang.demo.days import WorkDays
from yichuang.demo.figures import KNOWN_WEEKS
from yichuang.demo.register import numbered_weeks


def test_known_weeks_have_their_numbers() -> None:
    weeks = {(week.first, week.last): (week.year, week.issue, week.serial) for week in numbered_weeks(WorkDays())}
    for known in KNOWN_WEEKS:
        assert weeks[known.first, known.last] == (known.year, known.issue, known.serial)
    assert weeks[date(2024, 1, 2), date(2024, 1, 5)] == (2024, 1, 472)
    assert weeks[date(2024, 2, 18), date(2024, 2, 23)] == (2024, 7, 478)


def test_numbers_have_no_gaps_and_weeks_hold_every_working_day_once() -> None:
    days, weeks = WorkDays(), numbered_weeks(WorkDays())
    assert [week.serial for week in weeks] == list(range(437, 437 + len(weeks)))
    told = [days[index] for week in weeks for index in days.span(week.first, week.last)]
    assert told == [days[index] for index in days.span(date(2023, 5, 4), date(2024, 9, 20))]
    assert all(week.first in told and week.last in told for week in weeks)
    assert max((week.last - week.first).days for week in weeks) <= 8

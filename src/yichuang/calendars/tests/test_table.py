"""The filled table against two independent collections of the State Council's announcements."""

import json
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from yichuang.calendars.actions import fill_from_library
from yichuang.calendars.library import announcements
from yichuang.calendars.queries import calendar, library_calendar, special_days
from yichuang.kernel.actor import SYSTEM
from yichuang.kernel.workdays import WorkingCalendar

from .people import AT

ROOT = Path(__file__).resolve().parents[4]
SHARED = ROOT.parent / "shared" / "data" / "holidays_cn"
DISPUTED = {date(2005, 12, 31)}
"""The Saturday worked for New Year 2006: ``holidays`` has it, chinesecalendar lists no day of that exchange in 2005."""


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.django_db
@pytest.mark.parametrize("year", range(2018, 2027))
def test_the_table_agrees_with_holiday_cn(year: int) -> None:
    file = SHARED / f"{year}.json"
    if not file.exists():
        pytest.skip(reason=f"no {file.relative_to(ROOT.parent)} beside the repository")
    fill_from_library(SYSTEM, AT)
    filled = calendar()
    listed = {date.fromisoformat(one["date"]): not one["isOffDay"] for one in json.loads(file.read_text())["days"]}
    assert listed
    assert {day: filled.is_working(day) for day in listed} == listed
    # days of the same year that some other year's document names (the December before) are in that year's file
    following = SHARED / f"{year + 1}.json"
    if following.exists():
        listed |= {
            day: not one["isOffDay"]
            for one in json.loads(following.read_text())["days"]
            if (day := date.fromisoformat(one["date"])).year == year
        }
    weekday_rule = {day: listed.get(day, day.weekday() < 5) for day in days_of(year)}
    assert {day: filled.is_working(day) for day in days_of(year)} == weekday_rule


@pytest.mark.parametrize("year", range(2004, 2027))
def test_the_library_agrees_with_holidays(year: int) -> None:
    other = holidays.country_holidays("CN", years=[year, year + 1])
    ours: WorkingCalendar = library_calendar()
    differing = {day for day in days_of(year) if ours.is_working(day) != other.is_working_day(day)}
    assert differing == {day for day in DISPUTED if day.year == year}


@pytest.mark.django_db
def test_the_table_is_the_library() -> None:
    fill_from_library(SYSTEM, AT)
    assert calendar() == library_calendar()
    assert [one.year for one in announcements()] == list(range(2004, 2027))
    labour = [one for one in special_days(2024) if one.name == "劳动节"]
    assert [(one.day.isoformat(), one.is_working) for one in labour] == [
        ("2024-04-28", True),
        *((f"2024-05-0{day}", False) for day in range(1, 6)),
        ("2024-05-11", True),
    ]

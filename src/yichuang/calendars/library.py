"""The announcements that chinesecalendar knows, as our own values; years it does not know are simply absent."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from chinese_calendar.constants import Holiday, holidays, workdays

from yichuang.kernel.labels import gettext_noop
from yichuang.kernel.workdays import WorkingCalendar

from .types import Announcement

DOCUMENT = "国务院历年放假安排（chinesecalendar 收录）"
_NAMES: dict[str, str] = {
    Holiday.new_years_day.value: gettext_noop("元旦"),
    Holiday.spring_festival.value: gettext_noop("春节"),
    Holiday.tomb_sweeping_day.value: gettext_noop("清明节"),
    Holiday.labour_day.value: gettext_noop("劳动节"),
    Holiday.dragon_boat_festival.value: gettext_noop("端午节"),
    Holiday.national_day.value: gettext_noop("国庆节"),
    Holiday.mid_autumn_festival.value: gettext_noop("中秋节"),
    Holiday.anti_fascist_70th_day.value: gettext_noop("抗战胜利70周年纪念日"),
}


@cache
def announcements() -> tuple[Announcement, ...]:
    """One for each year, in order. A holiday's days are filed under the year they fall in."""
    named = [(day, False, name) for day, name in holidays.items()] + [
        (day, True, name) for day, name in workdays.items()
    ]
    return tuple(Announcement(year, DOCUMENT, _days_of(year, named)) for year in sorted({day.year for day in holidays}))


def _days_of(year: int, named: Iterable[tuple[date, bool, str]]) -> dict[date, tuple[bool, str]]:
    return {day: (is_working, _NAMES[name]) for day, is_working, name in sorted(named) if day.year == year}


def calendar_of(known: Iterable[Announcement]) -> WorkingCalendar:
    """The working calendar that ``known`` announcements make."""
    known = tuple(known)
    special = {day: is_working for one in known for day, (is_working, _name) in one.days.items()}
    return WorkingCalendar(frozenset(one.year for one in known), special)

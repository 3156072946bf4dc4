"""Who may see and change the calendar, and what makes a sound announcement or amendment; no database, no clock."""

from collections.abc import Collection, Mapping
from datetime import date

import rules

from yichuang.kernel.actor import Role
from yichuang.kernel.chinese import full_date, parse_date
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import holds
from yichuang.kernel.workdays import SATURDAY, YearNotAnnounced

from .types import Announcement

LONGEST_NAME = 40
LONGEST_DOCUMENT = 120
EARLIEST_YEAR = 2000
LATEST_YEAR = 2199
FIELDS_OF_A_LINE = 3
WORDS = {"休": False, "班": True}

rules.add_perm("calendars.view", holds(*Role))
rules.add_perm("calendars.amend", holds(Role.ADMIN))


def check_year(year: int) -> None:
    """A year the calendar can hold."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Refusal(f"年份应在{EARLIEST_YEAR}至{LATEST_YEAR}之间，请核对", code="bad_year", field="year")


def check_name(name: str) -> str:
    """The trimmed name of a holiday; a day that departs from the week must say why."""
    name = name.strip()
    if not name:
        raise Refusal("请填写节日或事由名称", code="no_name", field="name")
    if len(name) > LONGEST_NAME:
        raise Refusal(f"名称不超过{LONGEST_NAME}个字，请缩短", code="name_too_long", field="name")
    return name


def check_amendment(
    day: date, before: tuple[bool, str], after: tuple[bool, str], reason: str, known: Collection[int]
) -> str:
    """The trimmed reason, if ``day`` of a known year changes from ``before`` (is worked, name) to ``after``."""
    if day.year not in known:
        raise YearNotAnnounced(day.year)
    if not reason.strip():
        raise Refusal("请填写调整依据或原因", code="no_reason", field="reason")
    if before == after:
        kept = "工作日" if after[0] else "休息日"
        raise Refusal(f"{full_date(day)}已经是{kept}，没有改动", code="no_change", field="day")
    return reason.strip()


def check_announcement(announcement: Announcement, known: Collection[int]) -> None:
    """Document named, year new, days of that year or of the December before (they open a New Year's holiday).

    Make-up days fall on weekends, and at least 元旦 must be there: no year is announced without holidays
    (全国年节及纪念日放假办法).
    """
    year = announcement.year
    check_year(year)
    if year in known:
        raise Refusal(f"{year}年放假安排已经登记，如需改动请逐日调整", code="year_known", field="year")
    if not announcement.document.strip():
        raise Refusal("请填写放假安排的文号或名称", code="no_document", field="document")
    if len(announcement.document.strip()) > LONGEST_DOCUMENT:
        raise Refusal(f"文号或名称不超过{LONGEST_DOCUMENT}个字，请缩短", code="document_too_long", field="document")
    for day, (is_working, name) in announcement.days.items():
        check_name(name)
        if day.year != year and not (day.year == year - 1 and day.month == 12 and day.year in known):
            raise Refusal(f"{full_date(day)}不在{year}年内，请核对", code="day_of_other_year", field="days")
        if is_working and day.weekday() < SATURDAY:
            raise Refusal(f"{full_date(day)}本来就是工作日，不会是调休上班日，请核对", code="not_weekend", field="days")
    if announcement.days.get(date(year, 1, 1), (True, ""))[0]:
        raise Refusal(f"缺少{year}年1月1日元旦放假，请核对是否抄全", code="no_new_year", field="days")


def read_days(text: str) -> Mapping[date, tuple[bool, str]]:
    """Days typed one a line as ``2027-01-01 休 元旦`` (班 for make-up days); refusals name the line."""
    days: dict[date, tuple[bool, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = line.split(maxsplit=FIELDS_OF_A_LINE - 1)
        if len(parts) < FIELDS_OF_A_LINE or parts[1] not in WORDS:
            raise Refusal(
                f"第{number}行看不懂，请写成“2027-01-01 休 元旦”或“2027-02-06 班 春节”", code="bad_line", field="days"
            )
        try:
            day = parse_date(parts[0], field="days")
        except Refusal as refusal:
            raise Refusal(f"第{number}行：{refusal.message}", code=refusal.code, field="days") from None
        if day in days:
            raise Refusal(f"第{number}行：{full_date(day)}写了两次，请删去一行", code="day_twice", field="days")
        days[day] = (WORDS[parts[1]], parts[2].strip())
    return days

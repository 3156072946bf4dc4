"""What the calendar's entries are about, and the values its queries and actions pass around."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yichuang.kernel.labels import TextLabels, gettext_noop
from yichuang.ledger.types import Kind, SubjectType, declare_kinds, declare_subject_types


class Source(TextLabels):
    """Where a special day comes from; a later filling never overwrites what people entered."""

    LIBRARY = "library", gettext_noop("历年放假安排")
    ANNOUNCED = "announced", gettext_noop("登记的放假安排")
    AMENDED = "amended", gettext_noop("人工调整")


@dataclass(frozen=True, slots=True)
class SpecialDayData:
    """A day named by an announcement or amended by hand."""

    day: date
    is_working: bool
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Announcement:
    """The State Council's holidays of one year: the document, and the days it names (True: worked)."""

    year: int
    document: str
    days: Mapping[date, tuple[bool, str]]


CALENDAR_YEAR = SubjectType(8, "calendar_year", "日历年度")

DAY_AMENDED = Kind(401, "calendar_day_amended", "调整工作日", "次")
YEAR_ANNOUNCED = Kind(402, "calendar_year_announced", "登记放假安排", "次")
YEAR_FILLED = Kind(403, "calendar_year_filled", "载入历年放假安排", "次")

declare_subject_types(CALENDAR_YEAR)
declare_kinds(DAY_AMENDED, YEAR_ANNOUNCED, YEAR_FILLED)

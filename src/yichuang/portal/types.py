"""What the pages that span apps show: the hall's day, entries in words, the state of an export; no Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from yichuang.cases.types import (
    ACCEPTED_FLOW,
    CONCLUDED_FLOW,
    CONSULTED_FLOW,
    HANDED_OVER_FLOW,
    ISSUED_FLOW,
    ONLINE_ACCEPTED_FLOW,
)
from yichuang.kernel.errors import Refusal
from yichuang.kernel.labels import TextLabels, gettext_noop
from yichuang.ledger.types import Channel, Flow, Group, Kind, Metric, Period, SubjectType, declare_subject_types

LEDGER = SubjectType(9, "ledger", "台账")  # as a whole: what the access log names when entries are exported
declare_subject_types(LEDGER)

BULLETIN_METRICS = (CONSULTED_FLOW, ACCEPTED_FLOW, ISSUED_FLOW, HANDED_OVER_FLOW)
FRONT_METRICS = (*BULLETIN_METRICS, ONLINE_ACCEPTED_FLOW, CONCLUDED_FLOW)

NO_DEPARTMENT = "-"
"""How an address names the entries that belong to no department."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a period stands beside.

    ``passed_over`` is the same period a week before where that had another number of working days; ``is_alike`` is
    False when nothing comparable was found; ``is_calendar_known`` is False when working days could not be told.
    """

    period: Period
    passed_over: Period | None = None
    is_alike: bool = True
    is_calendar_known: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A flow in a period, ``compared`` with its value in another (None: with nothing)."""

    metric: Flow
    value: int
    compared: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The six figures of a period; ``working_days`` is None where the calendar does not know the year."""

    period: Period
    working_days: int | None
    comparison: Comparison | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the trend, cut at the ends of the year and at the day shown; ``values`` follow FRONT_METRICS."""

    period: Period
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DepartmentFigures:
    """A department's four bulletin figures for the week and the year to date, by metric slug."""

    code: str
    name: str
    week: Mapping[str, int]
    year: Mapping[str, int]

    @property
    def is_active(self) -> bool:
        """Whether anything was counted this year."""
        return any(self.year.values()) or any(self.week.values())


@dataclass(frozen=True, slots=True)
class HallFigures:
    """Everything the front page counts, for the day ``shown``; ``has_entries`` says whether that day has any."""

    shown: date
    has_entries: bool
    day: Span
    week: Span
    year: Span
    weeks: tuple[Week, ...]
    departments: tuple[DepartmentFigures, ...]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in words."""

    id: int
    kind: Kind
    channel: Channel
    quantity: int
    occurred_at: datetime
    recorded_at: datetime
    department_code: str
    department: str
    item_key: str
    item: str
    region_code: str
    region: str
    actor: str
    subject: SubjectType
    subject_id: int
    case_number: str  # empty for subjects that are no case
    opens_case: bool  # whether the viewer may open its page
    corrects: int | None
    payload: str
    hash: str


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A page of entries in words; ``total`` entries of ``quantity`` in all match."""

    rows: tuple[EntryRow, ...]
    total: int
    quantity: int
    next: str


@dataclass(frozen=True, slots=True)
class SealFacts:
    """The seal over an entry."""

    serial: int
    day: date
    number: int  # of the day
    entries: int
    root: str
    hash: str
    previous_hash: str
    sealed_at: datetime


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry with its chain, its correction and its seal."""

    row: EntryRow
    position: str
    previous: int | None
    previous_hash: str
    payload: Mapping[str, Any]
    chain: tuple[EntryRow, ...]
    corrected_by: int | None
    seal: SealFacts | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export has come, in rows; ``state`` is running, done or failed."""

    done: int
    total: int
    state: str


class TooManyRows(Refusal):
    """More entries than a sheet of a workbook can hold."""

    def __init__(self, total: int, most: int) -> None:
        super().__init__(
            f"共 {total:,} 条，超过 Excel 工作表的上限 {most:,} 条：请缩小日期范围，或改为导出 CSV",
            code="too_many_rows",
            field="from",
        )


class Quick(TextLabels):
    """A period named by today."""

    TODAY = "today", gettext_noop("今天")
    THIS_WEEK = "this_week", gettext_noop("本周")
    LAST_WEEK = "last_week", gettext_noop("上周")
    THIS_MONTH = "this_month", gettext_noop("本月")
    LAST_MONTH = "last_month", gettext_noop("上月")
    THIS_YEAR = "this_year", gettext_noop("今年")


@dataclass(frozen=True, slots=True)
class Question:
    """What statistics are asked for; ``department`` is a code, empty for "of none"; None is "any".

    ``sort`` is a metric's slug or ``name``, after ``-`` descending; empty: time in its course, the largest first.
    """

    metrics: tuple[Metric, ...]
    period: Period
    group: Group = Group.NONE
    department: str | None = None
    item: str | None = None
    channel: Channel | None = None
    quick: Quick | None = None  # how the period was named, if it was
    sort: str = ""


Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Line:
    """A group with its figures by metric slug; ``reference`` names it in an address of the ledger (None: it cannot).

    ``period`` are its own days when the groups are days, weeks or months.
    """

    name: str
    values: Mapping[str, Value]
    reference: str | None = None
    period: Period | None = None


class Sight(TextLabels):
    """Whose figures someone sees when they are told by person."""

    ALL = "all", ""
    DEPARTMENT = "department", gettext_noop("按人员只列出本部门人员和您自己")
    SELF = "self", gettext_noop("按人员只列出您自己")


@dataclass(frozen=True, slots=True)
class Statistics:
    """The answer to a :class:`Question`: ``metrics`` that can be told, why the others cannot, groups, and the whole.

    ``compared`` is the whole in ``comparison``'s period; both None where figures are told in groups.
    """

    metrics: tuple[Metric, ...]
    reasons: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Mapping[str, Value]
    sight: Sight = Sight.ALL
    working_days: int | None = None
    comparison: Comparison | None = None
    compared: Mapping[str, Value] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted at all."""
        return not any(self.total.values()) and not any(any(line.values.values()) for line in self.lines)


@dataclass(frozen=True, slots=True)
class SavedShown:
    """A question that somebody kept; ``owner`` is a name, empty for one's own."""

    id: int
    name: str
    query: str
    is_shared: bool
    owner: str = ""

"""What the pages that span apps show: the hall's day, entries in words, the state of an export; no Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
from yichuang.ledger.types import Channel, Flow, Kind, Period, SubjectType, declare_subject_types

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

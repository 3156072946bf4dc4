"""The columns of an export, in order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..types import EntryRow

Cell = str | int | Decimal | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how its cell is taken from an entry; ``width`` in characters."""

    heading: str
    cell: Callable[[EntryRow], Cell]
    width: int = 12


def _naive(instant: datetime) -> datetime:
    """Local time without a zone: spreadsheets know no zones."""
    return localtime(instant).replace(tzinfo=None, microsecond=0)


COLUMNS = (
    Column(gettext_noop("条目号"), lambda row: row.id),
    Column(gettext_noop("类别"), lambda row: _(row.kind.label)),
    Column(gettext_noop("数量"), lambda row: row.quantity),
    Column(gettext_noop("单位"), lambda row: _(row.kind.unit)),
    Column(gettext_noop("渠道"), lambda row: _(row.channel.label)),
    Column(gettext_noop("发生时间"), lambda row: _naive(row.occurred_at), 20),
    Column(gettext_noop("记录时间"), lambda row: _naive(row.recorded_at), 20),
    Column(gettext_noop("部门代码"), lambda row: row.department_code),
    Column(gettext_noop("部门"), lambda row: row.department, 24),
    Column(gettext_noop("事项短码"), lambda row: row.item_key),
    Column(gettext_noop("事项"), lambda row: row.item, 40),
    Column(gettext_noop("区划代码"), lambda row: row.region_code, 14),
    Column(gettext_noop("区划"), lambda row: row.region),
    Column(gettext_noop("对象"), lambda row: _(row.subject.label)),
    Column(gettext_noop("对象号"), lambda row: row.subject_id),
    Column(gettext_noop("办件编号"), lambda row: row.case_number, 24),
    Column(gettext_noop("办理人"), lambda row: row.actor),
    Column(gettext_noop("冲正条目"), lambda row: row.corrects),
    Column(gettext_noop("内容"), lambda row: row.payload, 40),
    Column(gettext_noop("SM3 值"), lambda row: row.hash, 66),
)


def headings() -> list[str]:
    """The first row, in the language in force."""
    return [_(column.heading) for column in COLUMNS]


def cells(row: EntryRow) -> list[Cell]:
    """An entry's cells, in the language in force."""
    return [column.cell(row) for column in COLUMNS]

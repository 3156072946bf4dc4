"""The columns of the middle office's lists as files; names are masked as on screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yichuang.cases.queries import DispatchRow, SheetLine, UnsignedRow

from ..files import Cell


@dataclass(frozen=True, slots=True)
class Columns:
    """Headings, and how a row's cells are taken."""

    headings: tuple[str, ...]
    cells: Callable[[Any], list[Cell]]


def _waiting(row: DispatchRow) -> list[Cell]:
    return [
        row.number, row.item, row.applicant, row.accepted_at, row.age, row.due_on, _(row.signal.label), row.to_name,
        row.returned_by, row.returned_reason,
    ]  # fmt: skip


def _unsigned(row: UnsignedRow) -> list[Cell]:
    return [row.number, row.item, row.to_name, row.sent_at, row.waiting, row.sheet, row.sent_by]


def _sheets(row: SheetLine) -> list[Cell]:
    return [row.number, row.department, row.cases, row.signed, row.returned, row.made_at, row.made_by]


WAITING = Columns(
    (
        gettext_noop("办件编号"), gettext_noop("事项"), gettext_noop("申请人"), gettext_noop("受理时间"),
        gettext_noop("等候工作日"), gettext_noop("承诺办结"), gettext_noop("时限"), gettext_noop("流转到"),
        gettext_noop("退回部门"), gettext_noop("退回理由"),
    ),
    _waiting,
)  # fmt: skip
COLUMNS: Mapping[str, Columns] = {
    "waiting": WAITING,
    "returned": WAITING,
    "unsigned": Columns(
        (
            gettext_noop("办件编号"), gettext_noop("事项"), gettext_noop("接收部门"), gettext_noop("流转时间"),
            gettext_noop("等候工作日"), gettext_noop("交接单"), gettext_noop("经手人"),
        ),
        _unsigned,
    ),
    "sheets": Columns(
        (
            gettext_noop("交接单号"), gettext_noop("接收部门"), gettext_noop("件数"), gettext_noop("已签收"),
            gettext_noop("已退回"), gettext_noop("制单时间"), gettext_noop("制单人"),
        ),
        _sheets,
    ),
}  # fmt: skip

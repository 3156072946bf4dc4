"""Code sets of items (GB/T 39046—2020 annex A) and what the catalogue's entries are about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yichuang.kernel.errors import Refusal
from yichuang.kernel.labels import NumberLabels, TextLabels, gettext_noop
from yichuang.ledger.types import Kind, SubjectType, declare_kinds, declare_subject_types


class ItemType(TextLabels):
    """事项类型."""

    LICENCE = "01", gettext_noop("行政许可")
    PENALTY = "02", gettext_noop("行政处罚")
    COERCION = "03", gettext_noop("行政强制")
    LEVY = "04", gettext_noop("行政征收")
    PAYMENT = "05", gettext_noop("行政给付")
    INSPECTION = "06", gettext_noop("行政检查")
    CONFIRMATION = "07", gettext_noop("行政确认")
    REWARD = "08", gettext_noop("行政奖励")
    RULING = "09", gettext_noop("行政裁决")
    OTHER = "10", gettext_noop("其他类别")
    PUBLIC_SERVICE = "20", gettext_noop("公共服务")


class HandlingKind(NumberLabels):
    """办件类型."""

    IMMEDIATE = 1, gettext_noop("即办件")
    PROMISED = 2, gettext_noop("承诺件")
    OTHER = 9, gettext_noop("其他")


class LimitUnit(TextLabels):
    """Unit of a time limit."""

    WORKING_DAY = "wd", gettext_noop("工作日")
    CALENDAR_DAY = "cd", gettext_noop("自然日")
    HOUR = "h", gettext_noop("小时")
    MONTH = "m", gettext_noop("月")
    YEAR = "y", gettext_noop("年")


HANDLING_ITEM = SubjectType(4, "handling_item", "办理项")
CATALOGUE_IMPORT = SubjectType(5, "catalogue_import", "事项导入")
ITEMS_IMPORTED = Kind(201, "items_imported", "导入事项", "项")
ITEM_DEACTIVATED = Kind(202, "item_deactivated", "停用事项", "项")
ITEM_REACTIVATED = Kind(203, "item_reactivated", "恢复事项", "项")

declare_subject_types(HANDLING_ITEM, CATALOGUE_IMPORT)
declare_kinds(ITEMS_IMPORTED, ITEM_DEACTIVATED, ITEM_REACTIVATED)

CHANGES_SHOWN = 200
REFUSALS_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit; an unknown one is ``None``, never zero."""

    number: int
    unit: LimitUnit


@dataclass(frozen=True, slots=True)
class MaterialDraft:
    """A material as a source names it; None is what the source does not say."""

    name: str
    is_required: bool = True
    originals: int | None = None
    copies: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class RegionDraft:
    """A region as a source names it; ``code`` has 12 digits, ``name`` may be empty."""

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentDraft:
    """A department as a source names it: ``code`` fits a ledger entry, ``credit_code`` is valid or empty."""

    region: RegionDraft
    name: str
    code: str
    credit_code: str = ""


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One handling item as read from a source, checked and normalised. ``line`` is where it stood."""

    line: int
    code: str
    name: str
    main_item: str
    type: ItemType
    handling_kind: HandlingKind
    department: DepartmentDraft
    key: str = ""  # asked for by the source; empty: derived from the code
    statutory: Limit | None = None
    promised: Limit | None = None
    result_name: str = ""
    conditions: str | None = None  # None, here and below: the source says nothing of it
    is_charged: bool | None = None
    fee_note: str | None = None
    materials: tuple[MaterialDraft, ...] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken: where, which field, its value, and what to do about it."""

    line: int
    field: str
    value: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The shape that the command prints."""
        return {"line": self.line, "field": self.field, "value": self.value, "reason": self.reason}


class RowFault(Exception):
    """Raised while one row is read; becomes a :class:`Refused` with the row's line."""

    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.value = "" if value is None else str(value)[:80]
        self.reason = reason

    def at(self, line: int) -> Refused:
        """The refusal for the row at ``line``."""
        return Refused(line, self.field, self.value, self.reason)


class UnreadableFile(Refusal):
    """The whole file was refused: too large, not text, or not a layout we know."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message, code=code, field="file")


class UnknownColumns(UnreadableFile):
    """No layout has these columns: says which were recognised and which are missing."""

    def __init__(self, layout: str, recognised: tuple[str, ...], missing: tuple[str, ...], unknown: tuple[str, ...]):
        parts = [f"无法识别该文件的列（最接近：{layout}）", f"已识别：{'、'.join(recognised) or '无'}"]
        if missing:
            parts.append(f"缺少：{'、'.join(missing)}")
        if unknown:
            parts.append(f"未知列：{'、'.join(unknown[:20])}")
        super().__init__("；".join([*parts, "请按导入说明修改列名"]), "unknown_columns")
        self.recognised, self.missing, self.unknown = recognised, missing, unknown


@dataclass(frozen=True, slots=True)
class Change:
    """A known item that the file describes differently."""

    line: int
    key: str
    code: str
    fields: Mapping[str, tuple[str, str]]  # field: before, after

    def as_json(self) -> dict[str, Any]:
        """The shape that the command prints."""
        fields = {name: {"before": before, "after": after} for name, (before, after) in self.fields.items()}
        return {"line": self.line, "key": self.key, "code": self.code, "fields": fields}


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or with ``is_dry_run`` would do. Rows = taken + changed + unchanged + refused."""

    source: str
    file_name: str
    sha256: str
    is_dry_run: bool
    rows: int
    taken: int
    changed: int
    unchanged: int
    refusals: tuple[Refused, ...] = ()
    changes: tuple[Change, ...] = ()
    departments_created: tuple[str, ...] = ()
    import_id: int | None = None

    def as_json(self, refusals_shown: int | None = None) -> dict[str, Any]:
        """The shape that the command prints: every refusal (or the first ``refusals_shown``), the first changes."""
        return {
            "source": self.source,
            "file": self.file_name,
            "sha256": self.sha256,
            "dry_run": self.is_dry_run,
            "rows": self.rows,
            "taken": self.taken,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": len(self.refusals),
            "refusals": [refused.as_json() for refused in self.refusals[:refusals_shown]],
            "changes": [change.as_json() for change in self.changes[:CHANGES_SHOWN]],
            "departments_created": list(self.departments_created),
            "import": self.import_id,
        }


class HasLimit(TextLabels):
    """Filter of the list by promised limit."""

    KNOWN = "known", gettext_noop("有承诺时限")
    UNKNOWN = "unknown", gettext_noop("承诺时限未知")


@dataclass(frozen=True, slots=True)
class ItemFilters:
    """What the list of items is narrowed to; an empty value means all."""

    words: str = ""
    department: str = ""
    type: ItemType | None = None
    kind: HandlingKind | None = None
    limit: HasLimit | None = None
    is_active: bool | None = True


@dataclass(frozen=True, slots=True)
class Summary:
    """How far the list reaches, counted over active items."""

    departments: int
    main_items: int
    handling_items: int


@dataclass(frozen=True, slots=True)
class DepartmentCount:
    """Active items of one department."""

    code: str
    name: str
    main_items: int
    handling_items: int = field(default=0)


FEES = {None: gettext_noop("来源未说明"), False: gettext_noop("不收费"), True: gettext_noop("收费")}  # by is_charged


@dataclass(frozen=True, slots=True)
class ItemFound:
    """A line of the desk's search: enough to choose by. ``is_charged`` is None where the source does not say."""

    key: str
    code: str
    name: str
    department: str
    department_name: str
    promised: Limit | None
    is_immediate: bool
    materials: int
    is_charged: bool | None


@dataclass(frozen=True, slots=True)
class MaterialAsked:
    """A material that an item asks for: ``spec`` is its id, how many originals and copies, and what to mind."""

    spec: int
    name: str
    is_required: bool
    originals: int
    copies: int
    note: str


@dataclass(frozen=True, slots=True)
class ItemCard:
    """All that a clerk needs to know of an item. What the source does not say is None or empty."""

    id: int
    key: str
    code: str
    name: str
    main_item: str
    department: str
    department_name: str
    type: ItemType
    handling_kind: HandlingKind
    statutory: Limit | None
    promised: Limit | None
    result_name: str
    conditions: str
    is_charged: bool | None
    fee_note: str
    materials: tuple[MaterialAsked, ...]

    @property
    def is_immediate(self) -> bool:
        """即办件."""
        return self.handling_kind is HandlingKind.IMMEDIATE

    @property
    def fee(self) -> str:
        """Whether the item is charged for, in a word (a Chinese msgid)."""
        return FEES[self.is_charged]

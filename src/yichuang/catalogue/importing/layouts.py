"""The layouts that an item list may come in, recognised by their columns, and how each row becomes a draft."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from yichuang.catalogue.types import DepartmentDraft, ItemDraft, MaterialDraft, RegionDraft, RowFault, UnknownColumns

from . import own
from .rows import Row
from .values import (
    GUANGDONG_TYPES,
    LONGEST_CONDITIONS,
    credit_code_of,
    kind_of,
    limit_of,
    local_department_code,
    organisation_code_of,
    paragraphs_of,
    region_code_of,
    text_of,
    type_of,
)

UNCLASSIFIED = "未分类"


@dataclass(frozen=True, slots=True)
class Layout:
    """A source's way of writing: the columns that tell it, and the reader of one row."""

    name: str
    label: str
    needed: frozenset[str]
    read: Callable[[Row], ItemDraft]


def layout_of(columns: tuple[str, ...]) -> Layout:
    """The layout that has these columns; raises :class:`UnknownColumns` naming what is missing from the nearest."""
    given = frozenset(columns)
    for layout in (SICHUAN, GUANGDONG):
        if layout.needed <= given:
            return layout
    ours = {own.field_of(name) for name in columns}
    if ours >= own.NEEDED and "" not in ours:
        return Layout("yichuang", "本系统格式", own.NEEDED, own.reader_for(columns))
    distances = {
        SICHUAN.label: (SICHUAN.needed & given, SICHUAN.needed - given, frozenset[str]()),
        GUANGDONG.label: (GUANGDONG.needed & given, GUANGDONG.needed - given, frozenset[str]()),
        "本系统格式": (
            frozenset(name for name in columns if own.field_of(name)),
            frozenset(own.HEADER_OF[name] for name in own.NEEDED - ours),
            frozenset(name for name in columns if not own.field_of(name)),
        ),
    }
    # The layout with the largest share of its needed columns present; ours is listed last and wins a tie.
    label = max(reversed(list(distances)), key=lambda one: len(distances[one][0]) / (len(distances[one][1]) + 1))
    recognised, missing, unknown = distances[label]
    raise UnknownColumns(label, tuple(sorted(recognised)), tuple(sorted(missing)), tuple(sorted(unknown)))


def _sichuan_row(row: Row) -> ItemDraft:
    values = row.values
    region = RegionDraft(region_code_of(values, "area_code"))
    name = text_of(values, "item_name", 300, required=True)
    main_item = text_of(values, "main_item", 300)
    return ItemDraft(
        line=row.line,
        code=text_of(values, "item_code", 64, required=True),
        name=name,
        main_item=name if main_item in {"", UNCLASSIFIED} else main_item,
        type=type_of(values, code_field="task_type_code", text_field="task_type_name"),
        handling_kind=kind_of(values, "", None),
        department=_department(values, region, name_field="department", code=text_of(values, "dept_code", 40)),
    )


def _guangdong_row(row: Row) -> ItemDraft:
    values = row.values
    area_name = text_of(values, "AREA_CODE_TEXT", 40)
    region = RegionDraft(region_code_of(values, "AREACODE"), area_name)
    code = text_of(values, "TASK_CODE", 64, required=True)
    organisation = text_of(values, "ORGCODE", 18)
    # The platform's item codes begin with the department's credit code, which holds the organisation code.
    is_prefixed = len(organisation) == 9 and code[8:17] == organisation
    name = text_of(values, "TASK_NAME", 300, required=True)
    promised = limit_of(values, "handle_time_limit")
    return ItemDraft(
        line=row.line,
        code=code,
        name=name,
        main_item=text_of(values, "parentCatalogName", 300) or name,
        type=type_of(values, code_field="TASK_TYPE", text_field="TASK_TYPE_TEXT", codes=GUANGDONG_TYPES),
        handling_kind=kind_of(values, "", promised),
        department=_department(values, region, name_field="DEPT_NAME", code=code[:18] if is_prefixed else organisation),
        statutory=limit_of(values, "handle_time"),
        promised=promised,
        conditions=paragraphs_of(values, "accept_standard", LONGEST_CONDITIONS),
        materials=_material_names(values, "material_intro"),
    )


def _department(values: Mapping[str, Any], region: RegionDraft, *, name_field: str, code: str) -> DepartmentDraft:
    name = text_of(values, name_field, 60, required=True)
    credit_code = credit_code_of(code)
    fitting = credit_code or organisation_code_of(code) or local_department_code(region.code, name)
    return DepartmentDraft(region, name, fitting, credit_code)


def _material_names(values: Mapping[str, Any], field: str) -> tuple[MaterialDraft, ...] | None:
    if field not in values:
        return None
    given = values.get(field)
    names = given if isinstance(given, list) else [given]
    if not all(name is None or isinstance(name, str) for name in names):
        raise RowFault(field, given, "应为材料名称的列表，请核对")
    cleaned = (text_of({field: name}, field, 500) for name in names)
    return tuple(MaterialDraft(name) for name in dict.fromkeys(cleaned) if name)


SICHUAN = Layout(
    "sichuan",
    "四川一体化平台",
    frozenset(
        (
            "department",
            "main_item",
            "item_name",
            "task_type_code",
            "task_type_name",
            "item_code",
            "area_code",
            "dept_code",
        )
    ),
    _sichuan_row,
)
GUANGDONG = Layout(
    "guangdong",
    "广东政务服务网",
    frozenset(
        (
            "TASK_CODE",
            "ORGCODE",
            "TASK_TYPE",
            "TASK_TYPE_TEXT",
            "TASK_NAME",
            "parentCatalogName",
            "DEPT_NAME",
            "AREACODE",
            "AREA_CODE_TEXT",
            "handle_time",
            "handle_time_limit",
            "material_intro",
        )
    ),
    _guangdong_row,
)

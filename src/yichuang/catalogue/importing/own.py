"""Our own layout (docs/howto/import-items.md): English or Chinese column names, CSV or JSON."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from yichuang.catalogue.types import DepartmentDraft, ItemDraft, MaterialDraft, RegionDraft, RowFault

from .rows import Row
from .values import (
    LONGEST_CONDITIONS,
    clean,
    count_of,
    credit_code_of,
    is_charged_of,
    kind_of,
    limit_of,
    local_department_code,
    paragraphs_of,
    region_code_of,
    text_of,
    type_of,
)

HEADER_OF: Mapping[str, str] = {
    "code": "实施编码",
    "key": "短码",
    "name": "办理项名称",
    "main_item": "主项名称",
    "type": "事项类型",
    "type_code": "事项类型码",
    "handling_kind": "办件类型",
    "department": "部门名称",
    "department_code": "部门代码",
    "region_code": "区划代码",
    "region_name": "区划名称",
    "statutory_limit": "法定办结时限",
    "statutory_unit": "法定时限单位",
    "promised_limit": "承诺办结时限",
    "promised_unit": "承诺时限单位",
    "result_name": "结果名称",
    "conditions": "受理条件",
    "is_charged": "是否收费",
    "fee_note": "收费说明",
    "materials": "申请材料",
    "optional_materials": "可选材料",
}
FIELD_OF = {header: field for field, header in HEADER_OF.items()}
NEEDED = frozenset(("code", "name", "type", "department", "region_code"))
KEY = re.compile(r"[0-9A-Z]{1,12}")
DEPARTMENT_CODE = re.compile(r"[\w.()（）-]{2,18}")  # what a ledger entry can carry
MATERIAL_FIELDS = ("name", "originals", "copies", "note")  # of a material in JSON
BETWEEN_MATERIALS = re.compile(r"[;；|]")  # in a cell of one line; a cell of several holds one a line


def field_of(column: str) -> str:
    """Our name of a column, whichever language it is in; empty when there is none."""
    name = column.strip()
    return name if name in HEADER_OF else FIELD_OF.get(name, "")


def reader_for(columns: tuple[str, ...]) -> Callable[[Row], ItemDraft]:
    """A reader of rows with these columns; faults name the column as the file does."""
    column_of = {field_of(column): column for column in columns}

    def read(row: Row) -> ItemDraft:
        values = {field_of(column): value for column, value in row.values.items()}
        try:
            return _draft(row.line, values)
        except RowFault as fault:
            fault.field = column_of.get(fault.field, fault.field)
            raise

    return read


def _draft(line: int, values: Mapping[str, Any]) -> ItemDraft:
    name = text_of(values, "name", 300, required=True)
    promised = limit_of(values, "promised_limit", "promised_unit")
    type_is_code = clean(str(values.get("type") or "")).isdigit()
    return ItemDraft(
        line=line,
        code=text_of(values, "code", 64, required=True),
        name=name,
        main_item=text_of(values, "main_item", 300) or name,
        type=type_of(
            values,
            code_field="type" if type_is_code else "type_code",
            text_field="" if type_is_code else "type",
        ),
        handling_kind=kind_of(values, "handling_kind", promised),
        department=_department(values),
        key=_key(values),
        statutory=limit_of(values, "statutory_limit", "statutory_unit"),
        promised=promised,
        result_name=text_of(values, "result_name", 300),
        conditions=paragraphs_of(values, "conditions", LONGEST_CONDITIONS),
        is_charged=is_charged_of(values, "is_charged"),
        fee_note=text_of(values, "fee_note", 500) if "fee_note" in values else None,
        materials=_materials(values),
    )


def _key(values: Mapping[str, Any]) -> str:
    key = text_of(values, "key", 12).upper()
    if key and not KEY.fullmatch(key):
        raise RowFault("key", key, "短码为 1–12 位数字和大写字母，请修改或留空")
    return key


def _department(values: Mapping[str, Any]) -> DepartmentDraft:
    region = RegionDraft(region_code_of(values, "region_code"), text_of(values, "region_name", 40))
    name = text_of(values, "department", 60, required=True)
    code = text_of(values, "department_code", 18)
    credit_code = credit_code_of(code)
    if len(code) == 18 and not credit_code:
        raise RowFault("department_code", code, "统一社会信用代码的校验位不对，请核对")
    if code and not DEPARTMENT_CODE.fullmatch(code):
        raise RowFault("department_code", code, "部门代码为 2–18 位字母、数字或连字符，请核对")
    return DepartmentDraft(region, name, credit_code or code or local_department_code(region.code, name), credit_code)


def _materials(values: Mapping[str, Any]) -> tuple[MaterialDraft, ...] | None:
    if "materials" not in values and "optional_materials" not in values:
        return None
    drafts: dict[str, MaterialDraft] = {}
    for field, is_required in (("materials", True), ("optional_materials", False)):
        for given in _given(values.get(field), field):
            said = given if isinstance(given, dict) else {"name": given}
            if strange := said.keys() - MATERIAL_FIELDS:
                raise RowFault(field, "、".join(sorted(strange)), f"材料只有 {'、'.join(MATERIAL_FIELDS)} 各项，请修改")
            if name := text_of({field: said.get("name")}, field, 500, required=isinstance(given, dict)):
                drafts.setdefault(name, _material(name, said, is_required=is_required))
    return tuple(drafts.values())


def _material(name: str, said: Mapping[str, Any], *, is_required: bool) -> MaterialDraft:
    return MaterialDraft(
        name=name,
        is_required=is_required,
        originals=count_of(said, "originals"),
        copies=count_of(said, "copies"),
        note=text_of(said, "note", 500) if "note" in said else None,
    )


def _given(value: Any, field: str) -> Sequence[str | dict[str, Any]]:
    if value is None:
        return []
    if isinstance(value, str):
        return value.split("\n") if "\n" in value else BETWEEN_MATERIALS.split(value)
    if isinstance(value, list) and all(isinstance(one, str | dict) for one in value):
        return value
    raise RowFault(field, value, "应为材料名称，多份之间用分号隔开或分行书写，或为文字的列表")

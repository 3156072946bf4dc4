"""Small invented item lists in each source's layout, for tests."""

import csv
import io
import json
from typing import Any

SICHUAN_COLUMNS = [
    "department",
    "main_item",
    "item_name",
    "task_type_code",
    "task_type_name",
    "item_code",
    "area_code",
    "dept_code",
    "url",
]
OWN_COLUMNS = ("实施编码", "办理项名称", "事项类型", "部门名称", "区划代码", "承诺办结时限", "申请材料")


def csv_bytes(columns: list[str] | tuple[str, ...], rows: list[dict[str, str]], encoding: str = "utf-8") -> bytes:
    """A CSV file with these columns; a cell not given is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def sichuan_row(number: int, **cells: str) -> dict[str, str]:
    """One row as Sichuan's platform writes it."""
    return {
        "department": "县花木局",
        "main_item": "未分类",
        "item_name": f"盆景养护登记（{number}）",
        "task_type_code": "7",
        "task_type_name": "行政确认",
        "item_code": f"511X{number:07}-519999000000-000-008778175-1-00",
        "area_code": "519999000000",
        "dept_code": "00877817-5",
        "url": "",
    } | cells


def sichuan(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    """A file in Sichuan's layout."""
    return csv_bytes(SICHUAN_COLUMNS, list(rows), encoding)


def guangdong_row(number: int, **fields: Any) -> dict[str, Any]:
    """One record as Guangdong's platform writes it."""
    return {
        "TASK_CODE": f"11440000006939756B24499{number:010}",
        "ORGCODE": "006939756",
        "TASK_TYPE": "01",
        "TASK_TYPE_TEXT": "行政许可",
        "TASK_NAME": f"灯会举办许可（{number}）",
        "parentCatalogName": "灯会举办许可",
        "DEPT_NAME": " 省灯会厅 ",
        "AREACODE": "440000",
        "AREA_CODE_TEXT": "广东省",
        "handle_time": "20(工作日)",
        "handle_time_limit": "5(工作日)",
        "material_intro": ["灯会方案", "场地平面图"],
        "consult_phone": "[masked]",
    } | fields


def guangdong(*rows: dict[str, Any], encoding: str = "utf-8") -> bytes:
    """A file in Guangdong's layout, one record a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(encoding)


def own_row(number: int, **cells: str) -> dict[str, str]:
    """One row of our own layout, in Chinese."""
    return {
        "实施编码": f"YC-{number:04}",
        "办理项名称": f"温室用地备案（{number}）",
        "事项类型": "公共服务",
        "部门名称": "县花木局",
        "区划代码": "519999",
        "承诺办结时限": "3(工作日)",
        "申请材料": "申请表；身份证明",
    } | cells


def own(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    """A file in our own layout."""
    columns = tuple(dict.fromkeys((*OWN_COLUMNS, *(name for row in rows for name in row))))
    return csv_bytes(columns, list(rows), encoding)

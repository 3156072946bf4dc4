"""Single values of a row: text, codes, types and limits as sources write them."""

import re
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from stdnum.cn import uscc

from yichuang.catalogue.types import HandlingKind, ItemType, Limit, LimitUnit, RowFault

UNKNOWN_WORDS = frozenset(
    ("", "无", "暂无", "未知", "不详", "—", "——", "-", "--", "/", "null", "none", "n/a", "[masked]")
)

TYPE_OF_TEXT: Mapping[str, ItemType] = {item_type.label: item_type for item_type in ItemType} | {
    "其他行政权力": ItemType.OTHER,
    "其他权力": ItemType.OTHER,
    "其他": ItemType.OTHER,
}
STANDARD_TYPES: Mapping[str, ItemType] = {item_type.value: item_type for item_type in ItemType}
# Guangdong's platform has other meanings for 20 and 21 than GB/T 39046—2020 annex A.
GUANGDONG_TYPES: Mapping[str, ItemType] = {
    **STANDARD_TYPES,
    "20": ItemType.OTHER,
    "21": ItemType.PUBLIC_SERVICE,
}

KIND_OF_TEXT: Mapping[str, HandlingKind] = {
    **{kind.label: kind for kind in HandlingKind},
    **{str(kind.value): kind for kind in HandlingKind},
    "即办": HandlingKind.IMMEDIATE,
    "承诺": HandlingKind.PROMISED,
}
UNIT_OF_TEXT: Mapping[str, LimitUnit] = {
    **{unit.label: unit for unit in LimitUnit},
    **{unit.value: unit for unit in LimitUnit},
    "时": LimitUnit.HOUR,
    "日历日": LimitUnit.CALENDAR_DAY,
    "个月": LimitUnit.MONTH,
    "周年": LimitUnit.YEAR,
}
CHARGED_OF_TEXT: Mapping[str, bool] = {
    **dict.fromkeys(("是", "收费", "1"), True),
    **dict.fromkeys(("否", "不收费", "0"), False),
}
LIMIT = re.compile(r"(\d{1,5})\s*(?:个)?\s*(?:\(\s*(?:个)?([^()\d]*)\)|([^()\d]*))")
SPACES = re.compile(r"[\s\u3000]+")
LONGEST_CONDITIONS = 10_000
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def text_of(row: Mapping[str, Any], field: str, longest: int, *, required: bool = False) -> str:
    """The cell with blanks put in order; "无" and its like count as empty. Faults: not text, too long, unprintable."""
    value = row.get(field)
    if value is None:
        value = ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RowFault(field, value, "应为文字或整数，请改正")
    text = clean(str(value))
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        raise RowFault(field, repr(text), "含有不可显示的字符，请删除后重试")
    if len(text) > longest:
        raise RowFault(field, text, f"长 {len(text)} 字，最多 {longest} 字，请缩短")
    if text.lower() in UNKNOWN_WORDS:
        text = ""
    if required and not text:
        raise RowFault(field, value, "必填而为空，请补填")
    return text


def paragraphs_of(row: Mapping[str, Any], field: str, longest: int) -> str | None:
    """A longer text with its line ends; None when the source has no such column, empty when it says "无"."""
    if field not in row:
        return None
    value = row[field]
    if not isinstance(value, str):
        return text_of(row, field, longest)
    lines = (text_of({field: line}, field, longest) for line in value.splitlines())
    text = "\n".join(line for line in lines if line)
    if len(text) > longest:
        raise RowFault(field, text, f"长 {len(text)} 字，最多 {longest} 字，请缩短")
    return text


def is_charged_of(row: Mapping[str, Any], field: str) -> bool | None:
    """Whether the item is charged for; None when the source does not say."""
    if isinstance(row.get(field), bool):
        return bool(row[field])
    text = text_of(row, field, 20)
    if text and text not in CHARGED_OF_TEXT:
        raise RowFault(field, text, "无法识别是否收费，请填“是”或“否”，未知的留空")
    return CHARGED_OF_TEXT.get(text)


def count_of(row: Mapping[str, Any], field: str) -> int | None:
    """How many copies, 0 to 99; None when the source does not say."""
    text = text_of(row, field, 4)
    if text and not re.fullmatch(r"\d{1,2}", text):
        raise RowFault(field, text, "份数应为 0–99 的整数，请核对")
    return int(text) if text else None


def clean(text: str) -> str:
    """Trimmed, with each run of blanks (also full-width and line ends) as one space, and no byte-order mark."""
    return SPACES.sub(" ", text.replace("\ufeff", "")).strip()


def type_of(
    row: Mapping[str, Any], *, code_field: str, text_field: str, codes: Mapping[str, ItemType] = STANDARD_TYPES
) -> ItemType:
    """The type by the source's code table and its words; where both are given they must agree."""
    code = text_of(row, code_field, 8)
    text = text_of(row, text_field, 20)
    by_code = codes.get(code.zfill(2)) if code else None
    by_text = TYPE_OF_TEXT.get(text) if text else None
    if not code and not text:
        raise RowFault(text_field, "", "缺少事项类型，请补填")
    if text and by_text is None:
        raise RowFault(text_field, text, f"未知的事项类型，可用：{'、'.join(ItemType(t).label for t in ItemType)}")
    if code and by_code is None:
        raise RowFault(code_field, code, "未知的事项类型码，请按来源的类型码表填写")
    if by_code and by_text and by_code != by_text:
        reason = f"类型码在该来源中为“{by_code.label}”，与类型名称“{text}”不一致，请核对"
        raise RowFault(code_field, code, reason)
    found = by_text or by_code
    assert found is not None
    return found


def kind_of(row: Mapping[str, Any], field: str, promised: Limit | None) -> HandlingKind:
    """办件类型; where the source is silent, an item with a promised limit is 承诺件, any other is 其他."""
    text = text_of(row, field, 20)
    if not text:
        return HandlingKind.PROMISED if promised else HandlingKind.OTHER
    if text not in KIND_OF_TEXT:
        raise RowFault(field, text, "未知的办件类型，可用：即办件、承诺件、其他")
    return KIND_OF_TEXT[text]


def limit_of(row: Mapping[str, Any], field: str, unit_field: str = "") -> Limit | None:
    """``20(工作日)``, ``20个工作日``, or a number with its unit in ``unit_field``; "无" and its like are unknown."""
    text = text_of(row, field, 40).translate({ord("（"): "(", ord("）"): ")"})
    if not text:
        return None
    text = unicodedata.normalize("NFKC", text)
    match = LIMIT.fullmatch(text)
    if match is None:
        raise RowFault(field, text, "无法识别的时限，请写成“20(工作日)”的形式，未知的留空")
    number = int(match[1])
    stated = clean(match[2] or match[3] or "")
    aside = text_of(row, unit_field, 10) if unit_field else ""
    if stated and aside and UNIT_OF_TEXT.get(stated) != UNIT_OF_TEXT.get(aside):
        raise RowFault(unit_field, aside, f"与时限中写明的单位“{stated}”不一致，请核对")
    unit = UNIT_OF_TEXT.get(stated or aside)
    if unit is None:
        shown = f"单位“{stated or aside}”" if stated or aside else "没有单位"
        reason = f"时限的{shown}不明确，请写明工作日、自然日、小时、月或年"
        raise RowFault(field, text, reason)
    if number == 0:
        raise RowFault(field, text, "时限不能为零：未知请留空，当场办结请填办件类型为即办件并留空")
    return Limit(number, unit)


def region_code_of(row: Mapping[str, Any], field: str) -> str:
    """A division code of 2, 4, 6, 9 or 12 digits, filled up to 12."""
    text = text_of(row, field, 12, required=True)
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", text):
        raise RowFault(field, text, "区划代码应为 6 或 12 位数字，请核对")
    return text.ljust(12, "0")


def credit_code_of(text: str) -> str:
    """``text`` as a unified social credit code (GB 32100), or empty when it is none or its check digit is wrong."""
    compact = text.replace("-", "").upper()
    return compact if len(compact) == 18 and uscc.is_valid(compact) else ""


def organisation_code_of(text: str) -> str:
    """``text`` as an organisation code (GB 11714, 9 characters with a check digit), or empty when it is none."""
    compact = text.replace("-", "").upper()
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", compact):
        return ""
    total = sum(int(sign, 36) * weight for sign, weight in zip(compact[:8], ORGANISATION_WEIGHTS, strict=True))
    return compact if compact[8] == "0123456789X0"[11 - total % 11] else ""


def local_department_code(region: str, name: str) -> str:
    """A code of 17 characters for a department of which the source gives no national code; stable by name."""
    return f"{region[:6]}-{sha256(name.encode()).hexdigest()[:10].upper()}"

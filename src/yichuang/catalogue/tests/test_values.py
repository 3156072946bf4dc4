"""Single values, as tables."""

import pytest

from yichuang.catalogue.importing.values import (
    GUANGDONG_TYPES,
    STANDARD_TYPES,
    credit_code_of,
    limit_of,
    local_department_code,
    organisation_code_of,
    region_code_of,
    text_of,
    type_of,
)
from yichuang.catalogue.types import ItemType, Limit, LimitUnit, RowFault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20(工作日)", Limit(20, LimitUnit.WORKING_DAY)),
        ("30(自然日)", Limit(30, LimitUnit.CALENDAR_DAY)),
        ("1(年)", Limit(1, LimitUnit.YEAR)),
        ("6（个月）", Limit(6, LimitUnit.MONTH)),
        ("6个月", Limit(6, LimitUnit.MONTH)),
        ("2 (小时)", Limit(2, LimitUnit.HOUR)),
        ("24小时", Limit(24, LimitUnit.HOUR)),
        ("１５个工作日", Limit(15, LimitUnit.WORKING_DAY)),
        ("无", None),
        (" 无 ", None),
        ("", None),
        ("[masked]", None),
        ("—", None),
        (None, None),
    ],
)
def test_limits_are_typed_and_unknown_is_none(text: str | None, expected: Limit | None) -> None:
    assert limit_of({"limit": text}, "limit") == expected


def test_a_limit_takes_its_unit_from_beside_it() -> None:
    assert limit_of({"n": 20, "u": "工作日"}, "n", "u") == Limit(20, LimitUnit.WORKING_DAY)
    assert limit_of({"n": "20(工作日)", "u": "wd"}, "n", "u") == Limit(20, LimitUnit.WORKING_DAY)
    with pytest.raises(RowFault, match="不一致"):
        limit_of({"n": "20(工作日)", "u": "自然日"}, "n", "u")


@pytest.mark.parametrize(
    "text", ["20", "20天", "20(日)", "约20个工作日", "-3(工作日)", "0(工作日)", "1.5(小时)", "即时"]
)
def test_unclear_limits_are_refused_not_guessed(text: str) -> None:
    with pytest.raises(RowFault):
        limit_of({"limit": text}, "limit")


@pytest.mark.parametrize(
    ("code", "text", "table", "expected"),
    [
        ("1", "行政许可", STANDARD_TYPES, ItemType.LICENCE),
        ("01", "行政许可", STANDARD_TYPES, ItemType.LICENCE),
        ("20", "公共服务", STANDARD_TYPES, ItemType.PUBLIC_SERVICE),
        ("10", "其他行政权力", STANDARD_TYPES, ItemType.OTHER),
        ("20", "其他行政权力", GUANGDONG_TYPES, ItemType.OTHER),
        ("21", "公共服务", GUANGDONG_TYPES, ItemType.PUBLIC_SERVICE),
        ("20", "", STANDARD_TYPES, ItemType.PUBLIC_SERVICE),
        ("20", "", GUANGDONG_TYPES, ItemType.OTHER),
        ("", "行政给付", STANDARD_TYPES, ItemType.PAYMENT),
    ],
)
def test_types_are_read_by_source_and_text(
    code: str, text: str, table: dict[str, ItemType], expected: ItemType
) -> None:
    assert type_of({"c": code, "t": text}, code_field="c", text_field="t", codes=table) is expected


@pytest.mark.parametrize(
    ("code", "text", "field"),
    [("20", "其他行政权力", "c"), ("21", "", "c"), ("1", "行政允许", "t"), ("", "", "t")],
)
def test_types_that_do_not_agree_are_refused(code: str, text: str, field: str) -> None:
    with pytest.raises(RowFault) as caught:
        type_of({"c": code, "t": text}, code_field="c", text_field="t")
    assert caught.value.field == field


def test_department_codes() -> None:
    assert credit_code_of("11511301452259996u") == "11511301452259996U"
    assert credit_code_of("11511301452259990U") == ""  # wrong check digit
    assert credit_code_of("1151130108778239R") == ""  # one character short
    assert organisation_code_of("00877817-5") == "008778175"
    assert organisation_code_of("00877836X") == "00877836X"
    assert organisation_code_of("130501003") == ""  # nine digits, but no organisation code
    made = local_department_code("511602000000", "区花木局")
    assert len(made) <= 18
    assert made == local_department_code("511602000000", "区花木局")
    assert made != local_department_code("511603000000", "区花木局")


def test_text_is_put_in_order_or_refused() -> None:
    assert text_of({"a": "\u3000甲\t 乙\n丙 "}, "a", 20) == "甲 乙 丙"
    for bad in ("甲\x00乙", "\ud800", "甲" * 21, True, {"x": 1}, 1.5):
        with pytest.raises(RowFault):
            text_of({"a": bad}, "a", 20)
    with pytest.raises(RowFault, match="必填"):
        text_of({"a": "无"}, "a", 20, required=True)


def test_region_codes_are_filled_up() -> None:
    assert region_code_of({"r": "440100"}, "r") == "440100000000"
    with pytest.raises(RowFault):
        region_code_of({"r": "4401a0"}, "r")

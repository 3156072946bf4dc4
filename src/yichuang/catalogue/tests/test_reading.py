"""Files to drafts: encodings, layouts, broken rows, sizes."""

import json

import pytest

from yichuang.catalogue.importing import decoding, rows
from yichuang.catalogue.importing.reading import read_items
from yichuang.catalogue.types import HandlingKind, ItemType, Limit, LimitUnit, UnknownColumns, UnreadableFile

from . import samples


def test_sichuan_rows() -> None:
    reading = read_items(samples.sichuan(samples.sichuan_row(1), samples.sichuan_row(2, main_item="盆景养护")))
    first, second = reading.drafts
    assert reading.source == "sichuan"
    assert (first.type, first.promised, first.materials) == (ItemType.CONFIRMATION, None, None)
    assert first.handling_kind is HandlingKind.OTHER
    assert first.main_item == first.name  # 未分类 is no main item
    assert second.main_item == "盆景养护"
    assert (first.department.code, first.department.credit_code) == ("008778175", "")


def test_guangdong_rows() -> None:
    vague = samples.guangdong_row(2, handle_time="无", handle_time_limit="无", material_intro="无")
    service = samples.guangdong_row(3, TASK_TYPE="21", TASK_TYPE_TEXT="公共服务")
    power = samples.guangdong_row(4, TASK_TYPE="20", TASK_TYPE_TEXT="其他行政权力")
    reading = read_items(samples.guangdong(samples.guangdong_row(1), vague, service, power))
    one, two, three, four = reading.drafts
    assert reading.source == "guangdong"
    assert (one.statutory, one.promised) == (Limit(20, LimitUnit.WORKING_DAY), Limit(5, LimitUnit.WORKING_DAY))
    assert [material.name for material in one.materials or ()] == ["灯会方案", "场地平面图"]
    assert (two.statutory, two.promised, two.materials) == (None, None, ())
    assert (one.handling_kind, two.handling_kind) == (HandlingKind.PROMISED, HandlingKind.OTHER)
    assert (three.type, four.type) == (ItemType.PUBLIC_SERVICE, ItemType.OTHER)
    assert (one.department.name, one.department.credit_code) == ("省灯会厅", "11440000006939756B")
    assert [region.code for region in reading.regions] == ["440000000000"]


def test_our_own_layout_in_both_languages_and_forms() -> None:
    chinese = read_items(samples.own(samples.own_row(1)))
    english = {
        "code": "YC-0001",
        "name": "温室用地备案（1）",
        "type": "20",
        "department": "县花木局",
        "region_code": 519999,
        "promised_limit": 3,
        "promised_unit": "工作日",
        "materials": ["申请表", "身份证明"],
    }
    array = read_items(json.dumps([english], ensure_ascii=False, indent=2).encode())
    assert chinese.source == array.source == "yichuang"
    (one,), (two,) = chinese.drafts, array.drafts
    assert (one.code, one.type, one.promised, one.materials) == (two.code, two.type, two.promised, two.materials)


def test_materials_in_a_cell_of_several_lines_may_hold_semicolons() -> None:
    (draft,) = read_items(samples.own(samples.own_row(1, 申请材料="甲；乙\n丙", 可选材料="丁;戊;甲；乙"))).drafts
    assert [(one.name, one.is_required) for one in draft.materials or ()] == [
        ("甲；乙", True),
        ("丙", True),
        ("丁", False),
        ("戊", False),
        ("甲", False),
        ("乙", False),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, line_end: str) -> None:
    content = samples.own(samples.own_row(1), samples.own_row(2)).decode().replace("\n", line_end).encode(encoding)
    assert [draft.name for draft in read_items(content).drafts] == ["温室用地备案（1）", "温室用地备案（2）"]


def test_a_broken_byte_spoils_one_row_only() -> None:
    lines = samples.own(*(samples.own_row(number) for number in range(1, 9))).split(b"\n")
    lines[4] = lines[4][:-1] + b"\xff\xfe"
    reading = read_items(b"\n".join(lines))
    assert [refused.line for refused in reading.refused] == [5]
    assert "UTF-8" in reading.refused[0].reason
    assert len(reading.drafts) == 7


@pytest.mark.parametrize(
    "broken",
    [
        'YC-0003,"温室,公共服务,县花木局,519999,3(工作日),申请表',
        "YC-0003,温室",
        "YC-0003,温室,公共服务,县花木局,519999,,,,",
    ],
)
def test_a_broken_csv_row_in_the_middle_is_refused_by_line(broken: str) -> None:
    lines = samples.own(*(samples.own_row(number) for number in range(1, 6))).decode().splitlines()
    lines[3] = broken
    reading = read_items("\n".join(lines).encode())
    assert [refused.line for refused in reading.refused] == [4]
    assert [draft.line for draft in reading.drafts] == [2, 3, 5, 6]


def test_two_open_quotes_far_apart_are_two_broken_rows() -> None:
    lines = samples.own(*(samples.own_row(number) for number in range(1, 8))).decode().splitlines()
    lines[2] = '"' + lines[2]
    lines[5] = lines[5] + '"'
    reading = read_items("\n".join(lines).encode())
    assert [refused.line for refused in reading.refused] == [3, 6]
    assert len(reading.drafts) == 5


def test_a_broken_json_line_in_the_middle() -> None:
    lines = samples.guangdong(*(samples.guangdong_row(number) for number in range(1, 5))).splitlines()
    lines[1] = lines[1][:200]
    lines[2] = b"[1, 2]"
    reading = read_items(b"\n".join(lines))
    assert [refused.line for refused in reading.refused] == [2, 3]
    assert [draft.line for draft in reading.drafts] == [1, 4]


def test_a_broken_element_of_a_json_array() -> None:
    records = [samples.guangdong_row(number) for number in range(1, 4)]
    text = json.dumps(records, ensure_ascii=False, indent=1).replace('"灯会举办许可（2）"', '"灯会举办许可（2）')
    reading = read_items(text.encode())
    assert len(reading.refused) == 1
    assert [draft.name for draft in reading.drafts] == ["灯会举办许可（1）", "灯会举办许可（3）"]
    assert text.splitlines()[reading.refused[0].line - 1].strip() == "{"
    deep = b'[{"a":' + b"[" * 100_000
    with pytest.raises(UnreadableFile):
        read_items(deep)


def test_each_fault_names_line_column_value_and_remedy() -> None:
    good, bad = samples.own_row(1), samples.own_row(2, 承诺办结时限="三天左右")
    (refused,) = read_items(samples.own(good, bad)).refused
    assert (refused.line, refused.field, refused.value) == (3, "承诺办结时限", "三天左右")
    assert "20(工作日)" in refused.reason


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"实施编码": ""}, "实施编码"),
        ({"实施编码": "Y" * 65}, "实施编码"),
        ({"办理项名称": "无"}, "办理项名称"),
        ({"事项类型": "行政允许"}, "事项类型"),
        ({"区划代码": "51x"}, "区划代码"),
        ({"部门代码": "11511301452259990U"}, "部门代码"),
        ({"短码": "a_b"}, "短码"),
        ({"办件类型": "快办件"}, "办件类型"),
    ],
)
def test_refused_cells(row: dict[str, str], field: str) -> None:
    (refused,) = read_items(samples.own(samples.own_row(1, **row))).refused
    assert refused.field == field


def test_unknown_columns_say_what_is_recognised_and_what_is_missing() -> None:
    with pytest.raises(UnknownColumns) as caught:
        read_items(samples.csv_bytes(["实施编码", "办理项名称", "颜色"], [{"实施编码": "1"}]))
    assert caught.value.recognised == ("办理项名称", "实施编码")
    assert set(caught.value.missing) == {"事项类型", "部门名称", "区划代码"}
    assert caught.value.unknown == ("颜色",)
    without = [name for name in samples.SICHUAN_COLUMNS if name != "area_code"]
    with pytest.raises(UnknownColumns, match=r"四川.*缺少：area_code"):
        read_items(samples.csv_bytes(without, []))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        ("实施编码".encode("utf-16"), "encoding"),
        (b"PK\x03\x04rest", "not_text"),
        (b"\xff\x00\xff\n\x81\xff", "encoding"),
        (b'"code,name\n', "no_header"),
        (b"code,code\n1,2\n", "duplicate_columns"),
        (b"[]", "no_rows"),
        (b"{broken", "no_rows"),
    ],
)
def test_what_is_no_list_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_items(content)
    assert caught.value.code == code


def test_sizes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    content = samples.own(samples.own_row(1), samples.own_row(2, 办理项名称="长" * 90_000), samples.own_row(3))
    reading = read_items(content)
    assert [refused.line for refused in reading.refused] == [3]
    monkeypatch.setattr(rows, "MAX_ROWS", 2)
    with pytest.raises(UnreadableFile, match="2 行"):
        read_items(content)
    monkeypatch.setattr(decoding, "MAX_BYTES", 1024)
    with pytest.raises(UnreadableFile) as caught:
        read_items(content)
    assert caught.value.code == "too_large"

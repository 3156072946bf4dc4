"""Identity documents, phone numbers and their masks. Every number here is made up for the test."""

import contextlib
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import (
    BadIdNumber,
    IdType,
    check_id,
    check_phone,
    mask_id,
    mask_name,
    mask_phone,
)

TODAY = date(2024, 9, 20)


def citizen(stem: str) -> str:
    """``stem`` of 17 digits with its check character."""
    return stem + ric.calc_check_digit(stem + "0")


def company(stem: str) -> str:
    """``stem`` of 17 characters with its check character."""
    return stem + uscc.calc_check_digit(stem)


def refusal_of(id_type: str, number: str) -> BadIdNumber:
    with pytest.raises(BadIdNumber) as caught:
        check_id(id_type, number, today=TODAY)
    assert caught.value.field == "id_number"
    return caught.value


@pytest.mark.parametrize(
    ("id_type", "number", "normal"),
    [
        # GB 11643—1999, annex A: the standard's two examples
        (IdType.ID_CARD, "11010519491231002X", "11010519491231002X"),
        (IdType.ID_CARD, "440524188001010014", None),  # well formed, but born before 1900
        ("111", " 110105 19491231 002x ", "11010519491231002X"),
        ("111", "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        ("112", "11010519491231002X", "11010519491231002X"),
        ("113", "11010519491231002X", "11010519491231002X"),
        ("154", citizen("81000019900101001"), citizen("81000019900101001")),
        ("154", citizen("83000019900101001"), citizen("83000019900101001")),
        ("154", citizen("51010419900101001"), None),
        ("111", citizen("81000019900101001"), None),
        ("111", citizen("99010419900101001"), None),
        ("001", company("91510100MA6C00001"), company("91510100MA6C00001")),
        ("001", company("N2510100MF0000001"), company("N2510100MF0000001")),  # rural collectives begin with N
        ("001", company("91510100MA6C00001").lower(), company("91510100MA6C00001")),
        ("114", "军字第2001988号", "军字第2001988号"),
        ("114", "南字01234567", "南字第01234567号"),
        ("115", "武字第0012345号", "武字第0012345号"),
        ("118", "12345", None),
        ("414", "e12345678", "E12345678"),
        ("414", "AB1234567", "AB1234567"),
        ("414", "PASSPORT", None),
        ("414", "E123", None),
        ("511", "01234567", "01234567"),
        ("511", "0123456701", "01234567"),
        ("511", "0123456", None),
        ("516", "h01234567", "H01234567"),
        ("516", "M0123456702", "M01234567"),
        ("516", "A01234567", None),
        ("553", "usa510190010112", "USA510190010112"),
        ("553", citizen("95184019900101001"), citizen("95184019900101001")),
        ("553", citizen("51010419900101001"), None),
        ("990", "川A-00123", "川A00123"),
        ("990", "<script>", None),
    ],
)
def test_documents(id_type: str, number: str, normal: str | None) -> None:
    if normal is None:
        refusal_of(id_type, number)
    else:
        assert check_id(id_type, number, today=TODAY) == normal


@pytest.mark.parametrize(
    ("number", "code", "message"),
    [
        ("110105194912310021", "id_checksum", "身份证号校验码不对，请核对第18位，再从头核对各位"),
        ("11010519491231002", "id_length", "身份证号应为18位，现在是17位，请补全或核对"),
        ("110105491231002", "id_length", "15位的第一代身份证号已停用，请填写18位身份证号"),
        ("1101051949123100X2", "id_format", "身份证号第17位不能是“X”，请核对"),
        (citizen("51010420240921001"), "id_birth_date", "身份证号里的出生日期 2024年9月21日 还没有到，请核对第7至14位"),
        (
            citizen("51010420230229001"),
            "id_birth_date",
            "身份证号里的出生日期没有 2023年2月29日 这一天，请核对第7至14位",
        ),
        (citizen("51010418991231001"), "id_birth_date", "身份证号里的出生年份1899早于1900年，请核对第7至10位"),
        (citizen("99010419900101001"), "id_format", "身份证号开头“99”不是省级区划代码，请核对第1、2位"),
        ("  ", "id_empty", "请填写居民身份证号码"),
    ],
)
def test_what_is_wrong_with_an_id_card_is_said(number: str, code: str, message: str) -> None:
    refusal = refusal_of("111", number)
    assert (refusal.code, refusal.message) == (code, message)


@pytest.mark.parametrize(
    ("number", "code", "message"),
    [
        (company("91510100MA6C00001")[:17] + "?", "id_format", "统一社会信用代码只含数字和大写字母，请核对第18位“?”"),
        ("91510100MA6CO00017", "id_format", "统一社会信用代码不用字母“O”，请核对第13位（是否为“0”）"),
        ("9151010AMA6C000017", "id_format", "统一社会信用代码第3至8位是登记机关区划代码，应为数字，请核对"),
        ("91510100MA6C", "id_length", "统一社会信用代码应为18位，现在是12位，请补全或核对"),
    ],
)
def test_what_is_wrong_with_a_credit_code_is_said(number: str, code: str, message: str) -> None:
    refusal = refusal_of("001", number)
    assert (refusal.code, refusal.message) == (code, message)


def test_a_birthday_today_is_not_in_the_future() -> None:
    newborn = citizen("51010420240920001")
    assert check_id("111", newborn, today=TODAY) == newborn


@given(
    st.sampled_from(["110105", "510104", "654301"]), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.data()
)
def test_any_single_wrong_digit_is_noticed(region: str, born: date, sequence: int, data: st.DataObject) -> None:
    number = citizen(f"{region}{born:%Y%m%d}{sequence:03}")
    assert check_id("111", number, today=TODAY) == number
    place = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    assert refusal_of("111", number[:place] + other + number[place + 1 :]).code == "id_checksum"


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.data())
def test_any_single_wrong_character_of_a_credit_code_is_noticed(body: str, data: st.DataObject) -> None:
    number = company(f"91510100{body}")
    assert check_id("001", number, today=TODAY) == number
    place = data.draw(st.integers(8, 17))
    other = data.draw(st.sampled_from([sign for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY" if sign != number[place]]))
    assert refusal_of("001", number[:place] + other + number[place + 1 :]).code == "id_checksum"


@given(st.sampled_from(IdType), st.text(max_size=24))
def test_any_text_is_refused_or_normalised_once_for_all(id_type: IdType, text: str) -> None:
    kept = None
    with contextlib.suppress(BadIdNumber):
        kept = check_id(id_type, text, today=TODAY)
    assert kept is None or check_id(id_type, kept, today=TODAY) == kept


def test_an_unknown_type_is_refused_by_its_own_field() -> None:
    with pytest.raises(Refusal) as caught:
        check_id("777", "1", today=TODAY)
    assert (caught.value.code, caught.value.field) == ("unknown_id_type", "id_type")


def test_type_codes_have_three_characters() -> None:
    assert all(len(code) == 3 and label for code, label in IdType.choices())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812342046", "13812342046"),
        ("138 1234-2046", "13812342046"),
        ("+86 138 1234 2046", "13812342046"),
        ("028-86601234", "028-86601234"),
        ("（028）86601234", "028-86601234"),
        ("0838-2501234", "0838-2501234"),
        ("028-86601234转801", "028-86601234转801"),
        ("+852 2123 4567", "+85221234567"),
    ],
)
def test_phones(typed: str, kept: str) -> None:
    assert check_phone(typed) == kept
    assert check_phone(kept) == kept


@pytest.mark.parametrize("typed", ["", "1381234204", "138123420466", "12812342046", "86601234", "电话", "+86 123"])
def test_what_is_no_phone(typed: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_phone(typed)
    assert (caught.value.code, caught.value.field) == ("bad_phone", "phone")


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (mask_id, "11010519491231002X", "110***********002X"),
        (mask_id, "H01234567", "H******67"),
        (mask_id, "12345", "*****"),
        (mask_id, "", ""),
        (mask_name, "王芳", "王*"),
        (mask_name, "欧阳海棠", "欧阳**"),
        (mask_name, "欧阳", "欧*"),
        (mask_name, "王", "王"),
        (mask_name, "", ""),
        (mask_phone, "13812342046", "138****2046"),
        (mask_phone, "028-86601234", "028-******34"),
        (mask_phone, "+85221234567", "+85*****4567"),
        (mask_phone, "12345", "*****"),
    ],
)
def test_masks(mask: Callable[[str], str], text: str, shown: str) -> None:
    assert mask(text) == shown

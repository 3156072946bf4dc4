"""Chinese dates and numerals, and dates as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.kernel import chinese
from yichuang.kernel.chinese import LARGEST_NUMERAL, BadDate, numeral, parse_date, parse_numeral


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (479, "四百七十九"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (2024, "二千零二十四"),
        (10_000, "一万"),
        (10_010, "一万零一十"),
        (12_933, "一万二千九百三十三"),
        (100_000, "十万"),
        (165_995, "十六万五千九百九十五"),
        (20_010_001, "二千零一万零一"),
    ],
)
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text
    assert parse_numeral(text) == number


@given(st.integers(0, LARGEST_NUMERAL))
def test_a_numeral_reads_back(number: int) -> None:
    assert parse_numeral(numeral(number)) == number


@pytest.mark.parametrize("number", [-1, LARGEST_NUMERAL + 1])
def test_numbers_without_a_numeral(number: int) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        numeral(number)


@pytest.mark.parametrize("text", ["", "十十", "一二", "零一", "百", "第一", "一万万", "一百一"])
def test_what_is_no_numeral(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        parse_numeral(text)


def test_dates_in_words() -> None:
    day = date(2024, 9, 20)
    assert chinese.full_date(day) == "2024年9月20日"
    assert chinese.short_date(day) == "9月20日"
    assert chinese.weekday_name(day) == "星期五"
    assert chinese.date_with_weekday(day) == "9月20日 星期五"
    assert chinese.formal_date(day) == "二〇二四年九月二十日"
    assert chinese.formal_date(date(2030, 12, 11)) == "二〇三〇年十二月十一日"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2024, 2, 26), date(2024, 3, 1), "2月26日—3月1日"),
        (date(2024, 4, 29), date(2024, 4, 30), "4月29日—4月30日"),
        (date(2023, 12, 25), date(2024, 1, 5), "2023年12月25日—2024年1月5日"),
        (date(2024, 9, 20), date(2024, 9, 20), "9月20日"),
    ],
)
def test_periods(first: date, last: date, text: str) -> None:
    assert chinese.period(first, last) == text


@pytest.mark.parametrize("text", ["2024-09-20", " 2024-9-20 ", "2024/9/20", "2024年9月20日", "2024年09月20日"])
def test_days_as_people_type_them(text: str) -> None:
    assert parse_date(text) == date(2024, 9, 20)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-04-31", "没有 2024年4月31日 这一天：4月只有30天"),
        ("2023-02-29", "没有 2023年2月29日 这一天：2023年2月只有28天"),
        ("2024-02-30", "没有 2024年2月30日 这一天：2024年2月只有29天"),
        ("2024-01-32", "没有 2024年1月32日 这一天：1月只有31天"),
        ("2024-13-01", "没有 2024年13月：月份只有1至12，请核对"),
        ("2024-00-01", "没有 2024年0月：月份只有1至12，请核对"),
        ("0000-01-01", "没有公元0年，请核对年份"),
        ("20 Sept", "看不懂日期“20 Sept”，请写成 2024-09-20 的样子"),
        ("2024-09/20", "看不懂日期“2024-09/20”，请写成 2024-09-20 的样子"),
        ("２０２４-09-20", "看不懂日期“２０２４-09-20”，请写成 2024-09-20 的样子"),
        ("", "看不懂日期“”，请写成 2024-09-20 的样子"),
    ],
)
def test_impossible_days_are_named(text: str, message: str) -> None:
    with pytest.raises(BadDate) as caught:
        parse_date(text, field="to")
    assert caught.value.message == message
    assert (caught.value.field, caught.value.code) == ("to", "bad_date")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_written_dates_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(chinese.full_date(day)) == day

"""Announcements and amendments that are sound, and those that are not."""

from datetime import date

import pytest

from yichuang.calendars.rules import check_amendment, check_announcement, check_name, check_year, read_days
from yichuang.calendars.types import Announcement
from yichuang.kernel.errors import Refusal
from yichuang.kernel.workdays import YearNotAnnounced

NEW_YEAR = {date(2027, 1, 1): (False, "元旦")}
KNOWN = {2025, 2026}


@pytest.mark.parametrize(
    ("year", "document", "days", "code"),
    [
        (2027, "国办发明电〔2026〕1号", NEW_YEAR, None),
        (2027, "文", NEW_YEAR | {date(2027, 2, 6): (True, "春节")}, None),  # a Saturday
        (2027, "文", NEW_YEAR | {date(2026, 12, 31): (False, "元旦")}, None),
        (2026, "文", {date(2026, 1, 1): (False, "元旦")}, "year_known"),
        (2027, " ", NEW_YEAR, "no_document"),
        (2027, "文" * 121, NEW_YEAR, "document_too_long"),
        (2027, "文", {}, "no_new_year"),
        (2027, "文", {date(2027, 1, 1): (True, "元旦")}, "not_weekend"),  # 1 January 2027 is a Friday
        (2027, "文", NEW_YEAR | {date(2028, 1, 1): (False, "元旦")}, "day_of_other_year"),
        (2027, "文", NEW_YEAR | {date(2026, 11, 30): (False, "元旦")}, "day_of_other_year"),
        (2028, "文", {date(2028, 1, 1): (False, "元旦"), date(2027, 12, 31): (False, "元旦")}, "day_of_other_year"),
        (2027, "文", NEW_YEAR | {date(2027, 2, 5): (True, "春节")}, "not_weekend"),  # a Friday
        (2027, "文", NEW_YEAR | {date(2027, 2, 6): (False, "")}, "no_name"),
        (1999, "文", {date(1999, 1, 1): (False, "元旦")}, "bad_year"),
    ],
)
def test_announcements(year: int, document: str, days: dict[date, tuple[bool, str]], code: str | None) -> None:
    announcement = Announcement(year, document, days)
    if code is None:
        check_announcement(announcement, KNOWN)
        return
    with pytest.raises(Refusal) as caught:
        check_announcement(announcement, KNOWN)
    assert caught.value.code == code
    assert caught.value.field


def test_days_are_read_one_a_line() -> None:
    assert read_days("2027-01-01 休 元旦\n\n 2027年2月6日  班  春节 \n") == {
        date(2027, 1, 1): (False, "元旦"),
        date(2027, 2, 6): (True, "春节"),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2027-01-01 休", "第1行看不懂，请写成“2027-01-01 休 元旦”或“2027-02-06 班 春节”"),
        ("2027-01-01 休 元旦\n2027-01-02 放假 元旦", "第2行看不懂，请写成“2027-01-01 休 元旦”或“2027-02-06 班 春节”"),
        ("2027-04-31 休 劳动节", "第1行：没有 2027年4月31日 这一天：4月只有30天"),
        ("2027-01-01 休 元旦\n2027-1-1 休 元旦", "第2行：2027年1月1日写了两次，请删去一行"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, message: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_days(text)
    assert caught.value.message == message
    assert caught.value.field == "days"


def test_amendments() -> None:
    day = date(2026, 3, 2)
    assert check_amendment(day, (True, ""), (False, "停电"), " 通知 ", KNOWN) == "通知"
    with pytest.raises(YearNotAnnounced):
        check_amendment(date(2027, 3, 2), (True, ""), (False, "停电"), "通知", KNOWN)
    with pytest.raises(Refusal, match="原因"):
        check_amendment(day, (True, ""), (False, "停电"), " ", KNOWN)
    with pytest.raises(Refusal, match="2026年3月2日已经是休息日，没有改动"):
        check_amendment(day, (False, "停电"), (False, "停电"), "通知", KNOWN)


@pytest.mark.parametrize("name", ["", " ", "长" * 41])
def test_names(name: str) -> None:
    with pytest.raises(Refusal):
        check_name(name)


@pytest.mark.parametrize("year", [0, 1999, 2200])
def test_years(year: int) -> None:
    with pytest.raises(Refusal):
        check_year(year)

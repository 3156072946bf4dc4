"""Dates and numerals as Chinese documents write them, and dates as people type them."""

import re
from calendar import monthrange
from datetime import date

from .errors import Refusal
from .labels import gettext_noop

DIGITS = "零一二三四五六七八九"
FORMAL_ZERO = "〇"  # in years: 二〇二四年 (GB/T 15835—2011)
UNITS = ((1000, "千"), (100, "百"), (10, "十"))
MYRIAD = 10_000
LARGEST_NUMERAL = MYRIAD * MYRIAD - 1
WEEKDAYS = (
    gettext_noop("星期一"),
    gettext_noop("星期二"),
    gettext_noop("星期三"),
    gettext_noop("星期四"),
    gettext_noop("星期五"),
    gettext_noop("星期六"),
    gettext_noop("星期日"),
)
DASH = "—"

_WRITTEN_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII)


class BadDate(Refusal):
    """What was typed is no day; the message says which part is impossible."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message, code="bad_date", field=field)


def parse_date(text: str, *, field: str = "date") -> date:
    """The day written as ``2024-09-20`` (or ``2024/9/20``, ``2024年9月20日``); :class:`BadDate` names what is wrong."""
    match = _WRITTEN_DATE.fullmatch(text.strip())
    if match is None:
        raise BadDate(f"看不懂日期“{text.strip()}”，请写成 2024-09-20 的样子", field=field)
    year, month, day = (int(part) for part in match.groups() if part is not None)
    if year == 0:
        raise BadDate("没有公元0年，请核对年份", field=field)
    if not 1 <= month <= 12:
        raise BadDate(f"没有 {year}年{month}月：月份只有1至12，请核对", field=field)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        where = f"{year}年2月" if month == 2 else f"{month}月"
        raise BadDate(f"没有 {year}年{month}月{day}日 这一天：{where}只有{last}天", field=field)
    return date(year, month, day)


def full_date(day: date) -> str:
    """``2024年9月20日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """``9月20日``."""
    return f"{day.month}月{day.day}日"


def weekday_name(day: date) -> str:
    """``星期五``."""
    return WEEKDAYS[day.weekday()]


def date_with_weekday(day: date) -> str:
    """``9月20日 星期五``."""
    return f"{short_date(day)} {weekday_name(day)}"


def period(first: date, last: date) -> str:
    """``2月26日—3月1日``; with years when they differ; one day stands alone."""
    if first == last:
        return short_date(first)
    write = short_date if first.year == last.year else full_date
    return f"{write(first)}{DASH}{write(last)}"


def numeral(number: int) -> str:
    """A whole number from 0 to 99,999,999 in words, as section heads count: 一, 十一, 二十, 一百零五."""
    if not 0 <= number <= LARGEST_NUMERAL:
        raise ValueError(f"no numeral for {number}")
    if number < 20:
        return DIGITS[number] if number < 10 else "十" + (DIGITS[number - 10] if number > 10 else "")
    myriads, rest = divmod(number, MYRIAD)
    if not myriads:
        return _below_myriad(rest)
    text = numeral(myriads) + "万"
    if rest:
        text += (DIGITS[0] if rest < MYRIAD // 10 else "") + _below_myriad(rest)
    return text


def _below_myriad(number: int) -> str:
    text, gap = "", False
    for size, unit in UNITS:
        digit, number = divmod(number, size)
        if digit:
            text += (DIGITS[0] if gap else "") + DIGITS[digit] + unit
            gap = False
        elif text:
            gap = True
    if number:
        text += (DIGITS[0] if gap else "") + DIGITS[number]
    return text


def parse_numeral(text: str) -> int:
    """The number that :func:`numeral` writes as ``text``; ValueError for anything else."""
    value = _parse_section(text)
    if not text or numeral(value) != text:
        raise ValueError(f"not a numeral: {text}")
    return value


def _parse_section(text: str) -> int:
    if "万" in text:
        myriads, rest = text.split("万", 1)
        return _parse_section(myriads) * MYRIAD + _parse_section(rest)
    sizes = {unit: size for size, unit in UNITS}
    total, digit = 0, 0
    for position, sign in enumerate(text):
        if sign in sizes:
            total += (1 if position == 0 else digit) * sizes[sign]
            digit = 0
        elif sign in DIGITS:
            digit = DIGITS.index(sign)
        else:
            raise ValueError(f"not a numeral: {text}")
    return total + digit


def formal_date(day: date) -> str:
    """``二〇二四年九月二十日``."""
    year = "".join(DIGITS[int(digit)] for digit in str(day.year)).replace(DIGITS[0], FORMAL_ZERO)
    return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"

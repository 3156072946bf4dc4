"""Which periods make a bulletin, how it is numbered, and who may write and issue it."""

from datetime import date

import rules

from yichuang.kernel.actor import Role
from yichuang.kernel.chinese import full_date, period
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import holds
from yichuang.ledger.types import Period

from .types import State

LONGEST = 31  # days: what is longer is no weekly bulletin

rules.add_perm("bulletins.view", holds(*Role))
rules.add_perm("bulletins.edit", holds(Role.EDITOR))


def check_period(wanted: Period, *, today: date) -> None:
    """A bulletin tells of days that are over or of today, of at most a month, within one year."""
    first, last = wanted
    if last > today:
        raise Refusal(f"截止日期 {full_date(last)} 还没有到，请改为今天或更早", code="in_future", field="to")
    if (last - first).days >= LONGEST:
        raise Refusal(f"周报期间最长 {LONGEST} 天，请缩短", code="too_long", field="to")
    if first.year != last.year:
        raise Refusal("周报期间不能跨年，请按年分为两期", code="two_years", field="from")


def next_numbers(wanted: Period, latest: tuple[int, int, int, date, date] | None) -> tuple[int, int, int]:
    """Year, 第N期 and 总第M期 of a new bulletin after ``latest`` (year, issue, serial, first, last).

    Numbers follow the periods: a bulletin cannot be inserted before or across one that is numbered already.
    """
    year = wanted.last.year
    if latest is None:
        return year, 1, 1
    latest_year, issue, serial, first, last = latest
    if wanted.first <= last:
        raise Refusal(
            f"{latest_year}年第{issue}期（{period(first, last)}）已编号，新一期应从 {full_date(last)} 之后开始",
            code="period_taken",
            field="from",
        )
    return year, issue + 1 if year == latest_year else 1, serial + 1


def check_state(state: State, wanted: State, verb: str) -> None:
    """Only a draft is edited, issued or discarded."""
    if state != wanted:
        raise Refusal(f"本期{state.label}，不能{verb}", code="illegal_state", field="state")

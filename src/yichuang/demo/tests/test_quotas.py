"""Daily numbers: whole, on working days only, and summing to every printed figure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.demo.days import WorkDays, chance
from yichuang.demo.figures import KNOWN_WEEKS, METRICS, segments
from yichuang.demo.quotas import daily, largest_remainder
from yichuang.demo.world import departments, items


@given(st.integers(0, 10**6), st.lists(st.floats(0.01, 100), min_size=1, max_size=60))
def test_parts_sum_to_the_whole_and_stay_near_their_share(total: int, weights: list[float]) -> None:
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) <= 1


def test_nothing_cannot_be_parted_over_nothing() -> None:
    assert largest_remainder(0, [0.0, 0.0]) == [0, 0]
    with pytest.raises(ValueError, match="nothing to part 3"):
        largest_remainder(3, [])


@pytest.mark.parametrize("metric", METRICS)
def test_every_known_figure_is_met(metric: str) -> None:
    days = WorkDays()
    by_day: dict[date, int] = {}
    for segment in segments():
        quotas = daily(segment, metric, days, chance("quotas"))
        by_day |= {days[index]: count for index, count in quotas.items()}
    for week in KNOWN_WEEKS:
        of_week = sum(count for day, count in by_day.items() if week.first <= day <= week.last)
        of_year = sum(count for day, count in by_day.items() if date(week.year, 1, 1) <= day <= week.last)
        assert (of_week, of_year) == (week.period[metric], week.ytd[metric])


def test_mondays_are_busy_and_holidays_empty() -> None:
    days = WorkDays()
    quotas = daily(segments()[1], "consulted", days, chance("quotas"))
    worked = {days[index] for index in quotas}
    assert date(2024, 2, 18) in worked  # a make-up Sunday
    assert not {date(2024, 2, 12), date(2024, 4, 4), date(2024, 5, 1), date(2024, 7, 6)} & worked
    july = {days[index]: count for index, count in quotas.items() if days[index].month == 7}
    mondays = [count for day, count in july.items() if day.weekday() == 0]
    fridays = [count for day, count in july.items() if day.weekday() == 4]
    assert min(mondays) > max(fridays)


def test_items_have_distinct_keys_codes_and_names() -> None:
    made = items()
    for values in ([one.key for one in made], [one.code for one in made], [(one.department, one.name) for one in made]):
        assert len(set(values)) == len(values) > 400
    assert all(one.promised_days <= one.statutory_days and len(one.key) <= 12 for one in made)
    assert all(one.department not in one.partners and one.partners for one in made)
    assert {code for one in made for code in one.partners} <= {row.code for row in departments()}

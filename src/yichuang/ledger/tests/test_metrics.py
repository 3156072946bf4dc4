"""The four sorts of metrics: flows, stocks, ratios and distinct subjects."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from yichuang.kernel.errors import Refusal
from yichuang.ledger import types
from yichuang.ledger.actions import fold, keep_stocks, reverse
from yichuang.ledger.queries import distinct_subjects, flow, flows, flows_by_day, flows_by_department, ratio, stock
from yichuang.ledger.types import (
    Channel,
    Distinct,
    Flow,
    Period,
    Ratio,
    Stock,
    declare_metrics,
    metric_of,
)

from .conftest import DONE, EDITOR, OTHER, START, Write

pytestmark = pytest.mark.django_db

DAY = Period(START.date(), START.date())
BOTH = Flow("test_both", "试验", "件", (DONE, OTHER))
AT_WINDOW = Flow("test_window", "试验", "件", (DONE,), (Channel.WINDOW,))


@pytest.fixture(params=[False, True], ids=["unfolded", "folded"])
def filled(request: pytest.FixtureRequest, write: Write) -> None:
    """Three at the window and one online on the day, of two subjects and two departments; one the day after."""
    write(1)
    write(1, quantity=2, department="D2")
    write(2, kind=OTHER, channel=Channel.ONLINE)
    write(2, at=START + timedelta(days=1))
    if request.param:
        fold()


@pytest.mark.usefixtures("filled")
def test_flows_add_up_by_period_channel_day_and_department() -> None:
    wide = Period(DAY.first, DAY.first + timedelta(days=1))
    assert flows([BOTH, AT_WINDOW], {"day": DAY, "wide": wide}) == {
        "day": {"test_both": 4, "test_window": 3},
        "wide": {"test_both": 5, "test_window": 4},
    }
    assert flow(AT_WINDOW, DAY, department="D2") == 2
    assert flows_by_day([AT_WINDOW], wide)["test_window"] == {wide.first: 3, wide.last: 1}
    assert flows_by_department([BOTH], DAY) == {"D1": {"test_both": 2}, "D2": {"test_both": 2}}


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("scale", "places", "expected"), [(100, 2, "75.00"), (100, 0, "75"), (1, 1, "0.8")])
def test_a_ratio_is_rounded_half_up(scale: int, places: int, expected: str) -> None:
    assert ratio(Ratio("test_share", "占比", "%", AT_WINDOW, BOTH, scale, places), DAY) == Decimal(expected)


def test_a_ratio_of_nothing_is_unknown() -> None:
    assert ratio(Ratio("test_share", "占比", "%", AT_WINDOW, BOTH), DAY) is None


def test_distinct_counts_subjects_and_not_those_that_were_reversed(write: Write) -> None:
    metric = Distinct("test_distinct", "对象", "件", (DONE,))
    write(1)
    write(1)
    mistaken = write(2)
    assert distinct_subjects(metric, DAY) == 2
    reverse(mistaken.id, actor=EDITOR, at=START, reason="错")
    assert distinct_subjects(metric, DAY) == 1


def test_a_stock_stands_at_the_last_value_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    now = {"D1": 3, "D2": 4}
    metric = Stock("test_stock", "在手", "件", lambda: now)
    monkeypatch.setattr(types, "_metrics", {metric.slug: metric})
    friday = date(2024, 9, 20)
    assert keep_stocks(friday) == 2
    now["D1"] = 10
    keep_stocks(friday)  # what is kept stays
    assert [stock(metric, day) for day in (date(2024, 9, 19), friday, date(2024, 9, 22))] == [0, 7, 7]
    assert stock(metric) == 14


def test_a_slug_means_one_metric_and_unknown_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(types, "_metrics", {})
    declare_metrics(BOTH, BOTH)
    with pytest.raises(ValueError, match="declared twice"):
        declare_metrics(Flow("test_both", "别的", "件", (DONE,)))
    with pytest.raises(Refusal, match="no_such"):
        metric_of("no_such")

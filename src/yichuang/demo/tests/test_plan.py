"""The plan of a whole year: sums, order of days, time limits."""

from collections import Counter
from itertools import pairwise

import pytest

from yichuang.demo import world
from yichuang.demo.days import WorkDays, chance
from yichuang.demo.figures import Segment, Stretch, segments, totals
from yichuang.demo.plan import NEVER, CasePlan, Outcome, Planner, SegmentPlan
from yichuang.ledger.types import Channel


@pytest.fixture(scope="module")
def days() -> WorkDays:
    return WorkDays()


@pytest.fixture(scope="module")
def items() -> list[world.DemoItem]:
    return world.items()


@pytest.fixture(scope="module", params=[0, 1], ids=["2023", "2024"])
def plan(request: pytest.FixtureRequest, days: WorkDays, items: list[world.DemoItem]) -> SegmentPlan:
    planner = Planner(days, [item.handling() for item in items], chance("plan"))
    return planner.plan(segments()[request.param])


def was_accepted(case: CasePlan) -> bool:
    return case.outcome not in (Outcome.DECLINED, Outcome.REDIRECTED)


def test_every_stretch_comes_out_exactly(plan: SegmentPlan, days: WorkDays) -> None:
    windows = Counter(case.accepted for case in plan.cases if case.channel is Channel.WINDOW and was_accepted(case))
    issued = Counter(case.issued for case in plan.cases)
    hand_overs = Counter(case.first for case in plan.cases) + Counter(day for case in plan.cases for day in case.extras)
    for stretch in plan.segment.stretches:
        span = days.span(stretch.first, stretch.last)
        sums = totals(*(sum(counted[day] for day in span) for counted in (plan.consulted, windows, issued, hand_overs)))
        assert sums == stretch.totals


def test_days_are_in_a_legal_order(plan: SegmentPlan) -> None:
    for case in plan.cases:
        if not was_accepted(case):
            assert case.first == case.decided == case.issued == NEVER
            continue
        assert plan.span.start <= case.accepted <= case.decided
        if case.outcome is not Outcome.WITHDRAWN:
            assert case.first != NEVER
        if case.first != NEVER:
            assert case.accepted <= case.first <= case.decided
            assert all(a < b for a, b in pairwise([case.first, *case.extras, case.decided + 1]))
        if case.outcome is Outcome.GRANTED:
            assert case.decided <= case.concluded <= case.issued
        else:
            assert case.issued == NEVER


def test_promises_are_mostly_kept(plan: SegmentPlan, items: list[world.DemoItem]) -> None:
    decided = [case for case in plan.cases if was_accepted(case)]
    late = [case for case in decided if case.decided - case.accepted > items[case.item].promised_days]
    assert 0 < len(late) < 0.03 * len(decided)


def test_a_backlog_stays_open(plan: SegmentPlan) -> None:
    last = plan.span.stop - 1
    in_hand = [case for case in plan.cases if was_accepted(case) and case.accepted <= last < case.decided]
    per_day = len(plan.cases) / len(plan.span)
    assert 3 * per_day < len(in_hand) < 12 * per_day


def test_the_customs_office_is_not_at_the_comprehensive_window(plan: SegmentPlan, items: list[world.DemoItem]) -> None:
    of_customs = [case for case in plan.cases if items[case.item].department == "CDH"]
    assert of_customs
    assert all(case.channel is not Channel.WINDOW for case in of_customs)


def test_departments_differ_in_size(plan: SegmentPlan, items: list[world.DemoItem]) -> None:
    sizes = sorted(Counter(items[case.item].department for case in plan.cases).values(), reverse=True)
    assert len(sizes) == 45
    assert sizes[0] > 8 * sizes[22] > 8 * sizes[44] > 0


def test_figures_that_cannot_be_met_are_refused(days: WorkDays, items: list[world.DemoItem]) -> None:
    first, last = segments()[0].first, segments()[0].stretches[0].last
    planner = Planner(days, [item.handling() for item in items], chance("plan"))
    for impossible in (totals(0, 10_000, 100, 1_000), totals(0, 0, 1_000, 10), totals(0, 0, 100, 90_000)):
        with pytest.raises(ValueError, match=r"window acceptances|first hand-overs|find no case"):
            planner.plan(Segment(first, last, (Stretch(first, last, impossible),)))

"""The days on which every case moves: planned backward from its result, so that sums and time limits hold.

For each result to be issued on a day the case behind it is drawn (item, waiting, review, acceptance) back to its
receipt. What is left of a stretch's hand-overs is then spread over the cases that are in review on each day.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate
from random import Random

from yichuang.ledger.types import Channel

from .days import WorkDays
from .figures import Segment
from .quotas import daily, largest_remainder

NEVER = -1
TAIL = 34  # working days after a segment's end on which results of the cases then open would fall
MOST_HAND_OVERS = 4
REFUSED_SHARE = 0.015
WITHDRAWN_SHARE = 0.011
DECLINED_SHARE = 0.014  # of acceptances
REDIRECTED_SHARE = 0.008
LATE_SHARE = 0.012
DEPARTMENT_WINDOW_SHARE = 0.07
_WAIT_FOR_ISSUE = (0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 5)  # working days between conclusion and hand-out


class Outcome(IntEnum):
    """How a case ends, if it ends within the segment."""

    GRANTED = 1
    REFUSED = 2
    WITHDRAWN = 3
    DECLINED = 4
    REDIRECTED = 5


@dataclass(frozen=True, slots=True)
class Handling:
    """What the plan needs to know of an item; weights are relative."""

    promised_days: int
    is_immediate: bool
    weight: float
    at_window: bool = True  # False: its department has not authorised the comprehensive window


class CasePlan:
    """One case's days, as indices of working days; ``NEVER`` where a step is not taken."""

    __slots__ = ("accepted", "channel", "concluded", "decided", "extras", "first", "issued", "item", "outcome")

    def __init__(  # noqa: PLR0917 - made two hundred thousand times
        self, item: int, outcome: Outcome, accepted: int, first: int, decided: int, concluded: int, issued: int
    ) -> None:
        self.item = item
        self.outcome = outcome
        self.accepted = accepted  # for declined and redirected cases: the day of receipt
        self.first = first  # day of the first hand-over
        self.decided = decided  # or withdrawn
        self.concluded = concluded
        self.issued = issued
        self.channel = Channel.ONLINE
        self.extras: list[int] = []  # days of further hand-overs, ascending


@dataclass(slots=True)
class SegmentPlan:
    """A segment's cases and consultations per working day."""

    segment: Segment
    span: range
    cases: list[CasePlan]
    consulted: dict[int, int]


class Planner:
    """Draws the cases of a segment."""

    def __init__(self, days: WorkDays, items: Sequence[Handling], rng: Random) -> None:
        self.days = days
        self.items = items
        self.rng = rng
        self._all = range(len(items))
        self._weights = list(accumulate(item.weight for item in items))
        self._immediate = [n for n in self._all if items[n].is_immediate]
        self._immediate_weights = list(accumulate(items[n].weight for n in self._immediate))

    def plan(self, segment: Segment) -> SegmentPlan:
        """Every case that is received in ``segment``, some to be accepted the day after; all known sums hold."""
        span = self.days.span(segment.first, segment.last)
        issues = daily(segment, "issued", self.days, self.rng)
        drawn = self._backward(span, self._with_tail(issues, span))
        cases = [case for case in drawn if span.start <= case.accepted <= span.stop]
        self._place_at_windows(cases, daily(segment, "accepted", self.days, self.rng))
        self._spread_hand_overs(segment, cases)
        cases += list(self._turned_away(cases, span))
        return SegmentPlan(segment, span, cases, daily(segment, "consulted", self.days, self.rng))

    def _with_tail(self, issues: dict[int, int], span: range) -> dict[int, int]:
        """Quotas beyond the end at the segment's usual pace, so that a plausible backlog stays open."""
        pace = 0.95 * sum(issues.values()) / len(span)
        tail = {span.stop + n: round(pace * self.rng.uniform(0.85, 1.15)) for n in range(TAIL)}
        return issues | tail

    def _backward(self, span: range, issues: dict[int, int]) -> Iterator[CasePlan]:
        for day, count in issues.items():
            for _ in range(count):
                yield self._draw(Outcome.GRANTED, day, span)
            for outcome, share in ((Outcome.REFUSED, REFUSED_SHARE), (Outcome.WITHDRAWN, WITHDRAWN_SHARE)):
                for _ in range(self._round(count * share)):
                    yield self._draw(outcome, day, span)

    def _round(self, value: float) -> int:
        """Rounded up or down by chance, so that small shares add up."""
        return int(value) + (self.rng.random() < value % 1)

    def _draw(self, outcome: Outcome, end: int, span: range) -> CasePlan:
        """A case that ends on day ``end``: issued if granted, else decided or withdrawn."""
        rng, random = self.rng, self.rng.random
        hurried = outcome is Outcome.GRANTED and end - span.start < 2 and random() < 0.85
        if hurried:
            item = rng.choices(self._immediate, cum_weights=self._immediate_weights)[0]
        else:
            item = rng.choices(self._all, cum_weights=self._weights)[0]
        handling = self.items[item]
        wait = 0
        if outcome is Outcome.GRANTED:
            wait = int(random() < 0.15) if handling.is_immediate else _WAIT_FOR_ISSUE[int(random() * 12)]
        decided = max(end - wait, span.start)
        accepted = first = decided
        if not handling.is_immediate:
            accepted = decided - self._duration(handling.promised_days)
            if accepted < span.start:  # the year begins with an empty house: what it issues early went quickly
                accepted = decided - int((decided - span.start + 1) * random() ** 2)
            first = min(accepted + (random() < 0.28), decided)
        concluded = min(decided + (wait > 0 and random() < 0.2), end)
        if outcome is Outcome.GRANTED:
            return CasePlan(item, outcome, accepted, first, decided, concluded, end)
        if outcome is Outcome.REFUSED:
            return CasePlan(item, outcome, accepted, first, decided, concluded, NEVER)
        return CasePlan(item, outcome, accepted, first if random() < 0.7 else NEVER, decided, NEVER, NEVER)

    def _duration(self, promised: int) -> int:
        """Working days from acceptance to decision: mostly within the promise, the longer half of it."""
        if self.rng.random() < LATE_SHARE:
            return promised + 1 + int(self.rng.random() * 3)
        share = 0.3 + 0.7 * max(self.rng.random(), self.rng.random())
        return max(1, min(promised, round(promised * share)))

    def _place_at_windows(self, cases: list[CasePlan], quotas: dict[int, int]) -> None:
        """Choose exactly the day's number of window acceptances; the rest are online, some at department windows."""
        by_day: dict[int, list[CasePlan]] = {day: [] for day in quotas}
        for case in cases:
            if self.items[case.item].at_window and case.accepted in by_day:
                by_day[case.accepted].append(case)
            if self.rng.random() < DEPARTMENT_WINDOW_SHARE:
                case.channel = Channel.DEPARTMENT_WINDOW
        for day, quota in quotas.items():
            if quota > len(by_day[day]):
                raise ValueError(f"{self.days[day]}: {quota} window acceptances, but {len(by_day[day])} cases")
            for case in self.rng.sample(by_day[day], quota):
                case.channel = Channel.WINDOW

    def _spread_hand_overs(self, segment: Segment, cases: list[CasePlan]) -> None:
        """Further hand-overs, at most one a day and case, so that each stretch sums to its 流转 exactly."""
        span = self.days.span(segment.first, segment.last)
        firsts = Counter(case.first for case in cases)
        joining: dict[int, list[CasePlan]] = {}
        for case in cases:
            if case.first != NEVER and case.decided > case.first:
                joining.setdefault(case.first + 1, []).append(case)
        load = self._in_review(joining, span)
        reviewing: list[CasePlan] = []
        for stretch in segment.stretches:
            part = self.days.span(stretch.first, stretch.last)
            left = stretch.totals["handed_over"] - sum(firsts[day] for day in part)
            if left < 0:
                raise ValueError(f"{stretch.first}: more first hand-overs than hand-overs")
            weights = [load[day] * self.days.busyness(day, self.rng) for day in part]
            owed = 0
            for day, quota in zip(part, largest_remainder(left, weights), strict=True):
                reviewing = [case for case in reviewing if case.decided >= day] + joining.get(day, [])
                owed = self._hand_over(reviewing, day, quota + owed)
            if owed:
                raise ValueError(f"{stretch.last}: {owed} hand-overs find no case in review")

    def _hand_over(self, reviewing: list[CasePlan], day: int, quota: int) -> int:
        """Hand over ``quota`` of the cases in review; returns how many found none."""
        able = [case for case in reviewing if len(case.extras) < MOST_HAND_OVERS - 1]
        for case in self.rng.sample(able, min(quota, len(able))):
            case.extras.append(day)
        return max(0, quota - len(able))

    @staticmethod
    def _in_review(joining: dict[int, list[CasePlan]], span: range) -> dict[int, int]:
        change: Counter[int] = Counter()
        for day, cases in joining.items():
            change[day] += len(cases)
            for case in cases:
                change[case.decided + 1] -= 1
        running = accumulate(change[day] for day in span)
        return dict(zip(span, running, strict=True))

    def _turned_away(self, cases: list[CasePlan], span: range) -> Iterator[CasePlan]:
        """Cases that were received but not accepted, in proportion to the acceptances of each day."""
        for day, count in sorted(Counter(case.accepted for case in cases if case.accepted in span).items()):
            for outcome, share in ((Outcome.DECLINED, DECLINED_SHARE), (Outcome.REDIRECTED, REDIRECTED_SHARE)):
                for _ in range(self._round(count * share)):
                    item = self.rng.choices(self._all, cum_weights=self._weights)[0]
                    case = CasePlan(item, outcome, day, NEVER, NEVER, NEVER, NEVER)
                    if self.items[item].at_window and self.rng.random() < 0.4:
                        case.channel = Channel.WINDOW
                    yield case

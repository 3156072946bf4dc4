"""From the plan to the entries: every step gets its second, its actor and its payload, in the order recorded."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter
from random import Random
from typing import Any, NamedTuple

from yichuang.cases.types import (
    ACCEPTED,
    CASE,
    CONCLUDED,
    CONSULTATION,
    CONSULTED,
    DECLINED,
    GRANTED,
    HANDED_OVER,
    ISSUED,
    RECEIVED,
    REDIRECTED,
    REFUSED,
    SERVED,
    WITHDRAWN,
    NoticeKind,
    State,
)
from yichuang.ledger.types import BulkRow, Channel

from .days import WorkDays
from .moments import DAY, HOUR, SHORTEST_GAP, Clock, Moments, is_lunch, midnight, on_the_clock, pick
from .plan import NEVER, CasePlan, Outcome, SegmentPlan
from .world import PROVINCE, SYSTEM, DemoItem, Post, Staff

PHONE_SHARE = 0.18
NAMED_ITEM_SHARE = 0.65
LOGGED_LATE_SHARE = 0.006
_RECEIPT = 1_300  # seconds at most between receipt and acceptance at a window

_DECISIONS = {Outcome.GRANTED: GRANTED.code, Outcome.REFUSED: REFUSED.code, Outcome.WITHDRAWN: WITHDRAWN.code}
_TURNED_AWAY = {Outcome.DECLINED: DECLINED.code, Outcome.REDIRECTED: REDIRECTED.code}
_STATES = {
    RECEIVED.code: State.RECEIVED,
    ACCEPTED.code: State.ACCEPTED,
    DECLINED.code: State.DECLINED,
    REDIRECTED.code: State.REDIRECTED,
    HANDED_OVER.code: State.REVIEWING,
    GRANTED.code: State.GRANTED,
    REFUSED.code: State.REFUSED,
    CONCLUDED.code: State.CONCLUDED,
    ISSUED.code: State.ISSUED,
    SERVED.code: State.SERVED,
    WITHDRAWN.code: State.WITHDRAWN,
}
_NOTICES = {
    ACCEPTED.code: NoticeKind.ACCEPTANCE,
    DECLINED.code: NoticeKind.DECLINE,
    REDIRECTED.code: NoticeKind.REDIRECT,
    REFUSED.code: NoticeKind.REFUSAL,
}
_REASONS = {
    REFUSED.code: ("申请条件不符合法定标准", "经审查材料与实际情况不符", "不具备规定的人员或设备条件"),
    WITHDRAWN.code: ("申请人自愿撤回", "申请人拟补充材料后重新申请", "项目计划变更"),
    DECLINED.code: ("不属于本机关职权范围", "应由市（州）主管部门办理"),
    REDIRECTED.code: ("依法不需要取得行政许可", "该事项已取消，无需办理"),
}

_REMEDIES = {"review_body": "四川省人民政府", "court": "有管辖权的人民法院"}  # 行政许可法 art. 38(2)
_UNTIL_SERVED = 4  # working days at most between the end of a refused case and its delivery

Event = tuple[int, int, "Story | None", Any]  # instant recorded, kind, case, detail


class Story:
    """One case as it went, for its row and its page; filled while the entries are told in order."""

    __slots__ = (
        "accepted_at", "channel", "clerk", "due_on", "granted", "holder", "id", "item", "moved_at", "moved_by",
        "number", "received_at", "result_number", "reviewer", "stage",
    )  # fmt: skip

    def __init__(self, item: DemoItem, channel: Channel) -> None:
        self.item = item
        self.channel = channel
        self.id = 0
        self.number = self.holder = self.result_number = self.received_at = self.moved_at = ""
        self.accepted_at: str | None = None
        self.due_on: str | None = None
        self.granted: bool | None = None
        self.moved_by = 0
        self.stage = State.RECEIVED
        self.clerk = self.reviewer = SYSTEM


class Paper(NamedTuple):
    """A numbered notice; ``detail`` is JSON."""

    case: int
    kind: int
    department: str
    year: int
    number: int
    issued_at: str
    detail: str


class Telling:
    """Tells segments one after the other; keeps what the other tables need: cases, notices, consultations, series."""

    def __init__(self, days: WorkDays, items: Sequence[DemoItem], staff: Staff, rng: Random) -> None:
        self.days, self.items, self.staff, self.rng = days, items, staff, rng
        self.clock = Clock()
        self.moments = Moments(rng)
        self.cases: list[Story] = []
        self.notices: list[Paper] = []
        self.consultations: list[tuple[int, str, str, str, int]] = []
        self.series: Counter[str] = Counter()
        self._midnights = [midnight(day) for day in days.days]
        self._duty: tuple[int, list[Post]] = (NEVER, [])

    def tell(self, plan: SegmentPlan) -> Iterator[BulkRow]:
        """The entries of a segment's cases to the end of the last of them, in the order recorded."""
        events: list[Event] = []
        for case in plan.cases:
            self._happen(case, plan, events)
        for day, count in plan.consulted.items():
            self._consult(day, count, plan.span, events)
        events.sort(key=itemgetter(0))
        for recorded, kind, story, detail in events:
            yield self._consultation(recorded, detail) if story is None else self._entry(recorded, kind, story, detail)

    # what happens when

    def _happen(self, case: CasePlan, plan: SegmentPlan, events: list[Event]) -> None:
        """Append a case's events, strictly ascending; a case received within the segment runs to its end."""
        steps = self._steps(case)
        story = Story(self.items[case.item], case.channel)
        told: list[Event] = []
        position = 0
        while position < len(steps):
            day = steps[position][0]
            following = position
            while following < len(steps) and steps[following][0] == day:
                following += 1
            earliest = 0 if position else _RECEIPT + 60
            quick = following - position > 1 and self.items[case.item].is_immediate
            draw = self.moments.in_one_go if quick else self.moments.ascending
            base = self._midnights[day]
            for second, (_, kind, detail) in zip(
                draw(following - position, earliest=earliest), steps[position:following], strict=True
            ):
                told.append((base + on_the_clock(second), kind, story, detail))
            position = following
        received = self._received(case, told[0][0], midnight(plan.segment.first))
        if received < self._midnights[plan.span.stop - 1] + DAY:
            events.append((received, RECEIVED.code, story, None))
            events += told

    def _steps(self, case: CasePlan) -> list[tuple[int, int, str | None]]:
        """(day, kind, detail) in order, from acceptance; a hand-over's detail is where it goes."""
        if case.outcome in _TURNED_AWAY:
            return [(case.accepted, _TURNED_AWAY[case.outcome], None)]
        steps: list[tuple[int, int, str | None]] = [(case.accepted, ACCEPTED.code, None)]
        if case.first != NEVER:
            route = self._route(self.items[case.item], len(case.extras))
            steps += [(day, HANDED_OVER.code, to) for day, to in zip((case.first, *case.extras), route, strict=True)]
        steps.append((case.decided, _DECISIONS[case.outcome], None))
        if case.concluded != NEVER:
            steps.append((case.concluded, CONCLUDED.code, None))
        if case.issued != NEVER:
            steps.append((case.issued, ISSUED.code, None))
        if case.outcome is Outcome.REFUSED:
            steps.append((case.concluded + int(self.rng.random() * _UNTIL_SERVED), SERVED.code, None))
        return steps

    def _route(self, item: DemoItem, extras: int) -> list[str]:
        """Back offices in turn; the last is the item's own department, which decides."""
        own, partner = item.department, pick(item.partners, self.rng.random())
        if extras < 3:
            return ([], [partner], [own, partner])[extras] + [own]
        other = pick(item.partners, self.rng.random())
        return [own, partner, other, own] if other != partner else [partner, own, partner, own]

    def _received(self, case: CasePlan, accepted: int, first: int) -> int:
        if case.channel is not Channel.ONLINE:
            received = accepted - SHORTEST_GAP - int(self.rng.random() * (_RECEIPT - SHORTEST_GAP))
            return received - HOUR if is_lunch(received) else received
        eve = case.accepted - 1 - (self.rng.random() < 0.15)
        since = first if eve < 0 else max(self._midnights[eve] + 8 * HOUR, first)
        return self.moments.online_before(accepted, since)

    def _consult(self, day: int, count: int, span: range, events: list[Event]) -> None:
        """A day's consultations; a few calls are logged the next working morning."""
        base, random = self._midnights[day], self.rng.random
        weights = [item.weight for item in self.items]
        for item in self.rng.choices(self.items, weights, k=count):
            occurred = recorded = base + on_the_clock(self.moments.worked())
            is_call = random() < PHONE_SHARE
            if is_call and day + 1 < span.stop and random() < LOGGED_LATE_SHARE / PHONE_SHARE:
                recorded = self._midnights[day + 1] + on_the_clock(int(random() * 2_400))
            events.append((recorded, CONSULTED.code, None, (occurred, item, is_call, random() < NAMED_ITEM_SHARE)))

    # who did it, and what the entry says

    def _consultation(self, recorded: int, detail: tuple[int, DemoItem, bool, bool]) -> BulkRow:
        occurred, item, is_call, is_named = detail
        channel = Channel.PHONE if is_call else Channel.WINDOW
        number = len(self.consultations) + 1
        at, key = self.clock.utc(occurred), item.key if is_named else ""
        self.consultations.append((number, at, item.department, key, channel.value))
        clerk = self._clerk(recorded)
        return BulkRow(
            CONSULTED.code, at, self.clock.utc(recorded), clerk.person, clerk.position, PROVINCE, item.department, key,
            channel.value, CONSULTATION.code, number, 1, "",
        )  # fmt: skip

    def _entry(self, instant: int, kind: int, story: Story, detail: str | None) -> BulkRow:
        at = self.clock.utc(instant)
        if kind == RECEIVED.code:
            self._begin(story, instant, at)
        actor = self._actor(kind, story, instant)
        payload = self._payload(kind, story, detail)
        self._advance(kind, story, instant, at, payload)
        story.moved_at, story.moved_by, story.stage = at, actor.person, _STATES[kind]
        item = story.item
        return BulkRow(
            kind, at, at, actor.person, actor.position, PROVINCE, item.department, item.key, story.channel.value,
            CASE.code, story.id, 1, payload,
        )  # fmt: skip

    def _begin(self, story: Story, instant: int, at: str) -> None:
        self.cases.append(story)
        story.id = len(self.cases)
        day = self.clock.local_date(instant).replace("-", "")
        story.number = f"{story.item.key}{day}{self._next(f'case:{story.item.key}:{day}'):04d}"
        story.received_at = at
        story.clerk = self._clerk(instant)
        story.reviewer = pick(self.staff.reviewers[story.item.department], self.rng.random())

    def _advance(self, kind: int, story: Story, instant: int, at: str, payload: str) -> None:
        """What a step leaves in the case's row, and its numbered notice."""
        if kind == ACCEPTED.code:
            story.accepted_at = at
            story.due_on = self._due(story.item, instant)
        elif kind in (GRANTED.code, REFUSED.code):
            story.granted = kind == GRANTED.code
        elif kind == CONCLUDED.code and story.granted:
            year = self.clock.local_date(instant)[:4]
            story.result_number = f"{story.item.key}〔{year}〕{self._next(f'result:{story.item.key}:{year}'):05d}号"
        if kind in _NOTICES:
            department, of_year = story.item.department, int(self.clock.local_date(instant)[:4])
            number = self._next(f"notice:{department}:{of_year}")
            detail = self._detail(kind, story, payload)
            self.notices.append(Paper(story.id, _NOTICES[kind].value, department, of_year, number, at, detail))

    @staticmethod
    def _detail(kind: int, story: Story, payload: str) -> str:
        """What the notice's text needs."""
        if kind == ACCEPTED.code:
            item = story.item
            limit = "当场办结" if item.is_immediate else f"{item.promised_days}个工作日"
            return _json({"due_on": story.due_on or "", "limit": limit})
        return _json(json.loads(payload) | _REMEDIES) if kind == REFUSED.code else payload

    def _next(self, series: str) -> int:
        self.series[series] += 1
        return self.series[series]

    def _due(self, item: DemoItem, instant: int) -> str:
        day = self.clock.local_date(instant)
        if item.is_immediate:
            return day
        start = self.days.at(day)
        return str(self.days[start + item.promised_days])

    def _payload(self, kind: int, story: Story, detail: str | None) -> str:
        """As ``cases.actions`` writes it."""
        if kind == HANDED_OVER.code:
            before, story.holder = story.holder, detail or ""
            return f'{{"from":"{before}","to":"{story.holder}"}}'
        if kind not in _REASONS:
            return ""
        reason = pick(_REASONS[kind], self.rng.random())
        owner = {"owner": "项目所在地市（州）主管部门"} if kind == DECLINED.code else {}
        return _json(owner | {"reason": reason})

    def _actor(self, kind: int, story: Story, instant: int) -> Post:
        """Who takes this step: as the permissions of ``cases.rules`` allow."""
        if kind in (ISSUED.code, SERVED.code):
            return self._clerk(instant) if story.item.at_window else story.reviewer
        if kind == HANDED_OVER.code:
            pool = self.staff.reviewers[story.holder] if story.holder else self.staff.dispatchers
            return pick(pool, self.rng.random())
        if kind in (GRANTED.code, REFUSED.code, CONCLUDED.code):
            return story.reviewer
        if kind == RECEIVED.code and story.channel is Channel.ONLINE:
            return SYSTEM
        return story.clerk if story.channel is Channel.WINDOW else story.reviewer

    def _clerk(self, instant: int) -> Post:
        """One of the clerks on duty: two or three are off each day."""
        day = instant // DAY
        if self._duty[0] != day:
            away = min(self.rng.randint(2, 3), len(self.staff.clerks) - 1)
            self._duty = (day, self.rng.sample(self.staff.clerks, len(self.staff.clerks) - away))
        return pick(self._duty[1], self.rng.random())


def _json(values: dict[str, str]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

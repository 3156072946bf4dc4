"""Every entry of a small province is one that the rules of cases let happen, and the same each time."""

import hashlib
import json
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from yichuang.cases.rules import HAND_OVER, ISSUE, MOVES, check_hand_over, check_move
from yichuang.cases.types import ACCEPTED, CASE, CONSULTED, HANDED_OVER, ISSUED, RECEIVED, CaseFacts, State
from yichuang.demo import people, world
from yichuang.demo.days import chance
from yichuang.demo.province import SEED, entries, telling
from yichuang.demo.story import Telling
from yichuang.kernel.actor import Role
from yichuang.ledger.types import BulkRow, Channel

from .small import SMALL

CHINA = ZoneInfo("Asia/Shanghai")


def tell(seed: int = SEED) -> tuple[Telling, list[BulkRow]]:
    teller, planner = telling(seed)
    return teller, list(entries(teller, planner, SMALL))


@pytest.fixture(scope="module")
def told() -> tuple[Telling, list[BulkRow]]:
    return tell()


@pytest.fixture(scope="module")
def by_case(told: tuple[Telling, list[BulkRow]]) -> dict[int, list[BulkRow]]:
    found: dict[int, list[BulkRow]] = defaultdict(list)
    for row in told[1]:
        if row.subject_type == CASE.code:
            found[row.subject_id].append(row)
    return found


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(CHINA)


def digest(rows: list[BulkRow]) -> str:
    return hashlib.sha256("\n".join(map(repr, rows)).encode()).hexdigest()


def test_the_same_each_time(told: tuple[Telling, list[BulkRow]]) -> None:
    assert len(told[1]) > 10_000
    assert digest(tell()[1]) == digest(told[1])
    assert digest(tell(seed=SEED + 1)[1]) != digest(told[1])


def test_rows_come_in_the_order_recorded(told: tuple[Telling, list[BulkRow]]) -> None:
    recorded = [row.recorded_at for row in told[1]]
    assert recorded == sorted(recorded)
    assert all(row.occurred_at <= row.recorded_at for row in told[1])


def test_sums_are_those_asked_for(told: tuple[Telling, list[BulkRow]]) -> None:
    wanted: dict[str, int] = defaultdict(int)
    for segment in SMALL:
        for stretch in segment.stretches:
            for name, count in stretch.totals.items():
                wanted[name] += count
    rows = [row for row in told[1] if any(part.first <= local(row.occurred_at).date() <= part.last for part in SMALL)]
    kinds = [row.kind for row in rows]
    at_windows = [row for row in rows if row.kind == ACCEPTED.code and row.channel == Channel.WINDOW]
    assert wanted == {
        "consulted": kinds.count(CONSULTED.code),
        "accepted": len(at_windows),
        "issued": kinds.count(ISSUED.code),
        "handed_over": kinds.count(HANDED_OVER.code),
    }


def test_every_case_follows_the_rules(by_case: dict[int, list[BulkRow]], told: tuple[Telling, list[BulkRow]]) -> None:
    states = set()
    for case in told[0].cases:
        rows = by_case[case.id]
        assert rows[0].kind == RECEIVED.code
        facts = CaseFacts(
            number=case.number,
            state=State.RECEIVED,
            department=case.item.department,
            holder="",
            is_granted=None,
            is_signed=False,
            handler=None,
            moved_by="",
            moved_at=local(rows[0].occurred_at),
        )
        assert all(before.occurred_at < after.occurred_at for before, after in pairwise(rows))
        for row in rows[1:]:
            facts = step(facts, row)
        assert (case.stage, case.holder, case.granted) == (facts.state, facts.holder, facts.is_granted)
        assert (case.moved_at, case.moved_by) == (rows[-1].occurred_at, rows[-1].actor)
        states.add(facts.state)
    assert states == {State.ISSUED, State.SERVED, State.DECLINED, State.REDIRECTED, State.WITHDRAWN}


def step(facts: CaseFacts, row: BulkRow) -> CaseFacts:
    """What the case is after ``row``; the rules raise when it may not happen."""
    move = MOVES[row.kind]
    state = check_move(move, facts)
    holder, granted = facts.holder, facts.is_granted
    payload = json.loads(row.payload or "{}")
    if move is HAND_OVER:
        check_hand_over(facts, payload["to"])
        assert payload["from"] == holder
        holder = payload["to"]
    if state in (State.GRANTED, State.REFUSED):
        granted = state is State.GRANTED
    if state in (State.GRANTED, State.REFUSED, State.CONCLUDED):
        assert holder == facts.department  # only the back office that has the case decides
    if state in (State.REFUSED, State.DECLINED, State.REDIRECTED, State.WITHDRAWN):
        assert payload["reason"]
    if move is ISSUE:
        assert granted is True
    return replace(facts, state=state, holder=holder, is_granted=granted)


def test_people_act_in_their_roles(by_case: dict[int, list[BulkRow]]) -> None:
    members = {one.id: one for one in people.members(world.departments(), chance(f"people {SEED}"))}
    for rows in by_case.values():
        holder = ""
        for row in rows:
            if row.kind == RECEIVED.code and row.channel == Channel.ONLINE:
                assert row.actor == 0
                continue
            member = members[row.actor]
            assert member.position == row.position
            if row.kind == HANDED_OVER.code:
                assert (member.role, member.department) == ((Role.BACK, holder) if holder else (Role.MIDDLE, ""))
                holder = json.loads(row.payload)["to"]
            elif member.role is Role.BACK:
                assert member.department == row.department
            else:
                assert member.role is Role.FRONT


def test_work_is_done_in_working_hours(told: tuple[Telling, list[BulkRow]]) -> None:
    worked = {str(day) for day in told[0].days.days}
    at_night = 0
    for row in told[1]:
        at = local(row.occurred_at)
        in_hours = str(at.date()) in worked and (9 <= at.hour < 12 or 13 <= at.hour < 17)
        if row.kind == RECEIVED.code and row.channel == Channel.ONLINE:
            at_night += not in_hours
        else:
            assert in_hours, row
    assert at_night > 100


def test_numbers_have_no_gaps(told: tuple[Telling, list[BulkRow]]) -> None:
    teller = told[0]
    assert len({case.number for case in teller.cases}) == len(teller.cases)
    series: dict[tuple[str, int], list[int]] = defaultdict(list)
    for paper in teller.notices:
        series[paper.department, paper.year].append(paper.number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in series.values())
    assert {f"notice:{department}:{year}": len(numbers) for (department, year), numbers in series.items()} == {
        name: last for name, last in teller.series.items() if name.startswith("notice:")
    }

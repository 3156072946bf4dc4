"""The rules as tables: which move from which state, by when due, what can be reversed."""

from datetime import UTC, date, datetime

import pytest

from yichuang.catalogue.types import HandlingKind, LimitUnit
from yichuang.kernel.errors import Refusal
from yichuang.kernel.workdays import WorkingCalendar

from ..rules import (
    ACCEPT,
    CONCLUDE,
    DECLINE,
    GRANT,
    HAND_OVER,
    ISSUE,
    MOVES,
    REDIRECT,
    REFUSE,
    REQUEST_CORRECTION,
    RETURN,
    SERVE,
    SUPPLEMENT,
    VOID,
    WITHDRAW,
    Move,
    Step,
    check_hand_over,
    check_move,
    check_reversal,
    due_day,
    state_after,
)
from ..types import (
    ACCEPTED,
    CONCLUDED,
    GRANTED,
    HANDED_OVER,
    ISSUED,
    RECEIVED,
    CaseFacts,
    IllegalMove,
    State,
)

ALLOWED = {  # 行政许可法 arts. 32, 38, 42, 44; domain §3
    State.RECEIVED: {ACCEPT, DECLINE, REDIRECT, REQUEST_CORRECTION, SUPPLEMENT, WITHDRAW},
    State.CORRECTING: {SUPPLEMENT, WITHDRAW},
    State.ACCEPTED: {HAND_OVER, VOID, WITHDRAW},
    State.REVIEWING: {HAND_OVER, RETURN, GRANT, REFUSE, WITHDRAW},
    State.GRANTED: {CONCLUDE},
    State.REFUSED: {CONCLUDE},
    State.CONCLUDED: {ISSUE, SERVE},
    State.SERVED: set(),
    State.DECLINED: set(),
    State.REDIRECTED: set(),
    State.ISSUED: set(),
    State.WITHDRAWN: set(),
    State.VOIDED: set(),
}
CALENDAR = WorkingCalendar(
    frozenset({2024}), {date(2024, 9, 14): True, date(2024, 9, 16): False, date(2024, 9, 17): False}
)


def facts(state: State, **changes: object) -> CaseFacts:
    known = {
        "number": "K1202409180001",
        "state": state,
        "department": "D01",
        "holder": "D01",
        "is_granted": None,
        "is_signed": False,
        "handler": None,
        "moved_by": "李明",
        "moved_at": datetime(2024, 9, 18, 2, 42, tzinfo=UTC),
    }
    return CaseFacts(**(known | changes))  # type: ignore[arg-type]


def test_the_table_has_every_state() -> None:
    assert set(ALLOWED) == set(State)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", [move for move in MOVES.values() if move.before], ids=lambda move: move.kind.slug)
def test_moves_start_where_the_law_lets_them(state: State, move: Move) -> None:
    if move in ALLOWED[state]:
        assert check_move(move, facts(state, is_granted=True)) == move.after
    else:
        with pytest.raises(IllegalMove):
            check_move(move, facts(state, is_granted=True))


def test_a_refusal_says_who_was_quicker_and_when() -> None:
    with pytest.raises(IllegalMove) as refused:
        check_move(ACCEPT, facts(State.ACCEPTED))
    assert refused.value.message == "办件 K1202409180001 不能受理：李明已于9月18日 10:42 将其办理为“已受理”"


def test_a_refusal_decision_has_no_result_to_hand_out() -> None:
    with pytest.raises(Refusal, match="没有可颁发的结果"):
        check_move(ISSUE, facts(State.CONCLUDED, is_granted=False))


def test_a_hand_over_goes_somewhere_else() -> None:
    check_hand_over(facts(State.REVIEWING), "D02")
    with pytest.raises(Refusal, match="无需流转"):
        check_hand_over(facts(State.REVIEWING), "D01")


@pytest.mark.parametrize(
    ("limit", "unit", "kind", "expected"),
    [
        (1, LimitUnit.WORKING_DAY, HandlingKind.PROMISED, date(2024, 9, 14)),  # make-up Saturday counts (art. 82)
        (2, LimitUnit.WORKING_DAY, HandlingKind.PROMISED, date(2024, 9, 18)),  # over Mid-Autumn
        (0, LimitUnit.WORKING_DAY, HandlingKind.PROMISED, date(2024, 9, 13)),
        (3, LimitUnit.CALENDAR_DAY, HandlingKind.PROMISED, date(2024, 9, 18)),  # ends on a holiday: the next worked day
        (1, LimitUnit.MONTH, HandlingKind.PROMISED, date(2024, 10, 14)),  # 13 October is a Sunday
        (20, LimitUnit.WORKING_DAY, HandlingKind.IMMEDIATE, date(2024, 9, 13)),
        (None, "", HandlingKind.PROMISED, None),
        (4, LimitUnit.HOUR, HandlingKind.PROMISED, None),
        (200, LimitUnit.WORKING_DAY, HandlingKind.PROMISED, None),  # 2025 is not announced in this calendar
        (1, LimitUnit.YEAR, HandlingKind.PROMISED, None),
    ],
)
def test_due_days(limit: int | None, unit: str, kind: HandlingKind, expected: date | None) -> None:
    assert due_day(date(2024, 9, 13), limit, unit, kind, CALENDAR) == expected


STEPS = [
    Step(entry, kind.code, to)
    for entry, kind, to in [
        (1, RECEIVED, ""),
        (2, ACCEPTED, ""),
        (3, HANDED_OVER, "D01"),
        (4, HANDED_OVER, "D02"),
        (5, GRANTED, ""),
        (6, CONCLUDED, ""),
        (7, ISSUED, ""),
    ]
]


@pytest.mark.parametrize(
    ("length", "entry", "after"),
    [
        (7, 7, State.CONCLUDED),
        (6, 6, State.GRANTED),
        (5, 5, State.REVIEWING),
        (4, 4, State.REVIEWING),
        (2, 2, State.RECEIVED),
        (1, 1, State.VOIDED),
        (7, 4, State.ISSUED),  # a hand-over counted wrongly, found later
    ],
)
def test_reversals_lead_back(length: int, entry: int, after: State) -> None:
    assert state_after(check_reversal(STEPS[:length], entry)) == after


@pytest.mark.parametrize(
    ("steps", "entry", "code"),
    [
        (STEPS, 2, "not_last"),
        (STEPS, 99, "not_reversible"),
        ([*STEPS[:3], *STEPS[4:]], 3, "not_last"),  # the only hand-over before the decision
    ],
)
def test_reversals_that_would_leave_a_hole_are_refused(steps: list[Step], entry: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_reversal(steps, entry)
    assert refused.value.code == code

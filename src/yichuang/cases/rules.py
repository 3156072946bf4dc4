"""What may happen to a case, by whom, and by when it is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import rules
from rules.predicates import Predicate

from yichuang.catalogue.types import HandlingKind, LimitUnit
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import holds, holds_own
from yichuang.kernel.workdays import (
    WorkingCalendar,
    YearNotAnnounced,
    add_months,
    add_natural_days,
    add_years,
)
from yichuang.ledger.types import Kind

from .types import (
    ACCEPTED,
    CONCLUDED,
    DECLINED,
    GRANTED,
    HANDED_OVER,
    ISSUED,
    RECEIVED,
    REDIRECTED,
    REFUSED,
    WITHDRAWN,
    CaseFacts,
    IllegalMove,
    State,
)


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a case: its entry's kind, the states it may start from, the state it leads to."""

    kind: Kind
    verb: str
    before: frozenset[State]
    after: State


def _move(kind: Kind, verb: str, after: State, *before: State) -> Move:
    return Move(kind, verb, frozenset(before), after)


RECEIVE = _move(RECEIVED, "收件", State.RECEIVED)
ACCEPT = _move(ACCEPTED, "受理", State.ACCEPTED, State.RECEIVED)  # 行政许可法 art. 32(1)(五)
DECLINE = _move(DECLINED, "不予受理", State.DECLINED, State.RECEIVED)  # art. 32(1)(二): not this agency's
REDIRECT = _move(REDIRECTED, "告知不受理", State.REDIRECTED, State.RECEIVED)  # art. 32(1)(一): no licence needed
HAND_OVER = _move(HANDED_OVER, "流转", State.REVIEWING, State.ACCEPTED, State.REVIEWING)
GRANT = _move(GRANTED, "作出准予决定", State.GRANTED, State.REVIEWING)  # art. 38(1)
REFUSE = _move(REFUSED, "作出不予许可决定", State.REFUSED, State.REVIEWING)  # art. 38(2)
CONCLUDE = _move(CONCLUDED, "办结", State.CONCLUDED, State.GRANTED, State.REFUSED)
ISSUE = _move(ISSUED, "颁发", State.ISSUED, State.CONCLUDED)  # art. 44
WITHDRAW = _move(WITHDRAWN, "撤回", State.WITHDRAWN, State.RECEIVED, State.ACCEPTED, State.REVIEWING)

OPEN_STATES = (State.ACCEPTED, State.REVIEWING, State.GRANTED, State.REFUSED)  # accepted and not concluded

MOVES: Mapping[int, Move] = {
    move.kind.code: move
    for move in (RECEIVE, ACCEPT, DECLINE, REDIRECT, HAND_OVER, GRANT, REFUSE, CONCLUDE, ISSUE, WITHDRAW)
}


def _concerns(*roles: Role) -> Predicate:
    """One of ``roles`` in the department of the item, or in the one that has the case now."""

    def concerned(actor: Actor, case: CaseFacts | None = None) -> bool:
        if case is None:
            return actor.holds(*roles)
        return actor.holds_in(case.department, *roles) or (bool(case.holder) and actor.holds_in(case.holder, *roles))

    return Predicate(concerned, name=f"concerns:{'|'.join(roles)}")


def _has_it(*roles: Role) -> Predicate:
    """One of ``roles`` in the department that has the case now."""

    def has_it(actor: Actor, case: CaseFacts | None = None) -> bool:
        return actor.holds(*roles) if case is None else bool(case.holder) and actor.holds_in(case.holder, *roles)

    return Predicate(has_it, name=f"has_it:{'|'.join(roles)}")


_counter = holds(Role.FRONT) | holds_own(Role.BACK, Role.CHIEF)
rules.add_perm("cases.consult", _counter)
rules.add_perm("cases.receive", _counter)
rules.add_perm("cases.accept", _counter)
rules.add_perm("cases.hand_over", holds(Role.MIDDLE) | _has_it(Role.BACK))
rules.add_perm("cases.decide", _has_it(Role.BACK))
rules.add_perm("cases.issue_result", _counter)
rules.add_perm("cases.withdraw", _counter)
rules.add_perm(
    "cases.view_case",
    holds(Role.FRONT, Role.MIDDLE, Role.HALL, Role.EDITOR, Role.ADMIN) | _concerns(Role.BACK, Role.CHIEF),
)


def check_move(move: Move, facts: CaseFacts) -> State:
    """The state that ``move`` leads to; :class:`IllegalMove` if the case does not stand where it may start."""
    if facts.state not in move.before:
        raise IllegalMove(move.verb, facts)
    if move is ISSUE and facts.is_granted is False:
        raise Refusal(f"办件 {facts.number} 的决定是不予许可，没有可颁发的结果", code="nothing_to_issue", field="state")
    return move.after


def check_hand_over(facts: CaseFacts, to: str) -> None:
    """A hand-over goes to another department's back office; moves within an office are not counted (domain §3)."""
    if to == facts.holder:
        raise Refusal(f"办件 {facts.number} 已在该部门后台，无需流转", code="already_there", field="to")


def check_reasons(text: str, verb: str) -> str:
    """Refusing, declining and redirecting say why (行政许可法 arts. 32, 38)."""
    if not text.strip():
        raise Refusal(f"{verb}须写明理由", code="no_reason", field="reason")
    return text.strip()


def check_materials(missing: Iterable[str]) -> None:
    """Everything required is there; otherwise all that is missing is told at once (art. 32(1)(四))."""
    names = "、".join(missing)
    if names:
        raise Refusal(f"缺少必备材料：{names}。请补齐后受理", code="materials_missing", field="materials")


def due_day(
    accepted_on: date, limit: int | None, unit: str, handling_kind: int, calendar: WorkingCalendar
) -> date | None:
    """Last day of the promised limit, counted from the day after acceptance (art. 82).

    None when the item promises nothing, or when the day falls into a year whose holidays are not announced.
    """
    if handling_kind == HandlingKind.IMMEDIATE:
        return accepted_on
    if limit is None or unit == LimitUnit.HOUR:
        return None
    try:
        if unit == LimitUnit.WORKING_DAY:
            return calendar.add_working_days(accepted_on, limit)
        count = {LimitUnit.CALENDAR_DAY: add_natural_days, LimitUnit.MONTH: add_months, LimitUnit.YEAR: add_years}
        return calendar.working_day_from(count[LimitUnit(unit)](accepted_on, limit))
    except YearNotAnnounced:
        return None


@dataclass(frozen=True, slots=True)
class Step:
    """A move that stands: not a reversal, and not reversed."""

    entry: int
    kind: int
    to: str  # where a hand-over went


def check_reversal(steps: list[Step], entry: int) -> list[Step]:
    """The steps that remain when ``entry`` is reversed.

    The last step can be taken back, and a hand-over that was counted wrongly at any time; an earlier step of another
    kind carries the ones after it, so those come first.
    """
    position = next((index for index, step in enumerate(steps) if step.entry == entry), None)
    if position is None:
        raise Refusal(f"第 {entry} 号条目已冲正，或不是此办件的业务动作", code="not_reversible", field="entry")
    if position < len(steps) - 1 and steps[position].kind != HANDED_OVER.code:
        later = MOVES[steps[-1].kind].verb
        raise Refusal(f"其后已有“{later}”，请先从最后一步起依次冲正", code="not_last", field="entry")
    remaining = steps[:position] + steps[position + 1 :]
    needs_one = any(step.kind in {GRANTED.code, REFUSED.code} for step in remaining)
    if needs_one and not any(step.kind == HANDED_OVER.code for step in remaining):
        raise Refusal("这是决定之前唯一的流转，不能单独冲正", code="not_last", field="entry")
    return remaining


def state_after(steps: list[Step]) -> State:
    """Where the steps that stand lead; without any, the case is void."""
    return MOVES[steps[-1].kind].after if steps else State.VOIDED

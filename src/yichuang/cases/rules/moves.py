"""The steps of a case: which states they lead from and to."""

from collections.abc import Mapping
from dataclasses import dataclass

from yichuang.kernel.errors import Refusal
from yichuang.ledger.types import Kind

from ..types import (
    ACCEPTED,
    CONCLUDED,
    CORRECTION_REQUESTED,
    DECLINED,
    GRANTED,
    HANDED_OVER,
    ISSUED,
    RECEIVED,
    REDIRECTED,
    REFUSED,
    RETURNED,
    SERVED,
    SUPPLEMENTED,
    VOIDED,
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
WITHDRAW = _move(WITHDRAWN, "撤回", State.WITHDRAWN, State.RECEIVED, State.CORRECTING, State.ACCEPTED, State.REVIEWING)
REQUEST_CORRECTION = _move(CORRECTION_REQUESTED, "告知补正", State.CORRECTING, State.RECEIVED)  # art. 32(1)(四): once
SUPPLEMENT = _move(SUPPLEMENTED, "补正", State.RECEIVED, State.CORRECTING, State.RECEIVED)
VOID = _move(VOIDED, "作废", State.VOIDED, State.ACCEPTED)
RETURN = _move(RETURNED, "退回", State.ACCEPTED, State.REVIEWING)
SERVE = _move(SERVED, "送达决定", State.SERVED, State.CONCLUDED)  # art. 44

OPEN_STATES = (State.ACCEPTED, State.REVIEWING, State.GRANTED, State.REFUSED)  # accepted and not concluded

MOVES: Mapping[int, Move] = {
    move.kind.code: move
    for move in (
        RECEIVE,
        ACCEPT,
        DECLINE,
        REDIRECT,
        HAND_OVER,
        GRANT,
        REFUSE,
        CONCLUDE,
        ISSUE,
        WITHDRAW,
        REQUEST_CORRECTION,
        SUPPLEMENT,
        VOID,
        RETURN,
        SERVE,
    )
}


def check_move(move: Move, facts: CaseFacts) -> State:
    """The state that ``move`` leads to; :class:`IllegalMove` if the case does not stand where it may start."""
    if facts.state not in move.before:
        raise IllegalMove(move.verb, facts)
    if move is ISSUE and facts.is_granted is False:
        raise Refusal(f"办件 {facts.number} 的决定是不予许可，没有可颁发的结果", code="nothing_to_issue", field="state")
    return move.after

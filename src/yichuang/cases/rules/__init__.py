"""What may happen to a case, by whom, and by when it is due."""

from . import permissions as permissions  # declares them
from .attachments import SHOWN_IN_PLACE, check_file
from .dispatch import check_hand_over
from .intake import (
    check_first_correction,
    check_given,
    check_materials,
    check_originals,
    check_points,
    check_reasons,
    check_short_reason,
    check_way,
)
from .limits import due_day, limit_text, near_until, signal
from .moves import (
    ACCEPT,
    CONCLUDE,
    DECLINE,
    GRANT,
    HAND_OVER,
    ISSUE,
    MOVES,
    OPEN_STATES,
    RECEIVE,
    REDIRECT,
    REFUSE,
    REQUEST_CORRECTION,
    RETURN,
    SERVE,
    SUPPLEMENT,
    VOID,
    WITHDRAW,
    Move,
    check_move,
)
from .parties import check_agent, check_party, clean_name
from .reversal import Step, check_reversal, holding_step, state_after
from .searching import Sought, sought
from .telling import ENDED, Standing, sentences, where
from .undoing import EntryFacts, check_undo
from .voiding import check_decider, check_not_asked, check_voidable

__all__ = [
    "ACCEPT",
    "CONCLUDE",
    "DECLINE",
    "ENDED",
    "GRANT",
    "HAND_OVER",
    "ISSUE",
    "MOVES",
    "OPEN_STATES",
    "RECEIVE",
    "REDIRECT",
    "REFUSE",
    "REQUEST_CORRECTION",
    "RETURN",
    "SERVE",
    "SHOWN_IN_PLACE",
    "SUPPLEMENT",
    "VOID",
    "WITHDRAW",
    "EntryFacts",
    "Move",
    "Sought",
    "Standing",
    "Step",
    "check_agent",
    "check_decider",
    "check_file",
    "check_first_correction",
    "check_given",
    "check_hand_over",
    "check_materials",
    "check_move",
    "check_not_asked",
    "check_originals",
    "check_party",
    "check_points",
    "check_reasons",
    "check_reversal",
    "check_short_reason",
    "check_undo",
    "check_voidable",
    "check_way",
    "clean_name",
    "due_day",
    "holding_step",
    "limit_text",
    "near_until",
    "sentences",
    "signal",
    "sought",
    "state_after",
    "where",
]

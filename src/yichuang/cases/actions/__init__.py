"""Every write of the cases app: lock the case, ask the rule, save named fields, write one entry."""

from .handling import conclude, decide, hand_over, issue_result, withdraw
from .intake import accept, consult, decline, receive, redirect
from .reversal import reverse

__all__ = [
    "accept",
    "conclude",
    "consult",
    "decide",
    "decline",
    "hand_over",
    "issue_result",
    "receive",
    "redirect",
    "reverse",
    "withdraw",
]

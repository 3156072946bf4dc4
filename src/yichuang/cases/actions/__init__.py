"""Every write of the cases app: lock the case, ask the rule, save named fields, write one entry."""

from .correction import request_correction, return_originals, supplement
from .delivering import confirm_delivery, delivery_receipt, issue_result, redeliver, remind, return_mail
from .dispatch import hand_over, hand_over_batch, return_case, sign_for
from .files import discard_upload, upload
from .intake import accept, consult, decline, receive, redirect, take_in
from .reversal import reverse
from .review import conclude, decide, give_back, give_opinion, pass_on, take
from .undoing import undo
from .voiding import approve_void, ask_void, refuse_void
from .withdrawing import withdraw

__all__ = [
    "accept",
    "approve_void",
    "ask_void",
    "conclude",
    "confirm_delivery",
    "consult",
    "decide",
    "decline",
    "delivery_receipt",
    "discard_upload",
    "give_back",
    "give_opinion",
    "hand_over",
    "hand_over_batch",
    "issue_result",
    "pass_on",
    "receive",
    "redeliver",
    "redirect",
    "refuse_void",
    "remind",
    "request_correction",
    "return_case",
    "return_mail",
    "return_originals",
    "reverse",
    "sign_for",
    "supplement",
    "take",
    "take_in",
    "undo",
    "upload",
    "withdraw",
]

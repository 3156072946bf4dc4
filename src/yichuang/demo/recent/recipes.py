"""What is on the desks of the demonstration: how many cases went how far, and since when."""

from dataclasses import dataclass
from enum import Enum

SHOWN = "SCJ"  # the department whose reviewer and chief representative have logins


class Step(Enum):
    """One action on a case."""

    TAKE_IN = "收件并受理"
    RECEIVE = "收件"
    RECEIVE_PART = "收件，材料不齐"
    CORRECT = "告知补正"
    SUPPLEMENT = "补正"
    DECLINE = "不予受理"
    REDIRECT = "不受理"
    WITHDRAW = "撤回"
    ASK_VOID = "申请作废"
    APPROVE_VOID = "同意作废"
    REFUSE_VOID = "不同意作废"
    HAND_OVER = "流转"
    SEND = "随交接单流转"  # at the day's end, with others
    HAND_ON = "转其他部门会办"
    SIGN = "签收"
    RETURN = "退回"
    TAKE = "认领"
    GIVE_BACK = "放回"
    REASSIGN = "转办"
    OPINE = "审查意见"
    GRANT = "准予"
    REFUSE = "不予许可"
    CONCLUDE = "办结"
    REMIND = "提醒领取"
    HAND_OUT = "窗口领取"
    HAND_TO_AGENT = "代理人领取"
    POST = "邮寄"
    SEND_ONLINE = "电子送达"
    CONFIRM = "妥投确认"
    MAIL_BACK = "退信"
    RESEND = "再次邮寄"
    RECEIPT = "送达回证"


class Due(Enum):
    """How the promised day lies to today; the case was accepted accordingly."""

    ANY = 0
    SOON = 1
    OVER = 2


@dataclass(frozen=True, slots=True)
class Recipe:
    """``count`` cases that took these steps: the first ``first`` working days ago (oldest, newest), the last ``last``.

    ``department`` "" is any that the comprehensive window serves.
    """

    count: int
    steps: tuple[Step, ...]
    first: tuple[int, int]
    last: tuple[int, int] = (0, 0)
    department: str = ""
    due: Due = Due.ANY


S = Step
_SENT = (S.TAKE_IN, S.SEND)
_HANDED = (S.TAKE_IN, S.HAND_OVER)
_SIGNED = (*_HANDED, S.SIGN)
_TAKEN = (*_SIGNED, S.TAKE)
_GRANTED = (*_TAKEN, S.GRANT)
_MADE = (*_GRANTED, S.CONCLUDE)

RECIPES = (
    # at the window
    Recipe(14, (S.RECEIVE,), (2, 0), (2, 0)),
    Recipe(16, (S.RECEIVE_PART, S.CORRECT), (8, 1), (7, 0)),
    Recipe(6, (S.RECEIVE_PART, S.CORRECT, S.SUPPLEMENT), (6, 3)),
    Recipe(5, (S.RECEIVE, S.DECLINE), (9, 0), (9, 0)),
    Recipe(4, (S.RECEIVE, S.REDIRECT), (9, 0), (9, 0)),
    Recipe(5, (S.TAKE_IN, S.WITHDRAW), (9, 3), (2, 0)),
    Recipe(3, (S.TAKE_IN, S.ASK_VOID), (1, 0)),
    Recipe(3, (S.TAKE_IN, S.ASK_VOID), (1, 0), department=SHOWN),
    Recipe(2, (S.TAKE_IN, S.ASK_VOID, S.APPROVE_VOID), (4, 2), (1, 0)),
    Recipe(2, (S.TAKE_IN, S.ASK_VOID, S.REFUSE_VOID), (4, 2), (1, 0)),
    # with the middle office
    Recipe(22, (S.TAKE_IN,), (1, 0), (1, 0)),
    Recipe(9, (S.TAKE_IN,), (5, 2), (5, 2)),
    Recipe(6, (*_HANDED, S.RETURN), (4, 2), (1, 0)),
    Recipe(4, (*_SIGNED, S.RETURN), (5, 3), (1, 0), SHOWN),
    Recipe(2, (*_SIGNED, S.RETURN, S.HAND_OVER), (6, 4), (1, 0)),
    # with the back offices
    Recipe(26, _SENT, (2, 0), (1, 0)),
    Recipe(12, _SENT, (2, 0), (1, 0), SHOWN),
    Recipe(5, _SENT, (5, 3), (3, 2)),
    Recipe(22, _SIGNED, (5, 1), (2, 0)),
    Recipe(12, _SIGNED, (5, 1), (2, 0), SHOWN),
    Recipe(30, _TAKEN, (7, 2), (2, 0)),
    Recipe(10, _TAKEN, (7, 2), (2, 0), SHOWN),
    Recipe(8, (*_TAKEN, S.OPINE), (7, 2), (1, 0), SHOWN),
    Recipe(12, (*_TAKEN, S.OPINE), (8, 3), (1, 0)),
    Recipe(5, (*_TAKEN, S.REASSIGN), (6, 3), (1, 0), SHOWN),
    Recipe(3, (*_TAKEN, S.GIVE_BACK), (6, 3), (1, 0), SHOWN),
    Recipe(6, (*_SIGNED, S.HAND_ON, S.SIGN), (7, 4), (1, 0)),
    Recipe(7, _TAKEN, (0, 0), department=SHOWN, due=Due.SOON),
    Recipe(5, _TAKEN, (0, 0), department=SHOWN, due=Due.OVER),
    Recipe(14, _TAKEN, (0, 0), due=Due.SOON),
    Recipe(10, _TAKEN, (0, 0), due=Due.OVER),
    Recipe(3, _SIGNED, (0, 0), department=SHOWN, due=Due.OVER),
    # decided
    Recipe(10, _GRANTED, (8, 4), (1, 0)),
    Recipe(6, _GRANTED, (8, 4), (1, 0), SHOWN),
    Recipe(3, (*_TAKEN, S.OPINE, S.REFUSE), (8, 4), (1, 0), SHOWN),
    # at the issue counter
    Recipe(34, _MADE, (10, 5), (5, 0)),
    Recipe(5, (*_TAKEN, S.OPINE, S.REFUSE, S.CONCLUDE), (10, 6), (3, 0)),
    Recipe(9, _MADE, (24, 19), (16, 12)),
    Recipe(6, (*_MADE, S.REMIND), (24, 19), (2, 0)),
    Recipe(12, (*_MADE, S.POST), (11, 6), (3, 0)),
    Recipe(6, (*_MADE, S.POST, S.MAIL_BACK), (14, 10), (1, 0)),
    Recipe(2, (*_MADE, S.POST, S.MAIL_BACK, S.RESEND), (15, 12), (1, 0)),
    Recipe(12, (*_MADE, S.POST, S.CONFIRM), (14, 9), (4, 0)),
    # over
    Recipe(70, (*_MADE, S.HAND_OUT), (12, 4), (8, 0)),
    Recipe(20, (*_MADE, S.HAND_OUT), (10, 4), (4, 0), SHOWN),
    Recipe(10, (*_MADE, S.HAND_TO_AGENT), (12, 5), (6, 0)),
    Recipe(14, (*_MADE, S.SEND_ONLINE), (12, 5), (6, 0)),
    Recipe(6, (*_MADE, S.HAND_OUT, S.RECEIPT), (10, 5), (3, 0)),
    Recipe(5, (*_TAKEN, S.OPINE, S.REFUSE, S.CONCLUDE, S.HAND_OUT), (12, 7), (4, 0)),
)
CONSULTATIONS = (28, 24, 26, 22, 20, 27, 23, 21, 25, 22)  # on each of the last ten days, today's first

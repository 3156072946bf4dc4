"""States of a case, what its entries are called, and the refusals of its actions."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from yichuang.kernel.errors import Refusal
from yichuang.kernel.labels import NumberLabels, TextLabels, gettext_noop
from yichuang.ledger.types import (
    Channel,
    Distinct,
    Flow,
    Kind,
    Ratio,
    SubjectType,
    declare_kinds,
    declare_metrics,
    declare_subject_types,
)

CHINA = ZoneInfo("Asia/Shanghai")
MOST_BYTES = 20 * 1024 * 1024  # of an uploaded file


class State(TextLabels):
    """Where a case stands (domain §3)."""

    RECEIVED = "received", gettext_noop("已收件")
    CORRECTING = "correcting", gettext_noop("待补正")
    ACCEPTED = "accepted", gettext_noop("已受理")
    DECLINED = "declined", gettext_noop("不予受理")
    REDIRECTED = "redirected", gettext_noop("不受理")
    REVIEWING = "reviewing", gettext_noop("审查中")
    GRANTED = "granted", gettext_noop("准予")
    REFUSED = "refused", gettext_noop("不予许可")
    CONCLUDED = "concluded", gettext_noop("已办结")
    ISSUED = "issued", gettext_noop("已颁发")
    SERVED = "served", gettext_noop("已送达")  # a refusal's decision
    WITHDRAWN = "withdrawn", gettext_noop("已撤回")
    VOIDED = "voided", gettext_noop("已作废")


class ApplicantKind(NumberLabels):
    """Who applies."""

    PERSON = 1, gettext_noop("自然人")
    ORGANISATION = 2, gettext_noop("法人或其他组织")


class NoticeKind(NumberLabels):
    """Numbered notices given to the applicant."""

    ACCEPTANCE = 1, gettext_noop("受理通知书")
    DECLINE = 2, gettext_noop("不予受理决定书")
    REDIRECT = 3, gettext_noop("不受理告知书")
    RECEIPT = 4, gettext_noop("收件凭证")
    CORRECTION = 5, gettext_noop("补正告知书")
    REFUSAL = 6, gettext_noop("不予许可决定书")
    DELIVERY = 7, gettext_noop("送达回证")


class AgentAuthority(NumberLabels):
    """By what an agent acts for the applicant."""

    NONE = 0, gettext_noop("本人办理")
    POWER_OF_ATTORNEY = 1, gettext_noop("授权委托书")
    LEGAL = 2, gettext_noop("法定代理人")
    STAFF = 3, gettext_noop("单位经办人（介绍信）")


class MaterialState(NumberLabels):
    """What became of a material at the window."""

    GIVEN = 1, gettext_noop("已收")
    TO_FOLLOW = 2, gettext_noop("待补")


class DeliveryWay(NumberLabels):
    """How a result reaches the applicant (GB/T 39046—2020 table 15)."""

    COUNTER = 1, gettext_noop("窗口领取")
    AGENT = 2, gettext_noop("代理人领取")
    POST = 3, gettext_noop("邮寄")
    ELECTRONIC = 4, gettext_noop("电子送达")


class ReceiverCheck(NumberLabels):
    """By what the receiver was recognised."""

    ID = 1, gettext_noop("核对证件")
    CODE = 2, gettext_noop("核对取件码")
    NONE = 3, gettext_noop("无需核对")  # by post or electronically


class ReminderMeans(NumberLabels):
    """How an applicant was reminded to fetch the result."""

    PHONE = 1, gettext_noop("电话")
    SMS = 2, gettext_noop("短信")
    LETTER = 3, gettext_noop("信函")


class Signal(TextLabels):
    """How near the promised day is (domain §3)."""

    GREEN = "green", gettext_noop("正常")
    YELLOW = "yellow", gettext_noop("临期")
    RED = "red", gettext_noop("超期")
    NONE = "none", gettext_noop("未定")  # nothing promised, or the day is not yet known


@dataclass(frozen=True, slots=True)
class ApplicantData:
    """Who applies, as given at the window; checked by ``kernel.identity`` when received."""

    kind: ApplicantKind
    name: str
    id_type: str
    id_number: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class MaterialGiven:
    """A material as ticked: which one (a spec's id), how many, whether an original, and whether it is there yet.

    ``attachments`` are ids of files that the same clerk uploaded for it.
    """

    spec: int
    copies: int = 1
    is_original: bool = True
    state: MaterialState = MaterialState.GIVEN
    attachments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionPoint:
    """One thing to put right: about a material of the item (its spec's id), or about the application itself."""

    spec: int | None
    text: str


@dataclass(frozen=True, slots=True)
class DeliveryData:
    """How a result is handed out or sent: what each way needs is checked by ``rules.check_delivery``."""

    way: DeliveryWay
    check: ReceiverCheck = ReceiverCheck.NONE
    receiver: str = ""  # name of who signed
    id_type: str = ""
    id_number: str = ""  # as shown, for ReceiverCheck.ID; compared with the applicant's or agent's
    code: str = ""  # the pick-up code, for ReceiverCheck.CODE
    carrier: str = ""
    tracking_number: str = ""
    address: str = ""
    signature: int | None = None  # an attachment: drawn or uploaded
    note: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rules need to know of a case."""

    number: str
    state: State
    department: str
    holder: str  # department whose back office has it; empty: the middle office
    is_granted: bool | None
    is_signed: bool  # the holder has signed for it
    handler: int | None  # the reviewer who took it
    moved_by: str  # name of who made the last move
    moved_at: datetime


class IllegalMove(Refusal):
    """The case is not in a state that allows this; says where it stands, who moved it and when."""

    def __init__(self, verb: str, facts: CaseFacts) -> None:
        local = facts.moved_at.astimezone(CHINA)
        when = f"{local.month}月{local.day}日 {local:%H:%M}"
        super().__init__(  # one literal: the catalogue collects no more than the first
            f"办件 {facts.number} 不能{verb}：{facts.moved_by}已于{when} 将其办理为“{facts.state.label}”",
            code="illegal_move",
            field="state",
        )
        self.facts = facts


class CannotUndo(Refusal):
    """The entry is not the actor's own of today, or something was built on it; says how it can be put right."""


CASE = SubjectType(1, "case", "办件")
CONSULTATION = SubjectType(2, "consultation", "咨询")
APPLICANT = SubjectType(10, "applicant", "申请人")  # has no entries: what the access log names

CONSULTED = Kind(1, "consulted", "咨询", "人次", is_reversible=True)
RECEIVED = Kind(2, "received", "收件", "件", is_reversible=True)
ACCEPTED = Kind(3, "accepted", "受理", "件", is_reversible=True)
DECLINED = Kind(4, "declined", "不予受理", "件", is_reversible=True)
REDIRECTED = Kind(5, "redirected", "不受理", "件", is_reversible=True)
HANDED_OVER = Kind(6, "handed_over", "流转", "件次", is_reversible=True)
GRANTED = Kind(7, "granted", "准予", "件", is_reversible=True)
REFUSED = Kind(8, "refused", "不予许可", "件", is_reversible=True)
CONCLUDED = Kind(9, "concluded", "办结", "件", is_reversible=True)
ISSUED = Kind(10, "issued", "颁发", "件", is_reversible=True)
WITHDRAWN = Kind(11, "withdrawn", "撤回", "件", is_reversible=True)
CORRECTION_REQUESTED = Kind(12, "correction_requested", "一次告知补正", "件", is_reversible=True)
SUPPLEMENTED = Kind(13, "supplemented", "补正", "件", is_reversible=True)
VOIDED = Kind(14, "voided", "作废", "件")
RETURNED = Kind(16, "returned", "退回", "件次", is_reversible=True)
SERVED = Kind(21, "served", "送达决定", "件", is_reversible=True)
# what does not move a case to another state
SIGNED_FOR = Kind(15, "signed_for", "签收", "件次")
TAKEN = Kind(17, "taken", "认领", "次")
GIVEN_BACK = Kind(18, "given_back", "放回", "次")
PASSED_ON = Kind(19, "passed_on", "转办", "次")
OPINION_GIVEN = Kind(20, "opinion_given", "审查意见", "次")
MAIL_RETURNED = Kind(22, "mail_returned", "退信", "件")
REDELIVERED = Kind(23, "redelivered", "再次送达", "件")
DELIVERY_CONFIRMED = Kind(24, "delivery_confirmed", "妥投确认", "件")
REMINDED = Kind(25, "reminded", "提醒领取", "次")
VOID_ASKED = Kind(26, "void_asked", "申请作废", "次")
VOID_REFUSED = Kind(27, "void_refused", "不同意作废", "次")
ORIGINALS_RETURNED = Kind(28, "originals_returned", "退还原件", "次")

declare_subject_types(CASE, CONSULTATION, APPLICANT)
declare_kinds(
    CONSULTED, RECEIVED, ACCEPTED, DECLINED, REDIRECTED, HANDED_OVER, GRANTED, REFUSED, CONCLUDED, ISSUED, WITHDRAWN,
    CORRECTION_REQUESTED, SUPPLEMENTED, VOIDED, RETURNED, SERVED,
    SIGNED_FOR, TAKEN, GIVEN_BACK, PASSED_ON, OPINION_GIVEN,
    MAIL_RETURNED, REDELIVERED, DELIVERY_CONFIRMED, REMINDED, VOID_ASKED, VOID_REFUSED, ORIGINALS_RETURNED,
)  # fmt: skip

UNDOABLE = frozenset({CONSULTED.code, RECEIVED.code, HANDED_OVER.code})  # what can be a slip of the hand

CONSULTED_FLOW = Flow("consulted", gettext_noop("咨询"), gettext_noop("人次"), (CONSULTED,))
ACCEPTED_FLOW = Flow("accepted", gettext_noop("受理"), gettext_noop("件"), (ACCEPTED,), (Channel.WINDOW,))
ISSUED_FLOW = Flow("issued", gettext_noop("颁发"), gettext_noop("件"), (ISSUED,))
HANDED_OVER_FLOW = Flow("handed_over", gettext_noop("流转"), gettext_noop("件次"), (HANDED_OVER,))
CONCLUDED_FLOW = Flow("concluded", gettext_noop("办结"), gettext_noop("件"), (CONCLUDED,))
ONLINE_ACCEPTED_FLOW = Flow(
    "online_accepted", gettext_noop("网上受理"), gettext_noop("件"), (ACCEPTED,), (Channel.ONLINE,)
)
ALL_ACCEPTED_FLOW = Flow("all_accepted", gettext_noop("受理（全部渠道）"), gettext_noop("件"), (ACCEPTED,))
ONLINE_SHARE = Ratio("online_share", gettext_noop("网办率"), "%", ONLINE_ACCEPTED_FLOW, ALL_ACCEPTED_FLOW)
CASES_HANDED_OVER = Distinct("cases_handed_over", gettext_noop("流转办件"), gettext_noop("件"), (HANDED_OVER,))

declare_metrics(
    CONSULTED_FLOW,
    ACCEPTED_FLOW,
    ISSUED_FLOW,
    HANDED_OVER_FLOW,
    CONCLUDED_FLOW,
    ONLINE_ACCEPTED_FLOW,
    ALL_ACCEPTED_FLOW,
    ONLINE_SHARE,
    CASES_HANDED_OVER,
)

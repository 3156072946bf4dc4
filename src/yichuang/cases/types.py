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


class State(TextLabels):
    """Where a case stands (domain §3)."""

    RECEIVED = "received", gettext_noop("已收件")
    ACCEPTED = "accepted", gettext_noop("已受理")
    DECLINED = "declined", gettext_noop("不予受理")
    REDIRECTED = "redirected", gettext_noop("不受理")
    REVIEWING = "reviewing", gettext_noop("审查中")
    GRANTED = "granted", gettext_noop("准予")
    REFUSED = "refused", gettext_noop("不予许可")
    CONCLUDED = "concluded", gettext_noop("已办结")
    ISSUED = "issued", gettext_noop("已颁发")
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
    """A material handed in: which one (a spec's id), how many, and whether an original."""

    spec: int
    copies: int = 1
    is_original: bool = True


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rules need to know of a case."""

    number: str
    state: State
    department: str
    holder: str  # department whose back office has it; empty: the middle office
    is_granted: bool | None
    moved_by: str  # name of who made the last move
    moved_at: datetime


class IllegalMove(Refusal):
    """The case is not in a state that allows this; says where it stands, who moved it and when."""

    def __init__(self, verb: str, facts: CaseFacts) -> None:
        local = facts.moved_at.astimezone(CHINA)
        super().__init__(
            f"办件 {facts.number} 不能{verb}：{facts.moved_by}已于{local.month}月{local.day}日 {local:%H:%M} "
            f"将其办理为“{facts.state.label}”",
            code="illegal_move",
            field="state",
        )
        self.facts = facts


CASE = SubjectType(1, "case", "办件")
CONSULTATION = SubjectType(2, "consultation", "咨询")

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

declare_subject_types(CASE, CONSULTATION)
declare_kinds(
    CONSULTED, RECEIVED, ACCEPTED, DECLINED, REDIRECTED, HANDED_OVER, GRANTED, REFUSED, CONCLUDED, ISSUED, WITHDRAWN
)

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

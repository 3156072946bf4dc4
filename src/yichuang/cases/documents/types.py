"""What the papers of a case say, and a paper ready to be printed."""

from dataclasses import dataclass
from datetime import date

from ..types import ApplicantKind, DeliveryWay, MaterialState, NoticeKind, ReceiverCheck


@dataclass(frozen=True, slots=True)
class Applied:
    """Who applied for what: the head of every notice. Names are in full, id numbers of people masked."""

    kind: ApplicantKind
    name: str
    id_label: str  # 居民身份证
    id_number: str
    item: str
    case_number: str
    received_on: date
    is_licence: bool
    agent: str = ""  # 代理人李四（授权委托书）


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One material on a 收件凭证."""

    name: str
    copies: int
    is_original: bool
    state: MaterialState = MaterialState.GIVEN


@dataclass(frozen=True, slots=True)
class PointLine:
    """One thing to correct on a 补正告知书; ``name`` of the material may be empty."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """A notice to the applicant (收件凭证, 受理通知书, …); which fields it prints depends on its kind."""

    kind: NoticeKind
    number: str  # 省市监局〔2026〕912号
    issuer: str
    issued_on: date
    code: str
    address: str  # where the code is verified: …/verify
    applied: Applied
    is_voided: bool = False
    accepted_on: date | None = None
    limit: str = ""  # 10个工作日; empty: nothing promised
    due_on: date | None = None
    delivery_way: DeliveryWay = DeliveryWay.COUNTER
    pickup_code: str = ""
    materials: tuple[MaterialLine, ...] = ()
    points: tuple[PointLine, ...] = ()
    reason: str = ""
    owner: str = ""
    review_body: str = ""
    court: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptContent:
    """送达回证: what was delivered, how, when, to whom."""

    number: str
    issuer: str
    issued_on: date
    code: str
    address: str
    applied: Applied
    paper: str  # what was delivered: 食品经营许可证 JY1…
    way: DeliveryWay
    delivered_on: date
    receiver: str = ""
    check: ReceiverCheck = ReceiverCheck.NONE
    carrier: str = ""
    tracking_number: str = ""
    delivered_by: str = ""
    is_voided: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A case on a hand-over sheet; people's names are masked there."""

    case_number: str
    item: str
    applicant: str
    materials: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class SheetContent:
    """交接单: the cases of one batch for one back office."""

    number: str
    sender: str
    receiver: str
    made_on: date
    made_by: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that repeats on every page; ``shares`` are the columns' parts of the width."""

    shares: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be printed: what PDF, DOCX and the page on screen have in common."""

    title: str
    number: str
    made_on: date
    blocks: tuple[str | Table, ...]
    issuer: str = ""  # the red head and the signature; empty for papers inside the house
    addressee: str = ""
    signatures: tuple[str, ...] = ()  # who signs by hand, in places side by side
    code: str = ""
    address: str = ""
    is_voided: bool = False

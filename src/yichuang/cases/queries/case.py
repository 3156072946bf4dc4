"""One case with everything its page tells; permission-checked, with the look on record."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from yichuang.accounts.actions import log_access
from yichuang.accounts.queries import department_names, names_of
from yichuang.calendars.queries import calendar
from yichuang.catalogue.types import LimitUnit
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import may, require

from ..models import Attachment, Case, Delivery, Handover, Material, Notice, Opinion, Reminder, VoidRequest
from ..rules import OPEN_STATES, Standing, near_until, sentences, signal, where
from ..sealing import open_address
from ..types import CASE, DeliveryWay, MaterialState, NoticeKind, Signal, State
from .people import ApplicantShown, shown
from .timeline import TimelineStep, timeline

PROMISES = frozenset({LimitUnit.WORKING_DAY, LimitUnit.CALENDAR_DAY, LimitUnit.MONTH, LimitUnit.YEAR})


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A case with everything its page tells. Identities are in full if ``is_identity_shown``, else masked."""

    case: Case
    state: State
    signal: Signal
    department: str
    holder: str
    handler: str
    where: str
    applicant: ApplicantShown
    agent: ApplicantShown | None
    address: str
    is_identity_shown: bool
    materials: list[Material]
    attachments: list[Attachment]
    notices: list[tuple[NoticeKind, Notice]]
    handovers: list[tuple[Handover, str, str]]  # with the names of the offices from and to; empty: the middle office
    opinions: list[tuple[Opinion, str]]  # with who wrote it
    deliveries: list[Delivery]
    reminders: list[Reminder]
    void_requests: list[tuple[VoidRequest, str, str]]  # with who asked, who decided
    timeline: list[TimelineStep]
    told: tuple[str, ...]

    @property
    def to_tell(self) -> str:
        """What the clerk tells the applicant who asks."""
        return "".join(self.told)

    @property
    def open_void_request(self) -> VoidRequest | None:
        """The request to void that waits for a decision."""
        return next((request for request, _, _ in self.void_requests if request.decided_at is None), None)

    @property
    def originals_held(self) -> int:
        """Materials whose originals are still here."""
        return sum(
            material.is_original and material.state == MaterialState.GIVEN and material.original_returned_at is None
            for material in self.materials
        )


@dataclass(frozen=True, slots=True)
class CaseHead:
    """Of a case no more than who applied, where it stands and what it was given; identities as in CaseShown."""

    case: Case
    state: State
    applicant: ApplicantShown
    agent: ApplicantShown | None
    notices: list[tuple[NoticeKind, Notice]]


def case_for(actor: Actor, number: str, *, today: date | None = None) -> CaseShown:
    """A case as its page shows it; refused to those it does not concern, and the look is written to the access log.

    Identities are in full for holders of ``cases.view_identity``.
    """
    case, in_full = _looked_at(actor, number)
    return _everything(case, in_full=in_full, today=today or timezone.localdate())


def case_head(actor: Actor, number: str) -> CaseHead:
    """A case as the desk shows it between two visitors: refused and on record like :func:`case_for`; 3 queries."""
    case, in_full = _looked_at(actor, number)
    return CaseHead(
        case=case,
        state=State(case.state),
        applicant=shown(case.applicant, in_full=in_full),
        agent=shown(case.agent, in_full=in_full) if case.agent else None,
        notices=[(NoticeKind(notice.kind), notice) for notice in case.notices.order_by("pk")],
    )


def _looked_at(actor: Actor, number: str) -> tuple[Case, bool]:
    """The case, and whether the actor sees identities in full; the look is on record."""
    case = Case.objects.select_related("item__main_item", "applicant", "agent").filter(number=number.strip()).first()
    if case is None:
        raise Refusal(f"没有编号为 {number} 的办件，请核对编号", code="not_found", field="number")
    require(actor, "cases.view_case", case)
    in_full = may(actor, "cases.view_identity", case)
    purpose = gettext_noop("查看办件（含证件号码）") if in_full else gettext_noop("查看办件")
    log_access(actor.id, CASE.code, case.pk, purpose)
    return case, in_full


def _everything(case: Case, *, in_full: bool, today: date) -> CaseShown:
    departments = department_names()
    materials = list(case.materials.select_related("spec").order_by("spec__position"))
    notices = list(case.notices.order_by("pk"))
    deliveries = list(case.deliveries.filter(is_reversed=False).order_by("pk"))
    handovers = list(case.handovers.order_by("pk"))
    opinions = list(case.opinions.order_by("pk"))
    requests = list(case.void_requests.order_by("pk"))
    names = names_of(
        {opinion.person for opinion in opinions}
        | {request.asked_by for request in requests}
        | {person for request in requests if (person := request.decided_by)}
        | ({case.handler} if case.handler else set())
    )
    return CaseShown(
        case=case,
        state=State(case.state),
        signal=_signal(case, today),
        department=departments.get(case.department, case.department),
        holder=departments.get(case.holder, case.holder),
        handler=names.get(case.handler or 0, ""),
        where=where(State(case.state), is_signed=case.signed_at is not None),
        applicant=shown(case.applicant, in_full=in_full),
        agent=shown(case.agent, in_full=in_full) if case.agent else None,
        address=open_address(case.number, bytes(case.address_sealed)) if in_full else "",
        is_identity_shown=in_full,
        materials=materials,
        attachments=list(case.attachments.select_related("spec").order_by("pk")),
        notices=[(NoticeKind(notice.kind), notice) for notice in notices],
        handovers=[
            (handover, departments.get(handover.sender, handover.sender), departments.get(handover.to, handover.to))
            for handover in handovers
        ],
        opinions=[(opinion, names.get(opinion.person, "")) for opinion in opinions],
        deliveries=deliveries,
        reminders=list(case.reminders.order_by("pk")),
        void_requests=[
            (request, names.get(request.asked_by, ""), names.get(request.decided_by or 0, "")) for request in requests
        ],
        timeline=timeline(case, departments, notices, handovers),
        told=sentences(_standing(case, departments, materials, notices, deliveries)),
    )


def _signal(case: Case, today: date) -> Signal:
    if case.due_on is None or case.state not in OPEN_STATES:
        return Signal.NONE
    return signal(case.due_on, today, near_until(today, calendar()))


def _standing(
    case: Case,
    departments: dict[str, str],
    materials: list[Material],
    notices: list[Notice],
    deliveries: list[Delivery],
) -> Standing:
    to_bring, to_put_right = _asked_for(State(case.state), materials, notices)
    posted = deliveries[-1] if deliveries and deliveries[-1].way == DeliveryWay.POST else None
    return Standing(
        state=State(case.state),
        since=_day(case.moved_at),
        holder=departments.get(case.holder, case.holder),
        is_signed=case.signed_at is not None,
        is_granted=case.is_granted,
        is_promised=case.item.promised_limit is not None and case.item.promised_unit in PROMISES,
        due_on=case.due_on,
        to_bring=to_bring,
        to_put_right=to_put_right,
        delivery_way=DeliveryWay(case.delivery_way),
        posted=f"{posted.carrier} {posted.tracking_number}".strip() if posted else "",
        is_mail_returned=posted is not None and posted.returned_at is not None,
        owner=next((str(one.detail.get("owner", "")) for one in reversed(notices) if _is(one, NoticeKind.DECLINE)), ""),
    )


def _asked_for(
    state: State, materials: list[Material], notices: list[Notice]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The missing materials by name, and what else was told to be put right."""
    if state is not State.CORRECTING:
        return tuple(one.spec.name for one in materials if one.state == MaterialState.TO_FOLLOW), ()
    given = {one.spec_id for one in materials if one.state == MaterialState.GIVEN}
    told = next((one for one in reversed(notices) if _is(one, NoticeKind.CORRECTION)), None)
    missing, others = [], []
    for point in told.detail.get("points", ()) if told else ():
        name, text = str(point.get("material", "")), str(point.get("text", ""))
        if name and point.get("spec") not in given:
            missing.append(name)
        else:
            others.append(f"{name}：{text}" if name else text)
    return tuple(missing), tuple(others)


def _is(notice: Notice, kind: NoticeKind) -> bool:
    return notice.kind == kind and notice.voided_at is None


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()

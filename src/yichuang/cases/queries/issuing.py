"""The issue counter: results that are ready, not fetched, on the way, or came back by mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yichuang.accounts.queries import department_names
from yichuang.calendars.queries import calendar
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.labels import TextLabels, gettext_noop
from yichuang.kernel.permissions import require

from ..models import Case, Delivery, Reminder
from ..rules.ages import waiting_before
from ..rules.delivery import FETCH_DAYS
from ..types import DeliveryWay, State
from .paging import PAGE_SIZE, DayCounter, Tally, by_number, page_of, start_of, tallies
from .people import masked_name

OUT = (State.ISSUED, State.SERVED)


class IssueTab(TextLabels):
    """The lists of the issue counter."""

    READY = "ready", gettext_noop("待领取")
    NOT_FETCHED = "not_fetched", gettext_noop("逾期未领")
    UNDER_WAY = "under_way", gettext_noop("寄送中")
    MAIL_RETURNED = "mail_returned", gettext_noop("退信")


@dataclass(frozen=True, slots=True)
class IssueFilters:
    """``department``: of the item; ``way``: as the applicant wishes; ``words``: a case number or its beginning."""

    department: str = ""
    way: DeliveryWay | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A result; ``since``: when it was made, posted or came back; ``waiting`` in working days since then."""

    number: str
    item: str
    department: str
    applicant: str
    is_granted: bool
    result_number: str
    wish: DeliveryWay
    since: datetime
    waiting: int | None
    reminders: int
    reminded_at: datetime | None
    carrier: str
    tracking_number: str
    returned_reason: str


@dataclass(frozen=True, slots=True)
class IssuePage:
    """One page of a list, the longest waiting first, with how many each list has."""

    tab: IssueTab
    filters: IssueFilters
    tabs: Mapping[IssueTab, Tally]
    rows: tuple[IssueRow, ...]
    page: int
    has_next: bool


def issue_queue(actor: Actor, tab: IssueTab, filters: IssueFilters, *, page: int = 1, today: date) -> IssuePage:
    """Results to be handed out, or on their way, in one list; names masked, nothing logged; 4 queries.

    Not fetched: ready for more than ten working days (行政许可法 art. 44). The front office sees all, a department's
    own window its own.
    """
    require(actor, "cases.issue_result")
    working = calendar()
    ready, posted = _cases(actor, filters), _deliveries(actor, filters)
    late = waiting_before(today, FETCH_DAYS + 1, working)
    lists: dict[IssueTab, QuerySet[Any]] = {
        IssueTab.READY: ready,
        IssueTab.NOT_FETCHED: ready.filter(moved_at__lt=start_of(late)) if late else ready.none(),
        IssueTab.UNDER_WAY: posted.filter(returned_at=None),
        IssueTab.MAIL_RETURNED: posted.filter(returned_at__isnull=False),
    }
    counted = tallies(list(lists.values()))
    found, page = _page(lists[tab], page)
    days, departments = DayCounter(working), department_names()
    return IssuePage(
        tab=tab,
        filters=filters,
        tabs=dict(zip(lists, counted, strict=True)),
        rows=tuple(_row(case, delivery, today, days, departments) for case, delivery in found[:PAGE_SIZE]),
        page=page,
        has_next=len(found) > PAGE_SIZE,
    )


def _cases(actor: Actor, filters: IssueFilters) -> QuerySet[Case]:
    return Case.objects.filter(_narrowed(actor, filters, ""), state=State.CONCLUDED)


def _deliveries(actor: Actor, filters: IssueFilters) -> QuerySet[Delivery]:
    """The latest deliveries that were posted and of which nothing good has been heard yet."""
    later = Delivery.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    posted = Delivery.objects.filter(way=DeliveryWay.POST, confirmed_at=None, case__state__in=OUT)
    return posted.filter(_narrowed(actor, filters, "case__"), ~Exists(later))


def _narrowed(actor: Actor, filters: IssueFilters, prefix: str) -> Q:
    wanted = by_number(filters.words, f"{prefix}number")
    if filters.department:
        wanted &= Q(**{f"{prefix}department": filters.department})
    if filters.way is not None:
        wanted &= Q(**{f"{prefix}delivery_way": filters.way})
    if not actor.holds(Role.FRONT):
        own = {post.department for post in actor.posts if post.role in {Role.BACK, Role.CHIEF}}
        wanted &= Q(**{f"{prefix}department__in": sorted(own)})
    return wanted


def _reminded(rows: QuerySet[Any], case: str) -> QuerySet[Any]:
    reminders = Reminder.objects.filter(case=OuterRef(case)).order_by()
    counted: QuerySet[Any] = rows.annotate(
        reminders_sent=Subquery(reminders.values("case").annotate(sent=Count("pk")).values("sent")),
        reminded_at=Subquery(reminders.values("case").annotate(last=Max("at")).values("last")),
    )
    return counted


def _page(rows: QuerySet[Any], page: int) -> tuple[list[tuple[Case, Delivery | None]], int]:
    if rows.model is Case:
        cases, page = page_of(rows, page, ("moved_at", "pk"))
        return [(case, None) for case in _reminded(cases, "pk").select_related("item", "applicant")], page
    deliveries, page = page_of(rows, page, ("at", "pk"))
    joined = _reminded(deliveries, "case").select_related("case__item", "case__applicant")
    return [(delivery.case, delivery) for delivery in joined], page


def _row(
    case: Case, delivery: Delivery | None, today: date, days: DayCounter, departments: Mapping[str, str]
) -> IssueRow:
    asked: Any = delivery or case  # with what _reminded added
    since = (delivery.returned_at or delivery.at) if delivery else case.moved_at
    return IssueRow(
        number=case.number,
        item=case.item.name,
        department=departments.get(case.department, case.department),
        applicant=masked_name(case.applicant),
        is_granted=bool(case.is_granted),
        result_number=case.result_number,
        wish=DeliveryWay(case.delivery_way),
        since=since,
        waiting=days.between(timezone.localdate(since), today),
        reminders=asked.reminders_sent or 0,
        reminded_at=asked.reminded_at,
        carrier=delivery.carrier if delivery else "",
        tracking_number=delivery.tracking_number if delivery else "",
        returned_reason=delivery.returned_reason if delivery else "",
    )

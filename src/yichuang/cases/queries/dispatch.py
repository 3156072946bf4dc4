"""The middle office: what waits to be handed over, what was not signed for, and the sheets that went along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yichuang.accounts.queries import department_names, names_of
from yichuang.calendars.queries import calendar
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.kernel.permissions import may, require
from yichuang.kernel.workdays import WorkingCalendar

from ..documents.types import SheetContent, SheetRow
from ..models import Case, Handover, HandoverSheet
from ..rules import near_until, signal
from ..rules.ages import waiting_before
from ..types import Signal, State
from .paging import PAGE_SIZE, DayCounter, Tally, by_number, page_of, start_of, tallies
from .people import masked_name

AGES = (1, 2, 3)  # working days since acceptance that the page counts cases by
MIDDLE_OFFICE = "中台"


@dataclass(frozen=True, slots=True)
class DispatchFilters:
    """``department``: of the item; ``age``: at least so many working days since acceptance; ``words``: a number.

    ``is_returned``: only what a back office sent back.
    """

    department: str = ""
    age: int = 0
    words: str = ""
    is_returned: bool = False


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """A case that the middle office has; ``to`` is the department proposed: the item's own."""

    number: str
    item: str
    item_key: str
    applicant: str
    to: str
    to_name: str
    accepted_at: datetime
    age: int | None  # working days; None in a year not announced
    due_on: date | None
    signal: Signal
    returned_by: str  # the department that sent it back last, and why; empty: it was not handed over yet
    returned_reason: str


@dataclass(frozen=True, slots=True)
class DispatchPage:
    """One page, oldest first; ``by_age``: how many have waited at least 1, 2, 3 working days."""

    filters: DispatchFilters
    total: Tally
    by_age: Mapping[int, Tally]
    rows: tuple[DispatchRow, ...]
    page: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class UnsignedRow:
    """A hand-over that the office has not signed for; ``waiting`` in working days since it was sent.

    ``can_undo``: the actor's own of today.
    """

    number: str
    item: str
    to: str
    to_name: str
    sent_at: datetime
    sent_by: str
    waiting: int | None
    sheet: str
    entry: int
    can_undo: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A hand-over sheet in a list: how many cases it lists, how many were signed for and returned."""

    number: str
    department: str
    made_at: datetime
    made_by: str
    cases: int
    signed: int
    returned: int


def dispatch_queue(actor: Actor, filters: DispatchFilters, *, page: int = 1, today: date) -> DispatchPage:
    """Cases accepted and not with a back office, oldest first, 50 a page; names masked, nothing logged; 4 queries."""
    require(actor, "cases.dispatch")
    working = calendar()
    waiting = Case.objects.filter(state=State.ACCEPTED)
    if filters.department:
        waiting = waiting.filter(department=filters.department)
    aged = {age: waiting.filter(_accepted_before(today, age, working)) for age in AGES}
    total, *by_age = tallies([waiting, *aged.values()])
    narrowed = waiting.filter(_accepted_before(today, filters.age, working), by_number(filters.words))
    if filters.is_returned:
        returned = Handover.objects.filter(case=OuterRef("pk"), is_reversed=False, returned_at__isnull=False)
        narrowed = narrowed.filter(Exists(returned))
    found, page = page_of(narrowed, page, ("accepted_at", "pk"))
    departments, near, days = department_names(), near_until(today, working), DayCounter(working)
    rows = [_row(case, today, near, days, departments) for case in _with_return(found)]
    return DispatchPage(
        filters=filters,
        total=total,
        by_age=dict(zip(AGES, by_age, strict=True)),
        rows=tuple(rows[:PAGE_SIZE]),
        page=page,
        has_next=len(rows) > PAGE_SIZE,
    )


def unsigned_handovers(
    actor: Actor, *, department: str = "", page: int = 1, today: date
) -> tuple[list[UnsignedRow], bool]:
    """What was handed over and is not signed for, oldest first, 50 a page; and whether more follow."""
    require(actor, "cases.dispatch")
    waiting = _unsigned()
    if department:
        waiting = waiting.filter(to=department)
    chosen, page = page_of(waiting, page, ("sent_at", "pk"))
    found = list(chosen.select_related("case__item", "sheet"))
    departments, names = department_names(), names_of(row.sent_by for row in found)
    days = DayCounter(calendar())
    rows = [
        UnsignedRow(
            number=row.case.number,
            item=row.case.item.name,
            to=row.to,
            to_name=departments.get(row.to, row.to),
            sent_at=row.sent_at,
            sent_by=names.get(row.sent_by, ""),
            waiting=days.between(timezone.localdate(row.sent_at), today),
            sheet=row.sheet.number if row.sheet else "",
            entry=row.entry,
            can_undo=row.sent_by == actor.id and timezone.localdate(row.sent_at) == today,
        )
        for row in found[:PAGE_SIZE]
    ]
    return rows, len(found) > PAGE_SIZE


def count_unsigned(actor: Actor) -> int:
    """How many hand-overs no office has signed for, counted no further than a thousand."""
    require(actor, "cases.dispatch")
    return tallies([_unsigned()])[0].number


def _unsigned() -> QuerySet[Handover]:
    undecided = Case.objects.filter(pk=OuterRef("case"), state=State.REVIEWING)
    return Handover.objects.filter(Exists(undecided), signed_at=None, returned_at=None, is_reversed=False)


def sheets_for(actor: Actor, *, day: date | None = None, page: int = 1) -> tuple[list[SheetLine], bool]:
    """Hand-over sheets, newest first, 50 a page, of one day if given; a back office sees those sent to it."""
    sheets = _sheets(actor).annotate(
        cases=Count("handovers"),
        signed=Count("handovers", Q(handovers__signed_at__isnull=False)),
        returned=Count("handovers", Q(handovers__returned_at__isnull=False)),
    )
    if day:
        sheets = sheets.filter(number__startswith=f"JJ{day:%Y%m%d}")
    first = (max(page, 1) - 1) * PAGE_SIZE
    found = list(sheets.order_by("-pk")[first : first + PAGE_SIZE + 1])
    departments, names = department_names(), names_of(sheet.made_by for sheet in found)
    lines = [
        SheetLine(
            number=sheet.number,
            department=departments.get(sheet.department, sheet.department),
            made_at=sheet.made_at,
            made_by=names.get(sheet.made_by, ""),
            cases=sheet.cases,
            signed=sheet.signed,
            returned=sheet.returned,
        )
        for sheet in found[:PAGE_SIZE]
    ]
    return lines, len(found) > PAGE_SIZE


def sheet_for(actor: Actor, number: str) -> SheetContent:
    """A hand-over sheet with its cases, by number, names masked; for the middle office and the office it went to."""
    sheet = _sheets(actor).filter(number=number.strip()).first()
    if sheet is None:
        raise Refusal(f"没有编号为 {number} 的交接单，请核对编号", code="not_found", field="number")
    departments = department_names()
    cases = Case.objects.filter(handovers__sheet=sheet, handovers__is_reversed=False)
    rows = cases.select_related("item", "applicant").annotate(given=Count("materials")).order_by("number")
    senders = set(sheet.handovers.values_list("sender", flat=True))
    return SheetContent(
        number=sheet.number,
        sender="、".join(sorted(departments.get(code, code) or MIDDLE_OFFICE for code in senders)),
        receiver=departments.get(sheet.department, sheet.department),
        made_on=timezone.localdate(sheet.made_at),
        made_by=names_of([sheet.made_by]).get(sheet.made_by, ""),
        rows=tuple(
            SheetRow(case.number, case.item.name, masked_name(case.applicant), case.given, case.due_on) for case in rows
        ),
    )


def _sheets(actor: Actor) -> QuerySet[HandoverSheet]:
    if may(actor, "cases.dispatch"):
        return HandoverSheet.objects.all()
    own = {post.department for post in actor.posts if post.role in {Role.BACK, Role.CHIEF}}
    if not own:
        raise NotPermitted
    return HandoverSheet.objects.filter(department__in=own)


def _accepted_before(today: date, age: int, working: WorkingCalendar) -> Q:
    """Accepted at least ``age`` working days ago; nothing when the calendar does not reach back so far."""
    if age <= 0:
        return Q()
    day = waiting_before(today, age, working)
    return Q(accepted_at__lt=start_of(day)) if day else Q(pk__in=[])


def _with_return(cases: QuerySet[Case]) -> QuerySet[Case]:
    latest = Handover.objects.filter(case=OuterRef("pk"), is_reversed=False, returned_at__isnull=False)
    latest = latest.order_by("-entry")
    return cases.select_related("item", "applicant").annotate(
        returned_by=Subquery(latest.values("to")[:1]), returned_reason=Subquery(latest.values("reason")[:1])
    )


def _row(case: Case, today: date, near: date | None, days: DayCounter, departments: Mapping[str, str]) -> DispatchRow:
    assert case.accepted_at is not None
    back = case.returned_by or ""  # type: ignore[attr-defined]
    return DispatchRow(
        number=case.number,
        item=case.item.name,
        item_key=case.item.key,
        applicant=masked_name(case.applicant),
        to=case.department,
        to_name=departments.get(case.department, case.department),
        accepted_at=case.accepted_at,
        age=days.between(timezone.localdate(case.accepted_at), today),
        due_on=case.due_on,
        signal=signal(case.due_on, today, near),
        returned_by=departments.get(back, back),
        returned_reason=case.returned_reason or "",  # type: ignore[attr-defined]
    )

"""The back office's desk: what its department has, by due day; fast however much that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yichuang.accounts.actions import log_access
from yichuang.accounts.queries import colleagues, names_of, office_of
from yichuang.accounts.types import Colleague
from yichuang.calendars.queries import calendar
from yichuang.catalogue.queries import ids_like
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.kernel.labels import TextLabels, gettext_noop
from yichuang.kernel.permissions import require

from ..models import Applicant, Case, Handover
from ..rules import near_until, signal
from ..types import CASE, Signal, State
from .paging import PAGE_SIZE, DayCounter, Tally, by_number, in_states, looks_like_number, page_of, tallies
from .people import masked_name

MOST_ITEMS, MOST_PEOPLE = 50, 300  # that words may mean
ORDER = (F("due_on").asc(nulls_last=True), "pk")


class InboxTab(TextLabels):
    """The lists of a back office."""

    UNSIGNED = "unsigned", gettext_noop("待签收")
    UNTAKEN = "untaken", gettext_noop("待认领")
    MINE = "mine", gettext_noop("我承办的")
    ALL = "all", gettext_noop("本部门全部")
    DECIDED = "decided", gettext_noop("已决定待制证")


@dataclass(frozen=True, slots=True)
class InboxFilters:
    """Which list, and what it is narrowed by; empty means no matter.

    ``department``: one of the actor's (empty: the own one); ``item``: a key; ``position``: the name of the handler's;
    ``words``: a case number or its beginning; without digits, words of the item or part of the applicant's name.
    """

    tab: InboxTab = InboxTab.ALL
    department: str = ""
    signal: Signal | None = None
    item: str = ""
    position: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A case in the list; ``days_left`` in working days, negative when overdue, None when not known."""

    number: str
    item: str
    item_key: str
    applicant: str
    state: State
    is_signed: bool
    due_on: date | None
    signal: Signal
    days_left: int | None
    handler: int | None
    handler_name: str
    handler_position: str
    handed_over_at: datetime | None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of a list, with how many the other lists and signals have."""

    department: str
    department_name: str
    departments: tuple[str, ...]  # codes of all that the actor may look at
    filters: InboxFilters
    tabs: Mapping[InboxTab, Tally]
    signals: Mapping[Signal, Tally]  # within the list, not narrowed otherwise
    positions: tuple[str, ...]
    rows: tuple[InboxRow, ...]
    page: int
    has_next: bool


def inbox(actor: Actor, filters: InboxFilters, *, page: int = 1, today: date) -> InboxPage:
    """The cases of the actor's department in one list, by due day, those without one last; 4 queries.

    Looking for words takes two more. Names are masked and nothing is logged: opening a case is, and looking for a name.
    :class:`NotPermitted` for another department.
    """
    require(actor, "cases.review")
    departments = departments_of(actor)
    department = filters.department or (actor.department if actor.department in departments else departments[0])
    if department not in departments:
        raise NotPermitted
    working = calendar()
    near = near_until(today, working)
    lists = {tab: _list(tab, department, actor.id) for tab in InboxTab}
    chosen = lists[filters.tab]
    by_signal = {one: chosen.filter(_due(one, today, near)) for one in Signal}
    counted = tallies([*lists.values(), *by_signal.values()])
    department_name, people = office_of(Role.BACK, department, today)
    if filters.words and not looks_like_number(filters.words):
        log_access(actor.id, CASE.code, 0, gettext_noop("查找办件"))
    narrowed = _narrowed(by_signal[filters.signal] if filters.signal else chosen, filters, people)
    found, page = page_of(narrowed, page, ORDER)
    cases = list(_with_handover(found))
    if elsewhere := {case.handler for case in cases if case.handler} - set(people):  # deputies, people who left
        people = people | {person: (name, "") for person, name in names_of(elsewhere).items()}
    days = DayCounter(working)
    rows = [_row(case, today, near, days, people) for case in cases]
    return InboxPage(
        department=department,
        department_name=department_name,
        departments=departments,
        filters=filters,
        tabs=dict(zip(lists, counted, strict=False)),
        signals=dict(zip(by_signal, counted[len(lists) :], strict=True)),
        positions=tuple(sorted({position for _, position in people.values() if position})),
        rows=tuple(rows[:PAGE_SIZE]),
        page=page,
        has_next=len(rows) > PAGE_SIZE,
    )


def departments_of(actor: Actor) -> tuple[str, ...]:
    """Codes of the departments whose back office the actor works in or answers for."""
    found = {post.department for post in actor.posts if post.role in {Role.BACK, Role.CHIEF} and post.department}
    if not found:
        raise NotPermitted
    return tuple(sorted(found))


def colleagues_for(actor: Actor, number: str) -> list[Colleague]:
    """To whom a case may be passed on today: deputies of its handler and of the actor first, then by name."""
    case = Case.objects.filter(number=number).first()
    if case is None:
        raise Refusal(f"没有编号为 {number} 的办件，请核对编号", code="not_found", field="number")
    require(actor, "cases.handle", case)
    principals = {actor.id, case.handler}
    present = [one for one in colleagues(Role.BACK, case.holder, timezone.localdate()) if one.id != case.handler]
    return sorted(present, key=lambda one: (not one.stands_in_for & principals, one.name, one.id))


def _list(tab: InboxTab, department: str, person: int) -> QuerySet[Case]:
    """A list, in just the words of the index that serves it."""
    if tab is InboxTab.UNSIGNED:
        return Case.objects.filter(holder=department, state=State.REVIEWING, signed_at=None)
    if tab is InboxTab.UNTAKEN:
        return Case.objects.filter(holder=department, state=State.REVIEWING, signed_at__isnull=False, handler=None)
    if tab is InboxTab.MINE:
        return Case.objects.filter(handler=person, state=State.REVIEWING, holder=department)
    if tab is InboxTab.DECIDED:
        return Case.objects.filter(in_states(State.GRANTED, State.REFUSED), holder=department)
    return Case.objects.filter(in_states(State.REVIEWING, State.GRANTED, State.REFUSED), holder=department)


def _due(wanted: Signal, today: date, near: date | None) -> Q:
    """The due days that have this signal; the counterpart of ``rules.signal``."""
    last_near = near or today - timedelta(days=1)
    return {
        Signal.RED: Q(due_on__lt=today),
        Signal.YELLOW: Q(due_on__gte=today, due_on__lte=last_near),
        Signal.GREEN: Q(due_on__gte=today, due_on__gt=last_near),
        Signal.NONE: Q(due_on=None),
    }[wanted]


def _narrowed(cases: QuerySet[Case], filters: InboxFilters, people: Mapping[int, tuple[str, str]]) -> QuerySet[Case]:
    if filters.item:
        cases = cases.filter(item__key=filters.item)
    if filters.position:
        cases = cases.filter(handler__in=[one for one, (_, name) in people.items() if name == filters.position])
    if not filters.words or looks_like_number(filters.words):
        return cases.filter(by_number(filters.words))
    return cases.filter(_named(filters.words))


def _named(words: str) -> Q:
    """Words of the item or part of the applicant's name: a rare name by its people, a frequent one by the list."""
    named = Applicant.objects.filter(name__contains=words)
    people = list(named.values_list("pk", flat=True)[: MOST_PEOPLE + 1])
    by_name = Q(applicant__in=people) if len(people) <= MOST_PEOPLE else Q(applicant__name__contains=words)
    return Q(item__in=ids_like(words, limit=MOST_ITEMS)) | by_name


def _with_handover(cases: QuerySet[Case]) -> QuerySet[Case]:
    latest = Handover.objects.filter(case=OuterRef("pk"), is_reversed=False).order_by("-entry")
    return cases.select_related("item", "applicant").annotate(handed_over_at=Subquery(latest.values("sent_at")[:1]))


def _row(
    case: Case, today: date, near: date | None, days: DayCounter, people: Mapping[int, tuple[str, str]]
) -> InboxRow:
    name, position = people.get(case.handler or 0, ("", ""))
    return InboxRow(
        number=case.number,
        item=case.item.name,
        item_key=case.item.key,
        applicant=masked_name(case.applicant),
        state=State(case.state),
        is_signed=case.signed_at is not None,
        due_on=case.due_on,
        signal=signal(case.due_on, today, near),
        days_left=days.between(today, case.due_on) if case.due_on else None,
        handler=case.handler,
        handler_name=name,
        handler_position=position,
        handed_over_at=case.handed_over_at,  # type: ignore[attr-defined]
    )

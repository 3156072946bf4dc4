"""What waits for a person, by what the person's posts are for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from yichuang.cases.queries import (
    DispatchFilters,
    InboxFilters,
    InboxTab,
    IssueFilters,
    IssueTab,
    count_unsigned,
    dispatch_queue,
    inbox,
    issue_queue,
    void_requests_for,
)
from yichuang.cases.types import Signal
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.labels import gettext_noop

BAD, WARN = "bad", "warn"


@dataclass(frozen=True, slots=True)
class ToDo:
    """So many cases wait under ``href``; ``tone`` is "bad" or "warn" where that says something.

    ``is_mine`` is False for what others have to do, and for a part of another count: the header adds up the rest.
    """

    label: str
    count: int
    href: str
    tone: str = ""
    is_mine: bool = True


def to_dos(actor: Actor, today: date) -> tuple[ToDo, ...]:
    """Counts (each at most a thousand) for every role that ``actor`` has, 4 to 8 queries a role."""
    return tuple(to_do for role, count in _COUNTED.items() if actor.holds(role) for to_do in count(actor, today))


def _middle(actor: Actor, today: date) -> Iterator[ToDo]:
    waiting = dispatch_queue(actor, DispatchFilters(), today=today)
    yield ToDo(gettext_noop("待流转"), waiting.total.number, "/dispatch")
    old = waiting.by_age[2].number
    yield ToDo(gettext_noop("待流转满两个工作日"), old, "/dispatch?age=2", WARN, is_mine=False)
    yield ToDo(gettext_noop("流转后未签收"), count_unsigned(actor), "/dispatch?tab=unsigned", is_mine=False)


def _back(actor: Actor, today: date) -> Iterator[ToDo]:
    page = inbox(actor, InboxFilters(tab=InboxTab.MINE), today=today)
    yield ToDo(gettext_noop("待签收"), page.tabs[InboxTab.UNSIGNED].number, "/inbox?tab=unsigned")
    yield ToDo(gettext_noop("待认领"), page.tabs[InboxTab.UNTAKEN].number, "/inbox?tab=untaken")
    yield ToDo(gettext_noop("我承办的"), page.tabs[InboxTab.MINE].number, "/inbox?tab=mine")
    red, yellow = page.signals[Signal.RED].number, page.signals[Signal.YELLOW].number
    yield ToDo(gettext_noop("我承办的：超期"), red, "/inbox?tab=mine&signal=red", BAD, is_mine=False)
    yield ToDo(gettext_noop("我承办的：临期"), yellow, "/inbox?tab=mine&signal=yellow", WARN, is_mine=False)
    yield ToDo(gettext_noop("已决定待制证"), page.tabs[InboxTab.DECIDED].number, "/inbox?tab=decided")


def _front(actor: Actor, today: date) -> Iterator[ToDo]:
    page = issue_queue(actor, IssueTab.READY, IssueFilters(), today=today)
    tabs = page.tabs
    yield ToDo(gettext_noop("待领取"), tabs[IssueTab.READY].number, "/issue?tab=ready", is_mine=False)
    yield ToDo(gettext_noop("逾期未领"), tabs[IssueTab.NOT_FETCHED].number, "/issue?tab=not_fetched", WARN)
    yield ToDo(gettext_noop("退信"), tabs[IssueTab.MAIL_RETURNED].number, "/issue?tab=mail_returned", BAD)


def _voids(actor: Actor, today: date) -> Iterator[ToDo]:
    asked = [one for one in void_requests_for(actor) if not one.is_own]
    yield ToDo(gettext_noop("作废待审批"), len(asked), "/voids", WARN)


_COUNTED: dict[Role, Callable[[Actor, date], Iterator[ToDo]]] = {
    Role.FRONT: _front,
    Role.MIDDLE: _middle,
    Role.BACK: _back,
    Role.CHIEF: _voids,
    Role.HALL: _voids,
}

"""The desks of a small province: every queue has something in it, done by the real actions up to now."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from yichuang.accounts.models import Person
from yichuang.accounts.queries import actor_of
from yichuang.calendars.queries import library_calendar
from yichuang.cases.models import Case, Handover, HandoverSheet
from yichuang.cases.queries import (
    DispatchFilters,
    InboxFilters,
    InboxTab,
    IssueFilters,
    IssueTab,
    dispatch_queue,
    inbox,
    issue_queue,
    unsigned_handovers,
    void_requests_for,
)
from yichuang.cases.types import Signal, State
from yichuang.demo import world
from yichuang.demo.days import chance
from yichuang.demo.models import Edition
from yichuang.demo.people import LOGINS
from yichuang.demo.progress import stages
from yichuang.demo.province import SEED, fill
from yichuang.demo.recent.planning import Days, Event, Planner
from yichuang.demo.recent.recipes import RECIPES, Step
from yichuang.desk.queries.messages import messages_of
from yichuang.desk.queries.my_day import done_on, own_figures
from yichuang.desk.queries.shift_notes import shift_notes_for
from yichuang.kernel.actor import Actor
from yichuang.ledger.models import Entry
from yichuang.ledger.queries import recount, verify

from .small import SMALL

CHINA = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 16, 15, 0, tzinfo=CHINA)


@pytest.fixture(scope="module")
def once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    with django_db_blocker.unblock(), transaction.atomic():
        with stages() as stage:
            done = fill(stage, parts=SMALL, scale=0.1, now=timezone.now())
        yield done
        transaction.set_rollback(True)


@pytest.fixture
def filled(once: int, db: None) -> int:
    if Entry.objects.count() == once:
        pytest.skip("the holidays of this year are not announced")
    return once


def actor(role: str) -> Actor:
    return actor_of(Person.objects.get(username=LOGINS[role]), timezone.localdate())


def test_the_ledger_is_whole_and_the_archive_counted_apart(filled: int) -> None:
    assert verify() == []
    assert recount()["ok"]
    assert Edition.objects.get().entries == filled < Entry.objects.count()
    recent = Entry.objects.filter(pk__gt=filled)
    assert not recent.filter(occurred_at__gt=timezone.now()).exists()


def test_every_queue_has_something(filled: int) -> None:
    today = timezone.localdate()
    waiting = dispatch_queue(actor("middle"), DispatchFilters(), today=today)
    assert waiting.total.number
    assert waiting.by_age[2].number
    assert any(row.returned_by for row in waiting.rows)
    assert unsigned_handovers(actor("middle"), today=today)[0]
    for role in ("back", "chief"):
        page = inbox(actor(role), InboxFilters(), today=today)
        assert all(page.tabs[tab].number for tab in InboxTab if tab is not InboxTab.MINE), page.tabs
        assert all(page.signals[one].number for one in (Signal.GREEN, Signal.YELLOW, Signal.RED))
    assert inbox(actor("back"), InboxFilters(tab=InboxTab.MINE), today=today).rows
    counter = issue_queue(actor("front"), IssueTab.READY, IssueFilters(), today=today)
    assert all(tally.number for tally in counter.tabs.values()), counter.tabs
    assert void_requests_for(actor("chief"))
    assert len(void_requests_for(actor("hall"))) > len(void_requests_for(actor("chief")))
    assert HandoverSheet.objects.count() > 1


def test_cases_are_in_every_state_and_none_is_left_behind(filled: int) -> None:
    states = set(Case.objects.filter(received_at__year__gte=2026).values_list("state", flat=True))
    assert states == set(State)
    open_long = Case.objects.filter(state__in=[State.REVIEWING, State.ACCEPTED], received_at__year__lt=2026)
    assert not open_long.exists()
    for handover in Handover.objects.filter(signed_at__isnull=False):
        assert handover.sent_at <= handover.signed_at


def test_people_have_a_day_behind_them(filled: int) -> None:
    today = timezone.localdate()
    for role in ("front", "middle", "back"):
        person = actor(role)
        figures = own_figures(person, today)
        assert sum(count for _, count in figures.days) > 3
        last = max(day for day, count in figures.days if count)
        assert done_on(person, last, today)
    assert messages_of(actor("chief")).object_list
    assert any(note.may_take for note in shift_notes_for(actor("front")))


def planned(now: datetime) -> list[Event]:
    return Planner(world.items(), Days(library_calendar(), now), chance(f"recent {SEED}"), share=1.0).events(RECIPES)


def test_the_plan_is_the_same_for_the_same_moment_and_in_order() -> None:
    events = planned(MONDAY)
    again = planned(MONDAY)
    assert [(event.at, event.step) for event in events] == [(event.at, event.step) for event in again]
    assert 400 < len({event.case for event in events if event.case}) < 700
    known = library_calendar()
    seen: dict[int, datetime] = {}
    for event in events:
        assert event.at < MONDAY
        assert known.is_working(event.at.date())
        assert 9 <= event.at.hour < 17
        assert event.at.hour != 12
        if event.case:
            assert seen.get(id(event.case), event.at) <= event.at
            seen[id(event.case)] = event.at
    todays = [event for event in events if event.at.date() == MONDAY.date()]
    assert {Step.TAKE_IN, Step.SEND, Step.SIGN, Step.GRANT, Step.HAND_OUT} <= {event.step for event in todays}


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 3, 16, 8, 0, tzinfo=CHINA), date(2026, 3, 13)),  # before the hall opens
        (datetime(2026, 3, 16, 9, 25, tzinfo=CHINA), date(2026, 3, 16)),
        (datetime(2026, 3, 16, 23, 0, tzinfo=CHINA), date(2026, 3, 16)),
        (datetime(2026, 3, 15, 11, 0, tzinfo=CHINA), date(2026, 3, 15)),  # a Sunday: a few windows are open
    ],
)
def test_nothing_happens_after_the_moment_of_loading(now: datetime, last: date) -> None:
    events = planned(now)
    assert max(event.at for event in events) < now
    assert max(event.at for event in events).date() == last

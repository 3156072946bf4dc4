"""Filling, announcing and amending: what changes, what is refused, what the ledger keeps."""

import json
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from yichuang.calendars.actions import amend_day, announce_year, fill_from_library
from yichuang.calendars.models import KnownYear, SpecialDay
from yichuang.calendars.queries import calendar, document_of_for, special_days
from yichuang.calendars.types import (
    CALENDAR_YEAR,
    DAY_AMENDED,
    YEAR_ANNOUNCED,
    YEAR_FILLED,
    Announcement,
    Source,
)
from yichuang.kernel.actor import SYSTEM, Actor
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.kernel.workdays import YearNotAnnounced
from yichuang.ledger.models import Entry

from .people import ADMIN, AT, CLERK

pytestmark = pytest.mark.django_db
FRIDAY = date(2024, 9, 20)
ARRANGEMENT = Announcement(
    2027,
    "国务院办公厅关于2027年部分节假日安排的通知",
    {date(2027, 1, 1): (False, "元旦"), date(2027, 1, 3): (True, "元旦"), date(2026, 12, 31): (False, "元旦")},
)


@pytest.fixture
def _filled() -> None:
    fill_from_library(SYSTEM, AT)


def test_filling_twice_changes_nothing_the_second_time() -> None:
    assert fill_from_library(SYSTEM, AT) == list(range(2004, 2027))
    days, entries = SpecialDay.objects.count(), Entry.objects.count()
    assert entries == 23
    assert days > 600
    assert fill_from_library(ADMIN, AT) == []
    assert (SpecialDay.objects.count(), Entry.objects.count()) == (days, entries)


def test_filling_writes_an_entry_for_each_year() -> None:
    fill_from_library(SYSTEM, AT)
    entry = Entry.objects.get(kind=YEAR_FILLED.code, subject_type=CALENDAR_YEAR.code, subject_id=2024)
    payload = json.loads(entry.payload)
    assert payload["document"] == KnownYear.objects.get(year=2024).document
    assert "2024-05-01" in payload["off"]
    assert "2024-05-11" in payload["make_up"]


@pytest.mark.usefixtures("_filled")
def test_filling_leaves_amended_days_alone() -> None:
    amend_day(FRIDAY, False, "停电检修", actor=ADMIN, at=AT, reason="物业通知")
    KnownYear.objects.filter(year=2024).delete()  # as if the year had never been known
    assert fill_from_library(SYSTEM, AT) == [2024]
    assert not calendar().is_working(FRIDAY)
    assert SpecialDay.objects.get(day=FRIDAY).source == Source.AMENDED


@pytest.mark.parametrize("actor", [CLERK, Actor(id=9)])
def test_filling_and_changing_need_permission(actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        fill_from_library(actor, AT)
    fill_from_library(SYSTEM, AT)
    before = Entry.objects.count()
    with pytest.raises(NotPermitted):
        amend_day(FRIDAY, False, "停电检修", actor=actor, at=AT, reason="物业通知")
    with pytest.raises(NotPermitted):
        announce_year(ARRANGEMENT, actor=actor, at=AT)
    assert Entry.objects.count() == before
    assert calendar().is_working(FRIDAY)


@pytest.mark.usefixtures("_filled")
def test_an_amendment_is_an_entry_with_old_and_new() -> None:
    recorded = amend_day(FRIDAY, False, " 停电检修 ", actor=ADMIN, at=AT, reason="物业通知〔2024〕3号")
    assert not calendar().is_working(FRIDAY)
    entry = Entry.objects.get(pk=recorded.id)
    assert (entry.kind, entry.subject_id, entry.actor) == (DAY_AMENDED.code, 2024, ADMIN.id)
    assert json.loads(entry.payload) == {
        "day": "2024-09-20",
        "old": {"is_working": True, "name": ""},
        "new": {"is_working": False, "name": "停电检修"},
        "reason": "物业通知〔2024〕3号",
    }
    amend_day(FRIDAY, True, "恢复上班", actor=ADMIN, at=AT, reason="检修取消")
    assert calendar().is_working(FRIDAY)
    last = Entry.objects.latest("id")
    assert json.loads(last.payload)["old"] == {"is_working": False, "name": "停电检修"}
    assert last.previous == recorded.id  # one chain for the year


@pytest.mark.usefixtures("_filled")
@pytest.mark.parametrize(
    ("day", "is_working", "name", "reason", "code"),
    [
        (date(2024, 5, 1), False, "劳动节", "通知", "no_change"),
        (FRIDAY, False, " ", "通知", "no_name"),
        (FRIDAY, False, "停电", " ", "no_reason"),
        (date(2027, 9, 20), False, "停电", "通知", "year_not_announced"),
    ],
)
def test_a_refused_amendment_changes_nothing(day: date, is_working: bool, name: str, reason: str, code: str) -> None:
    before = (Entry.objects.count(), calendar())
    with pytest.raises(Refusal) as caught:
        amend_day(day, is_working, name, actor=ADMIN, at=AT, reason=reason)
    assert caught.value.code == code
    assert (Entry.objects.count(), calendar()) == before


@pytest.mark.usefixtures("_filled")
def test_an_announced_year_can_be_reckoned_in() -> None:
    with pytest.raises(YearNotAnnounced):
        calendar().add_working_days(date(2026, 12, 30), 2)
    recorded = announce_year(ARRANGEMENT, actor=ADMIN, at=AT)
    # Thursday the 31st and Friday the 1st are off, Sunday the 3rd is worked
    assert calendar().add_working_days(date(2026, 12, 30), 1) == date(2027, 1, 3)
    entry = Entry.objects.get(pk=recorded.id)
    assert (entry.kind, entry.subject_id) == (YEAR_ANNOUNCED.code, 2027)
    assert json.loads(entry.payload)["off"] == ["2026-12-31", "2027-01-01"]
    assert document_of_for(CLERK, 2027) == ARRANGEMENT.document
    with pytest.raises(Refusal) as caught:
        announce_year(ARRANGEMENT, actor=ADMIN, at=AT)
    assert caught.value.code == "year_known"


@pytest.mark.usefixtures("_filled")
def test_a_change_undone_by_the_database_is_unseen_afterwards() -> None:
    calendar()
    with transaction.atomic():
        amend_day(FRIDAY, False, "停电检修", actor=ADMIN, at=AT, reason="物业通知")
        assert not calendar().is_working(FRIDAY)
        transaction.set_rollback(True)
    assert calendar().is_working(FRIDAY)
    amend_day(FRIDAY - timedelta(days=1), False, "停水检修", actor=ADMIN, at=AT, reason="物业通知")
    assert calendar().is_working(FRIDAY)
    assert not calendar().is_working(FRIDAY - timedelta(days=1))


@pytest.mark.usefixtures("_filled")
def test_the_calendar_is_kept_until_it_changes(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = calendar()
    with django_assert_num_queries(1):
        assert calendar() is first
    amend_day(FRIDAY, False, "停电检修", actor=ADMIN, at=AT, reason="物业通知")
    with django_assert_num_queries(3):
        assert calendar() is not first


def test_before_any_filling_every_year_is_unknown() -> None:
    assert calendar().years == frozenset()
    assert special_days(2024) == ()


@pytest.mark.django_db(transaction=True)
def test_two_announcements_at_once_make_one_year(shared_database: BaseDatabaseWrapper) -> None:
    fill_from_library(SYSTEM, AT)
    together, outcomes = Barrier(2), []

    def announce() -> None:
        try:
            together.wait()
            announce_year(ARRANGEMENT, actor=ADMIN, at=timezone.now())
            outcomes.append("announced")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connections.close_all()

    threads = [Thread(target=announce) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["announced", "year_known"]
    assert Entry.objects.filter(kind=YEAR_ANNOUNCED.code).count() == 1

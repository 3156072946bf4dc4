"""Filling, announcing and amending the calendar; each change of a year is an entry on that year's chain."""

from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require
from yichuang.kernel.workdays import SATURDAY
from yichuang.ledger.actions import record
from yichuang.ledger.types import Fact, Kind, Recorded, Subject

from . import library
from .models import KnownYear, Revision, SpecialDay
from .rules import check_amendment, check_announcement, check_name
from .types import CALENDAR_YEAR, DAY_AMENDED, YEAR_ANNOUNCED, YEAR_FILLED, Announcement, Source


@transaction.atomic
def fill_from_library(actor: Actor, at: datetime) -> list[int]:
    """Make known every year that chinesecalendar knows and the table does not; returns those years.

    Years already known, announced or amended by people, are left as they are; a second run changes nothing.
    Runs at installation, by the system or an administrator.
    """
    if actor.id:
        require(actor, "calendars.amend")
    revision = _lock()
    known = set(KnownYear.objects.values_list("year", flat=True))
    new = [one for one in library.announcements() if one.year not in known]
    for one in new:
        _keep(one, Source.LIBRARY)
    if new:
        _renew(revision)
    for one in new:
        _tell(one, YEAR_FILLED, actor=actor, at=at)
    return [one.year for one in new]


@transaction.atomic
def announce_year(announcement: Announcement, *, actor: Actor, at: datetime) -> Recorded:
    """Make a year known by the State Council's document; refused when known already or not sound."""
    require(actor, "calendars.amend")
    revision = _lock()
    known = set(KnownYear.objects.values_list("year", flat=True))
    check_announcement(announcement, known)
    _keep(announcement, Source.ANNOUNCED)
    _renew(revision)  # before the entry: its subscribers reckon with the new year
    return _tell(announcement, YEAR_ANNOUNCED, actor=actor, at=at)


@transaction.atomic
def amend_day(day: date, is_working: bool, name: str, *, actor: Actor, at: datetime, reason: str) -> Recorded:
    """Say that ``day`` is worked or not; refused in a year not announced, without a reason, or without a change."""
    require(actor, "calendars.amend")
    revision = _lock()
    row = SpecialDay.objects.filter(day=day).first()
    before = (row.is_working, row.name) if row else (day.weekday() < SATURDAY, "")
    name = check_name(name)
    known = set(KnownYear.objects.values_list("year", flat=True))
    reason = check_amendment(day, before, (is_working, name), reason, known)
    SpecialDay.objects.update_or_create(
        day=day, defaults={"is_working": is_working, "name": name, "source": Source.AMENDED.value}
    )
    _renew(revision)
    payload = {
        "day": day.isoformat(),
        "old": {"is_working": before[0], "name": before[1]},
        "new": {"is_working": is_working, "name": name},
        "reason": reason,
    }
    return record(Fact(DAY_AMENDED, Subject(CALENDAR_YEAR, day.year), payload=payload), actor=actor, at=at)


def _keep(announcement: Announcement, source: Source) -> None:
    """Write a year and its days; days that people amended are kept as they are."""
    KnownYear.objects.create(year=announcement.year, document=announcement.document.strip(), source=source.value)
    amended = set(
        SpecialDay.objects.filter(day__in=announcement.days, source=Source.AMENDED.value).values_list("day", flat=True)
    )
    SpecialDay.objects.bulk_create(
        [
            SpecialDay(day=day, is_working=is_working, name=name.strip(), source=source.value)
            for day, (is_working, name) in announcement.days.items()
            if day not in amended
        ],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["is_working", "name", "source"],
    )


def _tell(announcement: Announcement, kind: Kind, *, actor: Actor, at: datetime) -> Recorded:
    payload = {
        "document": announcement.document.strip(),
        "off": sorted(day.isoformat() for day, (is_working, _name) in announcement.days.items() if not is_working),
        "make_up": sorted(day.isoformat() for day, (is_working, _name) in announcement.days.items() if is_working),
    }
    return record(Fact(kind, Subject(CALENDAR_YEAR, announcement.year), payload=payload), actor=actor, at=at)


def _lock() -> Revision:
    """Changes of the calendar follow each other: the revision's row is locked before anything is decided."""
    Revision.objects.get_or_create(pk=1, defaults={"mark": uuid4()})
    return Revision.objects.select_for_update().get(pk=1)


def _renew(revision: Revision) -> None:
    revision.mark = uuid4()
    revision.save(update_fields=["mark"])

"""The working calendar for reckoning, and its years for reading."""

from threading import Lock
from uuid import UUID

from django.db import connection

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require
from yichuang.kernel.workdays import WorkingCalendar

from . import library
from .models import KnownYear, SpecialDay
from .types import Source, SpecialDayData

_lock = Lock()
_kept: tuple[UUID | str, WorkingCalendar] | None = None


def calendar() -> WorkingCalendar:
    """The calendar in force, for time limits: one small query, three when another process has changed it.

    Needs no permission: it holds nothing about people, and every time limit rests on it.
    """
    global _kept  # noqa: PLW0603  one copy a process, replaced whole
    with connection.cursor() as cursor:  # every acceptance asks, and building the query would take the longest
        cursor.execute("SELECT mark FROM calendars_revision ORDER BY id LIMIT 1")
        (mark,) = cursor.fetchone() or (None,)
    kept = _kept
    if kept is not None and kept[0] == mark:
        return kept[1]
    fresh = WorkingCalendar(
        frozenset(KnownYear.objects.values_list("year", flat=True)),
        dict(SpecialDay.objects.values_list("day", "is_working")),
    )
    if mark is not None:
        with _lock:
            _kept = (mark, fresh)
    return fresh


def library_calendar() -> WorkingCalendar:
    """The calendar as chinesecalendar alone has it, without the database: for data made before there is a table."""
    return library.calendar_of(library.announcements())


def special_days(year: int) -> tuple[SpecialDayData, ...]:
    """The named days of ``year`` in order; empty too for a year not announced."""
    rows = SpecialDay.objects.filter(day__year=year).order_by("day")
    return tuple(SpecialDayData(row.day, row.is_working, row.name, Source(row.source)) for row in rows)


def document_of_for(actor: Actor, year: int) -> str | None:
    """The document that announced ``year``; None when it is not announced. Needs ``calendars.view``."""
    require(actor, "calendars.view")
    return KnownYear.objects.filter(year=year).values_list("document", flat=True).first()

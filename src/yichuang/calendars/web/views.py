"""The year at a glance, and an administrator's changes to it."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yichuang.kernel.chinese import DASH, short_date
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import may
from yichuang.kernel.workdays import SATURDAY, WorkingCalendar
from yichuang.ui.access import Request, requires

from .. import actions, queries
from ..rules import EARLIEST_YEAR, LATEST_YEAR, check_year, read_days
from ..types import Announcement, Source, SpecialDayData
from .forms import OFF, WORKED, AmendForm, AnnounceForm

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Cell:
    """A day on the page; ``special`` when it is named."""

    day: date
    special: SpecialDayData | None
    is_weekend: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month on the page: weeks from Monday, None for days of other months; working days if the year is known."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]
    working_days: int | None


@dataclass(frozen=True, slots=True)
class Holiday:
    """What one holiday means for the year, in words."""

    name: str
    off: str
    make_up: str
    is_amended: bool


@requires("calendars.view")
@require_GET
def this_year(request: Request) -> HttpResponse:
    """The calendar of the current year."""
    return _page(request, timezone.localdate().year)


@requires("calendars.view")
@require_GET
def year_page(request: Request, year: int) -> HttpResponse:
    """The calendar of ``year``; ``?day=`` fills the amendment form with that day."""
    return _page(request, year)


@requires("calendars.amend")
@require_POST
def amend(request: Request, year: int) -> HttpResponse:
    """Amend one day, then show its year."""
    form = AmendForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            recorded = actions.amend_day(
                data["day"],
                data["status"] == WORKED,
                data["name"],
                actor=request.actor,
                at=timezone.now(),
                reason=data["reason"],
            )
        except Refusal as refusal:
            _explain(form, refusal)
        else:
            said = (
                _("已将%(day)s改为工作日（台账第%(entry)s号）")
                if data["status"] == WORKED
                else _("已将%(day)s改为休息日（台账第%(entry)s号）")
            )
            messages.success(request, said % {"day": data["day"].isoformat(), "entry": recorded.id})
            return redirect("calendar_year", data["day"].year)
    return _page(request, year, amend_form=form, status=UNPROCESSABLE)


@requires("calendars.amend")
@require_POST
def announce(request: Request, year: int) -> HttpResponse:
    """Register the holidays of a year not known so far."""
    form = AnnounceForm(request.POST)
    if form.is_valid():
        try:
            arrangement = Announcement(year, form.cleaned_data["document"], read_days(form.cleaned_data["days"]))
            recorded = actions.announce_year(arrangement, actor=request.actor, at=timezone.now())
        except Refusal as refusal:
            _explain(form, refusal)
        else:
            said = _("已登记%(year)s年放假安排（台账第%(entry)s号）")
            messages.success(request, said % {"year": year, "entry": recorded.id})
            return redirect("calendar_year", year)
    return _page(request, year, announce_form=form, status=UNPROCESSABLE)


def _explain(form: forms.Form, refusal: Refusal) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def _page(
    request: Request,
    year: int,
    *,
    amend_form: AmendForm | None = None,
    announce_form: AnnounceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    check_year(year)
    document = queries.document_of_for(request.actor, year)
    special = {one.day: one for one in queries.special_days(year)}
    calendar = queries.calendar() if document is not None else None
    may_amend = may(request.actor, "calendars.amend")
    if may_amend and document is None:
        announce_form = announce_form or AnnounceForm()
    elif may_amend:
        amend_form = amend_form or AmendForm(initial=_first_values(request.GET.get("day", ""), special))
    context = {
        "year": year,
        "document": document,
        "months": [_month(year, number, special, calendar) for number in range(1, 13)],
        "holidays": _holidays(special),
        "working_days": calendar.working_days_in(date(year, 1, 1), date(year, 12, 31)) if calendar else None,
        "previous": year - 1 if year > EARLIEST_YEAR else None,
        "next": year + 1 if year < LATEST_YEAR else None,
        "amend_form": amend_form,
        "announce_form": announce_form,
    }
    return render(request, "calendars/year.html", context, status=status)


def _first_values(asked: str, special: Mapping[date, SpecialDayData]) -> dict[str, str]:
    """The form for the day asked for, proposing the opposite of what it is; nothing for what is no day."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return {}
    known = special.get(day)
    is_working = known.is_working if known else day.weekday() < SATURDAY
    return {"day": day.isoformat(), "status": OFF if is_working else WORKED, "name": known.name if known else ""}


def _month(year: int, number: int, special: Mapping[date, SpecialDayData], calendar: WorkingCalendar | None) -> Month:
    today = timezone.localdate()
    weeks = tuple(
        tuple(
            Cell(day, special.get(day), day.weekday() >= SATURDAY, day == today) if day.month == number else None
            for day in week
        )
        for week in Calendar().monthdatescalendar(year, number)
    )
    first = date(year, number, 1)
    last = max(cell.day for week in weeks for cell in week if cell)
    return Month(first, weeks, calendar.working_days_in(first, last) if calendar else None)


def _holidays(special: Mapping[date, SpecialDayData]) -> list[Holiday]:
    """Holidays in the order of their first day off or make-up day."""
    by_name: dict[str, list[SpecialDayData]] = {}
    for one in special.values():
        by_name.setdefault(one.name, []).append(one)
    return [
        Holiday(
            name,
            _("、").join(_runs([one.day for one in days if not one.is_working])),
            _("、").join(_short(one.day) for one in days if one.is_working),
            any(one.source is Source.AMENDED for one in days),
        )
        for name, days in by_name.items()
    ]


def _runs(days: list[date]) -> list[str]:
    """Days that follow each other as one period each."""
    runs = []
    for _start, run in groupby(enumerate(days), key=lambda pair: pair[1] - timedelta(days=pair[0])):
        members = [day for _position, day in run]
        ends = (members[0],) if len(members) == 1 else (members[0], members[-1])
        runs.append(DASH.join(map(_short, ends)))
    return runs


def _short(day: date) -> str:
    # Django's own Chinese format pads the month: 05月1日.
    return short_date(day) if get_language() == settings.LANGUAGE_CODE else date_format(day, "MONTH_DAY_FORMAT")

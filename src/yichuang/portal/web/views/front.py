"""The front page: the hall's day, week and year."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from yichuang.cases.types import HANDED_OVER_FLOW
from yichuang.kernel.permissions import may
from yichuang.ledger.types import Flow, Period
from yichuang.ui.access import Request, requires

from ...queries import hall_figures
from ...types import BULLETIN_METRICS, FRONT_METRICS, DepartmentFigures, HallFigures, Span
from ..forms import DayForm
from ..links import changed, day_link, ledger_link

HAND_OVERS = (HANDED_OVER_FLOW,)  # ten times the others: on one scale with them they would flatten them
OTHERS = tuple(metric for metric in FRONT_METRICS if metric not in HAND_OVERS)


@dataclass(frozen=True, slots=True)
class Trend:
    """Weekly sums of some metrics over the year: the first day of each week, and its values."""

    metrics: tuple[Flow, ...]
    weeks: tuple[tuple[date, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as a page shows it; ``href`` is empty for those who may not see the ledger."""

    metric: Flow
    value: int
    href: str = ""
    compared: int | None = None
    compared_href: str = ""


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department's figures: the week's, then the year's."""

    name: str
    is_active: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A sortable column: ``direction`` is ascending, descending or none."""

    label: str
    href: str
    direction: str


@requires("portal.view")
def front(request: Request) -> HttpResponse:
    """The hall's day beside a comparable one, the week, the year, its trend and its departments."""
    today = localdate()
    form = DayForm(request.GET, today=today)
    chosen = form.cleaned_data["day"] if form.is_valid() else None
    figures = hall_figures(request.actor, today=today, day=chosen)
    if form.is_valid():
        form = DayForm({"day": figures.shown.isoformat()}, today=today)
    may_follow = may(request.actor, "ledger.view")
    context = {
        "form": form,
        "figures": figures,
        "today": today,
        "is_today": figures.shown == today,
        "is_fallback": chosen is None and figures.shown != today,
        "day_before": day_link("front", figures.shown - timedelta(days=1)),
        "day_after": day_link("front", figures.shown + timedelta(days=1)) if figures.shown < today else "",
        "day_today": day_link("front", today),
        "day_cells": _cells(figures.day, may_follow),
        "week_cells": _cells(figures.week, may_follow),
        "year_cells": _cells(figures.year, may_follow),
        "trends": [_trend(figures, HAND_OVERS), _trend(figures, OTHERS)],
        "headings": _headings(request),
        "departments": _departments(request, figures, may_follow),
    }
    return render(request, "portal/front.html", context)


def _trend(figures: HallFigures, metrics: tuple[Flow, ...]) -> Trend:
    places = [FRONT_METRICS.index(metric) for metric in metrics]
    weeks = ((week.period.first, tuple(week.values[place] for place in places)) for week in figures.weeks)
    return Trend(metrics, tuple(weeks))


def _cells(span: Span, may_follow: bool) -> list[Cell]:
    beside = span.comparison.period if span.comparison else None
    return [
        Cell(
            metric=figure.metric,
            value=figure.value,
            href=ledger_link(figure.metric, span.period) if may_follow else "",
            compared=figure.compared,
            compared_href=ledger_link(figure.metric, beside) if may_follow and beside else "",
        )
        for figure in span.figures
    ]


def _sorting(request: Request) -> tuple[str, str, bool]:
    """(span, metric slug, ascending) from ``sort=year-issued`` or ``sort=-year-issued``; empty: the tree's order."""
    wanted = request.GET.get("sort", "")
    span, _, slug = wanted.removeprefix("-").partition("-")
    known = span in {"week", "year"} and slug in {metric.slug for metric in BULLETIN_METRICS}
    return (span, slug, not wanted.startswith("-")) if known else ("", "", False)


def _headings(request: Request) -> list[Heading]:
    sorted_span, sorted_slug, is_ascending = _sorting(request)
    headings = []
    for span in ("week", "year"):
        for metric in BULLETIN_METRICS:
            is_sorted = (span, metric.slug) == (sorted_span, sorted_slug)
            name = f"{span}-{metric.slug}"
            sort = name if is_sorted and not is_ascending else f"-{name}"  # the largest first
            direction = ("ascending" if is_ascending else "descending") if is_sorted else "none"
            headings.append(Heading(metric.label, f"{changed(request.GET, sort=sort)}#departments", direction))
    return headings


def _departments(request: Request, figures: HallFigures, may_follow: bool) -> list[DepartmentRow]:
    span, slug, is_ascending = _sorting(request)
    rows = list(figures.departments)
    if span:
        rows.sort(key=lambda row: (row.week if span == "week" else row.year)[slug], reverse=not is_ascending)
        rows.sort(key=lambda row: not row.is_active)
    return [_row(row, figures.week.period, figures.year.period, may_follow) for row in rows]


def _row(row: DepartmentFigures, week: Period, year: Period, may_follow: bool) -> DepartmentRow:
    cells = tuple(
        Cell(metric, counts[metric.slug], ledger_link(metric, period, row.code) if may_follow else "")
        for counts, period in ((row.week, week), (row.year, year))
        for metric in BULLETIN_METRICS
    )
    return DepartmentRow(row.name, row.is_active, cells)

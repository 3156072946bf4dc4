"""The page of statistics, and its files."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import may
from yichuang.ledger.types import Group
from yichuang.ui.access import Request, requires

from ...actions import note_people_export
from ...exporting.tables import Table, csv_bytes, workbook_bytes
from ...queries import Names, last_month_with_entries, saved_for, statistics_for
from ...types import Question, Quick, Span, Statistics
from ..links import changed
from . import pages
from .forms import SaveForm, StatisticsForm
from .links import query_of

ROWS_A_PAGE = 50
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("portal.statistics")
def statistics(request: Request) -> HttpResponse:
    """The figures that the address asks for; with a wrong input, what is wrong and the rest as it was."""
    return page(request, SaveForm())


def page(request: Request, save_form: SaveForm, status: int = 200) -> HttpResponse:
    """The page, also when what was to be kept could not be."""
    form = form_of(request)
    own, shared = saved_for(request.actor)
    context: dict[str, Any] = {
        "form": form,
        "save_form": save_form,
        "chosen_metrics": form.chosen("metric"),
        "own": own,
        "shared": shared,
    }
    if form.is_valid():
        context |= _answer(request, form.question())
    context["quick"] = [
        (quick, changed(form.asked, period=quick.value, **{"from": None, "to": None, "page": None})) for quick in Quick
    ]
    return render(request, "portal/statistics.html", context, status=status)


def _answer(request: Request, question: Question) -> dict[str, Any]:
    told = statistics_for(request.actor, question)
    asked = pages.shown_sort(question)
    may_follow = may(request.actor, "ledger.view")
    part = Paginator(told.lines, ROWS_A_PAGE).get_page(request.GET.get("page"))
    query = query_of(question)
    link = f"?{query}&page="
    return {
        "question": question,
        "told": told,
        "span": Span(question.period, told.working_days, told.comparison, ()),
        "tiles": pages.tiles(question, told, may_follow=may_follow),
        "charts": pages.charts(question, told),
        "headings": pages.headings(asked, told),
        "rows": pages.rows(question, told, list(part), may_follow=may_follow),
        "whole": pages.whole(question, told, may_follow=may_follow),
        "part": part,
        "previous": f"{link}{part.previous_page_number()}" if part.has_previous() else "",
        "next": f"{link}{part.next_page_number()}" if part.has_next() else "",
        "query": query,
        "elsewhere": _elsewhere(request, told),
    }


def _elsewhere(request: Request, told: Statistics) -> dict[str, Any] | None:
    """Where there is something to see, when here is nothing."""
    if not told.is_empty:
        return None
    month = last_month_with_entries(timezone.localdate())
    if month is None:
        return None
    first, last = (day.isoformat() for day in month)
    link = changed(form_of(request).asked, **{"from": first, "to": last, "period": None, "page": None})
    return {"period": month, "href": link}


@requires("portal.statistics")
@require_GET
def export_csv(request: Request) -> HttpResponse:
    """The whole table as CSV."""
    return _file(csv_bytes(_table(request)), "text/csv; charset=utf-8", "csv")


@requires("portal.statistics")
@require_GET
def export_xlsx(request: Request) -> HttpResponse:
    """The whole table as a workbook."""
    return _file(workbook_bytes(_table(request)), WORKBOOK_TYPE, "xlsx")


def _table(request: Request) -> Table:
    form = form_of(request)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Refusal(str(errors[0]), code="bad_question", field=field)
    question = form.question()
    told = statistics_for(request.actor, question)
    if question.group is Group.PERSON:
        note_people_export(len(told.lines), actor=request.actor, at=timezone.now())
    first, last = question.period
    names = [_(question.group.label) if question.group is not Group.NONE else f"{first}—{last}"]
    return Table(
        title=_("统计"),
        headings=[*names, *(pages.with_unit(metric) for metric in told.metrics)],
        rows=[
            *([line.name, *(pages.as_cell(line.values[m.slug]) for m in told.metrics)] for line in told.lines),
            [_("合计"), *(pages.as_cell(told.total[m.slug]) for m in told.metrics)],
        ],
    )


def _file(content: bytes, content_type: str, extension: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = f"statistics-{timezone.localtime():%Y%m%d-%H%M}.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def form_of(request: Request) -> StatisticsForm:
    """What the address asks for."""
    return StatisticsForm(request.GET, viewer=request.actor, names=Names(request.actor), today=timezone.localdate())

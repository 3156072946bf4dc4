"""What waits to be handed over, what was not signed for, what came back, and the sheets."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yichuang.accounts.queries import department_names
from yichuang.cases.queries import SheetLine, sheet_for, sheets_for
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import may
from yichuang.ui.access import Request, requires

from ...files import list_file
from ...lists import Page, Tab, all_pages, form_key, narrowed, page_number
from ..columns import COLUMNS
from ..forms import FilterForm
from ..tabs import LISTS


@requires("cases.dispatch")
@require_GET
def dispatch(request: Request) -> HttpResponse:
    """One of the lists; tab, filters and page are in the address."""
    return show(request)


def show(request: Request, told: dict[str, Any] | None = None) -> HttpResponse:
    """The list of the address, with what is ``told`` besides: a refusal, and what was chosen."""
    told = told or {}
    key, form = _asked(request)
    opened = LISTS[key]
    given = form.given()
    today = timezone.localdate()
    page = opened.read(request.actor, given, page_number(request), today)
    if targets := told.get("targets"):  # what was chosen for them stays chosen
        rows = tuple(replace(row, to=targets.get(row.number) or row.to) for row in page.rows)
        page = replace(page, rows=rows)
    made = _made(request)
    context = {
        "tabs": (tabs := _tabs(key, page)),
        "tab": next(tab for tab in tabs if tab.is_open),
        "links": [(reverse("voids"), _("作废待审"))] if may(request.actor, "cases.decide_void") else [],
        "form": form,
        "page": page,
        "template": opened.template,
        "narrowed": narrowed(request),
        "is_narrowed": bool(given),
        "departments": form.departments,
        "form_key": form_key(),
        "made": made,
        "made_count": sum(sheet.cases for sheet in made),
        "today": today,
        **told,
    }
    return render(request, "desk/dispatch/page.html", context, status=told.get("status", 200))


@requires("cases.dispatch")
@require_GET
def export(request: Request, form: str) -> HttpResponse:
    """The filtered list as a file, names masked as on screen."""
    key, filters = _asked(request)
    today = timezone.localdate()
    read = partial(LISTS[key].read, request.actor, filters.given())
    columns = COLUMNS[key]
    rows = [columns.cells(row) for row in all_pages(lambda page: read(page, today))]
    return list_file(form, f"dispatch-{key}", [_(heading) for heading in columns.headings], rows)


@requires("cases.dispatch")
@require_GET
def sheet(request: Request, number: str) -> HttpResponse:
    """One hand-over sheet on screen."""
    return render(request, "desk/dispatch/sheet.html", {"sheet": sheet_for(request.actor, number)})


def _asked(request: Request) -> tuple[str, FilterForm]:
    key = request.GET.get("tab", "waiting")
    if key not in LISTS:
        raise Refusal("没有这个列表，请从页面上方选择", code="not_found", field="tab")
    departments = sorted(department_names().items(), key=lambda pair: pair[1])
    return key, FilterForm(request.GET, departments, LISTS[key].filters)


def _tabs(opened: str, page: Page) -> list[Tab]:
    """All lists; how many wait is counted while the open list is of those."""
    return [
        Tab(
            key,
            _(one.label),
            _(one.empty_title),
            _(one.empty_text),
            count=page.total if key == "waiting" else "",
            is_open=key == opened,
        )
        for key, one in LISTS.items()
    ]


def _made(request: Request) -> list[SheetLine]:
    """The sheets of the batch just handed over: ``made=<first>-<last>``, numbers of one day without gaps."""
    first, dash, last = request.GET.get("made", "").partition("-")
    if not dash or request.method != "GET":
        return []
    return [line for line in sheets_for(request.actor)[0] if first <= line.number <= last]

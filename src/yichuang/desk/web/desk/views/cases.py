"""Cases looked up at the desk, and those received or being corrected carried on."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yichuang.cases import actions as cases
from yichuang.cases.queries import case_for, number_of_code, sealed_search, search_cases
from yichuang.cases.types import State
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ui.access import Request, requires
from yichuang.ui.wording import worded

from ....actions import once
from ..materials import Row, given, is_number_of_copies, rows_of
from ..standing import asked_of, brought, case_context
from ..uploads import store_files
from .answers import around, decided
from .page import page

UNPROCESSABLE = 422


@requires("cases.receive")
@require_POST
def found(request: Request) -> HttpResponse:
    """Cases by whatever the visitor can tell; a single one is opened at once, as is the one of a scanned paper.

    For htmx; without it the form goes to the page where cases are searched. Posted: it may be an id number or a name.
    """
    words = request.POST.get("q", "").strip()
    if scanned := number_of_code(request.actor, words):
        return _shown(request, scanned)
    lines = search_cases(request.actor, words)
    if len(lines.lines) == 1:
        return _shown(request, lines.lines[0].number)
    return render(
        request, "desk/_cases.html", {"cases": lines, "words": words, "sealed": sealed_search(request.actor, words)}
    )


@requires("cases.receive")
@require_safe
def show(request: Request, number: str) -> HttpResponse:
    """The case in the middle of the desk."""
    if not request.htmx:
        return redirect(reverse("desk", query={"case": number}))
    return _shown(request, number)


@requires("cases.receive")
@require_POST
def carry_on(request: Request, number: str) -> HttpResponse:
    """补正收件, and with ``decision`` accept 受理 as well: both or nothing, and once."""
    shown = case_for(request.actor, number)
    data = request.POST.copy()
    asked = asked_of(shown)
    faults = store_files(request, asked, data)
    rows = rows_of(asked, data)
    for row in rows:
        row.error = faults.get(row.asked.spec, "")
        if row.ticked and not is_number_of_copies(row.copies):
            row.error = _("份数应为1至999的整数")
    is_accepted = data.get("decision") == "accept"
    if any(row.error for row in rows):
        return _again(request, number, rows, "")

    def do() -> str:
        new = given(brought(rows, shown))
        at = timezone.now()
        if new or shown.state is State.CORRECTING or not is_accepted:
            cases.supplement(number, materials=new, actor=request.actor, at=at)
        if is_accepted:
            cases.accept(number, actor=request.actor, at=at)
        return number

    try:
        once(request.actor, data.get("form_key", ""), do)
    except NotPermitted:
        raise
    except Refusal as refusal:
        return _again(request, number, rows, worded(refusal.message))
    if is_accepted:
        return decided(request, number)
    context = case_context(request, number) | around(request)
    words = _("已收下补正材料，待受理：%(number)s") % {"number": number}
    return _answer(request, context | {"said": words, "is_sent": True})


def _shown(request: Request, number: str) -> HttpResponse:
    return _answer(request, case_context(request, number))


def _again(request: Request, number: str, rows: list[Row], fault: str) -> HttpResponse:
    context = case_context(request, number, rows=rows, fault=fault, form_key=request.POST.get("form_key", ""))
    return _answer(request, context, status=UNPROCESSABLE)


def _answer(request: Request, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    if not request.htmx:
        return page(request, context, status=status)
    response = render(request, "desk/_looked.html", context, status=status)
    looked = context["looked"]
    response["HX-Replace-Url"] = reverse("desk", query={"case": looked.case.number})  # type: ignore[attr-defined]
    return response

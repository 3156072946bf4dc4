"""A case's page, and the way to it by whatever the visitor can tell."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yichuang.catalogue.queries import materials_of
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import may
from yichuang.ui.access import Request, requires

from ..queries import awaiting_due_day, case_for, opened_search, sealed_search, search_cases, void_requests_for
from .forms import OTHER_POINTS, FindForm
from .offers import offers


@requires("cases.view_case")
def find(request: Request) -> HttpResponse:
    """Find cases; a number typed in full leads straight to its page.

    What is typed is posted, and stands in the address of the result sealed: it may be an id number or a name.
    """
    form = FindForm(request.POST or None)
    if form.is_valid():
        sealed = sealed_search(request.actor, form.cleaned_data["q"].strip())
        return redirect(reverse("case_find", query={"found": sealed}))
    context: dict[str, Any] = {"form": form}
    if typed := opened_search(request.actor, request.GET.get("found", "")):
        context["form"] = FindForm({"q": typed})
        page = request.GET.get("page", "1")
        found = search_cases(request.actor, typed, page=int(page) if page.isdecimal() and len(page) < 6 else 1)
        if len(found.lines) == 1 and found.lines[0].number == typed.upper():
            return redirect("case", number=found.lines[0].number)
        context |= {"found": found, "q": typed}
    context["waiting"] = awaiting_due_day(request.actor)
    context["asked"] = void_requests_for(request.actor) if may(request.actor, "cases.decide_void") else []
    return render(request, "cases/find.html", context)


@requires("cases.view_case")
def show(request: Request, number: str) -> HttpResponse:
    """Where a case stands, what happened to it, and what the actor may do now."""
    return case_page(request, number)


def case_page(
    request: Request, number: str, *, refusal: Refusal | None = None, typed: QueryDict | None = None
) -> HttpResponse:
    """The page of a case; after a refusal with what was typed, so that nothing is lost."""
    shown = case_for(request.actor, number)
    can = offers(request.actor, shown, today=timezone.localdate())
    specs = materials_of(shown.case.item_id) if can.supplement or can.request_correction else []
    posted = typed if typed is not None else QueryDict()
    context = {
        "shown": shown,
        "can": can,
        "can_open_ledger": may(request.actor, "ledger.view"),
        "specs": [(spec, posted.get(f"point_{spec.pk}", "")) for spec in specs],
        "others": list(zip(range(OTHER_POINTS), [*posted.getlist("other"), *[""] * OTHER_POINTS], strict=False)),
        "refusal": refusal,
        "typed": posted,
        "step": request.resolver_match.url_name if refusal and request.resolver_match else "",
    }
    return render(request, "cases/show.html", context, status=422 if refusal else 200)

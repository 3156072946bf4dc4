"""A case's page, and the way to it by number."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import may
from yichuang.ui.access import Request, requires

from ..queries import awaiting_due_day, case_for
from .forms import FindForm


@requires("cases.view_case")
def find(request: Request) -> HttpResponse:
    """Ask for a number, and go to its page when there is such a case."""
    form = FindForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            case_for(request.actor, number)
        except Refusal as refusal:
            form.add_error("number", refusal.message)
        else:
            return redirect("case", number=number)
    return render(request, "cases/find.html", {"form": form, "waiting": awaiting_due_day(request.actor)})


@requires("cases.view_case")
def show(request: Request, number: str) -> HttpResponse:
    """What happened to a case, when, by whom, in order."""
    context = {"shown": case_for(request.actor, number), "can_open_ledger": may(request.actor, "ledger.view")}
    return render(request, "cases/show.html", context)

"""Handing over what was chosen."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yichuang.cases import actions
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ui.access import Request, requires
from yichuang.ui.middleware import status_of

from ...lists import carry_out, place_of
from .lists import show


@requires("cases.dispatch")
@require_POST
def hand_over(request: Request) -> HttpResponse:
    """Hand over the chosen cases, each to the department beside it; all or none, one sheet for each department."""
    numbers = request.POST.getlist("numbers")
    moves = [(number, request.POST.get(f"to-{number}", "")) for number in numbers]
    try:
        made = carry_out(request, lambda: _handed_over(request, moves))
    except NotPermitted:
        raise
    except Refusal as refusal:
        request.GET = QueryDict(place_of(request))
        told = {"refusal": refusal, "chosen": numbers, "targets": dict(moves), "status": status_of(refusal)}
        return show(request, told)
    tab = "returned" if QueryDict(place_of(request)).get("tab") == "returned" else "waiting"
    return redirect(f"{reverse('dispatch')}?tab={tab}&made={made}")


def _handed_over(request: Request, moves: list[tuple[str, str]]) -> str:
    """Numbers of the first and last sheet; a batch's have no gap."""
    sheets = actions.hand_over_batch(moves, actor=request.actor, at=timezone.now())
    numbers = sorted(sheet.number for sheet in sheets)
    return f"{numbers[0]}-{numbers[-1]}"

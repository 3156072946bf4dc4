"""Handing over what was chosen, and taking one's own slip back."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yichuang.cases import actions
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ui.access import Request, requires
from yichuang.ui.middleware import status_of
from yichuang.ui.wording import worded

from ...lists import carry_out
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
        request.GET = QueryDict(request.POST.get("list", ""))
        told = {"refusal": refusal, "chosen": numbers, "status": status_of(refusal)}
        return show(request, told)
    place = QueryDict(request.POST.get("list", "")).get("tab", "waiting")
    return redirect(f"{reverse('dispatch')}?tab={'returned' if place == 'returned' else 'waiting'}&made={made}")


def _handed_over(request: Request, moves: list[tuple[str, str]]) -> str:
    """Numbers of the first and last sheet; a batch's have no gap."""
    sheets = actions.hand_over_batch(moves, actor=request.actor, at=timezone.now())
    numbers = sorted(sheet.number for sheet in sheets)
    return f"{numbers[0]}-{numbers[-1]}"


@requires("cases.dispatch")
@require_POST
def undo(request: Request, entry: int) -> HttpResponse:
    """Take one's own hand-over of today back, while nobody has signed for it."""
    try:
        carry_out(request, lambda: _undone(request, entry))
    except NotPermitted:
        raise
    except Refusal as refusal:
        messages.error(request, worded(refusal.message))
    else:
        messages.success(request, _("已撤销流转，办件回到“待流转”"))
    return redirect(f"{reverse('dispatch')}?tab=unsigned")


def _undone(request: Request, entry: int) -> str:
    actions.undo(entry, actor=request.actor, at=timezone.now())
    return str(entry)

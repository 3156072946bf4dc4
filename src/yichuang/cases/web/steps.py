"""The steps that a case's page offers, each a form of its own."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yichuang.catalogue.queries import materials_of
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ui.access import Request, requires
from yichuang.ui.wording import worded

from .. import actions
from ..queries import case_for
from ..types import CannotUndo
from .forms import materials_from, points_from
from .views import case_page


def _done(request: Request, number: str, do: Callable[[], object], said: str) -> HttpResponse:
    """Do it and return to the case; a refusal is told on the page, which keeps what was typed."""
    try:
        do()
    except NotPermitted:
        raise
    except Refusal as refusal:
        if refusal.code == "not_found" or request.htmx:
            raise
        return case_page(request, number, refusal=refusal, typed=request.POST)
    messages.success(request, said)
    return redirect("case", number=number)


def _specs(request: Request, number: str) -> list[int]:
    return [spec.pk for spec in materials_of(case_for(request.actor, number).case.item_id)]


@requires("cases.accept")
@require_POST
def accept(request: Request, number: str) -> HttpResponse:
    """受理."""
    return _done(
        request,
        number,
        lambda: actions.accept(number, actor=request.actor, at=timezone.now()),
        _("已受理，可打印受理通知书"),
    )


@requires("cases.accept")
@require_POST
def decline(request: Request, number: str) -> HttpResponse:
    """不予受理."""
    owner, reason = request.POST.get("owner", ""), request.POST.get("reason", "")
    return _done(
        request,
        number,
        lambda: actions.decline(number, owner=owner, reason=reason, actor=request.actor, at=timezone.now()),
        _("已不予受理，可打印决定书"),
    )


@requires("cases.accept")
@require_POST
def turn_back(request: Request, number: str) -> HttpResponse:
    """不受理: no licence is needed."""
    reason = request.POST.get("reason", "")
    return _done(
        request,
        number,
        lambda: actions.redirect(number, reason=reason, actor=request.actor, at=timezone.now()),
        _("已告知不受理，可打印告知书"),
    )


@requires("cases.accept")
@require_POST
def request_correction(request: Request, number: str) -> HttpResponse:
    """一次告知补正."""
    points = points_from(request.POST, _specs(request, number))
    note = request.POST.get("note", "")
    return _done(
        request,
        number,
        lambda: actions.request_correction(number, points=points, note=note, actor=request.actor, at=timezone.now()),
        _("已一次告知补正，可打印补正告知书"),
    )


@requires("cases.receive")
@require_POST
def supplement(request: Request, number: str) -> HttpResponse:
    """补正收件."""
    materials = materials_from(request.POST, _specs(request, number))
    return _done(
        request,
        number,
        lambda: actions.supplement(number, materials=materials, actor=request.actor, at=timezone.now()),
        _("已收下补正材料"),
    )


@requires("cases.withdraw")
@require_POST
def withdraw(request: Request, number: str) -> HttpResponse:
    """撤回."""
    reason = request.POST.get("reason", "")
    return _done(
        request,
        number,
        lambda: actions.withdraw(number, reason=reason, actor=request.actor, at=timezone.now()),
        _("已按申请人要求撤回"),
    )


@requires("cases.receive")
@require_POST
def return_originals(request: Request, number: str) -> HttpResponse:
    """退还原件."""
    return _done(
        request,
        number,
        lambda: actions.return_originals(number, actor=request.actor, at=timezone.now()),
        _("已登记退还原件"),
    )


@requires("cases.ask_void")
@require_POST
def ask_void(request: Request, number: str) -> HttpResponse:
    """申请作废."""
    reason = request.POST.get("reason", "")
    return _done(
        request,
        number,
        lambda: actions.ask_void(number, reason=reason, actor=request.actor, at=timezone.now()),
        _("已申请作废，等待审批"),
    )


@requires("cases.decide_void")
@require_POST
def decide_void(request: Request, number: str) -> HttpResponse:
    """同意作废, or not: by which button was pressed."""
    note = request.POST.get("note", "")
    if request.POST.get("decision") == "approve":
        return _done(
            request,
            number,
            lambda: actions.approve_void(number, note=note, actor=request.actor, at=timezone.now()),
            _("已作废，受理已冲正"),
        )
    return _done(
        request,
        number,
        lambda: actions.refuse_void(number, note=note, actor=request.actor, at=timezone.now()),
        _("已答复不同意作废"),
    )


@requires("cases.undo")
@require_POST
def undo(request: Request, entry: int) -> HttpResponse:
    """撤销: take one's own entry of today back, and return to the page it was done on, which also tells a refusal."""
    try:
        actions.undo(entry, actor=request.actor, at=timezone.now())
    except CannotUndo as refusal:
        messages.error(request, worded(refusal.message))
    else:
        messages.success(request, _("已撤销；台账记有一条冲正"))
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/cases"
    return redirect(target)

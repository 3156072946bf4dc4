"""Taking back: undo as a correction, and asking that an acceptance be voided."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yichuang.cases import actions as cases
from yichuang.ui.access import Request, requires

from ....actions import once
from .answers import said


@requires("cases.consult")
@require_POST
def undo(request: Request, entry: int) -> HttpResponse:
    """撤销: the entry is taken back by a correction; sent twice it is still one."""

    def do() -> str:
        return str(cases.undo(entry, actor=request.actor, at=timezone.now()).id)

    once(request.actor, f"undo-{entry}", do)
    return said(request, _("已撤销，台账已记冲正"))


@requires("cases.ask_void")
@require_POST
def void(request: Request, number: str) -> HttpResponse:
    """作废: ask that a wrong acceptance be voided; somebody else decides."""
    reason = request.POST.get("reason", "")

    def do() -> str:
        return str(cases.ask_void(number, reason=reason, actor=request.actor, at=timezone.now()).pk)

    once(request.actor, request.POST.get("form_key", ""), do)
    return said(request, _("已申请作废 %(number)s，等待审批") % {"number": number})

"""What is typed is kept on the server too."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yichuang.kernel.errors import Refusal
from yichuang.ui.access import Request, requires

from ....actions import drop_draft, save_draft
from ....queries.desk import draft_of

UNPROCESSABLE = 422


@requires("cases.receive")
@require_http_methods(["GET", "POST"])
def draft(request: Request) -> HttpResponse:
    """GET: the own draft, or null. POST: keep ``content``; without content the draft is forgotten."""
    if request.method == "GET":
        return JsonResponse({"draft": draft_of(request.actor)})
    content = request.POST.get("content", "")
    if not content:
        drop_draft(actor=request.actor)
        return HttpResponse(status=204)
    try:
        save_draft(content, actor=request.actor, at=timezone.now())
    except Refusal as refusal:
        return JsonResponse({"error": refusal.message}, status=UNPROCESSABLE)
    return HttpResponse(status=204)

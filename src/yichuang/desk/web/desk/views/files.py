"""Scans as they are chosen: each is taken in at once, and the form only names it."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yichuang.cases import actions as cases
from yichuang.cases.types import MOST_BYTES
from yichuang.kernel.errors import Refusal
from yichuang.ui.access import Request, requires
from yichuang.ui.wording import worded

CREATED, UNPROCESSABLE = 201, 422


@requires("cases.attach")
@require_POST
def upload(request: Request) -> HttpResponse:
    """Keep ``file``: its id and name, or in ``error`` what is wrong with it."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refusal(_("请选择要上传的文件"), code="no_file", field="file")
        kept = cases.upload(
            name=file.name or "", content=file.read(MOST_BYTES + 1), actor=request.actor, at=timezone.now()
        )
    except Refusal as refusal:
        return JsonResponse({"error": worded(refusal.message)}, status=UNPROCESSABLE)
    return JsonResponse({"id": kept.pk, "name": kept.name}, status=CREATED)

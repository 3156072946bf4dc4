"""Files of a case: uploaded, opened, discarded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yichuang.kernel.errors import Refusal
from yichuang.ui.access import Request, requires

from ..actions import discard_upload, upload
from ..queries import attachment_for
from ..rules import SHOWN_IN_PLACE
from ..types import MOST_BYTES


@requires("cases.attach")
@require_POST
def attach(request: Request) -> HttpResponse:
    """Keep the file ``file``, for the case ``number`` and the material ``spec`` if given; to htmx its line."""
    file = request.FILES.get("file")
    if file is None:
        raise Refusal(_("请选择要上传的文件"), code="no_file", field="file")
    number, spec = request.POST.get("number", "").strip(), request.POST.get("spec", "")
    kept = upload(
        name=file.name or "",
        content=file.read(MOST_BYTES + 1),
        spec=int(spec) if spec.isdecimal() else None,
        number=number or None,
        actor=request.actor,
        at=timezone.now(),
    )
    if request.htmx or not number:
        return render(request, "cases/_attachment.html", {"attachment": kept}, status=201)
    messages.success(request, _("已上传 %(name)s") % {"name": kept.name})
    return redirect("case", number=number)


@requires("cases.view_case")
@require_GET
def attachment(request: Request, number: int) -> HttpResponse:
    """The file: pictures and PDF in the browser, others as downloads."""
    file, content = attachment_for(request.actor, number)
    response = HttpResponse(content, content_type=file.media_type)
    as_attachment = file.media_type not in SHOWN_IN_PLACE
    response["Content-Disposition"] = content_disposition_header(as_attachment, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@requires("cases.attach")
@require_POST
def discard(request: Request, number: int) -> HttpResponse:
    """Delete a file that belongs to no case yet."""
    discard_upload(number, actor=request.actor)
    return HttpResponse(status=200 if request.htmx else 204)

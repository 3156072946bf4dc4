"""The ledger as a file, and how far it has come."""

import re

from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yichuang.kernel.errors import Refusal
from yichuang.ledger.queries import EntryFilter
from yichuang.ui.access import Request, requires

from ...actions import note_export
from ...exporting.progress import Tracker, progress_of
from ...exporting.text import csv_stream
from ...exporting.workbook import check_rows, workbook_file
from ...queries import Names, export_rows
from ..forms import LedgerForm, without_metric

TOKEN = re.compile(r"[0-9A-Za-z-]{1,64}")
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("ledger.view")
@require_GET
def export_csv(request: Request) -> StreamingHttpResponse:
    """Every matching entry as CSV, streamed."""
    total, rows = export_rows(request.actor, _wanted(request))
    note_export(total, "CSV", actor=request.actor, at=timezone.now())
    tracker = Tracker(request.actor.id, _token(request), total)
    language = translation.get_language() or "zh-hans"
    response = StreamingHttpResponse(
        csv_stream(rows, tracker, language=language), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{_file_name("csv")}"'
    response["X-Accel-Buffering"] = "no"
    return response


@requires("ledger.view")
@require_GET
def export_xlsx(request: Request) -> FileResponse:
    """Every matching entry as a workbook; refused when a sheet cannot hold them."""
    total, rows = export_rows(request.actor, _wanted(request))
    check_rows(total)
    note_export(total, "XLSX", actor=request.actor, at=timezone.now())
    file = workbook_file(rows, Tracker(request.actor.id, _token(request), total))
    return FileResponse(file, as_attachment=True, filename=_file_name("xlsx"), content_type=WORKBOOK_TYPE)


@requires("ledger.view")
@require_GET
def progress(request: Request) -> HttpResponse:
    """How far one's own export with this token has come; an unknown one has not begun."""
    found = progress_of(request.actor.id, _token(request))
    if found is None:
        return JsonResponse({"done": 0, "total": 0, "state": "unknown"})
    return JsonResponse({"done": found.done, "total": found.total, "state": found.state})


def _wanted(request: Request) -> EntryFilter:
    """The filter in the address; a file is never made from a filter that is partly wrong."""
    params, _metric = without_metric(request.GET)
    form = LedgerForm(params, viewer=request.actor, names=Names(request.actor), today=timezone.localdate())
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Refusal(str(errors[0]), code="bad_filter", field=field)
    return form.wanted()


def _token(request: Request) -> str:
    token = request.GET.get("token", "")
    if token and not TOKEN.fullmatch(token):
        raise Refusal(_("导出标识无效，请回到台账重新导出"), code="bad_token", field="token")
    return token


def _file_name(extension: str) -> str:
    return f"ledger-{timezone.localtime():%Y%m%d-%H%M}.{extension}"

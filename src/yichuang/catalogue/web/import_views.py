"""Importing by the page: upload, the report of a dry run, confirmation, and what was refused as CSV."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from yichuang.kernel.errors import Refusal
from yichuang.ui.access import Request, requires

from .. import actions, queries
from ..importing.own import HEADER_OF
from ..types import REFUSALS_KEPT, UnreadableFile
from .forms import UploadForm
from .sheets import csv_response

SHOWN = 100  # rows of a report on the page; the CSV has more
LABELS = {**HEADER_OF, "department": "部门代码", "region": "区划代码"}
SOURCES = {
    "sichuan": gettext_noop("四川一体化平台"),
    "guangdong": gettext_noop("广东政务服务网"),
    "yichuang": gettext_noop("本系统格式"),
}


@requires("catalogue.import")
@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Choose a file; it is checked, kept, and its report shown before anything is written."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = actions.check_upload(file.read(), file_name=file.name, actor=request.actor, at=timezone.now())
        except UnreadableFile as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("items_import_check", kept.pk)
    context = {"form": form, "imports": queries.imports_for(request.actor), "headers": HEADER_OF.items()}
    return render(request, "catalogue/import.html", context, status=422 if form.errors else 200)


@requires("catalogue.import")
@require_http_methods(["GET", "POST"])
def check(request: Request, upload_id: int) -> HttpResponse:
    """What the import would do; POST does it."""
    if request.method == "POST":
        report = actions.confirm_upload(upload_id, actor=request.actor, at=timezone.now())
        said = _("已导入：新增 {taken} 项，变更 {changed} 项，退回 {refused} 行")
        messages.success(request, said.format(taken=report.taken, changed=report.changed, refused=len(report.refusals)))
        return redirect("items_import_done", report.import_id)
    report_json = _checked(request, upload_id)
    return render(request, "catalogue/import_report.html", {**_shown(report_json), "upload_id": upload_id})


@requires("catalogue.import")
@require_GET
def check_refused(request: Request, upload_id: int) -> HttpResponseBase:
    """Rows that would be refused, as CSV."""
    return _refused_csv(_checked(request, upload_id))


@requires("catalogue.import")
@require_GET
def done(request: Request, import_id: int) -> HttpResponse:
    """The report of an import that was carried out."""
    return render(request, "catalogue/import_report.html", _shown(_carried_out(request, import_id)))


@requires("catalogue.import")
@require_GET
def done_refused(request: Request, import_id: int) -> HttpResponseBase:
    """Rows that were refused, as CSV."""
    return _refused_csv(_carried_out(request, import_id))


def _checked(request: Request, upload_id: int) -> dict[str, Any]:
    kept = queries.upload_for(request.actor, upload_id)
    if kept is None:
        raise Refusal("该文件已导入或已过期，请重新上传", code="not_found", field="file")
    report: dict[str, Any] = kept.report
    return report


def _carried_out(request: Request, import_id: int) -> dict[str, Any]:
    found = queries.import_for(request.actor, import_id)
    if found is None:
        raise Refusal("没有这次导入，请从导入记录中查找", code="not_found", field="import")
    report: dict[str, Any] = {**found.report, "import": found.pk}
    return report


def _shown(report: Mapping[str, Any]) -> dict[str, Any]:
    """The report as its page shows it: the first rows of each list, fields by their Chinese names."""
    changes = [
        {**change, "fields": [{"label": LABELS.get(name, name), **pair} for name, pair in change["fields"].items()]}
        for change in report["changes"][:SHOWN]
    ]
    refusals = [{**one, "field": LABELS.get(one["field"], one["field"])} for one in report["refusals"][:SHOWN]]
    return {
        "report": report,
        "changes": changes,
        "refusals": refusals,
        "source": SOURCES[report["source"]],
        "refusals_kept": min(report["refused"], REFUSALS_KEPT),
    }


def _refused_csv(report: Mapping[str, Any]) -> HttpResponseBase:
    header = [_("行号"), _("列"), _("内容"), _("原因与处理办法")]
    rows = (
        [str(one["line"]), LABELS.get(one["field"], one["field"]), one["value"], one["reason"]]
        for one in report["refusals"]
    )
    return csv_response("refused-rows.csv", header, rows)

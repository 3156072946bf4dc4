"""Bulletins: list, preview, the sheet with a link behind every figure, documents, drafting and issuing."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import may
from yichuang.ledger.types import Period
from yichuang.ui.access import Request, requires

from .. import actions
from ..documents.wording import closing_lines, copies_text, date_text, number_line, period_line
from ..publishing import FORMS, file_name, render_document
from ..queries import (
    Weekly,
    bulletins_for,
    last_day_numbered,
    latest_draft_serial,
    weekly_by_serial,
    weekly_of,
    years_for,
)
from ..rules import check_period
from ..types import State
from .forms import ClosingForm, IssueForm, PeriodForm


@requires("bulletins.view")
def listing(request: Request) -> HttpResponse:
    """Every bulletin of a year, and the form that picks a period."""
    years = years_for(request.actor)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else (years[0] if years else None)
    context = {
        "years": years,
        "year": year,
        "rows": [(row, State(row.state)) for row in bulletins_for(request.actor, year=year)],
        "form": PeriodForm(initial=_proposed_period()),
    }
    return render(request, "bulletins/list.html", context)


@requires("bulletins.view")
def preview(request: Request) -> HttpResponse:
    """The bulletin of any period, as it would be; a numbered one opens by its own address."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return render(request, "bulletins/period.html", {"form": form}, status=422)
    weekly = weekly_of(request.actor, form.cleaned_data["period"])
    if weekly.bulletin:
        return redirect("bulletin", serial=weekly.bulletin.serial)
    obstacle = _obstacle(weekly.period)
    context = {"form": form, "obstacle": obstacle, **_sheet(request, weekly)}
    context["can_draft"] = not obstacle and may(request.actor, "bulletins.edit")
    return render(request, "bulletins/preview.html", context)


@requires("bulletins.view")
def show(request: Request, serial: int) -> HttpResponse:
    """One bulletin on its sheet."""
    return _page(request, serial)


@requires("bulletins.view")
def download(request: Request, serial: int, form: str) -> HttpResponse:
    """The bulletin as ``docx``, ``pdf`` or ``html``."""
    if form not in FORMS:
        raise Refusal(_("没有这种格式，可下载 docx、pdf 或 html"), code="not_found", field="form")
    weekly = weekly_by_serial(request.actor, serial)
    if weekly.state == State.REGISTERED:
        raise Refusal(_("本期只登记了期号，没有可下载的文件"), code="not_found", field="serial")
    document = weekly.document
    response = HttpResponse(render_document(document, form, settings.FONT_DIR), content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{file_name(document)}.{form}"'
    return response


@require_POST
@requires("bulletins.edit")
def draft(request: Request) -> HttpResponse:
    """Number a new draft."""
    form = PeriodForm(request.POST)
    if form.is_valid():
        try:
            bulletin = actions.draft(form.cleaned_data["period"], actor=request.actor, at=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("已拟稿：%(bulletin)s") % {"bulletin": bulletin})
            return redirect("bulletin", serial=bulletin.serial)
    return render(request, "bulletins/period.html", {"form": form}, status=422)


@require_POST
@requires("bulletins.edit")
def edit(request: Request, serial: int) -> HttpResponse:
    """Save closing lines and copies."""
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _page(request, serial, closing_form=form)
    bulletin = actions.edit(serial, form.closing(), actor=request.actor)
    messages.success(request, _("已保存%(bulletin)s的报送范围和印数") % {"bulletin": bulletin})
    return redirect("bulletin", serial=serial)


@require_POST
@requires("bulletins.edit")
def issue(request: Request, serial: int) -> HttpResponse:
    """Issue a draft: figures are frozen."""
    form = IssueForm(request.POST)
    if form.is_valid():
        try:
            bulletin = actions.issue(
                serial, published_on=form.cleaned_data["published_on"], actor=request.actor, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("%(bulletin)s已印发，数字已冻结") % {"bulletin": bulletin})
            return redirect("bulletin", serial=serial)
    return _page(request, serial, issue_form=form)


@require_POST
@requires("bulletins.edit")
def discard(request: Request, serial: int) -> HttpResponse:
    """Take back the newest draft."""
    actions.discard(serial, actor=request.actor, at=timezone.now())
    messages.success(request, _("已撤销总第%(serial)s期的拟稿，期号可重新使用") % {"serial": serial})
    return redirect("bulletins")


def _page(request: Request, serial: int, **refused: Any) -> HttpResponse:
    """The sheet, with the forms of a draft; a form that was not right stands in for the one as saved."""
    weekly = weekly_by_serial(request.actor, serial)
    assert weekly.bulletin is not None
    can_edit = weekly.state == State.DRAFT and may(request.actor, "bulletins.edit")
    context: dict[str, Any] = _sheet(request, weekly)
    if can_edit:
        closing = {name: getattr(weekly.bulletin, name) for name in ("report_to", "send_to", "distribute_to", "copies")}
        context |= {
            "closing_form": ClosingForm(initial=closing),
            "issue_form": IssueForm(initial={"published_on": timezone.localdate().isoformat()}),
            "can_discard": latest_draft_serial() == serial,
        }
    context |= {"can_edit": can_edit, "formats": tuple(FORMS), **refused}
    return render(request, "bulletins/show.html", context, status=422 if refused else 200)


def _sheet(request: Request, weekly: Weekly) -> dict[str, Any]:
    """What the sheet prints: the document's words, with an address behind each figure."""
    masthead = weekly.document.masthead
    can_open = may(request.actor, "ledger.view")
    paragraphs = [
        (
            paragraph.level,
            [
                (run.text, _entries_of(weekly, run.figure, run.span) if run.figure and can_open else "")
                for run in paragraph.runs
            ],
        )
        for paragraph in weekly.document.paragraphs
    ]
    return {
        "weekly": weekly,
        "bulletin": weekly.bulletin,
        "masthead": masthead,
        "paragraphs": paragraphs,
        "number_line": number_line(masthead),
        "period_line": period_line(masthead),
        "date_text": date_text(masthead),
        "closing_lines": closing_lines(masthead),
        "copies_text": copies_text(masthead),
    }


def _entries_of(weekly: Weekly, figure: str, span: str) -> str:
    """The ledger's address for the entries behind a figure, bounded by the seal once issued."""
    period = weekly.period if span == "period" else weekly.period.year_to_date
    query = {"metric": figure, "from": period.first.isoformat(), "to": period.last.isoformat()}
    if weekly.bulletin and weekly.bulletin.last_entry:
        query["through"] = str(weekly.bulletin.last_entry)
    return f"{reverse('ledger')}?{urlencode(query)}"


def _obstacle(period: Period) -> str:
    """Why this period could not be drafted; empty when it can."""
    try:
        check_period(period, today=timezone.localdate())
    except Refusal as refusal:
        return refusal.message
    return ""


def _proposed_period() -> dict[str, str]:
    """From the day after the last bulletin to that week's Sunday, or to today if that is earlier."""
    today = timezone.localdate()
    numbered = last_day_numbered()
    first = numbered + timedelta(days=1) if numbered and numbered < today else today - timedelta(days=today.weekday())
    last = min(first + timedelta(days=6 - first.weekday()), today)
    return {"from": first.isoformat(), "to": Period(first, max(first, last)).last.isoformat()}

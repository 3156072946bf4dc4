"""Consultations, applicants who are known, and the form that receives an application and decides on it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yichuang.cases import actions as cases
from yichuang.catalogue.queries import item_card
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ui.access import Request, requires
from yichuang.ui.wording import worded

from ....actions import drop_draft, once
from ....rules import channel_of
from ..forms import ReceiveForm
from ..materials import Row, given, is_number_of_copies, rows_of
from ..parties import known_party
from ..uploads import store_files
from ..work import applicant_of, sent_context
from .answers import decided, said
from .page import page

UNPROCESSABLE = 422


@requires("cases.consult")
@require_POST
def consult(request: Request) -> HttpResponse:
    """咨询: one person answered, about an item or in general."""
    actor, key = request.actor, request.POST.get("item", "")
    by_phone = request.POST.get("way") == "phone"
    card = item_card(key) if key else None
    own = "" if actor.holds(Role.FRONT) else actor.department

    def do() -> str:
        recorded = cases.consult(
            department=card.department if card else own,
            item=key,
            channel=channel_of(actor, by_phone=by_phone),
            actor=actor,
            at=timezone.now(),
        )
        return str(recorded.id)

    once(actor, request.POST.get("form_key", ""), do)
    way = _("电话咨询") if by_phone else _("现场咨询")
    about = card.name if card else _("一般咨询")
    return said(request, _("已记录%(way)s（%(about)s）") % {"way": way, "about": about}, item=key)


@requires("cases.receive")
@require_POST
def applicant(request: Request) -> HttpResponse:
    """Beside the number just typed: who that is, what is open, or what is wrong with it."""
    return render(request, "desk/_known.html", known_party(request.actor, request.POST, timezone.localdate()))


@requires("cases.receive")
@require_POST
def receive(request: Request) -> HttpResponse:
    """The form as sent: carried out once, or shown again with what is wrong and everything still in it."""
    data = request.POST.copy()
    card = item_card(data.get("item", ""))
    faults = store_files(request, card.materials, data)
    rows, form = rows_of(card.materials, data), ReceiveForm(data)
    decision = data.get("decision", "")
    panel = data.get("panel", "")
    if panel or decision not in DECISIONS:
        return _again(request, ReceiveForm(initial=_typed(data)), _pretold(rows, panel), data, panel)
    is_fine = form.is_valid() and not faults
    for row in rows:
        row.error = faults.get(row.asked.spec, "")
        if not is_number_of_copies(row.copies) and row.ticked:
            row.error, is_fine = _("份数应为1至999的整数"), False
    if is_fine and (number := _carried_out(request, decision, form, rows, data)):
        drop_draft(actor=request.actor, form_key=form.cleaned_data["form_key"])
        return decided(request, number)
    return _again(request, form, rows, data, decision, status=UNPROCESSABLE)


def _carried_out(request: Request, decision: str, form: ReceiveForm, rows: list[Row], data: QueryDict) -> str:
    """The case's number; empty when it was refused, with the refusal beside the field at fault."""
    carried_out: list[str] = []

    def do() -> str:
        carried_out.append(DECISIONS[decision](_application(request.actor, form, rows, data), form, rows))
        return carried_out[0]

    try:
        number = once(request.actor, form.cleaned_data["form_key"], do)
        if not carried_out and (sent := applicant_of(request, number)) and not _is_same(sent, form):
            data["form_key"] = str(uuid4())
            message = _("这张表单已提交过，是%(name)s的办件 %(number)s；现在填的是另一申请人，请核对后再提交一次")
            form.add_error(None, message % {"name": sent["name"], "number": number})
            return ""
        return number
    except NotPermitted:
        raise
    except Refusal as refusal:
        field = f"{decision}_reason" if refusal.field == "reason" else refusal.field
        is_shown = field in form.fields and field != "form_key"
        form.add_error(field if is_shown else None, worded(refusal.message))
        return ""


def _is_same(sent: dict[str, Any], form: ReceiveForm) -> bool:
    """Whether a form sent again (double click, another tab) is about the applicant it was carried out for."""
    return bool(sent["id_number"] == form.cleaned_data["id_number"])


def _application(actor: Actor, form: ReceiveForm, rows: list[Row], data: QueryDict) -> dict[str, Any]:
    """What every decision starts from: the keywords of ``cases.actions.receive``."""
    typed = form.cleaned_data
    agent = form.agent()
    return {
        "item": data["item"],
        "applicant": form.applicant(),
        "agent": agent,
        **({"authority": typed["authority"]} if agent else {}),
        "materials": given(rows),
        "delivery_way": typed["delivery_way"],
        "address": typed["address"],
        "channel": channel_of(actor),
        "actor": actor,
        "at": timezone.now(),
    }


Application = dict[str, Any]


def _accept(application: Application, form: ReceiveForm, rows: list[Row]) -> str:
    return cases.take_in(**application).case.number


def _receive(application: Application, form: ReceiveForm, rows: list[Row]) -> str:
    return cases.receive(**application, with_receipt=True).number


def _correct(application: Application, form: ReceiveForm, rows: list[Row]) -> str:
    case = cases.receive(**application)
    points = form.points_told(rows)
    cases.request_correction(case.number, points=points, actor=application["actor"], at=application["at"])
    return case.number


def _decline(application: Application, form: ReceiveForm, rows: list[Row]) -> str:
    case = cases.receive(**application)
    typed = form.cleaned_data
    moment = {"actor": application["actor"], "at": application["at"]}
    cases.decline(case.number, owner=typed["owner"], reason=typed["decline_reason"], **moment)
    return case.number


def _redirect(application: Application, form: ReceiveForm, rows: list[Row]) -> str:
    case = cases.receive(**application)
    moment = {"actor": application["actor"], "at": application["at"]}
    cases.redirect(case.number, reason=form.cleaned_data["redirect_reason"], **moment)
    return case.number


DECISIONS: dict[str, Callable[[Application, ReceiveForm, list[Row]], str]] = {
    "accept": _accept,
    "receive": _receive,
    "correct": _correct,
    "decline": _decline,
    "redirect": _redirect,
}


def _again(
    request: Request, form: ReceiveForm, rows: list[Row], data: QueryDict, panel: str, *, status: int = 200
) -> HttpResponse:
    context = sent_context(form, rows, data, panel)
    if panel == "check":
        context["known"] = known_party(request.actor, data, timezone.localdate())
    if request.htmx:
        return render(request, "desk/_form.html", context, status=status)
    return page(request, context, status=status)


def _typed(data: QueryDict) -> dict[str, str]:
    return {name: str(data[name]) for name in ReceiveForm.base_fields if name in data}


def _pretold(rows: list[Row], panel: str) -> list[Row]:
    """The panel of what is to be corrected opens with every required material that is missing ticked."""
    if panel == "correct":
        for row in rows:
            row.is_told = row.asked.is_required and not row.is_given
    return rows

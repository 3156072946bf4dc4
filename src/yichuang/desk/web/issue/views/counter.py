"""One result at the counter: handed out or sent, reminded of, come back, confirmed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yichuang.cases import actions
from yichuang.cases.queries import CaseShown, case_for
from yichuang.cases.types import MOST_BYTES, ApplicantKind, DeliveryWay, ReceiverCheck, State
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ui.access import Request, requires
from yichuang.ui.middleware import status_of
from yichuang.ui.wording import worded

from ...lists import carry_out, form_key
from ..forms import CARRIERS, DeliveryForm, MailReturnForm, NothingTyped, RemindForm
from ..offers import offered
from ..verbs import VERBS

HAND_OUT, REDELIVER = "hand-out", "redeliver"
FIELD_OF = {"check": "check_by"}  # the form's name for the action's


@requires("cases.issue_result")
@require_GET
def case(request: Request, number: str) -> HttpResponse:
    """The counter's page of one case; opening it is on record."""
    return _page(request, case_for(request.actor, number))


@requires("cases.issue_result")
@require_POST
def act(request: Request, number: str, verb: str) -> HttpResponse:
    """Carry out one act; what is refused is said on the page, and what was typed and signed stays."""
    if verb in {HAND_OUT, REDELIVER}:
        return _deliver(request, number, verb)
    if verb not in VERBS:
        raise Refusal("没有这项操作，请回到办件页面重新选择", code="not_found", field="verb")
    typed: dict[str, type[forms.Form]] = {"remind": RemindForm, "mail-returned": MailReturnForm}
    form = typed.get(verb, NothingTyped)(request.POST)
    refusal = None
    if form.is_valid():
        try:
            answer = carry_out(request, lambda: VERBS[verb](number, form.cleaned_data, request.actor, timezone.now()))
        except NotPermitted:
            raise
        except Refusal as found:
            refusal = found
        else:
            kind, _colon, notice = answer.partition(":")
            if kind == "notice":
                return redirect("notice_file", notice, "pdf")
            messages.success(request, answer)
            return redirect("issue_case", number)
    return _again(request, number, verb, form, refusal)


def _deliver(request: Request, number: str, verb: str) -> HttpResponse:
    form = DeliveryForm(request.POST, request.FILES)
    refusal = None
    if form.is_valid():
        try:
            answer = carry_out(request, lambda: _delivered(request, number, verb, form))
        except NotPermitted:
            raise
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, answer)
            return redirect("issue_case", number)
    return _again(request, number, verb, form, refusal)


def _delivered(request: Request, number: str, verb: str, form: DeliveryForm) -> str:
    """The signature is kept and the result handed out in one transaction."""
    at = timezone.now()
    delivery = form.delivery(_signature(request, form))
    if verb == REDELIVER:
        actions.redeliver(number, delivery=delivery, actor=request.actor, at=at)
        return _("已再次送达 {number}（{way}）").format(number=number, way=_(delivery.way.label))
    made = actions.issue_result(number, delivery=delivery, actor=request.actor, at=at)
    if made.case.is_granted is False:
        return _("已送达 {number} 的不予许可决定书（{way}）").format(number=number, way=_(delivery.way.label))
    return _("已颁发 {number}（{way}）").format(number=number, way=_(delivery.way.label))


def _signature(request: Request, form: DeliveryForm) -> int | None:
    file = form.cleaned_data["signature"]
    if file is None:
        kept: int | None = form.cleaned_data["signature_kept"]
        return kept
    if file.size > MOST_BYTES:
        raise Refusal("签名图片超过 20 MB，请重新签名或换一张", code="too_large", field="signature")
    kept_file = actions.upload(name=file.name, content=file.read(), actor=request.actor, at=timezone.now())
    return kept_file.pk


def _kept_signature(request: Request, form: DeliveryForm) -> int | None:
    """After a refusal the drawn signature is kept, so that nobody has to sign again for a wrong digit."""
    if not form.is_valid():
        return None
    if form.cleaned_data["signature"]:
        form.cleaned_data["signature"].seek(0)
    try:
        return _signature(request, form)
    except Refusal:
        return None


def _again(request: Request, number: str, verb: str, form: forms.Form, refusal: Refusal | None) -> HttpResponse:
    """The page with the form as typed, and the refusal beside the field at fault."""
    kept = _kept_signature(request, form) if isinstance(form, DeliveryForm) else None
    if refusal and (field := FIELD_OF.get(refusal.field, refusal.field)) in form.fields:
        form.add_error(field, worded(refusal.message))
        refusal = None
    told = {"opened": verb, "refusal": refusal, "kept": kept, "status": status_of(refusal) if refusal else 422}
    return _page(request, case_for(request.actor, number), told, form)


def _page(
    request: Request, shown: CaseShown, told: dict[str, Any] | None = None, given: forms.Form | None = None
) -> HttpResponse:
    told = told or {}
    verbs = offered(shown, request.actor)
    context = {
        "shown": shown,
        "number": shown.case.number,
        "verbs": verbs,
        "delivery": given if isinstance(given, DeliveryForm) else DeliveryForm(initial=_wished(shown)),
        "deliver_verb": next((verb for verb in (HAND_OUT, REDELIVER) if verb in verbs), ""),
        "remind": given if isinstance(given, RemindForm) else RemindForm(),
        "mail": given if isinstance(given, MailReturnForm) else MailReturnForm(),
        "originals": [one.spec.name for one in shown.materials if one.is_original and not one.original_returned_at],
        "is_out": shown.state in {State.ISSUED, State.SERVED},
        "carriers": CARRIERS,
        "form_key": form_key(),
        **told,
    }
    return render(request, "desk/issue/case.html", context, status=told.get("status", 200))


def _wished(shown: CaseShown) -> dict[str, Any]:
    """As the applicant wished when applying; the counter may choose otherwise. Who fetches it for a unit is asked."""
    way = DeliveryWay(shown.case.delivery_way)
    is_by_hand = way is not DeliveryWay.POST
    who = shown.agent if way is DeliveryWay.AGENT and shown.agent else shown.applicant
    return {
        "way": way.value,
        "check_by": ReceiverCheck.ID.value,
        "id_type": who.id_type.value,
        "receiver": who.name if is_by_hand and who.kind is ApplicantKind.PERSON else "",
        "carrier": CARRIERS[0],
        "address": shown.address,
    }

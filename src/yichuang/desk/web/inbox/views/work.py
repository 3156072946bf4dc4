"""One case at work in a back office: everything to read, and what may be done to it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yichuang.accounts.queries import region_name_of
from yichuang.cases.queries import CaseShown, case_for, colleagues_for
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ui.access import Request, requires
from yichuang.ui.middleware import status_of
from yichuang.ui.wording import worded

from ...lists import carry_out, form_key
from ..forms import ConcludeForm, NothingTyped, OpinionForm, PassOnForm, RefuseForm, ReturnForm
from ..offers import offered
from ..verbs import VERBS

COURT = "有管辖权的人民法院"  # 行政诉讼法 arts. 18, 21: often there are several


@requires("cases.review")
@require_GET
def case(request: Request, number: str) -> HttpResponse:
    """The work page; opening it is on record."""
    return _page(request, case_for(request.actor, number))


@requires("cases.review")
@require_POST
def act(request: Request, number: str, verb: str) -> HttpResponse:
    """Carry out one verb; what is refused is said on the page, and what was typed stays."""
    if verb not in VERBS:
        raise Refusal("没有这项操作，请回到办件页面重新选择", code="not_found", field="verb")
    form = _form(request, number, verb)
    refusal = None
    if form.is_valid():
        try:
            answer = carry_out(
                request, lambda: VERBS[verb].carry(number, form.cleaned_data, request.actor, timezone.now())
            )
        except NotPermitted:
            raise
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, answer)
            return _on(request, number, verb)
    return _again(request, number, verb, form, refusal)


def _on(request: Request, number: str, verb: str) -> HttpResponse:
    """Back to the list that the case was opened or taken from, or to its page for the next step."""
    place = request.POST.get("list", "")
    if place or VERBS[verb].leaves:
        done = f"{number}:{verb}"
        target = redirect("inbox")
        target["Location"] += f"?{place}&done={done}" if place else f"?done={done}"
        return target
    target = redirect("inbox_case", number)
    target["Location"] += f"?done={number}:{verb}"
    return target


def _again(request: Request, number: str, verb: str, form: forms.Form, refusal: Refusal | None) -> HttpResponse:
    """The page with the form as typed and the refusal; the list, when the case is no longer this office's."""
    if refusal and refusal.field in form.fields:
        form.add_error(refusal.field, worded(refusal.message))
        refusal = None
    try:
        shown = case_for(request.actor, number)
    except NotPermitted:
        if refusal:
            messages.error(request, worded(refusal.message))
        return redirect("inbox")
    status = status_of(refusal) if refusal else 422
    return _page(request, shown, {"opened": verb, "refusal": refusal, "status": status}, {verb: form})


def _form(request: Request, number: str, verb: str) -> forms.Form:
    if verb == "pass-on":
        return PassOnForm(request.POST, _colleagues(request, number))
    typed: dict[str, type[forms.Form]] = {
        "return": ReturnForm,
        "opinion": OpinionForm,
        "refuse": RefuseForm,
        "conclude": ConcludeForm,
    }
    return typed.get(verb, NothingTyped)(request.POST)


def _colleagues(request: Request, number: str) -> list[tuple[int, str]]:
    """Who may take the case over: deputies first, and marked."""
    return [
        (one.id, _("{name}（代理）").format(name=one.name) if one.stands_in_for else one.name)
        for one in colleagues_for(request.actor, number)
    ]


def _page(
    request: Request, shown: CaseShown, told: dict[str, Any] | None = None, given: dict[str, forms.Form] | None = None
) -> HttpResponse:
    verbs = offered(shown, request.actor)
    told, given = told or {}, given or {}
    blank: dict[str, forms.Form] = {}
    colleagues: list[tuple[int, str]] = []
    if "pass-on" in verbs:
        colleagues = _colleagues(request, shown.case.number)
        blank["pass-on"] = PassOnForm(None, colleagues)
    if "refuse" in verbs:
        blank["refuse"] = RefuseForm(initial={"review_body": _review_body(shown), "court": COURT})
    blank |= {"return": ReturnForm(), "opinion": OpinionForm(), "conclude": ConcludeForm()} | given
    if verbs:
        _keep(request, shown, blank)
    context = {
        "shown": shown,
        "number": shown.case.number,
        "verbs": verbs,
        "forms": {verb.replace("-", "_"): form for verb, form in blank.items()},
        "unsent": _unsent(told.get("opened", ""), verbs, given),
        "has_colleagues": bool(colleagues),
        "handler_is_me": shown.case.handler == request.actor.id,
        "form_key": form_key(),
        "done": request.GET.get("done", "") if request.method == "GET" else "",
        **told,
    }
    return render(request, "desk/inbox/case.html", context, status=told.get("status", 200))


def _unsent(verb: str, verbs: tuple[str, ...], given: dict[str, forms.Form]) -> list[tuple[str, str]]:
    """What was typed for a step that is not offered any more, to be copied elsewhere: nothing typed is lost."""
    if not verb or verb in verbs or verb not in given:
        return []
    form = given[verb]
    texts = [field for field in form if isinstance(field.field.widget, forms.Textarea)]
    return [(str(field.label), str(field.value())) for field in texts if field.value()]


def _keep(request: Request, shown: CaseShown, blank: dict[str, forms.Form]) -> None:
    """Mark long texts, so that the browser keeps them; and those that the server sends back as typed."""
    for verb, name in (("return", "reason"), ("opinion", "text"), ("refuse", "reason")):
        if form := blank.get(verb):
            attrs = form.fields[name].widget.attrs
            attrs["data-keep"] = f"{request.actor.id}:{shown.case.number}:{verb}"
            if form.is_bound:
                attrs["data-given"] = "1"
            if verb == "return":
                attrs["id"] = "id_return_reason"


def _review_body(shown: CaseShown) -> str:
    """行政复议法 art. 24: the people's government of the department's level; the reviewer may put another."""
    name = region_name_of(shown.case.department)
    return f"{name}人民政府" if name else ""

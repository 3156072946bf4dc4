"""Requests to void an acceptance: the list that waits, what was decided, and the decision beside each."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from yichuang.cases import actions
from yichuang.cases.queries import VoidAsked, decided_voids, void_requests_for
from yichuang.cases.types import ALL_ACCEPTED_FLOW
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ledger.queries import flows_by
from yichuang.ledger.types import Group, Narrowed, Period
from yichuang.ui.access import Request, requires
from yichuang.ui.middleware import status_of

from ..lists import Page, Tab, carry_out, form_key, page_number

TABS = {
    "waiting": (
        gettext_noop("待审批"),
        gettext_noop("没有待审批的作废申请"),
        gettext_noop("窗口对误受理的办件申请作废后，会出现在这里，由大厅管理或部门首席代表审批。"),
    ),
    "decided": (
        gettext_noop("已审批"),
        gettext_noop("还没有审批过作废申请"),
        gettext_noop("同意或不同意之后，申请连同意见会列在这里。"),
    ),
}


@requires("cases.decide_void")
@require_GET
def voids(request: Request) -> HttpResponse:
    """The list of the address: what waits, oldest first, or what was decided, the latest first."""
    return _show(request)


@requires("cases.decide_void")
@require_POST
def decide(request: Request, number: str) -> HttpResponse:
    """Approve or not, by which button was pressed; a refusal is told on the list and the note stays."""
    note, is_approved = request.POST.get("note", ""), request.POST.get("decision") == "approve"
    try:
        said = carry_out(request, lambda: _decided(request, number, note, is_approved=is_approved))
    except NotPermitted:
        raise
    except Refusal as refusal:
        return _show(request, {"refusal": refusal, "number": number, "note": note, "status": status_of(refusal)})
    messages.success(request, said)
    return redirect("voids")


def _decided(request: Request, number: str, note: str, *, is_approved: bool) -> str:
    """Decide, and tell what became of the counters."""
    actor, at = request.actor, timezone.now()
    if not is_approved:
        actions.refuse_void(number, note=note, actor=actor, at=at)
        return _("已答复不同意作废 {number}，办件照常办理，受理数不变").format(number=number)
    asked = next((one for one in void_requests_for(actor) if one.number == number), None)
    actions.approve_void(number, note=note, actor=actor, at=at)
    if asked is None or asked.accepted_on is None:
        return _("已同意作废 {number}，受理数相应减少").format(number=number)
    counted = _accepted(asked)
    return _("已同意作废 {number}：{department} {day} 的受理数由 {before} 件减为 {after} 件").format(
        number=number,
        department=asked.department_name,
        day=asked.accepted_on.isoformat(),
        before=counted + 1,
        after=counted,
    )


def _accepted(asked: VoidAsked) -> int:
    """How many the department accepted on the day, as counted now."""
    assert asked.accepted_on is not None
    day = Period(asked.accepted_on, asked.accepted_on)
    found = flows_by((ALL_ACCEPTED_FLOW,), day, Group.DAY, Narrowed(department=asked.department))
    return sum(of_day[ALL_ACCEPTED_FLOW.slug] for of_day in found.values())


def _show(request: Request, told: dict[str, Any] | None = None) -> HttpResponse:
    told = told or {}
    key = "decided" if request.GET.get("tab") == "decided" else "waiting"
    waiting = void_requests_for(request.actor)
    if key == "waiting":
        page = Page(tuple(waiting))
    else:
        rows, has_next = decided_voids(request.actor, page=page_number(request))
        page = Page(tuple(rows), page_number(request), has_next)
    tabs = [Tab(name, _(label), _(title), _(text), is_open=name == key) for name, (label, title, text) in TABS.items()]
    tabs[0] = replace(tabs[0], count=str(len(waiting)))
    context = {
        "tabs": tabs,
        "tab": next(tab for tab in tabs if tab.is_open),
        "page": page,
        "narrowed": f"tab={key}",
        "keyed": [(row, form_key()) for row in page.rows],  # each row is a form of its own
        "unsent": "" if any(row.number == told.get("number") for row in page.rows) else told.get("note", ""),
        **told,
    }
    return render(request, "desk/voids/page.html", context, status=told.get("status", 200))

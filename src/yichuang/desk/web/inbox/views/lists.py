"""The back office's lists, signing for several cases at once, and the lists as files."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yichuang.accounts.queries import department_names
from yichuang.cases import actions
from yichuang.cases.queries import InboxPage, InboxRow, InboxTab
from yichuang.cases.queries import inbox as read_inbox
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.kernel.permissions import may
from yichuang.ui.access import Request, requires
from yichuang.ui.middleware import status_of

from ...files import Cell, list_file
from ...lists import Page, Tab, all_pages, carry_out, form_key, narrowed, page_number, place_of
from ..forms import FilterForm

EMPTY = {
    InboxTab.UNSIGNED: (
        gettext_noop("没有待签收的办件"),
        gettext_noop("中台流转给本部门的办件会出现在这里，签收后进入“待认领”。"),
    ),
    InboxTab.UNTAKEN: (
        gettext_noop("没有待认领的办件"),
        gettext_noop("签收后还没有人承办的办件会列在这里，按 T 认领。"),
    ),
    InboxTab.MINE: (
        gettext_noop("您手上没有在办的办件"),
        gettext_noop("从“待认领”认领，或由同事转来的办件会列在这里。"),
    ),
    InboxTab.ALL: (gettext_noop("本部门没有在办的办件"), gettext_noop("中台流转过来的办件，直到办结都会列在这里。")),
    InboxTab.DECIDED: (
        gettext_noop("没有等候制证的办件"),
        gettext_noop("作出决定后、办结之前的办件会列在这里。"),
    ),
}
HEADINGS = (
    gettext_noop("办件编号"), gettext_noop("事项"), gettext_noop("申请人"), gettext_noop("状态"),
    gettext_noop("流转时间"), gettext_noop("承诺办结"), gettext_noop("时限"), gettext_noop("剩余工作日"),
    gettext_noop("承办人"), gettext_noop("承办岗位"),
)  # fmt: skip


@requires("cases.review")
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: Request) -> HttpResponse:
    """One of the lists; tab, filters and page are in the address, to which what is typed is posted."""
    if request.method == "POST":
        return redirect(f"{reverse('inbox')}?{FilterForm.address_of(request.POST, request.actor)}")
    return show(request)


def show(request: Request, told: dict[str, Any] | None = None) -> HttpResponse:
    """The list of the address, with what is ``told`` besides."""
    told = told or {}
    filters = FilterForm.filters_of(request.GET, request.actor)
    found = read_inbox(request.actor, filters, page=page_number(request), today=timezone.localdate())
    names = department_names() if len(found.departments) > 1 else {found.department: found.department_name}
    form = FilterForm(request.GET, found, names)
    tabs = _tabs(found)
    context = {
        "tabs": tabs,
        "tab": next(tab for tab in tabs if tab.is_open),
        "form": form,
        "filters_to": reverse("inbox"),
        "is_narrowed": bool(form.given()),
        "page": Page(found.rows, found.page, found.has_next),
        "department": names.get(found.department, found.department),
        "narrowed": narrowed(request),
        "may_handle": may(request.actor, "cases.decide"),
        "form_key": form_key(),
        "done": request.GET.get("done", "") if request.method == "GET" else "",
        **told,
    }
    return render(request, "desk/inbox/page.html", context, status=told.get("status", 200))


@requires("cases.review")
@require_POST
def sign(request: Request) -> HttpResponse:
    """Sign for the chosen cases; all or none."""
    numbers = request.POST.getlist("numbers")
    place = request.POST.get("list", "")
    try:
        answer = carry_out(request, lambda: _signed(request, numbers))
    except NotPermitted:
        raise
    except Refusal as refusal:
        request.GET = QueryDict(place_of(request))
        return show(request, {"refusal": refusal, "chosen": numbers, "status": status_of(refusal)})
    messages.success(request, answer)
    return redirect(f"{reverse('inbox')}?{place}" if place else reverse("inbox"))


def _signed(request: Request, numbers: list[str]) -> str:
    signed = actions.sign_for(numbers, actor=request.actor, at=timezone.now())
    return _("已签收 {count} 件，请到“待认领”认领").format(count=signed)


@requires("cases.review")
@require_GET
def export(request: Request, form: str) -> HttpResponse:
    """The filtered list as a file, names masked as on screen."""
    filters = FilterForm.filters_of(request.GET, request.actor)
    read = partial(read_inbox, request.actor, filters, today=timezone.localdate())

    def page(number: int) -> Page:
        found = read(page=number)
        return Page(found.rows, found.page, found.has_next)

    rows = [_cells(row) for row in all_pages(page)]
    return list_file(form, f"inbox-{filters.tab}", [_(heading) for heading in HEADINGS], rows)


def _cells(row: InboxRow) -> list[Cell]:
    return [
        row.number, row.item, row.applicant, _(row.state.label), row.handed_over_at, row.due_on, _(row.signal.label),
        row.days_left, row.handler_name, row.handler_position,
    ]  # fmt: skip


def _tabs(found: InboxPage) -> list[Tab]:
    return [
        Tab(
            tab.value,
            _(tab.label),
            _(EMPTY[tab][0]),
            _(EMPTY[tab][1]),
            count=found.tabs[tab].text,
            is_open=tab is found.filters.tab,
        )
        for tab in InboxTab
    ]

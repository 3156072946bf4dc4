"""The counter's lists, finding a result by what the visitor shows, and the lists as files."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from yichuang.cases.queries import (
    CaseLine,
    IssueFilters,
    IssuePage,
    IssueRow,
    IssueTab,
    issue_queue,
    number_of_code,
    opened_search,
    sealed_search,
    search_cases,
)
from yichuang.ui.access import Request, requires

from ...files import Cell, list_file
from ...lists import Page, Tab, all_pages, narrowed, page_number
from ..forms import FilterForm

EMPTY = {
    IssueTab.READY: (
        gettext_noop("没有待领取的结果"),
        gettext_noop("部门办结后，证照或决定书会出现在这里，等候申请人领取或寄送。"),
    ),
    IssueTab.NOT_FETCHED: (
        gettext_noop("没有逾期未领的结果"),
        gettext_noop("办结超过十个工作日还没有领取的会列在这里，可提醒申请人。"),
    ),
    IssueTab.UNDER_WAY: (gettext_noop("没有寄送中的结果"), gettext_noop("寄出后还没有确认妥投的会列在这里。")),
    IssueTab.MAIL_RETURNED: (gettext_noop("没有退信"), gettext_noop("登记退信的会列在这里，联系申请人后再次送达。")),
}
HEADINGS = (
    gettext_noop("办件编号"), gettext_noop("事项"), gettext_noop("部门"), gettext_noop("申请人"),
    gettext_noop("决定"), gettext_noop("结果编号"), gettext_noop("领取方式"), gettext_noop("自"),
    gettext_noop("等候工作日"), gettext_noop("提醒次数"), gettext_noop("最近提醒"), gettext_noop("寄递公司"),
    gettext_noop("邮件号"), gettext_noop("退信原因"),
)  # fmt: skip


@requires("cases.issue_result")
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: Request) -> HttpResponse:
    """One of the lists, or what was found; a scan or search that finds just one case opens it.

    What is typed is posted, and stands in the address of the result sealed: it may be a name or an id number.
    """
    if request.method == "POST":
        typed = FilterForm(request.POST).given()
        return redirect(reverse("issue", query={"found": sealed_search(request.actor, typed)} if typed else {}))
    words = opened_search(request.actor, request.GET.get("found", ""))
    form = FilterForm({"words": words})
    elsewhere: tuple[CaseLine, ...] = ()
    if words:
        if scanned := number_of_code(request.actor, words):
            return redirect("issue_case", scanned)
        elsewhere = search_cases(request.actor, words).lines
        if len(elsewhere) == 1:
            return redirect("issue_case", elsewhere[0].number)
    tab = _tab(request)
    found = issue_queue(request.actor, tab, IssueFilters(), page=page_number(request), today=timezone.localdate())
    tabs = _tabs(found)
    context = {
        "tabs": tabs,
        "tab": next(one for one in tabs if one.is_open),
        "form": form,
        "words": words,
        "elsewhere": elsewhere,
        "page": Page(found.rows, found.page, found.has_next),
        "narrowed": narrowed(request),
        "is_narrowed": bool(words),
    }
    return render(request, "desk/issue/page.html", context)


@requires("cases.issue_result")
@require_GET
def export(request: Request, form: str) -> HttpResponse:
    """The open list as a file, names masked as on screen."""
    tab = _tab(request)
    read = partial(issue_queue, request.actor, tab, IssueFilters(), today=timezone.localdate())

    def page(number: int) -> Page:
        found = read(page=number)
        return Page(found.rows, found.page, found.has_next)

    rows = [_cells(row) for row in all_pages(page)]
    return list_file(form, f"issue-{tab}", [_(heading) for heading in HEADINGS], rows)


def _cells(row: IssueRow) -> list[Cell]:
    return [
        row.number, row.item, row.department, row.applicant, _("准予") if row.is_granted else _("不予许可"),
        row.result_number, _(row.wish.label), row.since, row.waiting, row.reminders, row.reminded_at, row.carrier,
        row.tracking_number, row.returned_reason,
    ]  # fmt: skip


def _tab(request: Request) -> IssueTab:
    given = request.GET.get("tab", "")
    return IssueTab(given) if given in set(IssueTab) else IssueTab.READY


def _tabs(found: IssuePage) -> list[Tab]:
    return [
        Tab(
            tab.value,
            _(tab.label),
            _(EMPTY[tab][0]),
            _(EMPTY[tab][1]),
            count=found.tabs[tab].text,
            is_open=tab is found.tab,
        )
        for tab in IssueTab
    ]

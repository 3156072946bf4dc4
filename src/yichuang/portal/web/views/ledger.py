"""The ledger: every entry, filtered, a page at a time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yichuang.ledger.types import Period
from yichuang.ui.access import Request, requires

from ...exporting.workbook import MOST_ROWS
from ...queries import Names, ledger_page, seal_through
from ...rules import week_to_date
from ..forms import LedgerForm, without_metric
from ..links import changed, next_link, previous_link


@dataclass(frozen=True, slots=True)
class Quick:
    """A period one click away."""

    label: str
    href: str
    is_chosen: bool


@requires("ledger.view")
def ledger(request: Request) -> HttpResponse:
    """Entries that match the address; with a wrong input, what is wrong and the rest as it was."""
    params, metric = without_metric(request.GET)
    names = Names(request.actor)
    form = LedgerForm(params, viewer=request.actor, names=names, today=localdate())
    context: dict[str, Any] = {
        "form": form,
        "metric": metric,
        "quick": _quick(params, localdate()),
        "all_days": changed(params, **{"from": None, "to": None}),
        "chosen_kinds": form.chosen("kind"),
        "chosen_channels": form.chosen("channel"),
    }
    if form.is_valid():
        wanted = form.wanted()
        page = ledger_page(request.actor, wanted, after=params.get("after", ""), names=names)
        context |= {
            "page": page,
            "wanted": wanted,
            "units": sorted({_(kind.unit) for kind in wanted.kinds}),
            "through": wanted.through,
            "seal": seal_through(wanted.through) if wanted.through else None,
            "unbounded": changed(params, through=None),
            "next": next_link(params, page.next),
            "previous": previous_link(params),
            "export": changed(params),
            "fits_workbook": page.total <= MOST_ROWS,
            "most_rows": MOST_ROWS,
        }
    return render(request, "portal/ledger.html", context)


def _quick(params: QueryDict, today: date) -> list[Quick]:
    choices = (
        (_("今天"), Period(today, today)),
        (_("本周"), week_to_date(today)),
        (_("本月"), Period(today.replace(day=1), today)),
        (_("今年"), Period(today, today).year_to_date),
    )
    chosen = (params.get("from", ""), params.get("to", ""))
    quick = []
    for label, period in choices:
        first, last = (day.isoformat() for day in period)
        quick.append(Quick(label, changed(params, **{"from": first, "to": last}), chosen == (first, last)))
    return quick

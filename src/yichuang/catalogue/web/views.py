"""The list of items, its export, and one item's page."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import may
from yichuang.ui.access import Request, requires

from .. import actions, queries
from ..importing.own import HEADER_OF
from ..models import HandlingItem, MaterialSpec
from ..rules import charged_text, limit_text
from ..types import FEES
from .forms import FilterForm
from .sheets import csv_response

EXPORTED = (
    "key",
    "code",
    "name",
    "main_item",
    "type",
    "handling_kind",
    "department",
    "department_code",
    "region_code",
    "region_name",
    "statutory_limit",
    "promised_limit",
    "result_name",
    "conditions",
    "is_charged",
    "fee_note",
    "materials",
    "optional_materials",
)


@requires("catalogue.view")
@require_GET
def items(request: Request) -> HttpResponse:
    """Items narrowed by the address, 50 a page; the address holds it all."""
    form = FilterForm(request.GET, queries.department_counts())
    page = queries.items_for(request.actor, form.filters(), page=_page_number(request))
    narrowed = request.GET.copy()
    narrowed.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "summary": queries.summary(),
        "narrowed": narrowed.urlencode(),
        "is_narrowed": any(narrowed.values()),
        "may_import": may(request.actor, "catalogue.import"),
    }
    return render(request, "catalogue/items.html", context)


def _page_number(request: Request) -> int:
    given = request.GET.get("page", "1")
    return int(given) if given.isdecimal() and len(given) < 8 else 1


@requires("catalogue.view")
@require_GET
def export(request: Request) -> HttpResponseBase:
    """The whole filtered list in our own layout, so that it can be imported again."""
    filters = FilterForm(request.GET, queries.department_counts()).filters()
    header = [HEADER_OF[field] for field in EXPORTED]
    rows = (_exported(one) for one in queries.each_item_for(request.actor, filters))
    return csv_response(f"items-{timezone.localdate()}.csv", header, rows)


def _exported(one: HandlingItem) -> list[str]:
    return [
        one.key,
        one.code,
        one.name,
        one.main_item.name,
        one.get_type_display(),
        one.get_handling_kind_display(),
        one.department.name,
        one.department_id,
        one.region_id,
        one.region.name,
        limit_text(queries.limit_from(one.statutory_limit, one.statutory_unit)),
        limit_text(queries.limit_from(one.promised_limit, one.promised_unit)),
        one.result_name,
        one.conditions,
        charged_text(one.is_charged),
        one.fee_note,
        _one_a_line(one, is_required=True),
        _one_a_line(one, is_required=False),
    ]


def _one_a_line(one: HandlingItem, *, is_required: bool) -> str:
    """Names of materials; a single one that holds a semicolon gets a line end, so that it is not read as several."""
    asked = cast("list[MaterialSpec]", one.asked)  # type: ignore[attr-defined]
    names = [spec.name for spec in asked if spec.is_required is is_required]
    return "\n".join(names) if len(names) != 1 else f"{names[0]}\n" if any(c in names[0] for c in ";；|") else names[0]


@requires("catalogue.view")
@require_GET
def item(request: Request, key: str) -> HttpResponse:
    """All that is known of one item; what is not known says so."""
    found = queries.item_for(request.actor, key)
    if found is None:
        raise Refusal(f"没有短码为 {key} 的事项，请从事项清单中查找", code="not_found", field="key")
    context = {"item": found, "fee": FEES[found.is_charged], "may_edit": may(request.actor, "catalogue.edit")}
    return render(request, "catalogue/item.html", context)


@requires("catalogue.edit")
@require_POST
def activity(request: Request, key: str) -> HttpResponse:
    """Take the item out of use, or bring it back."""
    if request.POST.get("is_active") == "1":
        actions.reactivate_item(key, actor=request.actor, at=timezone.now())
        messages.success(request, _("已恢复该事项，可以收件"))
    else:
        actions.deactivate_item(key, actor=request.actor, at=timezone.now())
        messages.success(request, _("已停用该事项，不再收件；已收的办件照常办理"))
    return redirect("item", key)

"""The desk's page."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yichuang.catalogue.queries import frequent_items, search_items
from yichuang.kernel.actor import Actor
from yichuang.ui.access import Request, requires

from ....queries.desk import my_today
from ....rules import departments_served
from ..standing import case_context
from ..work import applicant_of, form_context, result_context

FREQUENT, FOUND = 8, 20


@requires("cases.receive")
@require_safe
def show(request: Request) -> HttpResponse:
    """The desk: empty, with an item (``?item=``), the applicant of a case (``&keep=``), a result (``?done=``), or a
    case that was looked up (``?case=``).
    """
    asked = request.GET
    context: dict[str, Any] = {}
    if number := asked.get("done", ""):
        context = result_context(request, number)
    elif number := asked.get("case", ""):
        context = case_context(request, number)
    elif key := asked.get("item", ""):
        context = form_context(request, key, keep=asked.get("keep", ""))
    elif keep := asked.get("keep", ""):
        context = {"keep": keep, "kept": applicant_of(request, keep)["name"]}
    return page(request, context)


def page(request: Request, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The whole desk around its middle."""
    words = request.GET.get("q", "").strip()
    context |= {
        **list_context(request.actor, words),
        "today": my_today(request.actor, timezone.localdate()),
        "consult_key": str(uuid4()),
    }
    return render(request, "desk/desk.html", context, status=status)


def list_context(actor: Actor, words: str) -> dict[str, Any]:
    """The items for ``words``; without words those asked for most. Only items that ``actor`` may receive."""
    own = departments_served(actor)
    found = search_items(words, limit=FOUND, departments=own) if words else frequent_items(FREQUENT, departments=own)
    return {"words": words, "found": found}

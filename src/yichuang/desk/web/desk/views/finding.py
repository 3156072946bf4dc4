"""Items as they are typed, and the form of the one chosen."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yichuang.ui.access import Request, requires

from ..work import form_context
from .page import list_context


@requires("cases.receive")
@require_safe
def items(request: Request) -> HttpResponse:
    """The list for what is in the search box."""
    words = request.GET.get("q", "").strip()
    if not request.htmx:
        return redirect(reverse("desk", query={"q": words}))
    context = list_context(request.actor, words) | {"keep": request.GET.get("keep", "")}
    return render(request, "desk/_items.html", context)


@requires("cases.receive")
@require_safe
def form(request: Request) -> HttpResponse:
    """The item's card with its form."""
    key, keep = request.GET.get("item", ""), request.GET.get("keep", "")
    if not request.htmx:
        return redirect(reverse("desk", query={"item": key, "keep": keep}))
    return render(request, "desk/_form.html", form_context(request, key, keep=keep))

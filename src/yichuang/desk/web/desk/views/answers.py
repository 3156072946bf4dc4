"""What the desk answers after something was done: the day so far anew, and what happened in words."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yichuang.ui.access import Request

from ....queries.desk import my_today
from ..work import result_context

SEE_OTHER = 303


def said(request: Request, words: str, **back: str) -> HttpResponse:
    """The right-hand column anew with ``words`` read aloud; without htmx back to the desk (``?back``), with them."""
    if not request.htmx:
        messages.success(request, words)
        return redirect(reverse("desk", query={name: value for name, value in back.items() if value}))
    return render(request, "desk/_said.html", around(request) | {"said": words})


def around(request: Request) -> dict[str, Any]:
    """What changes beside the middle whenever something was recorded."""
    return {"today": my_today(request.actor, timezone.localdate()), "consult_key": str(uuid4())}


def decided(request: Request, number: str) -> HttpResponse:
    """What came of a form that was carried out; a reload shows it again and sends nothing."""
    address = reverse("desk", query={"done": number})
    if not request.htmx:
        response: HttpResponse = redirect(address)
        response.status_code = SEE_OTHER
        return response
    response = render(request, "desk/_decided.html", result_context(request, number) | around(request))
    response["HX-Replace-Url"] = address
    return response

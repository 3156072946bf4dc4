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


def said(request: Request, words: str, **back: str) -> HttpResponse:
    """The right-hand column anew with ``words`` read aloud; without htmx back to the desk (``?back``), with them."""
    if not request.htmx:
        messages.success(request, words)
        return redirect(reverse("desk", query={name: value for name, value in back.items() if value}))
    return render(request, "desk/_said.html", around(request) | {"said": words})


def around(request: Request) -> dict[str, Any]:
    """What changes beside the middle whenever something was recorded."""
    return {"today": my_today(request.actor, timezone.localdate()), "consult_key": str(uuid4())}

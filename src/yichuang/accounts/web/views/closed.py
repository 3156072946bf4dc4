"""Pages of allauth that make no sense where accounts have no e-mail address: they answer before allauth does."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yichuang.ui.access import Request, public


@public
@require_safe
def forgotten_password(request: Request) -> HttpResponse:
    """Says who resets it."""
    return render(request, "account/password_reset.html")


@public
def email(request: Request) -> HttpResponse:
    """There is none."""
    raise Http404

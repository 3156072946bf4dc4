"""What everyone does for oneself (and an administrator for others): deputies, and who looked at one's data."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yichuang.kernel.permissions import require
from yichuang.ui.access import Request, requires

from ... import actions, queries
from ...models import Person
from ...types import PersonFacts
from ..forms import DeputyForm
from .answers import my_page, person_page
from .people import page_number


@requires("accounts.view_self")
@require_safe
def me(request: Request) -> HttpResponse:
    """One's own posts, deputies, password and who looked."""
    return my_page(request, cast("Person", request.user))


@requires("accounts.name_deputy")
@require_POST
def name_deputy(request: Request, username: str) -> HttpResponse:
    """Someone stands in during leave."""
    principal = queries.person_for(request.actor, username)
    require(request.actor, "accounts.name_deputy", PersonFacts(principal.pk))
    form = DeputyForm(request.POST, principal=principal, auto_id="deputy_%s")
    if form.carries_out(
        lambda given: actions.name_deputy(
            principal.pk,
            deputy=given["deputy"].pk,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            reason=given["reason"],
            actor=request.actor,
            at=now(),
        )
    ):
        given = form.cleaned_data
        told = {"deputy": given["deputy"].name, "first": given["starts_on"], "last": given["ends_on"]}
        messages.success(request, _("%(first)s 至 %(last)s 由%(deputy)s代理") % told)
        return _back(request, principal)
    show = my_page if principal.pk == request.actor.id else person_page
    return show(request, principal, deputy=form)


@requires("accounts.name_deputy")
@require_POST
def end_deputy(request: Request, username: str, deputyship: int) -> HttpResponse:
    """The deputy stands in no longer."""
    principal = queries.person_for(request.actor, username)
    require(request.actor, "accounts.name_deputy", PersonFacts(principal.pk))
    actions.end_deputy(deputyship, actor=request.actor, at=now())
    messages.success(request, _("代理已结束，代理人的相应权限即刻收回"))
    return _back(request, principal)


def _back(request: Request, principal: Person) -> HttpResponse:
    return redirect("me") if principal.pk == request.actor.id else redirect("person", principal.username)


@requires("accounts.view_access_log")
@require_safe
def access_log(request: Request, username: str) -> HttpResponse:
    """Who looked at this person's data, when and why."""
    subject = queries.person_for(request.actor, username)
    page = page_number(request)
    looks, has_more = queries.looks_at(request.actor, subject, page=page)
    context = {"person": subject, "looks": looks, "page": page, "has_more": has_more}
    context["is_oneself"] = subject.pk == request.actor.id
    return render(request, "accounts/access_log.html", context)

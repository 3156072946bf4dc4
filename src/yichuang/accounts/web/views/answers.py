"""Answers that several pages give: one person with all forms, and a password shown once."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from yichuang.ui.access import Request

from ... import queries
from ...models import Person
from ...types import TemporaryPassword
from ..forms import AssignmentForm, DeputyForm, PersonForm, PlainForm, TransferForm

UNPROCESSABLE = 422


def person_page(request: Request, person: Person, **bound: PlainForm) -> HttpResponse:
    """The page of ``person``; a bound form with errors replaces the fresh one of that name."""
    today = localdate()
    context = {
        "person": person,
        "is_administered": queries.may_manage(request.actor),
        "is_oneself": person.pk == request.actor.id,
        "assignments": queries.assignments_of(person, today),
        "leaves": queries.leaves_of(person, today),
        "stands_in_for": queries.stands_in_for(person, today),
        "today": today,
    }
    if context["is_administered"]:
        context |= {
            "edit": PersonForm(initial={"name": person.name, "phone": person.phone}, auto_id="edit_%s"),
            "transfer": TransferForm(auto_id="transfer_%s"),
            "assign": AssignmentForm(auto_id="assign_%s"),
            "deputy": DeputyForm(principal=person, auto_id="deputy_%s"),
        }
    return render(request, "accounts/person.html", context | bound, status=UNPROCESSABLE if bound else 200)


def my_page(request: Request, person: Person, **bound: PlainForm) -> HttpResponse:
    """One's own page."""
    today = localdate()
    looks, _more = queries.looks_at(request.actor, person)
    context = {
        "person": person,
        "assignments": queries.assignments_of(person, today),
        "leaves": queries.leaves_of(person, today),
        "stands_in_for": queries.stands_in_for(person, today),
        "today": today,
        "looks": looks[:10],
        "deputy": DeputyForm(principal=person, auto_id="deputy_%s"),
    }
    return render(request, "accounts/me.html", context | bound, status=UNPROCESSABLE if bound else 200)


@never_cache
def password_once(request: Request, made: TemporaryPassword, *, is_new: bool) -> HttpResponse:
    """The temporary password in the answer itself: it is kept nowhere, so it can't be shown again."""
    return render(request, "accounts/password_once.html", {"made": made, "is_new": is_new})

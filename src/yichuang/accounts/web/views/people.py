"""The list of people, and the page that makes a new account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from yichuang.ui.access import Request, requires

from ... import actions, queries
from ...types import PeopleFilter, TemporaryPassword
from ..forms import NewPersonForm, PeopleFilterForm
from .answers import UNPROCESSABLE, password_once


@requires("accounts.view_people")
@require_safe
def people(request: Request) -> HttpResponse:
    """People whom the actor may see, narrowed by name, department, role and state."""
    form = PeopleFilterForm(request.GET, departments=sorted(queries.department_names().items()))
    wanted = form.cleaned_data if form.is_valid() else {}
    narrowed = PeopleFilter(
        search=wanted.get("q", "").strip(),
        department=wanted.get("department", ""),
        role=wanted.get("role", ""),
        state=wanted.get("state", ""),
    )
    page = queries.people_for(request.actor, narrowed, page=page_number(request), today=localdate())
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "page": page,
        "form": form,
        "kept": kept.urlencode(),
        "is_narrowed": any(wanted.values()),
        "may_manage": queries.may_manage(request.actor),
    }
    return render(request, "accounts/people.html", context)


def page_number(request: Request) -> int:
    """The page asked for in the address; the first when that makes no sense."""
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1


@requires("accounts.manage_people")
@require_http_methods(["GET", "POST"])
def person_new(request: Request) -> HttpResponse:
    """A new account; its temporary password is shown once."""
    made: list[TemporaryPassword] = []
    form = NewPersonForm(request.POST or None)
    if form.carries_out(
        lambda given: made.append(
            actions.create_person(
                username=given["username"],
                name=given["name"],
                phone=given["phone"],
                department=given["department"].pk if given["department"] else "",
                actor=request.actor,
                at=now(),
            )
        )
    ):
        return password_once(request, made[0], is_new=True)
    return render(request, "accounts/person_new.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200)

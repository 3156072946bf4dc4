"""One person: what an administrator does with the account and its posts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ui.access import Request, requires

from ... import actions, queries
from ...types import PERSON
from ..forms import AssignmentForm, PersonForm, TransferForm
from .answers import password_once, person_page


@requires("accounts.view_people")
@require_safe
def person(request: Request, username: str) -> HttpResponse:
    """Everything about a person at work; the look is on record."""
    found = queries.person_for(request.actor, username)
    if found.pk != request.actor.id:
        actions.log_access(request.actor.id, PERSON.code, found.pk, gettext_noop("查看人员资料"))
    return person_page(request, found)


@requires("accounts.manage_people")
@require_POST
def edit(request: Request, username: str) -> HttpResponse:
    """Name and office telephone."""
    found = queries.person_for(request.actor, username)
    form = PersonForm(request.POST, auto_id="edit_%s")
    if form.carries_out(
        lambda given: actions.edit_person(
            found.pk, name=given["name"], phone=given["phone"], actor=request.actor, at=now()
        )
    ):
        messages.success(request, _("已保存 %(username)s 的资料") % {"username": username})
        return redirect("person", username)
    return person_page(request, found, edit=form)


@requires("accounts.manage_people")
@require_POST
def transfer(request: Request, username: str) -> HttpResponse:
    """To another department."""
    found = queries.person_for(request.actor, username)
    form = TransferForm(request.POST, auto_id="transfer_%s")
    if form.carries_out(
        lambda given: actions.transfer(found.pk, department=given["department"].pk, actor=request.actor, at=now())
    ):
        told = {"name": found.name, "department": form.cleaned_data["department"].short_name}
        messages.success(request, _("已将%(name)s调入%(department)s，在原部门的岗位已结束，请任命新岗位") % told)
        return redirect("person", username)
    return person_page(request, found, transfer=form)


@requires("accounts.manage_people")
@require_POST
def assign(request: Request, username: str) -> HttpResponse:
    """A post from a day on."""
    found = queries.person_for(request.actor, username)
    form = AssignmentForm(request.POST, auto_id="assign_%s")
    if form.carries_out(
        lambda given: actions.assign_position(
            found.pk,
            position=given["position"].pk,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            actor=request.actor,
            at=now(),
        )
    ):
        told = {"name": found.name, "position": form.cleaned_data["position"].name}
        messages.success(request, _("已任命%(name)s为“%(position)s”") % told)
        return redirect("person", username)
    return person_page(request, found, assign=form)


@requires("accounts.manage_people")
@require_POST
def end_assignment(request: Request, username: str, assignment: int) -> HttpResponse:
    """A post ends at once."""
    actions.end_assignment(assignment, actor=request.actor, at=now())
    messages.success(request, _("该岗位已结束，权限即刻收回；如系误点，可重新任命"))
    return redirect("person", username)


@requires("accounts.manage_people")
@require_http_methods(["GET", "POST"])
def deactivate(request: Request, username: str) -> HttpResponse:
    """Asks first, saying what will end; a refusal is shown on the same page."""
    found = queries.person_for(request.actor, username)
    refusal = None
    if request.method == "POST":
        try:
            actions.deactivate(found.pk, actor=request.actor, at=now())
        except NotPermitted:
            raise
        except Refusal as met:
            refusal = met
        else:
            messages.success(request, _("已停用 %(username)s，其登录已全部退出") % {"username": username})
            return redirect("person", username)
    today = localdate()
    context = {
        "person": found,
        "refusal": refusal,
        "assignments": queries.assignments_of(found, today),
        "stands_in_for": queries.stands_in_for(found, today),
    }
    return render(request, "accounts/deactivate.html", context, status=409 if refusal else 200)


@requires("accounts.manage_people")
@require_POST
def reactivate(request: Request, username: str) -> HttpResponse:
    """Undoes :func:`deactivate`."""
    found = queries.person_for(request.actor, username)
    actions.reactivate(found.pk, actor=request.actor, at=now())
    messages.success(request, _("已恢复 %(username)s，可用原密码登录") % {"username": username})
    return redirect("person", username)


@requires("accounts.manage_people")
@require_http_methods(["GET", "POST"])
def reset_password(request: Request, username: str) -> HttpResponse:
    """Asks first; then shows the temporary password once."""
    found = queries.person_for(request.actor, username)
    if request.method == "POST":
        made = actions.reset_password(found.pk, actor=request.actor, at=now())
        return password_once(request, made, is_new=False)
    return render(request, "accounts/reset_password.html", {"person": found})

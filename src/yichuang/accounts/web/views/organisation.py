"""How the centre is organised: departments, and the positions in them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yichuang.kernel.actor import Role
from yichuang.ui.access import Request, requires

from ... import actions, queries
from ..forms import PositionForm
from .answers import UNPROCESSABLE


@requires("accounts.view_departments")
@require_safe
def departments(request: Request) -> HttpResponse:
    """The tree of departments: in the hall, authorised, how many people."""
    rows = queries.departments_for(request.actor)
    in_hall = [row for row in rows if row.is_in_hall and row.is_active and row.depth == 0]
    context = {
        "rows": rows,
        "in_hall": len(in_hall),
        "authorised": sum(row.is_authorised for row in in_hall),
        "people": sum(row.people for row in rows),
        "may_manage": queries.may_manage(request.actor),
    }
    return render(request, "accounts/departments.html", context)


@requires("accounts.manage_people")
@require_http_methods(["GET", "POST"])
def positions(request: Request) -> HttpResponse:
    """Positions with how many hold them today, and a form for a new one."""
    form = PositionForm(request.POST or None)
    if form.carries_out(
        lambda given: actions.create_position(
            name=given["name"],
            role=Role(given["role"]),
            department=given["department"].pk if given["department"] else "",
            actor=request.actor,
            at=now(),
        )
    ):
        messages.success(request, _("已建立岗位“%(name)s”") % {"name": form.cleaned_data["name"]})
        return redirect("positions")
    context = {"form": form, "positions": queries.positions_for(request.actor, localdate())}
    return render(request, "accounts/positions.html", context, status=UNPROCESSABLE if form.errors else 200)

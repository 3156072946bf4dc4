"""Keeping, renaming, sharing and throwing away questions."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yichuang.kernel.errors import Refusal
from yichuang.ui.access import Request, requires

from ...actions import change_view, delete_view, save_view
from .forms import SaveForm
from .links import query_of
from .views import form_of, page


@requires("portal.statistics")
@require_POST
def save(request: Request) -> HttpResponse:
    """Keep the question in this address; when it cannot be kept, the page stays as it was and says why."""
    asked = form_of(request)
    form = SaveForm(request.POST)
    if not asked.is_valid() or not form.is_valid():
        return page(request, form, status=422)
    query = query_of(asked.question())
    name, is_shared = form.cleaned_data["name"], form.cleaned_data["is_shared"]
    try:
        view = save_view(name, query, is_shared=is_shared, actor=request.actor, at=timezone.now())
    except Refusal as refusal:
        form.add_error("name", _(refusal.message))
        return page(request, form, status=422)
    said = _("已保存统计“%(name)s”，可看统计的人都能打开") if is_shared else _("已保存统计“%(name)s”")
    messages.success(request, said % {"name": view.name})
    return redirect(f"{reverse('statistics')}?{query}")


@requires("portal.statistics")
@require_POST
def change(request: Request, number: int) -> HttpResponse:
    """Another name, shared or not."""
    name = request.POST.get("name", "")
    view = change_view(number, name=name, is_shared="is_shared" in request.POST, actor=request.actor)
    said = _("“%(name)s”已更新，现在共享") if view.is_shared else _("“%(name)s”已更新，只有您能看到")
    messages.success(request, said % {"name": view.name})
    return _back(request)


@requires("portal.statistics")
@require_POST
def delete(request: Request, number: int) -> HttpResponse:
    """Throw away."""
    name = delete_view(number, actor=request.actor)
    messages.success(request, _("已删除统计“%(name)s”") % {"name": name})
    return _back(request)


def _back(request: Request) -> HttpResponse:
    """The page with the question that stood on it."""
    query = QueryDict(request.POST.get("query", "")).urlencode()
    return redirect(f"{reverse('statistics')}?{query}" if query else reverse("statistics"))

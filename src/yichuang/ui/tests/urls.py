"""Addresses that exist in these tests only."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import include, path

from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ui.access import Request, public, requires


@requires("ui_tests.look")
def guarded(request: Request) -> HttpResponse:
    return HttpResponse(f"seen by {request.actor.name}")


@public
def opened(request: Request) -> HttpResponseBase:
    return render(request, "ui/base.html")


def refusing(exception: Exception) -> object:
    @public
    def view(request: HttpRequest) -> HttpResponse:
        raise exception

    return view


urlpatterns = [
    path("guarded", guarded),
    path("opened", opened),
    path("bulletins", guarded),
    path("ledger", opened),
    path("taken", refusing(Refusal("办件 20240920000123 已由王芳受理", code="already_accepted"))),
    path("wrong", refusing(Refusal("数量不能为零", code="zero_quantity", field="quantity"))),
    path("missing", refusing(Refusal("没有此办件", code="not_found"))),
    path("forbidden", refusing(NotPermitted())),
    path("broken", refusing(ZeroDivisionError())),
    path("", include("yichuang.ui.web.urls")),
    path("accounts/", include("allauth.urls")),
]

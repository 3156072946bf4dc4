"""Who may open a page: every view is marked with :func:`requires` or :func:`public`."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require

PUBLIC = ""
"""The ``permission`` of a view that anyone may open."""

P = ParamSpec("P")


class Request(HttpRequest):
    """A request as views see it, after the middleware of ``accounts`` and of django-htmx."""

    actor: Actor
    htmx: HtmxDetails


View = Callable[Concatenate[Request, P], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def requires(permission: str) -> Callable[[View[P]], Guarded[P]]:
    """The view is for people who log in and hold ``permission``; what they may see in it, its queries decide.

    Visitors are sent to log in and come back; others meet :class:`~yichuang.kernel.errors.NotPermitted`. No browser
    keeps what it answers: desks are shared, and "back" after logging out shows nobody's data.
    """

    def decorate(view: View[P]) -> Guarded[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            known = cast("Request", request)
            if not request.user.is_authenticated:
                return to_login(known)
            require(known.actor, permission)
            response = view(known, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return mark(guarded, permission)

    return decorate


def public(view: View[P]) -> Guarded[P]:
    """The view is for everyone, logged in or not."""

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(cast("Request", request), *args, **kwargs)

    return mark(opened, PUBLIC)


def mark(view: Guarded[P], permission: str) -> Guarded[P]:
    """Write ``permission`` on the view, where navigation and the architecture tests read it."""
    view.permission = permission  # type: ignore[attr-defined]
    return view


def permission_of(view: Callable[..., object]) -> str | None:
    """The permission marked on ``view``; None when it is not marked (a view of a third-party app)."""
    return getattr(view, "permission", None)


def to_login(request: Request) -> HttpResponse:
    """Send the visitor to log in and then back to the page, also when only a part of it was asked for."""
    if request.htmx:
        return HttpResponseClientRedirect(
            redirect_to_login(request.htmx.current_url_abs_path or "/", resolve_url("account_login")).url
        )
    return redirect_to_login(_page_of(request), resolve_url("account_login"))


def _page_of(request: Request) -> str:
    """The page to come back to: a form's own address takes no GET, so there it is the page the form stood on."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return "/"
    return urlunsplit(("", "", came_from.path or "/", came_from.query, ""))

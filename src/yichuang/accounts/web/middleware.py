"""Who is at the screen: the actor, the sliding session, and the password that must be changed first."""

import time
from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from yichuang.kernel.actor import Actor
from yichuang.ui.access import Request

from ..queries import actor_and_position

GetResponse = Callable[[HttpRequest], HttpResponseBase]

RENEWED = "renewed"  # session key: seconds since 1970 when the session was last prolonged
RENEW_EVERY = 60  # seconds; so that not every click writes to the database
UNATTENDED = "X-Unattended"  # header of what a page asks for by itself: nobody clicked, the session runs on
NOBODY = Actor(id=0)  # a visitor: no name, no posts, no permissions


def actor(get_response: GetResponse) -> GetResponse:
    """Set ``request.actor`` (asked for when first used), prolong the session, ask for the new password."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        known = cast("Request", request)
        attach(known)
        if known.user.is_authenticated:
            if UNATTENDED not in known.headers:
                renew(known)
            if known.user.must_change_password and not is_way_out(known.path):
                return to_password(known)
        return get_response(request)

    return middleware


def attach(request: Request) -> None:
    """``actor`` and ``position_name`` of the request, both from one look when either is first used."""

    def look() -> tuple[Actor, str]:
        if not request.user.is_authenticated:
            return NOBODY, ""
        return actor_and_position(request.user, localdate())

    both = SimpleLazyObject(look)
    request.actor = cast("Actor", SimpleLazyObject(lambda: both[0]))
    request.position_name = SimpleLazyObject(lambda: both[1])  # type: ignore[attr-defined]


def renew(request: Request) -> None:
    """Prolong the session by its whole length (``SESSION_COOKIE_AGE``), at most once a minute."""
    now = int(time.time())
    if now - request.session.get(RENEWED, 0) >= RENEW_EVERY:
        request.session[RENEWED] = now


def is_way_out(path: str) -> bool:
    """Pages that stay open to someone who has to change the password: just that, and leaving."""
    return path in {reverse("account_change_password"), reverse("account_logout"), reverse("set_language")}


def to_password(request: Request) -> HttpResponseBase:
    """Off to the page where the password is changed, which says why."""
    messages.warning(request, _("您用的是临时密码，请先设置新密码，然后继续工作"))
    page = reverse("account_change_password")
    return HttpResponseClientRedirect(page) if request.htmx else HttpResponseRedirect(page)

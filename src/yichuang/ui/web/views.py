"""The language switch, and keeping a session alive on request."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from yichuang.ui.access import Request, public

YEAR = 365 * 24 * 3600  # seconds


@public
@require_safe
def favicon(request: Request) -> HttpResponse:
    """Where browsers look for the mark on pages that name none, such as Django's administration."""
    return redirect(static("ui/mark.svg"))


@public
@require_POST
def set_language(request: Request) -> HttpResponse:
    """Remember the chosen language in a cookie and return to the page it was chosen on."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@public
@require_POST
def renew_session(request: Request) -> HttpResponse:
    """Keep the session for another term (the button of the time-out notice); 403 when it has ended already."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    request.session.modified = True
    return HttpResponse(status=204)

"""Requests no larger than a form, the language of a page, and refusals as pages people can read."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from yichuang.kernel.errors import NotPermitted, Refusal

from .access import Request

GetResponse = Callable[[HttpRequest], HttpResponseBase]

STATUS_BY_CODE = {"not_found": 404}
UNPROCESSABLE = 422  # an input is at fault and named
CONFLICT = 409  # the thing is not in a state to allow it
FORBIDDEN = 403
TOO_LARGE = 413
MOST_BODY = 200 * 1024 * 1024  # bytes: a form with ten files of the largest size


def bounded(get_response: GetResponse) -> GetResponse:
    """Turn away what is larger than any form, unread: it would fill the disk before anybody has asked who sends it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > MOST_BODY:
            return HttpResponse(
                "提交的内容超过 200 MB，请分几次上传", status=TOO_LARGE, content_type="text/plain; charset=utf-8"
            )
        return get_response(request)

    return middleware


def language(get_response: GetResponse) -> GetResponse:
    """Chinese unless the person chose another language, which the language cookie remembers.

    The browser's ``Accept-Language`` is ignored: desks have English-language systems and Chinese-speaking clerks.
    """
    offered = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in offered else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ("Cookie",))
        return response

    return middleware


def refusals(get_response: GetResponse) -> GetResponse:
    """Turn a :class:`~yichuang.kernel.errors.Refusal` that leaves a view into a page, or an alert for htmx."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.process_exception = refused  # type: ignore[attr-defined]
    return middleware


def refused(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The answer to ``exception`` when it is a refusal; None leaves others to Django."""
    if not isinstance(exception, Refusal):
        return None
    status = status_of(exception)
    context = {"refusal": exception, "status": status}
    if not cast("Request", request).htmx:
        return render(request, "ui/refusal.html", context, status=status)
    response = render(request, "ui/_refusal.html", context, status=status)
    response["HX-Retarget"] = "#messages"
    response["HX-Reswap"] = "innerHTML"
    return response


def status_of(refusal: Refusal) -> int:
    """The HTTP status that says the same as ``refusal``."""
    if isinstance(refusal, NotPermitted):
        return FORBIDDEN
    return STATUS_BY_CODE.get(refusal.code, UNPROCESSABLE if refusal.field else CONFLICT)

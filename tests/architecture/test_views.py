"""Every page of ours says who may open it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from rules.permissions import perm_exists, permissions

from yichuang.ui.access import PUBLIC, permission_of, public, requires

from .sources import TOP

Patterns = Iterable[URLPattern | URLResolver]


def views(patterns: Patterns, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Address and view of every page, ours and others'."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        elif pattern.callback is not None:
            yield address, pattern.callback


def is_ours(view: Callable[..., Any]) -> bool:
    """Defined in this package; Django's and other packages' pages answer for themselves."""
    return view.__module__.split(".")[0] == TOP


def view_complaints(patterns: Patterns, ours: Callable[..., bool] = is_ours) -> list[str]:
    """Pages without a mark, or with a permission that no app has declared."""
    found = []
    for address, view in views(patterns):
        if not ours(view):
            continue
        permission = permission_of(view)
        if permission is None:
            found.append(f"/{address}: no permission")
        elif permission != PUBLIC and not perm_exists(permission):
            found.append(f"/{address}: unknown permission {permission}")
    return found


def test_every_view_has_a_permission() -> None:
    patterns = get_resolver().url_patterns
    assert sum(is_ours(view) for _, view in views(patterns)) > 10
    assert view_complaints(patterns) == []


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def complaints_of(view: Callable[..., Any]) -> list[str]:
    return view_complaints([path("p/", view, name="p")], ours=lambda _: True)


def test_a_view_without_permission_is_found() -> None:
    assert complaints_of(page) == ["/p/: no permission"]
    assert complaints_of(public(page)) == []


def test_an_unknown_permission_is_found() -> None:
    assert complaints_of(requires("cases.no_such_permission")(page)) == [
        "/p/: unknown permission cases.no_such_permission"
    ]


@pytest.mark.parametrize("permission", sorted(permissions))
def test_permissions_are_named_after_their_app(permission: str) -> None:
    assert apps.is_installed(f"{TOP}.{permission.partition('.')[0]}")

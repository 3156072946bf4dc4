"""What every page shows around its content: navigation, who is at work, the day, the language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_urlconf, resolve
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import may

from .access import permission_of

FIRST = (
    ("/", _("首页")),
    ("/desk", _("窗口")),
    ("/dispatch", pgettext_lazy("栏目", "流转")),
    ("/inbox", _("审批")),
    ("/issue", _("出件")),
    ("/my-day", _("我的一天")),
    ("/statistics", _("统计")),
    ("/bulletins", _("周报")),
)
MORE = (
    ("/voids", _("作废审批")),
    ("/ledger", _("台账")),
    ("/cases", pgettext_lazy("栏目", "办件")),
    ("/items", pgettext_lazy("栏目", "事项")),
    ("/calendar", _("工作日历")),
    ("/departments", pgettext_lazy("栏目", "部门")),
    ("/people", _("人员")),
)
"""Behind “更多” where the screen is wide, at the end of the list where it is narrow."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the navigation."""

    path: str
    label: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page; templates read it as ``shell``."""

    actor: Actor | None
    position: str
    tabs: tuple[Tab, ...]
    more: tuple[Tab, ...]
    today: date
    language: str
    languages: tuple[tuple[str, str], ...]
    session_seconds: int


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor; asks the database nothing."""
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    actor: Actor | None = getattr(request, "actor", None) if is_known else None
    shell = Shell(
        actor=actor,
        position=getattr(request, "position_name", ""),
        tabs=tabs_for(actor, request.path, FIRST) if actor else (),
        more=tabs_for(actor, request.path, MORE) if actor else (),
        today=timezone.localdate(),
        language=translation.get_language() or settings.LANGUAGE_CODE,
        languages=tuple((code, str(name)) for code, name in settings.LANGUAGES),
        session_seconds=settings.SESSION_COOKIE_AGE,
    )
    return {"shell": shell}


def tabs_for(actor: Actor, path: str, entries: Sequence[tuple[str, str | Promise]]) -> tuple[Tab, ...]:
    """Those of ``entries`` whose pages ``actor`` may open; the one that ``path`` lies under is active."""
    permissions = entry_permissions(get_urlconf() or settings.ROOT_URLCONF)
    return tuple(
        Tab(entry, str(label), path == entry or (entry != "/" and path.startswith(f"{entry}/")))
        for entry, label in entries
        if entry in permissions and (not permissions[entry] or may(actor, permissions[entry]))
    )


@cache
def entry_permissions(urlconf: str) -> Mapping[str, str]:
    """The entries that have a page in ``urlconf``, with the permission their views are marked with."""
    return {entry: permission_of(view) or "" for entry, _label in (*FIRST, *MORE) if (view := view_at(entry, urlconf))}


def view_at(path: str, urlconf: str) -> Callable[..., Any] | None:
    """The view behind ``path``, if there is one."""
    try:
        return resolve(path, urlconf).func
    except Resolver404:
        return None

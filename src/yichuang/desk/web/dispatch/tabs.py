"""The lists of the middle office: how each is read and what it says when nothing lies in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from yichuang.cases.queries import DispatchFilters, dispatch_queue, sheets_for, unsigned_handovers
from yichuang.kernel.actor import Actor

from ..lists import Page

Given = Mapping[str, Any]
Read = Callable[[Actor, Given, int, date], Page]


@dataclass(frozen=True, slots=True)
class List:
    """One tab: its words, the filters it knows, its template, how a page of it is read."""

    label: str
    empty_title: str
    empty_text: str
    filters: tuple[str, ...]
    template: str
    read: Read


def _waiting(actor: Actor, given: Given, page: int, today: date) -> Page:
    found = dispatch_queue(actor, DispatchFilters(**given), page=page, today=today)
    return Page(found.rows, found.page, found.has_next, found.total.text)


def _unsigned(actor: Actor, given: Given, page: int, today: date) -> Page:
    rows, has_next = unsigned_handovers(actor, department=given.get("department", ""), page=page, today=today)
    return Page(tuple(rows), page, has_next)


def _returned(actor: Actor, given: Given, page: int, today: date) -> Page:
    return _waiting(actor, {**given, "is_returned": True}, page, today)


def _sheets(actor: Actor, given: Given, page: int, today: date) -> Page:
    rows, has_next = sheets_for(actor, page=page)
    return Page(tuple(rows), page, has_next)


LISTS: Mapping[str, List] = {
    "waiting": List(
        gettext_noop("待流转"),
        gettext_noop("没有待流转的办件"),
        gettext_noop("窗口受理后，办件会出现在这里，等候流转到部门后台。"),
        ("words", "department", "age"),
        "desk/dispatch/_waiting.html",
        _waiting,
    ),
    "unsigned": List(
        gettext_noop("今日未签收"),
        gettext_noop("流转出去的办件都已签收"),
        gettext_noop("流转后部门还没有签收的办件会列在这里，可据此催办。"),
        ("department",),
        "desk/dispatch/_unsigned.html",
        _unsigned,
    ),
    "returned": List(
        gettext_noop("被退回"),
        gettext_noop("没有被退回的办件"),
        gettext_noop("部门后台退回的办件连同理由会列在这里，改派后即离开。"),
        ("words", "department"),
        "desk/dispatch/_waiting.html",
        _returned,
    ),
    "sheets": List(
        gettext_noop("交接单"),
        gettext_noop("还没有交接单"),
        gettext_noop("批量流转后，每个接收部门一张交接单，在这里查看和打印。"),
        (),
        "desk/dispatch/_sheets.html",
        _sheets,
    ),
}

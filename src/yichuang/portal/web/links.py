"""Addresses that keep the filter: everything a list shows stands in its address."""

from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from yichuang.ledger.types import Channel, Flow, Period

from ..types import NO_DEPARTMENT

PAGING = ("after", "trail", "token")
TRAIL_PARTS = "~"
TRAIL_LONGEST = 20  # pages one can go back step by step; then the first page is offered


def ledger_link(
    metric: Flow,
    period: Period,
    department: str | None = None,
    *,
    item: str | None = None,
    region: str | None = None,
    channel: Channel | None = None,
    actor: str | None = None,
) -> str:
    """The entries behind a figure, of one department if given (empty: of none); ``actor`` is a login name."""
    wanted: dict[str, str | list[str]] = {"metric": metric.slug}
    if channel is not None:  # the metric's own channels would take its place
        wanted = {"kind": [kind.slug for kind in metric.kinds], "channel": channel.slug}
    wanted |= {"from": period.first.isoformat(), "to": period.last.isoformat()}
    if department is not None:
        wanted["department"] = department or NO_DEPARTMENT
    narrowed = {"item": item, "region": region, "actor": actor}
    wanted |= {name: value for name, value in narrowed.items() if value is not None}
    return f"{reverse('ledger')}?{urlencode(wanted, doseq=True)}"


def changed(params: QueryDict, **changes: str | None) -> str:
    """The same address on its first page, with some parameters changed (None: left out)."""
    copy = params.copy()
    for name in PAGING:
        copy.pop(name, None)
    for name in [name for name, values in copy.lists() if not any(values)]:
        del copy[name]
    for name, value in changes.items():
        if value is None:
            copy.pop(name, None)
        else:
            copy[name] = value
    return f"?{copy.urlencode()}"


def next_link(params: QueryDict, cursor: str) -> str:
    """The page after ``cursor``; the way back is kept in ``trail``."""
    if not cursor:
        return ""
    trail = [*_trail(params), params.get("after", "")][-TRAIL_LONGEST:]
    return changed(params, after=cursor, trail=TRAIL_PARTS.join(trail))


def previous_link(params: QueryDict) -> str:
    """One page back, as far as the trail reaches; empty on the first page."""
    if not params.get("after"):
        return ""
    trail = _trail(params)
    if not trail or not trail[-1]:
        return changed(params)
    return changed(params, after=trail[-1], trail=TRAIL_PARTS.join(trail[:-1]) or None)


def _trail(params: QueryDict) -> list[str]:
    return params.get("trail", "").split(TRAIL_PARTS) if "trail" in params else []


def day_link(name: str, day: date | None) -> str:
    """The page ``name`` on another day (None: the day it shows by itself)."""
    return f"{reverse(name)}?day={day}" if day else reverse(name)

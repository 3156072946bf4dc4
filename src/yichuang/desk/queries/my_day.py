"""One's own day: figures from the counters, what was done, and what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yichuang.calendars.queries import calendar
from yichuang.cases.queries import numbers_of
from yichuang.cases.types import (
    ACCEPTED,
    CASE,
    CONCLUDED,
    CONSULTED,
    GRANTED,
    HANDED_OVER,
    ISSUED,
    RECEIVED,
    REFUSED,
    SERVED,
    SIGNED_FOR,
    UNDOABLE,
)
from yichuang.catalogue.queries import item_names
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.labels import gettext_noop
from yichuang.kernel.permissions import may, require
from yichuang.kernel.workdays import SATURDAY, WorkingCalendar, YearNotAnnounced
from yichuang.ledger.queries import OwnEntry, flows_by, own_entries
from yichuang.ledger.types import Channel, Flow, Group, Narrowed, Period, kind_of

DAYS_SHOWN = 10  # working days of the chart
_PIECES, _TIMES = gettext_noop("件"), gettext_noop("件次")
_CONSULTED = Flow("consulted", gettext_noop("咨询"), gettext_noop("人次"), (CONSULTED,))
_RECEIVED = Flow("received", gettext_noop("收件"), _PIECES, (RECEIVED,))
_ACCEPTED = Flow("accepted", gettext_noop("受理"), _PIECES, (ACCEPTED,))
_HANDED_OVER = Flow("handed_over", gettext_noop("流转"), _TIMES, (HANDED_OVER,))
_SIGNED_FOR = Flow("signed_for", gettext_noop("签收"), _TIMES, (SIGNED_FOR,))
_DECIDED = Flow("decided", gettext_noop("决定"), _PIECES, (GRANTED, REFUSED))
_CONCLUDED = Flow("concluded", gettext_noop("办结"), _PIECES, (CONCLUDED,))
_ISSUED = Flow("issued", gettext_noop("颁发、送达"), _PIECES, (ISSUED, SERVED))
OWN_FLOWS = (_CONSULTED, _RECEIVED, _ACCEPTED, _HANDED_OVER, _SIGNED_FOR, _DECIDED, _CONCLUDED, _ISSUED)
_USUAL = {
    Role.FRONT: (_CONSULTED, _RECEIVED, _ACCEPTED, _ISSUED),
    Role.MIDDLE: (_HANDED_OVER,),
    Role.BACK: (_SIGNED_FOR, _DECIDED, _CONCLUDED),
}


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One of a person's own figures."""

    label: str
    unit: str
    today: int
    week: int


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """Today and this week (from Monday), and what was done on each of the last working days, all kinds together."""

    figures: tuple[OwnFigure, ...]
    days: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """One entry of the day in words; ``quantity`` below 0 takes an earlier one back."""

    entry: int
    at: datetime
    label: str
    quantity: int
    channel: Channel
    item: str
    number: str
    is_undone: bool
    can_undo: bool


def own_figures(actor: Actor, today: date) -> OwnFigures:
    """The actor's own figures, by one statement on the counters by person."""
    require(actor, "accounts.view_self")
    days = _last_days(today)
    monday = today - timedelta(days=today.weekday())
    period = Period(min(days[0], monday), today)
    counted = flows_by(OWN_FLOWS, period, Group.DAY, Narrowed(actors=(actor.id,)))
    usual = {metric for role, metrics in _USUAL.items() if actor.holds(role) for metric in metrics}
    made = []
    for metric in OWN_FLOWS:
        week = sum(of_day[metric.slug] for day, of_day in counted.items() if isinstance(day, date) and day >= monday)
        of_today = counted[today][metric.slug] if today in counted else 0
        if metric in usual or week > 0 or of_today > 0:  # what an approver takes back for others is not shown
            made.append(OwnFigure(metric.label, metric.unit, of_today, week))
    return OwnFigures(tuple(made), tuple((day, sum(counted.get(day, {}).values())) for day in days))


def done_on(actor: Actor, day: date, today: date) -> list[Done]:
    """What the actor did on ``day``, newest first; what is a slip of today can be taken back."""
    require(actor, "accounts.view_self")
    return _in_words(own_entries(actor, day), may_undo=day == today and may(actor, "cases.undo"))


def _in_words(rows: Sequence[OwnEntry], *, may_undo: bool) -> list[Done]:
    keys = {row.entry.item for row in rows if row.entry.item}
    items = item_names(keys) if keys else {}
    cases = sorted({row.entry.subject_id for row in rows if row.entry.subject_type == CASE.code})
    numbers = numbers_of(cases) if cases else {}
    undone = {row.entry.corrects for row in rows if row.entry.corrects}
    return [
        Done(
            entry=entry.pk,
            at=entry.occurred_at,
            label=kind_of(entry.kind).label,
            quantity=entry.quantity,
            channel=Channel(entry.channel),
            item=items.get(entry.item, entry.item),
            number=numbers.get(entry.subject_id, "") if entry.subject_type == CASE.code else "",
            is_undone=entry.pk in undone,
            can_undo=may_undo and row.is_last and entry.kind in UNDOABLE and entry.corrects is None,
        )
        for row in rows
        for entry in (row.entry,)
    ]


def _last_days(today: date) -> list[date]:
    """The last ten working days up to ``today``, which counts even when it is none."""
    known, days = calendar(), [today]
    day = today
    while len(days) < DAYS_SHOWN:
        day -= timedelta(days=1)
        if _is_worked(known, day):
            days.append(day)
    return days[::-1]


def _is_worked(known: WorkingCalendar, day: date) -> bool:
    """As announced; where a year is not known, as weeks usually are."""
    try:
        return known.is_working(day)
    except YearNotAnnounced:
        return day.weekday() < SATURDAY

"""Entries by filter, a page at a time; how many there are comes from the counters, never from counting the table."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require

from ..models import Entry
from ..types import Channel, Kind, Period, Subject
from .live import Condition, counted, start_of

PAGE = 50
_EQUAL = ("department", "item", "region", "actor")


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries; None is "any". ``through`` bounds the ids, as links from an issued bulletin do."""

    period: Period | None = None
    kinds: tuple[Kind, ...] = ()
    channels: tuple[Channel, ...] = ()
    department: str | None = None
    item: str | None = None
    region: str | None = None
    actor: int | None = None
    through: int | None = None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page, newest first; ``total`` entries of ``quantity`` in all match, ``next`` continues after this page."""

    entries: list[Entry]
    total: int
    quantity: int
    next: str


def entry_page(actor: Actor, wanted: EntryFilter, *, after: str = "", size: int = PAGE) -> EntryPage:
    """The page after the cursor ``after`` (empty: the first), ordered by when things happened."""
    require(actor, "ledger.view")
    total, quantity = _count(wanted)
    position = _parse_cursor(after)
    if not total:
        return EntryPage([], 0, 0, "")  # the counters are exact: no need to look through the whole table for nothing
    narrowed = _narrow(wanted, position[0] if position else None, size)
    rows = _matching(narrowed)
    if position:
        occurred_at, entry = position
        rows = rows.filter(Q(occurred_at__lt=occurred_at) | Q(occurred_at=occurred_at, pk__lt=entry))
        rows = rows.filter(occurred_at__lte=occurred_at)
    found = list(rows.order_by("-occurred_at", "-pk")[: size + 1])
    more = len(found) > size
    last = found[size - 1] if more else None
    cursor = f"{last.occurred_at.timestamp():.6f}-{last.pk}" if last else ""
    return EntryPage(found[:size], total, quantity, cursor)


def iter_entries(actor: Actor, wanted: EntryFilter) -> tuple[int, Iterator[Entry]]:
    """How many entries match, and all of them in the order they happened, streamed from the database."""
    require(actor, "ledger.view")
    rows = _matching(wanted).order_by("occurred_at", "pk")
    return _count(wanted)[0], rows.iterator(chunk_size=5000)


def count_entries(
    actor: Actor, kind: Kind, period: Period, *, channel: Channel | None = None, department: str | None = None
) -> tuple[int, int]:
    """Entries of a kind in a period, and the sum of their quantities."""
    require(actor, "ledger.view")
    channels = () if channel is None else (channel,)
    return _count(EntryFilter(period=period, kinds=(kind,), channels=channels, department=department))


def get_entry(actor: Actor, entry: int) -> Entry:
    """One entry, or a refusal."""
    require(actor, "ledger.view")
    found = Entry.objects.filter(pk=entry).first()
    if found is None:
        raise Refusal(f"没有第 {entry} 号台账条目", code="not_found", field="entry")
    return found


def entries_of_subject(subject: Subject) -> list[Entry]:
    """A subject's entries in the order of their chain; the caller has checked who may see the subject."""
    return list(Entry.objects.filter(subject_type=subject.type.code, subject_id=subject.id).order_by("pk"))


def latest_mark() -> str:
    """The newest entry's hash in hex, another after every write: what figures may be kept under; empty at first."""
    digest = Entry.objects.order_by("-pk").values_list("hash", flat=True).first()
    return bytes(digest).hex() if digest else ""


def _matching(wanted: EntryFilter) -> QuerySet[Entry]:
    conditions: dict[str, Any] = {name: value for name in _EQUAL if (value := getattr(wanted, name)) is not None}
    if wanted.kinds:
        conditions["kind__in"] = [kind.code for kind in wanted.kinds]
    if wanted.channels:
        conditions["channel__in"] = [int(channel) for channel in wanted.channels]
    if wanted.period:
        conditions["occurred_at__gte"] = start_of(wanted.period.first)
        conditions["occurred_at__lt"] = start_of(wanted.period.last + timedelta(days=1))
    if wanted.through is not None:
        conditions["pk__lte"] = wanted.through
    return Entry.objects.filter(**conditions)


def _conditions(wanted: EntryFilter) -> list[Condition]:
    where = [Condition(name, "=", (value,)) for name in _EQUAL if (value := getattr(wanted, name)) is not None]
    if wanted.kinds:
        where.append(Condition("kind", "in", tuple(kind.code for kind in wanted.kinds)))
    if wanted.channels:
        where.append(Condition("channel", "in", tuple(int(channel) for channel in wanted.channels)))
    if wanted.period:
        where.append(Condition("day", "between", tuple(wanted.period)))
    return where


def _count(wanted: EntryFilter) -> tuple[int, int]:
    rows = counted((), _conditions(wanted))
    if rows is None:  # a person and an item at once: few enough to be added up
        return _add_up(_matching(wanted))
    quantity, entries = rows[0]
    if wanted.through is not None:
        late_entries, late = _add_up(_matching(replace(wanted, through=None)).filter(pk__gt=wanted.through))
        entries, quantity = entries - late_entries, quantity - late
    return int(entries), int(quantity)


def _add_up(rows: QuerySet[Entry]) -> tuple[int, int]:
    sums = rows.aggregate(entries=Count("pk"), quantity=Sum("quantity"))
    return sums["entries"], sums["quantity"] or 0


def _narrow(wanted: EntryFilter, before: datetime | None, size: int) -> EntryFilter:
    """The same filter over no more days than hold one page: the counters serve as an index of rare combinations."""
    where = _conditions(wanted)
    if not where or wanted.through is not None:
        return wanted
    start = timezone.localdate(before) if before else None
    if start:
        where.append(Condition("day", "between", (date(1, 1, 1), start)))
    rows = counted(("day",), where, order=" ORDER BY day DESC")
    if rows is None:
        return wanted
    found = 0
    first = last = None
    for day, _, entries in rows:
        first = day if isinstance(day, date) else date.fromisoformat(day)
        last = last or first
        # entries of the cursor's own day may all lie on pages before
        found += 0 if first == start else entries
        if found > size:
            break
    if first is None or last is None:
        return wanted
    return replace(wanted, period=Period(first, last))


def _parse_cursor(text: str) -> tuple[datetime, int] | None:
    if not text:
        return None
    try:
        instant, entry = text.rsplit("-", 1)
        return datetime.fromtimestamp(float(instant), tz=timezone.get_default_timezone()), int(entry)
    except (ValueError, OverflowError, OSError):
        raise Refusal("翻页位置无效，请从第一页重新查看", code="bad_cursor", field="after") from None

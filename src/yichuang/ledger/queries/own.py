"""What a person did: everybody may see the own entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from yichuang.kernel.actor import Actor

from ..models import Entry, Head
from .live import start_of

LONGEST_DAY = 500


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One of the actor's entries; ``is_last``: nothing has happened to its subject since."""

    entry: Entry
    is_last: bool


def own_entries(actor: Actor, day: date) -> list[OwnEntry]:
    """The actor's entries of ``day`` by when things happened, newest first, at most 500 (2 queries)."""
    of_day = Entry.objects.filter(occurred_at__gte=start_of(day), occurred_at__lt=start_of(day + timedelta(days=1)))
    entries = list(of_day.filter(actor=actor.id).order_by("-occurred_at", "-pk")[:LONGEST_DAY])
    last = _last_entries(entries)
    return [OwnEntry(entry, entry.pk in last) for entry in entries]


def _last_entries(entries: Iterable[Entry]) -> set[int]:
    """Those of ``entries`` that end the chain of their subject."""
    found: set[int] = set()
    by_type: dict[int, set[int]] = {}
    for entry in entries:
        by_type.setdefault(entry.subject_type, set()).add(entry.subject_id)
    for subject_type, subjects in by_type.items():
        heads = Head.objects.filter(subject_type=subject_type, subject_id__in=subjects)
        found.update(heads.values_list("entry", flat=True))
    return found

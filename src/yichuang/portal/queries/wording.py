"""Entries in words: codes resolved with one query a sort, whatever the number of entries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache

from yichuang.accounts.queries import department_names, names_of, regions
from yichuang.accounts.types import RegionRow
from yichuang.cases.queries import numbers_of
from yichuang.cases.types import CASE
from yichuang.catalogue.queries import item_names
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import may
from yichuang.ledger.queries import Entry
from yichuang.ledger.types import Channel, kind_of, subject_type_of

from ..types import EntryRow

REGIONS_KEPT = 60  # seconds; regions change once in years


def known_regions() -> tuple[RegionRow, ...]:
    """All regions, asked for at most once a minute."""
    found: tuple[RegionRow, ...] = cache.get_or_set("portal.regions", regions, REGIONS_KEPT) or ()
    return found


@dataclass(frozen=True, slots=True)
class _OfDepartment:
    """What decides whether the page of an entry's case opens, as far as an entry tells."""

    department: str
    holder: str = ""


class Names:
    """Names by code that stay the same over many pages: departments and regions; ``viewer`` decides about links."""

    def __init__(self, viewer: Actor) -> None:
        self.viewer = viewer
        self.departments = department_names()
        self.regions = {region.code: region.name for region in known_regions()}

    def rows(self, entries: Sequence[Entry]) -> list[EntryRow]:
        """``entries`` in words: three queries (people, items, cases), each only where it has something to ask."""
        people = names_of(entry.actor for entry in entries)
        keys = {entry.item for entry in entries if entry.item}
        items = item_names(keys) if keys else {}
        case_ids = sorted({entry.subject_id for entry in entries if entry.subject_type == CASE.code})
        numbers = numbers_of(case_ids) if case_ids else {}
        return [self._row(entry, people, items, numbers) for entry in entries]

    def _row(self, entry: Entry, people: dict[int, str], items: dict[str, str], numbers: dict[int, str]) -> EntryRow:
        number = numbers.get(entry.subject_id, "") if entry.subject_type == CASE.code else ""
        return EntryRow(
            id=entry.pk,
            kind=kind_of(entry.kind),
            channel=Channel(entry.channel),
            quantity=entry.quantity,
            occurred_at=entry.occurred_at,
            recorded_at=entry.recorded_at,
            department_code=entry.department,
            department=self.departments.get(entry.department, entry.department),
            item_key=entry.item,
            item=items.get(entry.item, entry.item),
            region_code=entry.region,
            region=self.regions.get(entry.region, entry.region),
            actor=people.get(entry.actor, str(entry.actor)),
            subject=subject_type_of(entry.subject_type),
            subject_id=entry.subject_id,
            case_number=number,
            opens_case=bool(number) and may(self.viewer, "cases.view_case", _OfDepartment(entry.department)),
            corrects=entry.corrects,
            payload=entry.payload,
            hash=bytes(entry.hash).hex(),
        )

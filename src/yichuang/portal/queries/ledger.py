"""The ledger a page at a time, and the seal that bounds a published figure."""

from collections.abc import Iterator
from itertools import islice

from django.core.cache import cache

from yichuang.accounts.queries import find_people
from yichuang.catalogue.queries import item_names, items_for
from yichuang.catalogue.types import ItemFilters
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require
from yichuang.ledger.queries import Entry, EntryFilter, entry_page, iter_entries, seal_of

from ..types import EntryRow, LedgerPage, SealFacts
from .wording import Names

ROWS_AT_ONCE = 1_000
SEAL_KEPT = 24 * 3600  # seconds; a seal never changes


def ledger_page(actor: Actor, wanted: EntryFilter, *, after: str = "", names: Names) -> LedgerPage:
    """The page of entries after the cursor ``after``; needs ``ledger.view``."""
    page = entry_page(actor, wanted, after=after)
    return LedgerPage(tuple(names.rows(page.entries)), page.total, page.quantity, page.next)


def seal_facts(entry: int) -> SealFacts | None:
    """The seal over an entry; None while it is not sealed."""
    seal = seal_of(entry)
    if seal is None:
        return None
    return SealFacts(
        serial=seal.pk,
        day=seal.day,
        number=seal.number,
        entries=seal.entries,
        root=bytes(seal.root).hex(),
        hash=bytes(seal.hash).hex(),
        previous_hash=bytes(seal.previous_hash).hex(),
        sealed_at=seal.sealed_at,
    )


def seal_through(entry: int) -> SealFacts | None:
    """As :func:`seal_facts`, kept for a day once there is one."""
    key = f"portal.seal.{entry}"
    kept: SealFacts | None = cache.get(key)
    if kept is None and (kept := seal_facts(entry)):
        cache.set(key, kept, SEAL_KEPT)
    return kept


def export_rows(actor: Actor, wanted: EntryFilter) -> tuple[int, Iterator[EntryRow]]:
    """How many entries match, and all of them in words, in the order they happened; a thousand at a time."""
    total, entries = iter_entries(actor, wanted)
    return total, _in_words(actor, entries)


def _in_words(actor: Actor, entries: Iterator[Entry]) -> Iterator[EntryRow]:
    names = Names(actor)
    while batch := list(islice(entries, ROWS_AT_ONCE)):
        yield from names.rows(batch)


def items_named(actor: Actor, text: str) -> list[tuple[str, str]]:
    """(key, name) of the items that ``text`` may mean: the one with this key, else the first whose name has it."""
    exact = item_names([text.upper()])
    if exact:
        return list(exact.items())
    found = items_for(actor, ItemFilters(words=text, is_active=None))
    return [(item.key, item.name) for item in found if item.name == text] or [(item.key, item.name) for item in found]


def people_named(actor: Actor, text: str) -> list[tuple[int, str, str]]:
    """(id, name, login name) of the people with this name or login name; whoever sees the ledger sees their names."""
    require(actor, "ledger.view")
    return find_people(text)

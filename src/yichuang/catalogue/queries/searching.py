"""Finding items by what people type: Chinese, pinyin, initials, codes, departments, in any order.

One statement reads the search rows and ranks them, so that no more than the lines shown leave the database. Texts are
compared by position (INSTR, STRPOS), not by LIKE: both databases then mean the same, and there is nothing to escape.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Count, Expression, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Left, Length, StrIndex
from django.db.models.lookups import Exact, GreaterThan

from yichuang.ledger import queries as ledger
from yichuang.ledger.types import Flow, Group, Period, metric_of

from ..finding import LONGEST_PART, SHORTEST_CODE, is_latin, words_of
from ..models import HandlingItem, ItemSearch
from ..types import HandlingKind, ItemFound
from .items import limit_from

FREQUENT = ("consulted", "all_accepted")  # slugs of metrics
FREQUENT_DAYS = 28
FREQUENT_KEPT = 500  # keys in the cache: enough for every department to have some
FREQUENT_SECONDS = 600


def search_items(text: str, *, limit: int = 20, departments: Collection[str] | None = None) -> list[ItemFound]:
    """Active items that have every word of ``text``, the likeliest first; none for a text without words.

    With ``departments`` only theirs.

    First those whose name begins with the first word, then those whose initials are it, then those that have it in
    their name, then the others; shorter names first.
    """
    among = ItemSearch.objects.filter(is_active=True)
    if departments is not None:
        among = among.filter(item__department__in=departments)
    return _described(_ranked(text, among, limit))


def ids_like(text: str, *, limit: int) -> list[int]:
    """Ids of items found as :func:`search_items` does, those out of use among them: cases may be about them."""
    return _ranked(text, ItemSearch.objects.all(), limit)


def _ranked(text: str, among: QuerySet[ItemSearch], limit: int) -> list[int]:
    words = words_of(text)
    if not words:
        return []
    found = among.filter(*matching(words)).order_by(_rank(words[0]), Length("name"), "item_id")
    return list(found.values_list("item_id", flat=True)[:limit])


def matching(words: Sequence[str], *, at: str = "") -> list[Q]:
    """A condition for each word; ``at`` leads from the items searched to their search rows."""
    return [_matching(word, f"{at}name", f"{at}keys", f"{at}sounds") for word in words]


def _matching(word: str, name: str, keys: str, sounds: str) -> Q:
    if word.isdecimal() and len(word) < SHORTEST_CODE:
        return Q(_holds(name, word))
    if not (is_latin(word) and word.isalpha()):
        return Q(_holds(name, word)) | Q(_holds(keys, word))
    spoken = Q(_holds(sounds, f" {word[:LONGEST_PART]}"))
    if len(word) > LONGEST_PART:
        spoken &= Q(_holds(sounds, word))
    return Q(_holds(keys, word)) | spoken


def _holds(field: str, part: str) -> "GreaterThan[Any]":
    return GreaterThan(StrIndex(field, Value(part)), 0)


def _begins(field: str, part: str) -> "Exact[Any]":
    return Exact(Left(field, len(part)), Value(part))


def _rank(word: str) -> Expression:
    """0 is best. A beginning costs next to nothing, which counts where a letter matches nearly every item."""
    steps: list[Any] = [_begins("name", word)]
    if is_latin(word) and word.isalpha():
        steps += [_begins("keys", f"^{word}$"), _begins("keys", f"^{word}"), _begins("sounds", f" {word}")]
        if len(word) > 1:  # one letter of pinyin says no more than an initial
            steps.append(_holds("sounds", f" {word[:LONGEST_PART]}"))
    else:
        steps.append(_holds("name", word))
    whens = [When(step, then=Value(number)) for number, step in enumerate(steps)]
    return Case(*whens, default=Value(len(steps)), output_field=IntegerField())


def frequent_items(limit: int = 8, *, departments: Collection[str] | None = None) -> list[ItemFound]:
    """Active items most consulted on and accepted in the 28 days up to the last day with entries; ten minutes old.

    With ``departments`` only theirs.
    """
    keys: list[str] | None = cache.get("catalogue.frequent")
    if keys is None:
        keys = _frequent_keys()
        cache.set("catalogue.frequent", keys, FREQUENT_SECONDS)
    active = HandlingItem.objects.filter(key__in=keys, is_active=True)
    if departments is not None:
        active = active.filter(department__in=departments)
    ids = dict(active.values_list("key", "pk"))
    return _described([ids[key] for key in keys if key in ids][:limit])


def _frequent_keys() -> list[str]:
    flows = [metric for slug in FREQUENT if isinstance(metric := metric_of(slug), Flow)]
    last = ledger.last_day_with_entries((kind.code for flow in flows for kind in flow.kinds), until=date.max)
    if last is None:
        return []
    figures = ledger.flows_by(flows, Period(last - timedelta(days=FREQUENT_DAYS - 1), last), Group.ITEM)
    totals = {str(key): sum(of_item.values()) for key, of_item in figures.items() if key}
    return sorted((key for key in totals if totals[key] > 0), key=lambda key: (-totals[key], key))[:FREQUENT_KEPT]


def _described(ids: Sequence[int]) -> list[ItemFound]:
    """What the desk shows of these items, in the order given."""
    if not ids:
        return []
    items = HandlingItem.objects.filter(pk__in=ids).select_related("department")
    items = items.defer("conditions").annotate(asked_for=Count("materials", filter=Q(materials__is_active=True)))
    by_id = {
        item.pk: ItemFound(
            key=item.key,
            code=item.code,
            name=item.name,
            department=item.department_id,
            department_name=item.department.short_name,
            promised=limit_from(item.promised_limit, item.promised_unit),
            is_immediate=item.handling_kind == HandlingKind.IMMEDIATE.value,
            materials=item.asked_for,
            is_charged=item.is_charged,
        )
        for item in items
    }
    return [by_id[one] for one in ids if one in by_id]

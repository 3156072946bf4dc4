"""The list of items, one item's page, and how many there are."""

from collections.abc import Iterator

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require

from ..finding import words_of
from ..models import HandlingItem, MaterialSpec
from ..types import DepartmentCount, HasLimit, ItemFilters, Summary
from .searching import matching

PAGE_SIZE = 50
CHUNK = 500  # rows in memory at once


def items_for(actor: Actor, filters: ItemFilters, *, page: int = 1) -> Page[HandlingItem]:
    """Items by department and name, 50 a page, with department and main item."""
    return Paginator(_narrowed(actor, filters), PAGE_SIZE).get_page(page)


def each_item_for(actor: Actor, filters: ItemFilters) -> Iterator[HandlingItem]:
    """All items of the filtered list with active materials, in chunks, for exports."""
    return _narrowed(actor, filters).prefetch_related(active_materials()).iterator(chunk_size=CHUNK)


def _narrowed(actor: Actor, filters: ItemFilters) -> QuerySet[HandlingItem]:
    require(actor, "catalogue.view")
    items = HandlingItem.objects.select_related("department", "main_item", "region")
    words = words_of(filters.words)
    if filters.words.strip() and not words:
        return items.none()  # nothing but punctuation, which no item is found by
    items = items.filter(*matching(words, at="search__"))
    exact = {
        "department": filters.department,
        "type": filters.type,
        "handling_kind": filters.kind,
        "is_active": filters.is_active,
    }
    items = items.filter(**{field: value for field, value in exact.items() if value not in {None, ""}})
    if filters.limit is not None:
        items = items.filter(promised_limit__isnull=filters.limit is HasLimit.UNKNOWN)
    return items.order_by("department__position", "department", "name", "key")


def active_materials() -> "Prefetch[str]":
    """The materials asked for now, as ``asked``."""
    return Prefetch("materials", MaterialSpec.objects.filter(is_active=True), to_attr="asked")


def item_for(actor: Actor, key: str) -> HandlingItem | None:
    """The item with this key, for its page: department, region, main item; ``asked`` are its active materials."""
    require(actor, "catalogue.view")
    items = HandlingItem.objects.select_related("department", "main_item", "region")
    return items.prefetch_related(active_materials()).filter(key=key).first()


def summary() -> Summary:
    """Departments with items, main items with handling items, and handling items; active ones only."""
    counts = HandlingItem.objects.filter(is_active=True).aggregate(
        departments=Count("department", distinct=True), main_items=Count("main_item", distinct=True), items=Count("pk")
    )
    return Summary(counts["departments"], counts["main_items"], counts["items"])


def department_counts() -> list[DepartmentCount]:
    """Active main and handling items of each department that has any, in the order of departments."""
    rows = (
        HandlingItem.objects.filter(is_active=True)
        .values("department", "department__short_name", "department__position")
        .annotate(main_items=Count("main_item", distinct=True), items=Count("pk"))
        .order_by("department__position", "department")
    )
    return [
        DepartmentCount(row["department"], row["department__short_name"], row["main_items"], row["items"])
        for row in rows
    ]

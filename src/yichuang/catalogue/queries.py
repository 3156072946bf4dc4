"""Every read of items: lists, one item, counts, and what an import compares with."""

from collections.abc import Iterable, Iterator

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require

from .models import HandlingItem, ItemImport, ItemUpload, MaterialSpec
from .rules import KnownItem
from .types import (
    DepartmentCount,
    HandlingKind,
    HasLimit,
    ItemFilters,
    ItemType,
    Limit,
    LimitUnit,
    MaterialDraft,
    Summary,
)

PAGE_SIZE = 50
CHUNK = 500  # values in one IN (…)
WORDS_SEARCHED = 5


def items_for(actor: Actor, filters: ItemFilters, *, page: int = 1) -> Page[HandlingItem]:
    """Items by department and name, 50 a page, with department and main item."""
    return Paginator(_narrowed(actor, filters), PAGE_SIZE).get_page(page)


def each_item_for(actor: Actor, filters: ItemFilters) -> Iterator[HandlingItem]:
    """All items of the filtered list with active materials, in chunks, for exports."""
    return _narrowed(actor, filters).prefetch_related(_active_materials()).iterator(chunk_size=CHUNK)


def _narrowed(actor: Actor, filters: ItemFilters) -> QuerySet[HandlingItem]:
    require(actor, "catalogue.view")
    items = HandlingItem.objects.select_related("department", "main_item", "region")
    for word in filters.words.split()[:WORDS_SEARCHED]:
        items = items.filter(Q(name__icontains=word) | Q(code__icontains=word) | Q(key__iexact=word))
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


def _active_materials() -> "Prefetch[str]":
    return Prefetch("materials", MaterialSpec.objects.filter(is_active=True), to_attr="asked")


def item_for(actor: Actor, key: str) -> HandlingItem | None:
    """The item with this key, for its page: department, region, main item; ``asked`` are its active materials."""
    require(actor, "catalogue.view")
    items = HandlingItem.objects.select_related("department", "main_item", "region")
    return items.prefetch_related(_active_materials()).filter(key=key).first()


def item_in_use(key: str) -> HandlingItem:
    """The active item with this key, for a case to be about; :class:`Refusal` when there is none."""
    item = HandlingItem.objects.filter(key=key).first()
    if item is None:
        raise Refusal(f"没有短码为 {key} 的事项，请重新选择", code="unknown_item", field="item")
    if not item.is_active:
        raise Refusal(f"事项“{item.name}”已停用，请选择现行事项", code="inactive_item", field="item")
    return item


def materials_of(item_id: int) -> list[MaterialSpec]:
    """The materials that the item asks for now, in order."""
    return list(MaterialSpec.objects.filter(item=item_id, is_active=True))


def required_materials(item_id: int) -> list[tuple[int, str]]:
    """Id and name of the materials that an application for the item must have, in order.

    In plain SQL, because every acceptance asks: building the query takes Django ten times as long as answering it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, name FROM catalogue_materialspec WHERE item_id = %s AND is_required AND is_active "
            "ORDER BY position",
            [item_id],
        )
        rows: list[tuple[int, str]] = cursor.fetchall()
    return rows


def item_names(keys: Iterable[str]) -> dict[str, str]:
    """Names by key, also of items out of use; unknown keys are left out."""
    return dict(HandlingItem.objects.filter(key__in=set(keys)).values_list("key", "name"))


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


def imports_for(actor: Actor) -> list[ItemImport]:
    """The latest 20 imports, without their reports."""
    require(actor, "catalogue.import")
    return list(ItemImport.objects.defer("report")[:20])


def import_for(actor: Actor, import_id: int) -> ItemImport | None:
    """One import with its report."""
    require(actor, "catalogue.import")
    return ItemImport.objects.filter(pk=import_id).first()


def upload_for(actor: Actor, upload_id: int) -> ItemUpload | None:
    """A checked file that waits for this actor's confirmation, without its content."""
    require(actor, "catalogue.import")
    return ItemUpload.objects.defer("content").filter(pk=upload_id, uploaded_by=actor.id).first()


def _chunked(values: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(set(values))
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


def known_items(codes: Iterable[str]) -> dict[str, KnownItem]:
    """The items with these codes, as an import compares them."""
    known: dict[str, KnownItem] = {}
    for chunk in _chunked(codes):
        items = HandlingItem.objects.filter(code__in=chunk).select_related("main_item")
        for item in items.prefetch_related(_active_materials()):
            known[item.code] = _known(item)
    return known


def _known(item: HandlingItem) -> KnownItem:
    asked: list[MaterialSpec] = item.asked  # type: ignore[attr-defined]
    return KnownItem(
        id=item.pk,
        key=item.key,
        code=item.code,
        name=item.name,
        main_item=item.main_item.name,
        type=ItemType(item.type),
        handling_kind=HandlingKind(item.handling_kind),
        department=item.department_id,
        region=item.region_id,
        statutory=limit_from(item.statutory_limit, item.statutory_unit),
        promised=limit_from(item.promised_limit, item.promised_unit),
        result_name=item.result_name,
        materials=tuple(MaterialDraft(spec.name, spec.is_required) for spec in asked),
    )


def limit_from(number: int | None, unit: str) -> Limit | None:
    """A stored limit; None when unknown."""
    return None if number is None else Limit(number, LimitUnit(unit))


def taken_keys(keys: Iterable[str]) -> dict[str, str]:
    """Those of ``keys`` that are in use, with the codes of their items."""
    taken: dict[str, str] = {}
    for chunk in _chunked(keys):
        taken.update(HandlingItem.objects.filter(key__in=chunk).values_list("key", "code"))
    return taken

"""Keeps the search rows: what each item is found by follows from its names and codes, and is written with them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ..finding import Named, found_by
from ..models import HandlingItem, ItemSearch

BATCH = 500


def index_items(ids: Iterable[int] | None = None) -> int:
    """Write the search rows of these items, or of all; returns of how many. Follows from other rows: no entry."""
    wanted = list(HandlingItem.objects.values_list("pk", flat=True) if ids is None else ids)
    with transaction.atomic():
        for start in range(0, len(wanted), BATCH):
            items = HandlingItem.objects.filter(pk__in=wanted[start : start + BATCH])
            rows = [_row(item) for item in items.select_related("main_item", "department")]
            ItemSearch.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["item"],
                update_fields=["name", "keys", "sounds", "is_active"],
            )
    return len(wanted)


def _row(item: HandlingItem) -> ItemSearch:
    named = Named(
        name=item.name,
        main_item=item.main_item.name,
        key=item.key,
        code=item.code,
        department=item.department.name,
        department_short=item.department.short_name,
    )
    return ItemSearch(item_id=item.pk, is_active=item.is_active, **found_by(named)._asdict())


def index_saved_item(instance: HandlingItem, update_fields: frozenset[str] | None, **_: Any) -> None:
    """Signal: an item was saved by itself."""
    if update_fields is None or update_fields & {"name", "main_item", "department", "is_active"}:
        index_items([instance.pk])


def index_saved_department(instance: Any, created: bool, **_: Any) -> None:
    """Signal: a department was saved, perhaps renamed, by whatever page; its items are found by its names."""
    if not created:
        index_items(HandlingItem.objects.filter(department=instance.pk).values_list("pk", flat=True))

"""Writes a plan in bulk: main items, items, materials. Only ``imports`` calls it, inside its transaction."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..models import HandlingItem, MainItem, MaterialSpec
from ..rules import KnownItem, Plan, materials_after
from ..types import ItemDraft, MaterialDraft
from .index import index_items

BATCH = 1_000
ITEM_FIELDS = (
    "main_item",
    "department",
    "region",
    "name",
    "type",
    "handling_kind",
    "statutory_limit",
    "statutory_unit",
    "promised_limit",
    "promised_unit",
    "result_name",
    "conditions",
    "is_charged",
    "fee_note",
    "source",
)
UNSAID_STAYS = ("conditions", "is_charged", "fee_note")
SAID_OF_MATERIAL = ("originals", "copies", "note")
MainItemKey = tuple[str, str, str]  # department code, name, type


def write_plan(plan: Plan, codes: Mapping[tuple[str, str], str], *, source: str) -> None:
    """Write new and changed items with their materials. ``codes`` are department codes by region and name."""

    def department_of(draft: ItemDraft) -> str:
        return codes[draft.department.region.code, draft.department.name]

    drafts = [draft for draft, _ in (*plan.new, *plan.changed)]
    main_items = _main_items((department_of(draft), draft.main_item, draft.type.value) for draft in drafts)

    def filled(draft: ItemDraft, item: HandlingItem, before: KnownItem | None = None) -> HandlingItem:
        department = department_of(draft)
        item.main_item_id = main_items[department, draft.main_item, draft.type.value]
        item.department_id = department
        item.region_id = draft.department.region.code
        item.name, item.type, item.handling_kind = draft.name, draft.type.value, draft.handling_kind.value
        item.statutory_limit = draft.statutory.number if draft.statutory else None
        item.statutory_unit = draft.statutory.unit.value if draft.statutory else ""
        item.promised_limit = draft.promised.number if draft.promised else None
        item.promised_unit = draft.promised.unit.value if draft.promised else ""
        item.result_name, item.source = draft.result_name, source
        for field in UNSAID_STAYS:
            said = getattr(draft, field)
            if said is None and before is not None:
                said = getattr(before, field)
            if said is not None:
                setattr(item, field, said)
        return item

    made = HandlingItem.objects.bulk_create(
        [filled(draft, HandlingItem(key=key, code=draft.code)) for draft, key in plan.new], batch_size=BATCH
    )
    known = [filled(draft, HandlingItem(pk=before.id), before) for draft, before in plan.changed]
    HandlingItem.objects.bulk_update(known, ITEM_FIELDS, batch_size=200)
    MaterialSpec.objects.bulk_create(
        [
            spec
            for item, (draft, _) in zip(made, plan.new, strict=True)
            for spec in _specs(item.pk, draft.materials or ())
        ],
        batch_size=BATCH,
    )
    _change_materials(
        {
            before.id: materials
            for draft, before in plan.changed
            if (materials := materials_after(before, draft)) != before.materials
        }
    )
    index_items(item.pk for item in (*made, *known))


def _specs(item: int, materials: Iterable[MaterialDraft]) -> list[MaterialSpec]:
    return [
        MaterialSpec(item_id=item, position=position, name=draft.name, is_required=draft.is_required, **_said(draft))
        for position, draft in enumerate(materials, start=1)
    ]


def _said(draft: MaterialDraft) -> dict[str, Any]:
    """What the source says beyond name and need; the rest is left to the model, or as it is."""
    return {field: value for field in SAID_OF_MATERIAL if (value := getattr(draft, field)) is not None}


def _main_items(wanted: Iterable[MainItemKey]) -> dict[MainItemKey, int]:
    """Ids of main items, the missing ones created."""
    keys = set(wanted)
    rows = MainItem.objects.filter(department__in={department for department, _, _ in keys})
    ids: dict[MainItemKey, int] = {
        (department, name, type_code): pk
        for pk, department, name, type_code in rows.values_list("pk", "department_id", "name", "type")
    }
    missing = [
        MainItem(department_id=department, name=name, type=type_code)
        for department, name, type_code in sorted(keys - ids.keys())
    ]
    for made in MainItem.objects.bulk_create(missing, batch_size=BATCH):
        ids[made.department_id, made.name, made.type] = made.pk
    return ids


def _change_materials(wanted: Mapping[int, tuple[MaterialDraft, ...]]) -> None:
    """Put each item's materials in the wanted state; those no longer asked for become inactive, never deleted."""
    ids = list(wanted)
    kept: dict[tuple[int, str], MaterialSpec] = {}
    for start in range(0, len(ids), BATCH):
        for spec in MaterialSpec.objects.filter(item__in=ids[start : start + BATCH]):
            kept[spec.item_id, spec.name] = spec
    for spec in kept.values():
        spec.is_active = False
    missing: list[MaterialSpec] = []
    for item, materials in wanted.items():
        for draft, fresh in zip(materials, _specs(item, materials), strict=True):
            if found := kept.get((item, fresh.name)):
                found.position, found.is_required, found.is_active = fresh.position, fresh.is_required, True
                for field, value in _said(draft).items():
                    setattr(found, field, value)
            else:
                missing.append(fresh)
    fields = ["position", "is_required", "is_active", *SAID_OF_MATERIAL]
    MaterialSpec.objects.bulk_update(kept.values(), fields, batch_size=200)
    MaterialSpec.objects.bulk_create(missing, batch_size=BATCH)

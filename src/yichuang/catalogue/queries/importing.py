"""Imports that were made, files that wait for one, and what an import compares with."""

from collections.abc import Iterable, Iterator

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require

from ..models import HandlingItem, ItemImport, ItemUpload, MaterialSpec
from ..rules import KnownItem
from ..types import HandlingKind, ItemType, MaterialDraft
from .items import limit_from
from .lists import active_materials

CHUNK = 500  # values in one IN (…)


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
        for item in items.prefetch_related(active_materials()):
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
        conditions=item.conditions,
        is_charged=item.is_charged,
        fee_note=item.fee_note,
        materials=tuple(
            MaterialDraft(spec.name, spec.is_required, spec.originals, spec.copies, spec.note) for spec in asked
        ),
    )


def taken_keys(keys: Iterable[str]) -> dict[str, str]:
    """Those of ``keys`` that are in use, with the codes of their items."""
    taken: dict[str, str] = {}
    for chunk in _chunked(keys):
        taken.update(HandlingItem.objects.filter(key__in=chunk).values_list("key", "code"))
    return taken

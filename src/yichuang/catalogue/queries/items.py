"""Single items as cases need them, and all that the desk shows of one."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from yichuang.kernel.errors import Refusal

from ..models import HandlingItem, MaterialSpec
from ..types import HandlingKind, ItemCard, ItemType, Limit, LimitUnit, MaterialAsked


def item_in_use(key: str) -> HandlingItem:
    """The active item with this key, for a case to be about; :class:`Refusal` when there is none."""
    return _in_use(HandlingItem.objects.all(), key)


def _in_use(items: QuerySet[HandlingItem], key: str) -> HandlingItem:
    item = items.filter(key=key).first()
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


def limit_from(number: int | None, unit: str) -> Limit | None:
    """A stored limit; None when unknown."""
    return None if number is None else Limit(number, LimitUnit(unit))


def item_card(key: str) -> ItemCard:
    """All that the desk shows of the active item with this key; :class:`Refusal` when there is none."""
    item = _in_use(HandlingItem.objects.select_related("department", "main_item"), key)
    return ItemCard(
        id=item.pk,
        key=item.key,
        code=item.code,
        name=item.name,
        main_item=item.main_item.name,
        department=item.department_id,
        department_name=item.department.short_name,
        type=ItemType(item.type),
        handling_kind=HandlingKind(item.handling_kind),
        statutory=limit_from(item.statutory_limit, item.statutory_unit),
        promised=limit_from(item.promised_limit, item.promised_unit),
        result_name=item.result_name,
        conditions=item.conditions,
        is_charged=item.is_charged,
        fee_note=item.fee_note,
        materials=tuple(
            MaterialAsked(spec.pk, spec.name, spec.is_required, spec.originals, spec.copies, spec.note)
            for spec in materials_of(item.pk)
        ),
    )

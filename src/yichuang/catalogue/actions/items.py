"""Single items: out of use and back."""

from datetime import datetime

from django.db import transaction

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger import actions as ledger
from yichuang.ledger.types import Fact, Subject

from ..models import HandlingItem
from ..rules import refuse_activity
from ..types import HANDLING_ITEM, ITEM_DEACTIVATED, ITEM_REACTIVATED


def deactivate_item(key: str, *, actor: Actor, at: datetime) -> None:
    """Take the item off the list: no new cases; old ones go on. Refused when it is off already."""
    _set_active(key, False, actor=actor, at=at)


def reactivate_item(key: str, *, actor: Actor, at: datetime) -> None:
    """Put the item back on the list. Refused when it is on it."""
    _set_active(key, True, actor=actor, at=at)


@transaction.atomic
def _set_active(key: str, wanted: bool, *, actor: Actor, at: datetime) -> None:
    require(actor, "catalogue.edit")
    item = HandlingItem.objects.select_for_update().filter(key=key).first()
    if item is None:
        raise Refusal(f"没有短码为 {key} 的事项，请核对", code="unknown_item", field="key")
    if refusal := refuse_activity(is_active=item.is_active, wanted=wanted):
        raise refusal
    item.is_active = wanted
    item.save(update_fields=["is_active"])
    fact = Fact(
        kind=ITEM_REACTIVATED if wanted else ITEM_DEACTIVATED,
        subject=Subject(HANDLING_ITEM, item.pk),
        department=item.department_id,
        item=item.key,
        region=item.region_id,
    )
    ledger.record(fact, actor=actor, at=at)

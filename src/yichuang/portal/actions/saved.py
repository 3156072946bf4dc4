"""Keeping questions put to the statistics: one's own, some of them shared."""

from datetime import datetime

from django.db import transaction

from yichuang.accounts.types import NotFound
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require

from ..models import SavedView
from ..rules import refuse_name


@transaction.atomic
def save_view(name: str, query: str, *, is_shared: bool, actor: Actor, at: datetime) -> SavedView:
    """Keep the question ``query`` (as it stands in the address) under a name; at most fifty, no name twice.

    Sent again, it is answered as before.
    """
    require(actor, "portal.statistics")
    name, query = name.strip(), query.lstrip("?")
    own = _own(actor)
    if sent_again := next((one for one in own if (one.name, one.query) == (name, query)), None):
        return sent_again
    _check_name(name, own, len(own))
    view = SavedView(owner=actor.id, name=name, query=query, is_shared=is_shared, saved_at=at)
    SavedView.objects.bulk_create([view], ignore_conflicts=True)  # the other of two clicks at once came first
    return SavedView.objects.get(owner=actor.id, name=name)


@transaction.atomic
def change_view(view: int, *, name: str, is_shared: bool, actor: Actor) -> SavedView:
    """Give one's own question another name, share it or keep it to oneself."""
    require(actor, "portal.statistics")
    own = _own(actor)
    changed = _find(view, own)
    _check_name(name.strip(), [other for other in own if other.pk != view], 0)
    changed.name, changed.is_shared = name.strip(), is_shared
    changed.save(update_fields=["name", "is_shared"])
    return changed


@transaction.atomic
def delete_view(view: int, *, actor: Actor) -> str:
    """Throw away one's own question; returns its name."""
    require(actor, "portal.statistics")
    gone = _find(view, _own(actor))
    gone.delete()
    return gone.name


def _own(actor: Actor) -> list[SavedView]:
    return list(SavedView.objects.select_for_update().filter(owner=actor.id))


def _find(view: int, own: list[SavedView]) -> SavedView:
    found = next((one for one in own if one.pk == view), None)
    if found is None:
        raise NotFound("没有这项统计，或它不是您保存的，请刷新页面")
    return found


def _check_name(name: str, others: list[SavedView], count: int) -> None:
    if refusal := refuse_name(name, count, is_taken=any(other.name == name for other in others)):
        raise refusal

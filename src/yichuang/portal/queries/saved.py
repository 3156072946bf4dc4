"""Questions that people keep: one's own, and those that others share."""

from yichuang.accounts.queries import names_of
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require

from ..models import SavedView
from ..types import SavedShown

MOST_SHARED = 100


def saved_for(actor: Actor) -> tuple[list[SavedShown], list[SavedShown]]:
    """(one's own by name, the newest hundred of others with their authors); needs ``portal.statistics``."""
    require(actor, "portal.statistics")
    own = SavedView.objects.filter(owner=actor.id).order_by("name")
    others = list(SavedView.objects.filter(is_shared=True).exclude(owner=actor.id).order_by("-saved_at")[:MOST_SHARED])
    names = names_of(view.owner for view in others) if others else {}
    return (
        [SavedShown(view.pk, view.name, view.query, view.is_shared) for view in own],
        [SavedShown(view.pk, view.name, view.query, view.is_shared, names.get(view.owner, "—")) for view in others],
    )

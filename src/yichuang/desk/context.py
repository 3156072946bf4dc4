"""What the header says to those at work: unread messages and what waits."""

from dataclasses import dataclass
from typing import Any, cast

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from yichuang.kernel.actor import Actor
from yichuang.ui.access import Request

from .queries.messages import unread_messages

KEPT = 15 * 60  # seconds; told anew by every look at /my-day and by the page itself each minute


@dataclass(frozen=True, slots=True)
class Bell:
    """``to_do`` is None until it was counted for this person: counting takes more than a page may cost."""

    unread: int
    to_do: int | None


def bell(request: HttpRequest) -> dict[str, Any]:
    """Context processor; one query, and only in pages that show the header."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"bell": SimpleLazyObject(lambda: bell_of(cast("Request", request).actor))}


def bell_of(actor: Actor) -> Bell:
    """Unread messages now, and the to-dos as last counted."""
    return Bell(unread_messages(actor), cache.get(_key(actor)))


def keep_to_do(actor: Actor, count: int) -> None:
    """What the header shows until the next count."""
    cache.set(_key(actor), count, KEPT)


def _key(actor: Actor) -> str:
    return f"desk.to_do.{actor.id}"

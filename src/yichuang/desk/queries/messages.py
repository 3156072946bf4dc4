"""A person's own messages."""

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require

from ..models import Message

PAGE = 20


def unread_messages(actor: Actor) -> int:
    """How many of the actor's messages are unread."""
    return Message.objects.filter(person=actor.id, read_at=None).count()


def messages_of(actor: Actor, *, page: int = 1) -> Page[Message]:
    """The actor's messages, unread ones first, then newest first, 20 a page."""
    require(actor, "accounts.view_self")
    is_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    own = Message.objects.filter(person=actor.id).order_by(is_read.asc(), "-at", "-pk")
    return Paginator(own, PAGE).get_page(page)

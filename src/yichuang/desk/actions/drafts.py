"""What is typed and not sent yet, kept for its writer alone."""

import json
from datetime import datetime

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal

from ..models import Draft
from ..queries.desk import draft_of, form_key_of
from ..sealing import draft_row, sealer

LARGEST = 64 * 1024  # bytes; a form with a hundred materials has ten thousand


def save_draft(content: str, *, actor: Actor, at: datetime) -> None:
    """Keep ``content`` (a JSON object of the desk's own making), encrypted, in place of what was kept before."""
    if len(content.encode()) > LARGEST:
        raise Refusal("填写的内容过长，未能在服务器上暂存，请尽快提交", code="draft_too_long", field="content")
    try:
        is_object = isinstance(json.loads(content), dict)
    except ValueError:
        is_object = False
    if not is_object:
        raise Refusal("暂存内容的格式不对，请刷新页面", code="draft_format", field="content")
    sealed = sealer.seal(content, associated=draft_row(actor.id))
    Draft.objects.update_or_create(person=actor.id, defaults={"sealed": sealed, "saved_at": at})


def drop_draft(*, actor: Actor, form_key: str = "") -> None:
    """Forget the draft; with ``form_key`` only if it is that form's (another tab may hold another visitor's)."""
    if form_key:
        kept = draft_of(actor)
        if kept is not None and form_key_of(kept) != form_key:
            return
    Draft.objects.filter(person=actor.id).delete()

"""交班留言: from one shift to the next at the same kind of post."""

from datetime import datetime

from django.db import transaction

from yichuang.accounts.queries import holders_of, names_of
from yichuang.cases.types import CHINA
from yichuang.kernel.actor import Actor, Post, Role
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require

from ..models import Message, ShiftNote
from ..types import MessageKind
from .messages import tell

LONGEST_NOTE = 1_000


@transaction.atomic
def write_shift_note(text: str, *, role: Role, department: str, actor: Actor, at: datetime) -> ShiftNote:
    """Leave a note for the next at ``role`` (of ``department``; empty: the centre); its other holders get a message.

    Refused for an empty or too long text, and for a post that the actor does not hold.
    """
    require(actor, "accounts.view_self")
    if Post(role, department) not in actor.posts:
        raise Refusal("只能给本人所在岗位留言，请选择自己的岗位", code="not_own_post", field="post")
    words = text.strip()
    if not words:
        raise Refusal("请填写留言内容", code="no_text", field="text")
    if len(words) > LONGEST_NOTE:
        raise Refusal(f"留言有 {len(words)} 字，最多 {LONGEST_NOTE} 字，请删减", code="too_long", field="text")
    note = ShiftNote(role=role, department=department, written_by=actor.id, written_at=at, text=words)
    note.save(force_insert=True)
    others = set(holders_of(role, department, at.astimezone(CHINA).date())) - {actor.id}
    tell(others, MessageKind.SHIFT_NOTE, actor.name, link=link_to(note.pk), at=at)
    return note


@transaction.atomic
def take_shift_note(note: int, *, actor: Actor, at: datetime) -> None:
    """接班: the note is read and answered for. Refused for one's own, for another post's, and when already taken."""
    require(actor, "accounts.view_self")
    found = ShiftNote.objects.select_for_update().filter(pk=note).first()
    if found is None or Post(Role(found.role), found.department) not in actor.posts:
        raise Refusal("没有这条留言，或它不是留给您的岗位的", code="not_found", field="note")
    if found.written_by == actor.id:
        raise Refusal("这是您自己写的留言，请由接班的同事接收", code="own_note", field="note")
    if found.taken_at is not None:
        name = names_of([found.taken_by or 0]).get(found.taken_by or 0, "")
        when = found.taken_at.astimezone(CHINA)
        raise Refusal(
            f"{name}已于{when.month}月{when.day}日 {when:%H:%M} 接收这条留言", code="already_taken", field="note"
        )
    found.taken_by, found.taken_at = actor.id, at
    found.save(update_fields=["taken_by", "taken_at"])
    Message.objects.filter(link=link_to(note), kind=MessageKind.SHIFT_NOTE, read_at=None).update(read_at=at)


def link_to(note: int) -> str:
    """Where a note stands."""
    return f"/my-day#note-{note}"

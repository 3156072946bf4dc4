"""交班留言 for those who hold the same post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from yichuang.accounts.queries import department_names, names_of
from yichuang.accounts.types import RoleLabel
from yichuang.kernel.actor import Actor, Post
from yichuang.kernel.permissions import require

from ..models import ShiftNote

KEPT_IN_SIGHT = 10


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note in words; ``may_take``: the actor is the next at this post."""

    id: int
    post: str
    department: str
    text: str
    written_by: str
    written_at: datetime
    taken_by: str
    taken_at: datetime | None
    may_take: bool


def shift_notes_for(actor: Actor) -> list[NoteShown]:
    """Notes at the actor's posts: all that nobody has taken, and of the others so many that ten are in sight."""
    require(actor, "accounts.view_self")
    places = Q()
    for post in actor.posts:
        places |= Q(role=post.role, department=post.department)
    if not places:
        return []
    here = ShiftNote.objects.filter(places)
    waiting = list(here.filter(taken_at=None).order_by("-written_at", "-pk"))
    taken = here.exclude(taken_at=None).order_by("-written_at", "-pk")[: max(0, KEPT_IN_SIGHT - len(waiting))]
    return _shown([*waiting, *taken], actor)


def posts_of(actor: Actor) -> list[tuple[Post, str, str]]:
    """The posts at which the actor may leave a note: (post, its name, its department's short name)."""
    posts = sorted(actor.posts, key=lambda post: (post.role, post.department))
    departments = department_names() if any(post.department for post in posts) else {}
    return [(post, RoleLabel(post.role).label, departments.get(post.department, "")) for post in posts]


def _shown(notes: Iterable[ShiftNote], actor: Actor) -> list[NoteShown]:
    rows = list(notes)
    people = names_of({row.written_by for row in rows} | {row.taken_by or 0 for row in rows})
    departments = department_names() if any(row.department for row in rows) else {}
    return [
        NoteShown(
            id=row.pk,
            post=RoleLabel(row.role).label,
            department=departments.get(row.department, ""),
            text=row.text,
            written_by=people.get(row.written_by, ""),
            written_at=row.written_at,
            taken_by=people.get(row.taken_by, "") if row.taken_by else "",
            taken_at=row.taken_at,
            may_take=row.taken_at is None and row.written_by != actor.id,
        )
        for row in rows
    ]

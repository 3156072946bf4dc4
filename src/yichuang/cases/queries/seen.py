"""Which cases an actor may see in lists, as a condition; the same as ``cases.view_case``, row by row."""

from django.db.models import Q

from yichuang.kernel.actor import Actor, Role

EVERYWHERE = (Role.FRONT, Role.MIDDLE, Role.HALL, Role.EDITOR, Role.ADMIN)


def visible_to(actor: Actor) -> Q:
    """All cases for the centre's own people; for departments' people those of their item, or that they have now."""
    if actor.holds(*EVERYWHERE):
        return Q()
    own = {post.department for post in actor.posts if post.role in {Role.BACK, Role.CHIEF} and post.department}
    return Q(department__in=own) | Q(holder__in=own)

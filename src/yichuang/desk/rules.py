"""What the workplaces decide: by which channel the person at work meets the public."""

from yichuang.kernel.actor import Actor, Role
from yichuang.ledger.types import Channel

DEPARTMENTS_OWN = frozenset({Role.BACK, Role.CHIEF})


def channel_of(actor: Actor, *, by_phone: bool = False) -> Channel:
    """The comprehensive window is the front office's alone; departments' own people sit at department windows."""
    if by_phone:
        return Channel.PHONE
    return Channel.WINDOW if actor.holds(Role.FRONT) else Channel.DEPARTMENT_WINDOW


def departments_served(actor: Actor) -> frozenset[str] | None:
    """Whose items the person may receive: None means every department's (the front office)."""
    if actor.holds(Role.FRONT):
        return None
    return frozenset(post.department for post in actor.posts if post.role in DEPARTMENTS_OWN)

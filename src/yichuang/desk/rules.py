"""What the workplaces decide: by which channel the person at work meets the public."""

from yichuang.kernel.actor import Actor, Role
from yichuang.ledger.types import Channel


def channel_of(actor: Actor, *, by_phone: bool = False) -> Channel:
    """The comprehensive window is the front office's alone; departments' own people sit at department windows."""
    if by_phone:
        return Channel.PHONE
    return Channel.WINDOW if actor.holds(Role.FRONT) else Channel.DEPARTMENT_WINDOW

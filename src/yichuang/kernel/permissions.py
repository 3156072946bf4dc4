"""Predicates of the ``rules`` library over actors; each app's ``rules.py`` composes its own from them."""

from typing import Protocol

import rules
from rules.predicates import Predicate

from .actor import Actor, Role
from .errors import NotPermitted


class OfDepartment(Protocol):
    """Anything that belongs to a department, by its code."""

    @property
    def department(self) -> str: ...


def holds(*roles: Role) -> Predicate:
    """The actor has one of ``roles`` in any department."""
    return Predicate(lambda actor: actor.holds(*roles), name=f"holds:{'|'.join(roles)}")


def holds_own(*roles: Role) -> Predicate:
    """The actor has one of ``roles`` in the object's own department; without an object: in any."""

    def own(actor: Actor, target: OfDepartment | None = None) -> bool:
        if target is None:
            return actor.holds(*roles)
        return actor.holds_in(target.department, *roles)

    return Predicate(own, name=f"holds_own:{'|'.join(roles)}")


def may(actor: Actor, permission: str, target: OfDepartment | None = None) -> bool:
    """True when ``permission`` is granted to ``actor`` (on ``target``, if given)."""
    return bool(rules.has_perm(permission, actor, target))


def require(actor: Actor, permission: str, target: OfDepartment | None = None) -> None:
    """Raise :class:`NotPermitted` unless :func:`may`."""
    if not may(actor, permission, target):
        raise NotPermitted

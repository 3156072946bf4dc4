"""The ledger entries of this app: about a person or a position, never with a name in them."""

from datetime import datetime
from typing import Any

from yichuang.kernel.actor import Actor
from yichuang.ledger.actions import record
from yichuang.ledger.types import Fact, Kind, Subject

from ..models import Person
from ..types import PERSON


def record_of(kind: Kind, person: Person, *, actor: Actor, at: datetime, **payload: Any) -> None:
    """One entry of ``kind`` about ``person``, counted for the person's department."""
    record(
        Fact(kind=kind, subject=Subject(PERSON, person.pk), department=person.department_id or "", payload=payload),
        actor=actor,
        at=at,
    )

"""A case as one line of a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..models import Case
from ..rules import OPEN_STATES, signal, where
from ..types import Signal, State
from .people import masked_name


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list; the applicant's name is masked."""

    number: str
    item: str
    applicant: str
    state: State
    due_on: date | None
    signal: Signal
    department: str  # short names
    holder: str
    where: str
    moved_at: datetime


def line(case: Case, departments: Mapping[str, str], today: date, near: date | None) -> CaseLine:
    """The line of a case that was read with its item and applicant; ``near`` as ``rules.near_until`` gives it."""
    state = State(case.state)
    return CaseLine(
        number=case.number,
        item=case.item.name,
        applicant=masked_name(case.applicant),
        state=state,
        due_on=case.due_on,
        signal=signal(case.due_on, today, near) if state in OPEN_STATES else Signal.NONE,
        department=departments.get(case.department, case.department),
        holder=departments.get(case.holder, case.holder),
        where=where(state, is_signed=case.signed_at is not None),
        moved_at=case.moved_at,
    )

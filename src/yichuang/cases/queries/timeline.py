"""The entries of a case in words."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yichuang.accounts.queries import names_of
from yichuang.ledger.queries import Entry, entries_of_subject
from yichuang.ledger.types import Subject, kind_of

from ..models import Case
from ..types import CASE


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One entry of a case in words."""

    entry: int
    kind: int
    label: str
    occurred_at: datetime
    actor: int
    who: str
    department: str
    note: str
    is_reversal: bool
    is_reversed: bool


def timeline(case: Case, departments: dict[str, str]) -> list[TimelineStep]:
    """Every entry of the case, in order; the caller has checked who may see the case."""
    entries = entries_of_subject(Subject(CASE, case.pk))
    names = names_of({entry.actor for entry in entries})
    reversed_ids = {entry.corrects for entry in entries}
    return [_step(entry, names, departments, is_reversed=entry.pk in reversed_ids) for entry in entries]


def _step(entry: Entry, names: dict[int, str], departments: dict[str, str], *, is_reversed: bool) -> TimelineStep:
    payload: dict[str, Any] = json.loads(entry.payload) if entry.payload else {}
    return TimelineStep(
        entry=entry.pk,
        kind=entry.kind,
        label=kind_of(entry.kind).label,
        occurred_at=entry.recorded_at if entry.corrects else entry.occurred_at,
        actor=entry.actor,
        who=names.get(entry.actor, ""),
        department=departments.get(payload.get("to", ""), ""),
        note="；".join(str(payload[key]) for key in ("owner", "reason") if payload.get(key)),
        is_reversal=entry.corrects is not None,
        is_reversed=is_reversed,
    )

"""The entries of a case in words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yichuang.accounts.queries import names_of
from yichuang.ledger.queries import Entry, entries_of_subject
from yichuang.ledger.types import Subject, kind_of

from ..models import Case, Handover, Notice
from ..types import CASE, DECLINED, REDIRECTED, REFUSED, RETURNED, NoticeKind

Reasons = dict[tuple[int, datetime], str]  # by kind and time of the entry
_ENTRY_OF = {
    NoticeKind.DECLINE: DECLINED.code,
    NoticeKind.REDIRECT: REDIRECTED.code,
    NoticeKind.REFUSAL: REFUSED.code,
}


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


def timeline(
    case: Case, departments: dict[str, str], notices: Sequence[Notice], handovers: Sequence[Handover]
) -> list[TimelineStep]:
    """Every entry of the case, in order, with the reasons that its notices and hand-overs keep.

    The caller has checked who may see the case.
    """
    entries = entries_of_subject(Subject(CASE, case.pk))
    names = names_of({entry.actor for entry in entries})
    reversed_ids = {entry.corrects for entry in entries}
    reasons = _reasons(notices, handovers)
    return [_step(entry, names, departments, reasons, is_reversed=entry.pk in reversed_ids) for entry in entries]


def _reasons(notices: Sequence[Notice], handovers: Sequence[Handover]) -> Reasons:
    """Why it was declined, refused or returned; entries do not tell, since they cannot be erased."""
    found = {
        (_ENTRY_OF[kind], notice.issued_at): _in_words(notice.detail)
        for notice in notices
        if (kind := NoticeKind(notice.kind)) in _ENTRY_OF
    }
    returned = {(RETURNED.code, one.returned_at): one.reason for one in handovers if one.returned_at}
    return found | returned


def _in_words(told: Mapping[str, Any]) -> str:
    return "；".join(str(told[key]) for key in ("owner", "reason") if told.get(key))


def _step(
    entry: Entry, names: dict[int, str], departments: dict[str, str], reasons: Reasons, *, is_reversed: bool
) -> TimelineStep:
    payload: dict[str, Any] = json.loads(entry.payload) if entry.payload else {}
    kept = "" if entry.corrects else reasons.get((entry.kind, entry.occurred_at), "")
    return TimelineStep(
        entry=entry.pk,
        kind=entry.kind,
        label=kind_of(entry.kind).label,
        occurred_at=entry.recorded_at if entry.corrects else entry.occurred_at,
        actor=entry.actor,
        who=names.get(entry.actor, ""),
        department=departments.get(payload.get("to", ""), ""),
        note=_in_words(payload) or kept,  # earlier entries told the reasons themselves
        is_reversal=entry.corrects is not None,
        is_reversed=is_reversed,
    )

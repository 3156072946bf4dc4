"""What a clerk sees of the own work: today's figures, the last entries, the draft."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from yichuang.cases.queries import standing_of
from yichuang.cases.types import (
    ACCEPTED,
    ACCEPTED_FLOW,
    CASE,
    CONSULTED_FLOW,
    HANDED_OVER_FLOW,
    ISSUED_FLOW,
    UNDOABLE,
    State,
)
from yichuang.catalogue.queries import item_names
from yichuang.kernel.actor import Actor
from yichuang.ledger.queries import OwnEntry, flows_of_person, own_entries
from yichuang.ledger.types import Channel, Flow, Period, kind_of

from ..models import Draft, Submission
from ..sealing import draft_row, sealer

MY_FLOWS = (CONSULTED_FLOW, ACCEPTED_FLOW, ISSUED_FLOW, HANDED_OVER_FLOW)
SHOWN = 10
CARRIED_ON = frozenset({State.RECEIVED, State.CORRECTING})


@dataclass(frozen=True, slots=True)
class JustNow:
    """One of a clerk's own last entries: a consultation, or the last thing done to a case."""

    entry: int
    at: datetime
    label: str
    item: str
    number: str  # of the case; empty for a consultation
    is_by_phone: bool
    is_undone: bool
    can_undo: bool  # nothing has followed it, and it is of a kind that is taken back at once
    can_void: bool  # an acceptance that nothing has followed: taken back with somebody's approval
    notice: int  # id of the case's newest notice, 0 if there is none
    notice_number: str
    can_carry_on: bool  # received or being corrected: the applicant comes back to the desk with it
    is_first_to_undo: bool  # what the key Z takes back
    is_first_to_carry_on: bool  # what the key C opens


@dataclass(frozen=True, slots=True)
class MyToday:
    """A clerk's day so far."""

    figures: tuple[tuple[Flow, int], ...]
    entries: tuple[JustNow, ...]


def my_today(actor: Actor, today: date) -> MyToday:
    """The actor's own figures of ``today``, and the last ten things done, newest first (6 queries)."""
    sums = flows_of_person(MY_FLOWS, Period(today, today), actor.id)
    return MyToday(tuple((flow, sums[flow.slug]) for flow in MY_FLOWS), _just_now(actor, today))


def draft_of(actor: Actor) -> dict[str, Any] | None:
    """What the actor typed and did not send, as the desk's script wrote it; None if there is nothing.

    A form that was carried out in the meantime is no draft any more, even if it was saved a moment later.
    """
    draft = Draft.objects.filter(person=actor.id).first()
    if draft is None:
        return None
    content: dict[str, Any] = json.loads(sealer.open(bytes(draft.sealed), associated=draft_row(actor.id)))
    return None if Submission.objects.filter(person=actor.id, key=form_key_of(content)).exists() else content


def form_key_of(draft: dict[str, Any]) -> str:
    """The key of the form that a draft is of; empty if it has none."""
    fields = draft.get("fields")
    values = fields.get("form_key") if isinstance(fields, dict) else None
    return str(values[0])[:36] if isinstance(values, list) and values else ""


def _just_now(actor: Actor, today: date) -> tuple[JustNow, ...]:
    own = own_entries(actor, today)
    undone = {one.entry.corrects for one in own}
    last_of: dict[tuple[int, int], OwnEntry] = {}
    for one in own:
        if one.entry.corrects is None:
            last_of.setdefault((one.entry.subject_type, one.entry.subject_id), one)
    rows = list(last_of.values())[:SHOWN]
    case_ids = [row.entry.subject_id for row in rows if row.entry.subject_type == CASE.code]
    standing = standing_of(case_ids) if case_ids else {}
    names = item_names({row.entry.item for row in rows if row.entry.item})
    undoable = [row.entry.pk for row in rows if row.is_last and row.entry.kind in UNDOABLE]
    of_case = {
        row.entry.pk: standing[row.entry.subject_id]
        for row in rows
        if row.entry.subject_type == CASE.code and row.entry.subject_id in standing
    }
    open_ones = [entry for entry, case in of_case.items() if case.state in CARRIED_ON]
    return tuple(
        JustNow(
            entry=row.entry.pk,
            at=row.entry.occurred_at,
            label=kind_of(row.entry.kind).label,
            item=names.get(row.entry.item, ""),
            number=case.number if (case := of_case.get(row.entry.pk)) else "",
            is_by_phone=row.entry.channel == Channel.PHONE,
            is_undone=row.entry.pk in undone,
            can_undo=row.entry.pk in undoable,
            can_void=row.is_last and row.entry.kind == ACCEPTED.code,
            notice=case.notice if case else 0,
            notice_number=case.notice_number if case else "",
            can_carry_on=row.entry.pk in open_ones,
            is_first_to_undo=undoable[:1] == [row.entry.pk],
            is_first_to_carry_on=open_ones[:1] == [row.entry.pk],
        )
        for row in rows
    )

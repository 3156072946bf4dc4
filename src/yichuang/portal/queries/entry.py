"""One entry with everything that vouches for it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.timezone import localtime

from yichuang.accounts.queries import position_names
from yichuang.kernel.actor import Actor
from yichuang.ledger.queries import entries_of_subject, get_entry
from yichuang.ledger.types import Subject, subject_type_of

from ..types import EntryShown
from .ledger import seal_facts
from .wording import Names

DEPARTMENT_FIELDS = frozenset({"from", "to", "owner"})


def entry_for(actor: Actor, entry: int) -> EntryShown:
    """An entry, the chain of its subject, its correction, its seal; needs ``ledger.view``."""
    found = get_entry(actor, entry)
    subject = Subject(subject_type_of(found.subject_type), found.subject_id)
    names = Names(actor)
    chain = tuple(names.rows(entries_of_subject(subject)))
    return EntryShown(
        row=next(row for row in chain if row.id == entry),
        position=position_names([found.position]).get(found.position, "") if found.position else "",
        previous=found.previous,
        previous_hash=bytes(found.previous_hash).hex(),
        payload=_in_words(json.loads(found.payload) if found.payload else {}, names.departments),
        chain=chain,
        corrected_by=next((row.id for row in chain if row.corrects == entry), None),
        seal=seal_facts(entry),
    )


def _in_words(payload: Mapping[str, Any], departments: Mapping[str, str]) -> dict[str, Any]:
    """The payload for reading: departments by name, instants as on a clock in China; the proof keeps it as written."""
    shown = dict(payload)
    for field in DEPARTMENT_FIELDS & shown.keys():
        shown[field] = departments.get(shown[field], shown[field]) or "—"
    if "reversed_at" in shown:
        at = datetime.fromisoformat(shown["reversed_at"]).replace(tzinfo=UTC)
        shown["reversed_at"] = localtime(at).strftime("%Y-%m-%d %H:%M:%S")
    return shown

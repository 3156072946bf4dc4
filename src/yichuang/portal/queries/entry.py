"""One entry with everything that vouches for it."""

import json

from yichuang.accounts.queries import position_names
from yichuang.kernel.actor import Actor
from yichuang.ledger.queries import entries_of_subject, get_entry
from yichuang.ledger.types import Subject, subject_type_of

from ..types import EntryShown
from .ledger import seal_facts
from .wording import Names


def entry_for(actor: Actor, entry: int) -> EntryShown:
    """An entry, the chain of its subject, its correction, its seal; needs ``ledger.view``."""
    found = get_entry(actor, entry)
    subject = Subject(subject_type_of(found.subject_type), found.subject_id)
    chain = tuple(Names().rows(entries_of_subject(subject)))
    return EntryShown(
        row=next(row for row in chain if row.id == entry),
        position=position_names([found.position]).get(found.position, "") if found.position else "",
        previous=found.previous,
        previous_hash=bytes(found.previous_hash).hex(),
        payload=json.loads(found.payload) if found.payload else {},
        chain=chain,
        corrected_by=next((row.id for row in chain if row.corrects == entry), None),
        seal=seal_facts(entry),
    )

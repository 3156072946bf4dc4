"""Writes about entries: each is an action of the app that owns the thing, chosen here."""

from datetime import datetime

from yichuang.accounts.actions import log_access
from yichuang.cases.actions import reverse as reverse_case_entry
from yichuang.cases.types import CASE
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require
from yichuang.ledger.actions import reverse
from yichuang.ledger.queries import get_entry
from yichuang.ledger.types import Recorded

from ..types import LEDGER


def reverse_entry(entry: int, *, actor: Actor, at: datetime, reason: str) -> Recorded:
    """冲正: an entry of a case through the case, whose state goes back with it; any other in the ledger alone."""
    require(actor, "ledger.reverse")
    found = get_entry(actor, entry)
    if found.subject_type == CASE.code:
        return reverse_case_entry(found.subject_id, entry, actor=actor, at=at, reason=reason)
    return reverse(entry, actor=actor, at=at, reason=reason)


def note_export(total: int, file_type: str, *, actor: Actor, at: datetime) -> None:
    """Put on record that ``total`` entries leave the house as a file."""
    require(actor, "ledger.view")
    log_access(actor.id, LEDGER.code, 0, f"导出台账 {file_type} {total:,} 条", at=at)


def note_people_export(lines: int, *, actor: Actor, at: datetime) -> None:
    """Put on record that figures of ``lines`` people leave the house as a file."""
    require(actor, "portal.statistics")
    log_access(actor.id, LEDGER.code, 0, f"导出统计（按人员）{lines:,} 人", at=at)

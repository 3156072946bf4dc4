"""撤销: one's own slip of today is taken back (by an entry, like every correction)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger.actions import take_back
from yichuang.ledger.queries import Entry
from yichuang.ledger.types import Recorded, kind_of

from ..models import Case, Consultation, Handover
from ..rules import EntryFacts, check_undo
from ..types import CASE, CONSULTATION, HANDED_OVER
from .reversal import standing_steps, undo_step

REASON = "本人当日撤销"


@transaction.atomic
def undo(entry: int, *, actor: Actor, at: datetime) -> Recorded:
    """撤销: the actor's own consultation, receipt or unsigned hand-over of today, while it is the last step.

    Raises :class:`CannotUndo`, which says who can help instead.
    """
    require(actor, "cases.undo")
    found = Entry.objects.filter(pk=entry, subject_type__in=(CASE.code, CONSULTATION.code)).first()
    if found is None:
        raise Refusal(f"没有第 {entry} 号业务条目", code="not_found", field="entry")
    rows = Case.objects if found.subject_type == CASE.code else Consultation.objects
    row = rows.select_for_update().get(pk=found.subject_id)
    steps = standing_steps(row.pk) if isinstance(row, Case) else []
    check_undo(_facts(found), steps, actor=actor.id, today=timezone.localtime(at).date())
    if isinstance(row, Case):
        return undo_step(row, entry, steps, actor=actor, at=at, reason=REASON)
    return take_back(entry, actor=actor, at=at, reason=REASON)


def _facts(entry: Entry) -> EntryFacts:
    is_signed = False
    if entry.kind == HANDED_OVER.code:
        sent = Handover.objects.filter(case=entry.subject_id, entry=entry.pk)
        is_signed = sent.exclude(signed_at=None, returned_at=None).exists()
    return EntryFacts(
        entry=entry.pk,
        kind=entry.kind if entry.corrects is None else 0,
        label=kind_of(entry.kind).label,
        actor=entry.actor,
        recorded_on=timezone.localtime(entry.recorded_at).date(),
        is_signed=is_signed,
    )

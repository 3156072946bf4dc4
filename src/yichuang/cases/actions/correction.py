"""补正: what is missing is told once, all together; what is brought later is added; originals go back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yichuang.catalogue.queries import materials_of
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require
from yichuang.ledger.types import Recorded

from ..models import Case, Material, Notice
from ..rules import (
    REQUEST_CORRECTION,
    SUPPLEMENT,
    check_first_correction,
    check_given,
    check_originals,
    check_points,
)
from ..types import ORIGINALS_RETURNED, CorrectionPoint, MaterialGiven, MaterialState, NoticeKind
from .files import bind_attachments
from .moving import give_notice, lock_case, move_case, record_entry


@transaction.atomic
def request_correction(
    number: str, *, points: Sequence[CorrectionPoint], note: str = "", actor: Actor, at: datetime
) -> Notice:
    """告知补正: everything that is to be corrected, once only, by the numbered notice (行政许可法 art. 32(1)(四)).

    A material that was not handed in needs no words. Raises :class:`Refusal` when nothing is listed, another point is
    empty, one is about another item's material, or when it was told before.
    """
    case = lock_case(number)
    require(actor, "cases.accept", case)
    if case.state in REQUEST_CORRECTION.before:
        check_first_correction(case.notices.filter(kind=NoticeKind.CORRECTION, voided_at=None).exists())
    names = {spec.pk: spec.name for spec in materials_of(case.item_id)}
    given = case.materials.filter(state=MaterialState.GIVEN).values_list("spec", flat=True)
    told = check_points(points, names, set(given))
    specs = [point.spec for point in points if point.spec is not None]
    move_case(case, REQUEST_CORRECTION, actor=actor, at=at, payload={"materials": specs, "points": len(told)})
    return give_notice(case, NoticeKind.CORRECTION, at=at, detail={"points": told, "note": note.strip()})


@transaction.atomic
def supplement(number: str, *, materials: Sequence[MaterialGiven], actor: Actor, at: datetime) -> Recorded:
    """补正: what the applicant brings later; a material given before is replaced by what is given now."""
    case = lock_case(number)
    require(actor, "cases.receive", case)
    check_given(materials, (spec.pk for spec in materials_of(case.item_id)))
    entry = move_case(case, SUPPLEMENT, actor=actor, at=at, payload={"materials": [given.spec for given in materials]})
    _put(case, materials)
    bind_attachments(case, materials, actor=actor)
    return entry


@transaction.atomic
def return_originals(number: str, *, actor: Actor, at: datetime) -> Recorded:
    """退还原件: the originals that were shown go back to the applicant, all that are still here."""
    case = lock_case(number)
    require(actor, "cases.receive", case)
    held = case.materials.filter(is_original=True, state=MaterialState.GIVEN, original_returned_at=None)
    specs = sorted(held.values_list("spec", flat=True))
    check_originals(len(specs))
    held.update(original_returned_at=at)
    return record_entry(case, ORIGINALS_RETURNED, actor=actor, at=at, payload={"materials": specs})


def _put(case: Case, materials: Sequence[MaterialGiven]) -> None:
    rows = [
        Material(case=case, spec_id=given.spec, copies=given.copies, is_original=given.is_original, state=given.state)
        for given in materials
    ]
    Material.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case", "spec"],
        update_fields=["copies", "is_original", "state", "original_returned_at"],
    )

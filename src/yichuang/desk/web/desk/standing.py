"""A case that was looked up at the desk: what to tell, its papers, and the form that carries it on."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from yichuang.cases.queries import CaseShown, case_for
from yichuang.cases.types import MaterialState, State
from yichuang.catalogue.queries import materials_of
from yichuang.catalogue.types import MaterialAsked
from yichuang.kernel.permissions import may
from yichuang.ui.access import Request

from .materials import Row, blank_rows

CARRIED_ON = frozenset({State.RECEIVED, State.CORRECTING})


def case_context(
    request: Request, number: str, *, rows: list[Row] | None = None, fault: str = "", form_key: str = ""
) -> dict[str, Any]:
    """The case with its newest papers first; after a refusal with the rows as they were sent. The look is on record."""
    looked = case_for(request.actor, number)
    context: dict[str, Any] = {"looked": looked, "fault": fault}
    context["papers"] = [(kind, notice) for kind, notice in reversed(looked.notices) if not notice.voided_at]
    if looked.state in CARRIED_ON and may(request.actor, "cases.receive", looked.case):
        asked = asked_of(looked)
        context["rows"] = rows if rows is not None else handed_in(asked, looked)
        context["form_key"] = form_key or str(uuid4())
    return context


def handed_in(asked: tuple[MaterialAsked, ...], looked: CaseShown) -> list[Row]:
    """The rows of what the item asks for as the case has them."""
    held = {material.spec_id: material for material in looked.materials}
    rows = blank_rows(asked)
    for row in rows:
        if material := held.get(row.asked.spec):
            row.ticked = str(int(material.state))
            row.is_original, row.copies = material.is_original, str(material.copies)
    return rows


def brought(rows: Iterable[Row], looked: CaseShown) -> list[Row]:
    """The rows that differ from what the case has: only these are supplemented."""
    held = {one.spec_id: (str(int(one.state)), one.is_original, str(one.copies)) for one in looked.materials}
    given = {str(int(state)) for state in (MaterialState.GIVEN, MaterialState.TO_FOLLOW)}
    return [
        row
        for row in rows
        if row.ticked in given
        and (row.files or held.get(row.asked.spec) != (row.ticked, row.is_original, str(int(row.copies))))
    ]


def asked_of(looked: CaseShown) -> tuple[MaterialAsked, ...]:
    """What the case's item asks for; also of an item out of use, whose cases are still carried on."""
    return tuple(
        MaterialAsked(spec.pk, spec.name, spec.is_required, spec.originals, spec.copies, spec.note)
        for spec in materials_of(looked.case.item_id)
    )

"""The rows beside the entries: applicants, cases, materials, notices, consultations, series of numbers."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from django.conf import settings

from yichuang.cases.models import Applicant, Case, Consultation, Material, Notice
from yichuang.cases.models import Sequence as Series
from yichuang.cases.types import ApplicantKind, State
from yichuang.kernel.sealing import Sealer
from yichuang.ledger.types import Channel

from .applicants import DemoApplicant
from .moments import pick
from .story import Story, Telling
from .tables import insert
from .world import PROVINCE

AGENT_SHARE = 0.22  # of organisations' cases
_REGULARS = 1.8  # how much some apply more often than others
_TURNED_AWAY = (State.DECLINED, State.REDIRECTED)


def file_applicants(applicants: Sequence[DemoApplicant]) -> None:
    """Identity numbers lie encrypted and are found by a blind index, as ``cases.actions`` keeps them."""
    sealer = Sealer(bytes.fromhex(settings.PERSONAL_DATA_KEY))

    def rows() -> Iterator[tuple[Any, ...]]:
        for one in applicants:
            index = sealer.blind_index(f"{one.id_type}:{one.id_number}")
            sealed = sealer.seal(one.id_number, associated=index)
            yield one.id, one.kind.value, one.name, one.id_type.value, sealed, index, b""

    insert(Applicant, ("id", "kind", "name", "id_type", "id_sealed", "id_index", "phone_sealed"), rows())


def file_cases(
    cases: Sequence[Story], applicants: Sequence[DemoApplicant], materials: Mapping[int, Sequence[int]], rng: Random
) -> None:
    """Each case with who applied, as its entries left it; and what was handed in."""
    fields = (
        "id", "number", "item", "department", "region", "channel", "applicant", "agent", "state", "moved_at",
        "moved_by", "received_at", "accepted_at", "due_on", "is_granted", "holder", "result_number",
    )  # fmt: skip
    insert(Case, fields, _case_rows(cases, applicants, rng))
    insert(Material, ("case", "spec", "copies", "is_original"), _material_rows(cases, materials))


def _case_rows(cases: Sequence[Story], applicants: Sequence[DemoApplicant], rng: Random) -> Iterator[tuple[Any, ...]]:
    random = rng.random
    people = [one.id for one in applicants if one.kind is ApplicantKind.PERSON]
    organisations = [one.id for one in applicants if one.kind is ApplicantKind.ORGANISATION]
    for case in cases:
        item = case.item
        by_person = item.for_people and (not item.for_organisations or random() < 0.4)
        applicant = pick(people if by_person else organisations, random() ** _REGULARS)
        agent = pick(people, random()) if not by_person and random() < AGENT_SHARE else None
        yield (
            case.id, case.number, item.id, item.department, PROVINCE, case.channel.value, applicant, agent,
            case.stage.value, case.moved_at, case.moved_by, case.received_at, case.accepted_at, case.due_on,
            case.granted, case.holder, case.result_number,
        )  # fmt: skip


def _material_rows(cases: Sequence[Story], materials: Mapping[int, Sequence[int]]) -> Iterator[tuple[Any, ...]]:
    for case in cases:
        specs = materials[case.item.id]
        given = specs[:1] if case.stage in _TURNED_AWAY else specs
        for spec in given:
            yield case.id, spec, 1, case.channel is not Channel.ONLINE


def file_papers(telling: Telling) -> None:
    """Numbered notices, consultations, and where every series of numbers goes on."""
    insert(Notice, ("case", "kind", "department", "year", "number", "issued_at"), telling.notices)
    insert(Consultation, ("id", "at", "department", "item", "channel"), telling.consultations)
    insert(Series, ("series", "last"), sorted(telling.series.items()))

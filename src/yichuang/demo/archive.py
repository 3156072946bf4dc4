"""The rows beside the entries: applicants, cases, materials, notices, consultations, series of numbers."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from yichuang.cases.models import Applicant, Case, Consultation, Material, Notice
from yichuang.cases.models import Sequence as Series
from yichuang.cases.sealing import identity_index, phone_index, sealer, verification_code
from yichuang.cases.types import AgentAuthority, ApplicantKind, DeliveryWay, MaterialState, State
from yichuang.ledger.types import Channel

from .applicants import DemoApplicant, phone_number
from .moments import pick
from .story import Paper, Story, Telling
from .tables import insert
from .world import PROVINCE

AGENT_SHARE = 0.22  # of organisations' cases
PHONE_SHARE = 0.3  # of applicants
_REGULARS = 1.8  # how much some apply more often than others
_TURNED_AWAY = (State.DECLINED, State.REDIRECTED)


def file_applicants(applicants: Sequence[DemoApplicant]) -> None:
    """Identity and phone numbers lie encrypted and are found by blind indexes, as ``cases.actions`` keeps them."""

    def rows() -> Iterator[tuple[Any, ...]]:
        for one in applicants:
            index = identity_index(one.id_type, one.id_number)
            sealed = sealer.seal(one.id_number, associated=index)
            has_phone = one.id * PHONE_SHARE % 1 < PHONE_SHARE
            phone = phone_number(one.id) if has_phone else ""
            found_by = phone_index(phone) if has_phone else b""
            called = sealer.seal(phone, associated=index) if has_phone else b""
            yield one.id, one.kind.value, one.name, one.id_type.value, sealed, index, called, found_by

    fields = ("id", "kind", "name", "id_type", "id_sealed", "id_index", "phone_sealed", "phone_index")
    insert(Applicant, fields, rows())


def file_cases(
    cases: Sequence[Story], applicants: Sequence[DemoApplicant], materials: Mapping[int, Sequence[int]], rng: Random
) -> None:
    """Each case with who applied, as its entries left it; and what was handed in."""
    fields = (
        "id", "number", "item", "department", "region", "channel", "applicant", "agent", "state", "moved_at",
        "moved_by", "received_at", "accepted_at", "due_on", "is_granted", "holder", "result_number", "result_code",
        "authority", "delivery_way", "address_sealed",
    )  # fmt: skip
    insert(Case, fields, _case_rows(cases, applicants, rng))
    insert(Material, ("case", "spec", "copies", "is_original", "state"), _material_rows(cases, materials))


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
            verification_code(f"result:{case.number}") if case.result_number else None,
            (AgentAuthority.STAFF if agent else AgentAuthority.NONE).value, DeliveryWay.COUNTER.value, b"",
        )  # fmt: skip


def _material_rows(cases: Sequence[Story], materials: Mapping[int, Sequence[int]]) -> Iterator[tuple[Any, ...]]:
    for case in cases:
        specs = materials[case.item.id]
        given = specs[:1] if case.stage in _TURNED_AWAY else specs
        for spec in given:
            yield case.id, spec, 1, case.channel is not Channel.ONLINE, MaterialState.GIVEN.value


def file_papers(telling: Telling) -> None:
    """Numbered notices, consultations, and where every series of numbers goes on."""
    insert(Notice, (*Paper._fields, "code"), (_notice_row(paper) for paper in telling.notices))
    insert(Consultation, ("id", "at", "department", "item", "channel"), telling.consultations)
    insert(Series, ("series", "last"), sorted(telling.series.items()))


def _notice_row(paper: Paper) -> tuple[Any, ...]:
    return (*paper, verification_code(f"notice:{paper.department}:{paper.year}:{paper.number}"))

"""Applicants and agents as rows: known ones are recognised by their identity, new ones are written down."""

from datetime import date

from ..models import Applicant
from ..rules import check_agent, check_party
from ..sealing import identity_index, phone_index, sealer
from ..types import AgentAuthority, ApplicantData


def parties(
    applicant: ApplicantData, agent: ApplicantData | None, authority: AgentAuthority, *, today: date
) -> tuple[Applicant, Applicant | None]:
    """Both as rows, locked in the order of their index: two windows with the same two people never wait in a ring."""
    applicant = check_party(applicant, today)
    agent = check_agent(applicant, agent, authority, today)
    indexes = {data: identity_index(data.id_type, data.id_number) for data in (applicant, agent) if data}
    rows = {data: _row(data, indexes[data]) for data in sorted(indexes, key=lambda data: indexes[data])}
    return rows[applicant], rows[agent] if agent else None


def _row(data: ApplicantData, index: bytes) -> Applicant:
    """The known applicant with this identity, or a new row; name and phone follow what was given last."""
    phone = {}
    if data.phone:
        phone = {
            "phone_sealed": sealer.seal(data.phone, associated=index),
            "phone_index": phone_index(data.phone),
        }
    found, created = Applicant.objects.select_for_update().get_or_create(
        id_index=index,
        defaults={
            "kind": data.kind,
            "name": data.name,
            "id_type": data.id_type,
            "id_sealed": sealer.seal(data.id_number, associated=index),
            **phone,
        },
    )
    if not created and (found.name != data.name or phone):
        found.name = data.name
        for name, value in phone.items():
            setattr(found, name, value)
        found.save(update_fields=["name", *phone])
    return found

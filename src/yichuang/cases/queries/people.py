"""Applicants and agents as a screen may show them."""

from dataclasses import dataclass

from yichuang.kernel.identity import IdType, mask_id, mask_name, mask_phone

from ..models import Applicant
from ..sealing import sealer
from ..types import ApplicantKind


@dataclass(frozen=True, slots=True)
class ApplicantShown:
    """An applicant as a screen may show it."""

    kind: ApplicantKind
    name: str
    id_type: IdType
    id_number: str
    phone: str


def shown(applicant: Applicant, *, in_full: bool = False) -> ApplicantShown:
    """Name, number and phone; of people masked unless ``in_full`` (the caller has checked ``cases.view_identity``)."""
    index = bytes(applicant.id_index)
    is_masked = applicant.kind == ApplicantKind.PERSON and not in_full
    id_number = sealer.open(bytes(applicant.id_sealed), associated=index)
    phone = phone_of(applicant)
    return ApplicantShown(
        kind=ApplicantKind(applicant.kind),
        name=mask_name(applicant.name) if is_masked else applicant.name,
        id_type=IdType(applicant.id_type),
        id_number=mask_id(id_number) if is_masked else id_number,
        phone=phone if in_full or not phone else mask_phone(phone),
    )


def phone_of(applicant: Applicant) -> str:
    """The phone in full; empty when none was given."""
    if not applicant.phone_sealed:
        return ""
    return sealer.open(bytes(applicant.phone_sealed), associated=bytes(applicant.id_index))


def masked_name(applicant: Applicant) -> str:
    """As lists name an applicant: people by their surname, organisations in full."""
    return mask_name(applicant.name) if applicant.kind == ApplicantKind.PERSON else applicant.name

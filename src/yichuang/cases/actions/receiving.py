"""One delivery: who stands at the counter is compared with what is known, and what was done is kept."""

import unicodedata
from dataclasses import replace
from datetime import datetime
from hmac import compare_digest

from django.db.models import Q
from django.utils import timezone

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import check_id

from ..models import Applicant, Attachment, Case, Delivery
from ..rules.delivery import DeliveryFacts, check_delivery
from ..sealing import identity_index, pickup_code, sealer
from ..types import ApplicantKind, DeliveryData, DeliveryWay, ReceiverCheck


def deliver(case: Case, delivery: DeliveryData, *, actor: Actor, at: datetime) -> Delivery:
    """Check a delivery of a locked case and keep it: the address encrypted, the number of the paper shown not at all.

    Refused when a paper's number cannot be one, is another person's, or the code is wrong.
    """
    given = replace(
        delivery,
        receiver=delivery.receiver.strip(),
        carrier=delivery.carrier.strip(),
        address=delivery.address.strip(),
        note=delivery.note.strip(),
        id_number=_plain(delivery.id_number),
        code=_plain(delivery.code),
        tracking_number=_plain(delivery.tracking_number),
    )
    check_delivery(_facts(case, given, at), given)
    by_hand = given.way in {DeliveryWay.COUNTER, DeliveryWay.AGENT}
    by_post = given.way is DeliveryWay.POST
    row = Delivery(
        case=case,
        way=given.way,
        check_by=given.check if by_hand else ReceiverCheck.NONE,
        receiver=given.receiver or (case.applicant.name if by_hand else ""),
        carrier=given.carrier if by_post else "",
        tracking_number=given.tracking_number if by_post else "",
        address_sealed=sealer.seal(given.address, associated=case.number.encode()) if by_post else b"",
        signature=_signature(case, given.signature, actor) if given.signature else None,
        at=at,
        by=actor.id,
        note=given.note,
    )
    row.save(force_insert=True)
    return row


def _facts(case: Case, given: DeliveryData, at: datetime) -> DeliveryFacts:
    shows_paper = given.check is ReceiverCheck.ID and given.way in {DeliveryWay.COUNTER, DeliveryWay.AGENT}
    index = b""
    if shows_paper:
        number = check_id(given.id_type, given.id_number, today=timezone.localdate(at))
        index = identity_index(given.id_type, number)
    return DeliveryFacts(
        number=case.number,
        is_organisation=case.applicant.kind == ApplicantKind.ORGANISATION,
        is_applicant=shows_paper and _is(case.applicant, index),
        is_agent=shows_paper and case.agent is not None and _is(case.agent, index),
        is_code=compare_digest(given.code.encode(), pickup_code(case.number).encode()),
    )


def _is(applicant: Applicant, index: bytes) -> bool:
    return compare_digest(bytes(applicant.id_index), index)


def _signature(case: Case, attachment: int, actor: Actor) -> Attachment:
    """The receiver's signature, drawn or uploaded by the same clerk; it belongs to the case from now on."""
    own = Attachment.objects.filter(Q(case=None, uploaded_by=actor.id) | Q(case=case), pk=attachment)
    found = own.select_for_update().first()
    if found is None:
        raise Refusal("签名图片已不在，请重新签名或上传", code="no_signature", field="signature")
    if found.case_id is None:
        found.case = case
        found.save(update_fields=["case"])
    return found


def _plain(text: str) -> str:
    """Full-width digits and letters as people's keyboards make them become plain ones, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())

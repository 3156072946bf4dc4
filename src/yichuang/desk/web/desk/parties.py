"""Who stands at the window: recognised by the number just typed."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from yichuang.cases.queries import applicant_hints
from yichuang.cases.types import ApplicantKind
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import IdType, check_id

LIKE_AN_ID_CARD = re.compile(r"[0-9]{15}(?:[0-9]{2}[0-9X])?")


def known_party(actor: Actor, data: Mapping[str, str], today: date) -> dict[str, Any]:
    """What the fragment beside the number tells: the fault of the number, or the normalised number and who it is.

    A credit code typed where a person was expected is recognised, so that nobody has to choose the kind first.
    """
    prefix = "agent_" if data.get("who") == "agent" else ""
    number = data.get(f"{prefix}id_number", "")
    is_organisation = not prefix and data.get("kind") == str(ApplicantKind.ORGANISATION)
    id_type = IdType.CREDIT_CODE if is_organisation else data.get(f"{prefix}id_type") or IdType.ID_CARD
    found: dict[str, Any] = {"prefix": prefix}
    if not number.strip():
        return found
    try:
        checked = check_id(id_type, number, today=today)
    except Refusal as refusal:
        code = "" if prefix or is_organisation else _credit_code(number, today)
        if not code:
            return found | {"fault": refusal.message, "is_other_type": _may_be_other(id_type, number)}
        id_type, checked = IdType.CREDIT_CODE, code
    item = "" if prefix else data.get("item", "")
    hints = applicant_hints(actor, id_type=id_type, id_number=checked, item=item, today=today)
    kind = ApplicantKind.ORGANISATION if id_type == IdType.CREDIT_CODE else ApplicantKind.PERSON
    return found | {"number": checked, "kind": kind, "hints": hints}


def _may_be_other(id_type: str, number: str) -> bool:
    """Typed as an id card, but letters in it say passport, permit or another document: the type is to be chosen."""
    compact = unicodedata.normalize("NFKC", number).strip().upper()
    return id_type == IdType.ID_CARD and any(sign.isalpha() for sign in compact[:-1])


def _credit_code(number: str, today: date) -> str:
    """The credit code that ``number`` is, or nothing; what is built like an id card is a mistyped one."""
    if LIKE_AN_ID_CARD.fullmatch("".join(unicodedata.normalize("NFKC", number).upper().split())):
        return ""
    try:
        return check_id(IdType.CREDIT_CODE, number, today=today)
    except Refusal:
        return ""

"""What is known of the person or organisation at the window: fills the form, warns of an application twice."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop

from yichuang.accounts.actions import log_access
from yichuang.accounts.queries import department_names
from yichuang.calendars.queries import calendar
from yichuang.kernel.actor import Actor
from yichuang.kernel.identity import check_id, mask_phone
from yichuang.kernel.permissions import require

from ..models import Applicant, Case
from ..rules import ENDED, near_until
from ..sealing import identity_index
from ..types import APPLICANT, ApplicantKind, State
from .lines import CaseLine, line
from .people import phone_of
from .seen import visible_to

MOST = 20
UNFINISHED = tuple(state for state in State if state not in ENDED)


@dataclass(frozen=True, slots=True)
class ApplicantHints:
    """A known applicant: the name in full (the clerk has the paper in hand), the phone masked, the open cases."""

    name: str
    kind: ApplicantKind
    phone: str  # masked; the desk sends an empty phone to keep it
    same_item: tuple[CaseLine, ...]
    others: tuple[CaseLine, ...]


def applicant_hints(
    actor: Actor, *, id_type: str, id_number: str, item: str = "", today: date
) -> ApplicantHints | None:
    """What is known under this number, with the applicant's unfinished cases (20 at most), those of ``item`` apart.

    None for somebody new; a refusal for a number that cannot be one. The look is on record.
    """
    require(actor, "cases.receive")
    number = check_id(id_type, id_number, today=today)
    known = Applicant.objects.filter(id_index=identity_index(id_type, number)).first()
    if known is None:
        return None
    log_access(actor.id, APPLICANT.code, known.pk, gettext_noop("收件时核对申请人"))
    open_cases = Case.objects.filter(visible_to(actor), applicant=known, state__in=UNFINISHED)
    cases = list(open_cases.select_related("item", "applicant").order_by("-pk")[:MOST])
    departments = department_names() if cases else {}
    near = near_until(today, calendar()) if cases else None
    lines = [(case.item.key == item, line(case, departments, today, near)) for case in cases]
    phone = phone_of(known)
    return ApplicantHints(
        name=known.name,
        kind=ApplicantKind(known.kind),
        phone=mask_phone(phone) if phone else "",
        same_item=tuple(one for is_same, one in lines if is_same),
        others=tuple(one for is_same, one in lines if not is_same),
    )

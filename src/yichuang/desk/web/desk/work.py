"""The middle of the desk: an item's card with the form, or what came of one that was sent."""

from typing import Any
from uuid import uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from yichuang.cases.queries import case_head, notice_for
from yichuang.cases.types import ApplicantKind
from yichuang.catalogue.queries import item_card
from yichuang.engines.documents.qr import qr_data_uri
from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import IdType
from yichuang.kernel.permissions import may
from yichuang.ui.access import Request

from .forms import ReceiveForm
from .materials import Row, blank_rows

PANELS = ("correct", "decline", "redirect")


def form_context(request: Request, key: str, *, keep: str = "") -> dict[str, Any]:
    """An item with an empty form; with ``keep`` (a case number) the applicant is that case's."""
    card = item_card(key)
    if not may(request.actor, "cases.receive", card):
        raise Refusal(
            f"“{card.name}”由{card.department_name}办理，您的岗位只收本部门的事项；请引导申请人到综合窗口",
            code="other_department",
        )
    initial: dict[str, Any] = {"form_key": str(uuid4())}
    if keep:
        initial |= applicant_of(request, keep)
    return {"card": card, "rows": blank_rows(card.materials), "form": ReceiveForm(initial=initial), "keep": keep}


def sent_context(form: ReceiveForm, rows: list[Row], data: QueryDict, panel: str) -> dict[str, Any]:
    """The form as it was sent, with its faults and with the panel of the decision open."""
    form.first_wrong()
    return {
        "card": item_card(data.get("item", "")),
        "rows": rows,
        "form": form,
        "keep": data.get("keep", ""),
        "panel": panel if panel in PANELS else "",
    }


def applicant_of(request: Request, number: str) -> dict[str, Any]:
    """The applicant and agent of a case as values of the form; the look is on record."""
    shown = case_head(request.actor, number)
    person = shown.applicant
    initial = {
        "kind": person.kind.value,
        "id_type": person.id_type.value if person.kind is ApplicantKind.PERSON else IdType.ID_CARD.value,
        "id_number": person.id_number,
        "name": person.name,
        "phone": person.phone,
    }
    if shown.agent:
        initial |= {
            "has_agent": True,
            "agent_id_type": shown.agent.id_type.value,
            "agent_id_number": shown.agent.id_number,
            "agent_name": shown.agent.name,
            "agent_phone": shown.agent.phone,
            "authority": shown.case.authority,
        }
    return initial


def result_context(request: Request, number: str) -> dict[str, Any]:
    """What came of the case: its state, its newest notice with a QR code, the day by which it is due, the pick-up code.

    ``said`` is the same in a sentence.
    """
    shown = case_head(request.actor, number)
    words = _("%(state)s：%(item)s") % {"state": _(shown.state.label), "item": shown.case.item.name}
    context = {"done": shown, "said": words}
    if shown.notices:
        kind, notice = shown.notices[-1]
        paper = notice_for(request.actor, notice.pk)
        paper_name = f"{paper.number} {_(kind.label)}"
        context |= {"paper": paper, "notice": notice, "notice_kind": kind, "said": f"{words}{_('，')}{paper_name}"}
        context["qr"] = qr_data_uri(f"{paper.address}/{paper.code}")
    return context

"""Requests to void a wrong acceptance that wait for a decision."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from yichuang.accounts.queries import names_of
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.permissions import require

from ..models import VoidRequest

MOST = 200


@dataclass(frozen=True, slots=True)
class VoidAsked:
    """One request in the list of who decides."""

    number: str
    item: str
    reason: str
    asked_by: str
    asked_at: datetime
    is_own: bool  # the actor asked for it, so somebody else decides


def void_requests_for(actor: Actor) -> list[VoidAsked]:
    """Open requests that ``actor``'s role decides, oldest first, 200 at most; refused to others."""
    require(actor, "cases.decide_void")
    whose = Q()
    if not actor.holds(Role.HALL):
        own = {post.department for post in actor.posts if post.role is Role.CHIEF and post.department}
        whose = Q(case__department__in=own)
    open_requests = VoidRequest.objects.filter(whose, decided_at=None).select_related("case__item")
    requests = list(open_requests.order_by("asked_at", "pk")[:MOST])
    names = names_of({request.asked_by for request in requests}) if requests else {}
    return [
        VoidAsked(
            number=request.case.number,
            item=request.case.item.name,
            reason=request.reason,
            asked_by=names.get(request.asked_by, ""),
            asked_at=request.asked_at,
            is_own=request.asked_by == actor.id,
        )
        for request in requests
    ]

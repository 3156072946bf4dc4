"""Requests to void a wrong acceptance: those that wait for a decision, and those that were decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from yichuang.accounts.queries import department_names, names_of
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.permissions import require

from ..models import VoidRequest
from .paging import PAGE_SIZE, page_of
from .people import masked_name

MOST = 200


@dataclass(frozen=True, slots=True)
class VoidAsked:
    """One request in the list of who decides, the applicant's name masked; ``is_approved`` is None until decided."""

    number: str
    item: str
    department: str
    department_name: str
    applicant: str
    accepted_on: date | None  # on which day it counts; None once it is void
    reason: str
    asked_by: str
    asked_at: datetime
    is_own: bool  # the actor asked for it, so somebody else decides
    is_approved: bool | None
    decided_by: str
    decided_at: datetime | None
    note: str


def void_requests_for(actor: Actor) -> list[VoidAsked]:
    """Open requests that ``actor``'s role decides, oldest first, 200 at most; refused to others."""
    requests = _requests(actor).filter(decided_at=None).select_related("case__item", "case__applicant")
    return _rows(requests.order_by("asked_at", "pk")[:MOST], actor)


def decided_voids(actor: Actor, *, page: int = 1) -> tuple[list[VoidAsked], bool]:
    """Decided requests, whoever decided them, the latest first, 50 a page; and whether more follow."""
    requests = _requests(actor).filter(decided_at__isnull=False)
    found, _ = page_of(requests, page, ("-decided_at", "-pk"))
    rows = _rows(found.select_related("case__item", "case__applicant"), actor)
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE


def _requests(actor: Actor) -> QuerySet[VoidRequest]:
    """All for the hall's people, their department's for chief representatives."""
    require(actor, "cases.decide_void")
    if actor.holds(Role.HALL):
        return VoidRequest.objects.all()
    own = {post.department for post in actor.posts if post.role is Role.CHIEF and post.department}
    return VoidRequest.objects.filter(case__department__in=own)


def _rows(found: Iterable[VoidRequest], actor: Actor) -> list[VoidAsked]:
    requests = list(found)
    people = {request.asked_by for request in requests} | {request.decided_by or 0 for request in requests}
    names, departments = (names_of(people), department_names()) if requests else ({}, {})
    return [
        VoidAsked(
            number=request.case.number,
            item=request.case.item.name,
            department=request.case.department,
            department_name=departments.get(request.case.department, request.case.department),
            applicant=masked_name(request.case.applicant),
            accepted_on=timezone.localdate(request.case.accepted_at) if request.case.accepted_at else None,
            reason=request.reason,
            asked_by=names.get(request.asked_by, ""),
            asked_at=request.asked_at,
            is_own=request.asked_by == actor.id,
            is_approved=request.is_approved,
            decided_by=names.get(request.decided_by or 0, ""),
            decided_at=request.decided_at,
            note=request.note,
        )
        for request in requests
    ]

"""Deputies during leave."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require

from .. import rules
from ..models import Deputyship
from ..queries import leaves_between
from ..types import DEPUTY_ENDED, DEPUTY_NAMED, Leave, NotFound, PersonFacts
from .entries import record_of
from .locks import lock_people, lock_person


@transaction.atomic
def name_deputy(
    principal: int, *, deputy: int, starts_on: date, ends_on: date, reason: str = "", actor: Actor, at: datetime
) -> Deputyship:
    """``deputy`` holds the posts of ``principal`` too on these days (both included); by oneself or an administrator.

    The reason may be personal (illness) and stays out of the ledger.
    """
    require(actor, "accounts.name_deputy", PersonFacts(principal))
    # Both are locked: whoever names a deputy locks that deputy, so two who name each other are judged in turn.
    people = lock_people(principal, deputy)
    leave = Leave(principal, deputy, starts_on, ends_on)
    refusal = rules.refuse_leave(
        leave,
        is_deputy_active=people[deputy].is_active,
        others=leaves_between(starts_on, ends_on),
        today=localdate(at),
    )
    if refusal:
        raise refusal
    named = Deputyship.objects.create(
        principal=people[principal], deputy=people[deputy], starts_on=starts_on, ends_on=ends_on, reason=reason.strip()
    )
    record_of(
        DEPUTY_NAMED,
        people[principal],
        actor=actor,
        at=at,
        deputy=deputy,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    return named


@transaction.atomic
def end_deputy(deputyship_id: int, *, actor: Actor, at: datetime) -> None:
    """The deputy stands in no longer from today on; a leave that has not begun is taken back."""
    today = localdate(at)
    principal = Deputyship.objects.filter(pk=deputyship_id).values_list("principal_id", flat=True).first()
    if principal is None:
        raise NotFound("没有此代理记录，可能已经结束，请刷新页面")
    require(actor, "accounts.name_deputy", PersonFacts(principal))
    person = lock_person(principal)
    deputyship = Deputyship.objects.select_for_update().filter(pk=deputyship_id).first()
    if deputyship is None or deputyship.ends_on < today:
        raise Refusal("该代理已经结束，请刷新页面", code="already_ended")
    deputy = deputyship.deputy_id
    if deputyship.starts_on >= today:
        deputyship.delete()
    else:
        deputyship.ends_on = today - timedelta(days=1)
        deputyship.save(update_fields=["ends_on"])
    record_of(DEPUTY_ENDED, person, actor=actor, at=at, deputy=deputy)

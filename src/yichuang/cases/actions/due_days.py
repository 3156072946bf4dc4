"""Due days that waited for the State Council's arrangement of a year."""

from django.utils import timezone

from yichuang.calendars.queries import calendar
from yichuang.kernel.actor import Actor
from yichuang.ledger.types import Fact, Recorded

from ..models import Case
from ..rules import OPEN_STATES, due_day


def fill_due_days(fact: Fact, written: Recorded, actor: Actor) -> None:
    """Give open cases the due day that could not be reckoned when they were accepted (a year was made known)."""
    working = calendar()
    waiting = (
        Case.objects.select_for_update(of=("self",))
        .select_related("item")
        .filter(state__in=OPEN_STATES, due_on=None, accepted_at__isnull=False, item__promised_limit__isnull=False)
    )
    for case in waiting.order_by("pk"):
        assert case.accepted_at is not None
        accepted_on = timezone.localtime(case.accepted_at).date()
        item = case.item
        case.due_on = due_day(accepted_on, item.promised_limit, item.promised_unit, item.handling_kind, working)
        if case.due_on:
            case.save(update_fields=["due_on"])

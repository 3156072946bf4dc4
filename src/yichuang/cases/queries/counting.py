"""Small lists of cases: those that wait for a calendar, their numbers, how many are open."""

from django.db import models

from yichuang.catalogue.types import LimitUnit
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import may, require

from ..models import Case
from ..rules import OPEN_STATES

MOST_WAITING = 200  # listed; the oldest come first


def awaiting_due_day(actor: Actor) -> list[tuple[str, str]]:
    """Number and item of open cases whose due day waits for the holidays of a year to be announced, oldest first."""
    require(actor, "cases.view_case")
    waiting = Case.objects.filter(
        state__in=OPEN_STATES,
        due_on=None,
        item__promised_limit__isnull=False,
        item__promised_unit__in=[LimitUnit.WORKING_DAY, LimitUnit.CALENDAR_DAY, LimitUnit.MONTH, LimitUnit.YEAR],
    ).order_by("accepted_at")
    shown = waiting.select_related("item")[:MOST_WAITING]
    return [(case.number, case.item.name) for case in shown if may(actor, "cases.view_case", case)]


def numbers_of(case_ids: list[int]) -> dict[int, str]:
    """Case numbers by id, for links; a number alone tells nothing about a person."""
    return dict(Case.objects.filter(pk__in=case_ids).values_list("pk", "number"))


def open_cases() -> dict[str, int]:
    """Cases accepted and not concluded, now, by department: the stock metric 在办."""
    rows = Case.objects.filter(state__in=OPEN_STATES).values("department").annotate(total=models.Count("pk"))
    return {row["department"]: row["total"] for row in rows}

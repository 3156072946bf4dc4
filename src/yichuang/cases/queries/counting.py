"""Small lists of cases: those that wait for a calendar, their numbers, how they stand, how many are open."""

from dataclasses import dataclass

from django.db import models

from yichuang.catalogue.types import LimitUnit
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import may, require

from ..models import Case, Notice
from ..rules import OPEN_STATES
from ..types import State
from .notices import number_of

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


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands now, for links: its number, its state, its newest notice that holds (0: none)."""

    number: str
    state: State
    notice: int
    notice_number: str


def standing_of(case_ids: list[int]) -> dict[int, Standing]:
    """How these cases stand, by their ids (2 queries); numbers alone tell nothing about a person."""
    held = Notice.objects.filter(case__in=case_ids, voided_at=None).select_related("case__item__department")
    newest = {notice.case_id: notice for notice in held.order_by("pk")}
    return {
        pk: Standing(number, State(state), newest[pk].pk, number_of(newest[pk]))
        if pk in newest
        else Standing(number, State(state), 0, "")
        for pk, number, state in Case.objects.filter(pk__in=case_ids).values_list("pk", "number", "state")
    }


def open_cases() -> dict[str, int]:
    """Cases accepted and not concluded, now, by department: the stock metric 在办."""
    rows = Case.objects.filter(state__in=OPEN_STATES).values("department").annotate(total=models.Count("pk"))
    return {row["department"]: row["total"] for row in rows}

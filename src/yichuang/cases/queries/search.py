"""Finding cases at the desk by whatever the visitor can tell."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from yichuang.accounts.actions import log_access
from yichuang.accounts.queries import department_names
from yichuang.calendars.queries import calendar
from yichuang.catalogue.queries import ids_like
from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require

from ..models import Applicant, Case, Notice
from ..rules import Sought, near_until, sought
from ..sealing import identity_index, open_words, phone_index, seal_words
from ..types import CASE
from .lines import CaseLine, line
from .paging import by_number
from .seen import visible_to

PAGE = 50
MOST_PEOPLE = 300  # of a name; beyond, the newest applicants
MOST_ITEMS = 50
YEARS = 10  # a notice's number alone is looked up in the latest years


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of cases, the newest first; ``is_partial``: so many have the name that only some were looked at."""

    lines: tuple[CaseLine, ...]
    number: int
    has_next: bool
    is_partial: bool = False

    @property
    def previous(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def following(self) -> int:
        """The page after."""
        return self.number + 1


def search_cases(actor: Actor, text: str, *, page: int = 1, today: date | None = None) -> CasePage:
    """Cases by number, notice or result number, id number, phone, part of a name, words of the item; 50 a page.

    Only those that ``actor`` may see. At most four reads (and the log's row): departments, people, items, cases.
    """
    require(actor, "cases.view_case")
    today = today or timezone.localdate()
    wanted = sought(text, today)
    number = max(page, 1)
    if wanted.is_empty:
        return CasePage((), number, False)
    departments = department_names()
    condition, is_partial = _condition(wanted, departments, today)
    if condition is None:
        return CasePage((), number, False)
    first = (number - 1) * PAGE
    cases = Case.objects.filter(condition, visible_to(actor)).select_related("item", "applicant")
    found = list(cases.order_by("-pk")[first : first + PAGE + 1])
    only = found[0].pk if len(found) == 1 else 0
    log_access(actor.id, CASE.code, only, gettext_noop("查找办件"))
    near = near_until(today, calendar())
    lines = tuple(line(case, departments, today, near) for case in found[:PAGE])
    return CasePage(lines, number, len(found) > PAGE, is_partial)


def sealed_search(actor: Actor, words: str) -> str:
    """``words`` for an address that only ``actor`` can open: the result may be reloaded and gone back to."""
    return seal_words(actor.id, words)


def opened_search(actor: Actor, sealed: str) -> str:
    """What :func:`sealed_search` was given; empty for anything else."""
    return open_words(actor.id, sealed)


def _condition(wanted: Sought, departments: dict[str, str], today: date) -> tuple[Q | None, bool]:
    """Indexed columns of the case table alone, so that each part is looked up; None when nothing can match."""
    parts: list[Q] = []
    people = _people(wanted)
    if people:
        parts += [Q(applicant__in=people), Q(agent__in=people)]
    if wanted.number:
        parts.append(by_number(wanted.number))
    if wanted.result:
        parts.append(Q(result_number=wanted.result))
    if wanted.notice and (notices := _notices(wanted, wanted.notice, departments, today)):
        parts.append(Q(pk__in=notices))
    if wanted.name and (items := ids_like(wanted.name, limit=MOST_ITEMS)):
        parts.append(Q(item__in=items))
    condition = parts[0] if parts else None
    for part in parts[1:]:
        condition = part if condition is None else condition | part
    return condition, len(people) == MOST_PEOPLE


def _people(wanted: Sought) -> list[int]:
    """Ids of applicants by what identifies them, or by part of the name."""
    conditions = Q()
    if wanted.identities:
        conditions |= Q(id_index__in=[identity_index(*identity) for identity in wanted.identities])
    if wanted.phone:
        conditions |= Q(phone_index=phone_index(wanted.phone))
    if wanted.name:
        conditions |= Q(name__contains=wanted.name)
    if not conditions:
        return []
    return list(Applicant.objects.filter(conditions).order_by("-pk").values_list("pk", flat=True)[:MOST_PEOPLE])


def _notices(wanted: Sought, number: int, departments: dict[str, str], today: date) -> list[int]:
    offices = [code for code, name in departments.items() if name == wanted.notice_office] or list(departments)
    years = [wanted.notice_year] if wanted.notice_year else list(range(today.year - YEARS + 1, today.year + 1))
    found = Notice.objects.filter(department__in=offices, year__in=years, number=number)
    return list(found.order_by("-pk").values_list("case", flat=True)[: PAGE * 4])

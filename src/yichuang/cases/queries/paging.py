"""What the long lists of the desk have in common: bounded counts, pages, numbers typed in part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func, Model, Q, QuerySet
from django.utils import timezone

from yichuang.kernel.workdays import WorkingCalendar

from ..rules.ages import working_days_after
from ..types import State

PAGE_SIZE = 50
MOST_PAGES = 100  # whoever looks further narrows the list
COUNTED = 1000
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many, counted no further than a thousand: ``text`` is what a tab shows, ``999+`` for many."""

    number: int

    @property
    def text(self) -> str:
        """``37``, or ``999+``."""
        return f"{COUNTED - 1}+" if self.number >= COUNTED else str(self.number)


def tallies(lists: Sequence[QuerySet[Any]]) -> list[Tally]:
    """How many rows each list has, all in one query that looks at no more than a thousand of each."""
    parts: list[str] = []
    params: list[Any] = []
    for number, rows in enumerate(lists):
        narrowed = rows.order_by().values("pk")[:COUNTED]
        try:
            sql, values = narrowed.query.sql_with_params()
        except EmptyResultSet:
            sql, values = "SELECT 1 WHERE 1 = 0", ()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) list{number})")  # noqa: S608 - Django's own SQL, values apart
        params += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return [Tally(number) for number in cursor.fetchone()]


def page_of(rows: QuerySet[Row], page: int, order: Sequence[Any]) -> tuple[QuerySet[Row], int]:
    """The page (from 1) of an ordered list, and which it is; one row more than fits tells that another page follows.

    The rows are chosen by their index alone; only those of the page are read and joined.
    """
    wanted = min(max(page, 1), MOST_PAGES)
    first = (wanted - 1) * PAGE_SIZE
    chosen = rows.order_by(*order).values("pk")[first : first + PAGE_SIZE + 1]
    return rows.model._default_manager.filter(pk__in=chosen).order_by(*order), wanted


def by_number(words: str, field: str = "number") -> Q:
    """Cases whose number is, or begins with, what was typed."""
    typed = "".join(words.split()).upper()
    if not typed:
        return Q()
    if connection.vendor == "sqlite":  # its LIKE knows no index here
        return Q(**{f"{field}__gte": typed, f"{field}__lt": f"{typed}\U0010ffff"})
    return Q(**{f"{field}__startswith": typed})


def looks_like_number(words: str) -> bool:
    """``words`` can begin a case's number, and are nobody's name: Latin letters and digits, with a digit."""
    return words.isascii() and any(sign.isdigit() for sign in words)


def in_states(*states: State) -> Func:
    """Cases in these states, written out: SQLite sees only then that an index of just these states serves the list.

    The order is that of the index's condition.
    """
    names = ", ".join(f"'{state.value}'" for state in states)
    return Func(F("state"), template=f"%(expressions)s IN ({names})", output_field=BooleanField())


def start_of(day: date) -> datetime:
    """Midnight at which ``day`` begins here."""
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


class DayCounter:
    """Working days between days, each pair reckoned once."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._between = cache(lambda start, end: working_days_after(start, end, calendar))

    def between(self, start: date, end: date) -> int | None:
        """Working days after ``start`` up to and with ``end``; None in a year not announced."""
        return self._between(start, end)

"""The register of weekly bulletins from number 437 on: which weeks there were, and what became of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from yichuang.bulletins.models import Bulletin
from yichuang.bulletins.queries import figures_of
from yichuang.bulletins.types import BULLETIN, BULLETIN_DRAFTED, BULLETIN_ISSUED, State
from yichuang.kernel.canonical import canonical_json
from yichuang.ledger.models import Seal
from yichuang.ledger.types import BulkRow, Channel, Period

from .days import WorkDays
from .figures import KNOWN_WEEKS, Segment
from .moments import HOUR, Clock, midnight
from .world import Post

NO_DATA = "不在演示数据内"
REPORT_TO = "省政务服务主管部门，进驻部门（单位），中心负责同志。"
DISTRIBUTE_TO = "大厅各部门窗口，中心内设机构和直属单位。"
_COPIES_SINCE = ((date(2023, 1, 1), 94), (date(2024, 1, 1), 103), (date(2024, 5, 1), 100))
_SPLIT = (date(2023, 7, 31), date(2023, 10, 30))  # Mondays of weeks parted at the month's end, as in April 2024
_DAYS_TO_PRINT = 5
_DRAFTED_AT, _ISSUED_AT = 16 * HOUR + 2_400, 10 * HOUR + 600  # seconds of the day
_KNOWN = {week.serial: week for week in KNOWN_WEEKS}


@dataclass(frozen=True, slots=True)
class NumberedWeek:
    """A week with its numbers."""

    year: int
    issue: int
    serial: int
    first: date
    last: date


def numbered_weeks(days: WorkDays) -> list[NumberedWeek]:
    """Every week from the first known to the last, numbered without gaps; each year begins with issue 1."""
    start = KNOWN_WEEKS[0]
    weeks = [NumberedWeek(start.year, start.issue, start.serial, start.first, start.last)]
    for first, last in _weeks(days, start.last + timedelta(days=1), KNOWN_WEEKS[-1].last):
        before = weeks[-1]
        issue = before.issue + 1 if first.year == before.year else 1
        weeks.append(NumberedWeek(first.year, issue, before.serial + 1, first, last))
    return weeks


def _weeks(days: WorkDays, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Runs of working days; a make-up Sunday on the eve of a known week closes the week before."""
    known = {week.first for week in KNOWN_WEEKS}
    run: list[date] = []
    for index in days.span(first, last):
        day = days[index]
        on_the_eve = day.isoweekday() == 7 and day + timedelta(days=1) in known
        if run and not on_the_eve and (day in known or _new_week(run[-1], day)):
            yield run[0], run[-1]
            run = []
        run.append(day)
    yield run[0], run[-1]


def _new_week(before: date, day: date) -> bool:
    """After days without work; and where a week is told in two."""
    return (day - before).days > 1 or (before.month != day.month and before - timedelta(before.weekday()) in _SPLIT)


def bulletin_rows(days: WorkDays, segments: tuple[Segment, ...], editor: Post) -> list[BulkRow]:
    """The entries of drafting and issuing, in the order recorded."""
    clock, rows = Clock(), []
    weeks = numbered_weeks(days)
    for number, week in enumerate(weeks, start=1):
        if not _has_data(week, segments):
            continue
        moves = [(BULLETIN_DRAFTED, midnight(week.last) + _DRAFTED_AT)]
        if week is not weeks[-1]:
            moves.append((BULLETIN_ISSUED, midnight(_published(week, days)) + _ISSUED_AT))
        payload = canonical_json({"year": week.year, "issue": week.issue, "serial": week.serial})
        for kind, instant in moves:
            at = clock.utc(instant)
            rows.append(
                BulkRow(
                    kind.code, at, at, editor.person, editor.position, "", "", "", Channel.NONE.value, BULLETIN.code,
                    number, 1, payload,
                )
            )  # fmt: skip
    return sorted(rows, key=attrgetter("recorded_at"))


def register_bulletins(days: WorkDays, segments: tuple[Segment, ...]) -> None:
    """Number every week; those with data are issued and frozen, except the last, which is the draft at hand."""
    weeks = numbered_weeks(days)
    made = []
    for number, week in enumerate(weeks, start=1):
        numbers = {
            "id": number, "year": week.year, "issue": week.issue, "serial": week.serial,
            "first": week.first, "last": week.last,
        }  # fmt: skip
        if not _has_data(week, segments):
            made.append(Bulletin(**numbers, state=State.REGISTERED, note=NO_DATA))
            continue
        closing = {"report_to": REPORT_TO, "distribute_to": DISTRIBUTE_TO, "copies": _copies(week)}
        if week is weeks[-1]:
            made.append(Bulletin(**numbers, **closing, state=State.DRAFT))
        else:
            made.append(Bulletin(**numbers, **closing, state=State.ISSUED, **_frozen(week, _published(week, days))))
    Bulletin.objects.bulk_create(made)


def _has_data(week: NumberedWeek, segments: tuple[Segment, ...]) -> bool:
    return any(segment.first <= week.first and week.last <= segment.last for segment in segments)


def _copies(week: NumberedWeek) -> int:
    known = _KNOWN.get(week.serial)
    return known.copies if known else max(row for row in _COPIES_SINCE if row[0] <= week.first)[1]


def _published(week: NumberedWeek, days: WorkDays) -> date:
    """As printed; of the others a working day of the week after."""
    known = _KNOWN.get(week.serial)
    return known.published_on if known else days.from_day(week.last + timedelta(days=_DAYS_TO_PRINT))


def _frozen(week: NumberedWeek, published: date) -> dict[str, Any]:
    """Figures and seal as when it was printed: the latest daily seal before, up to whose last entry links lead."""
    seal = Seal.objects.filter(day__lt=published).order_by("-id")[0]
    figures = figures_of(Period(week.first, week.last))
    return {
        "published_on": published,
        "figures": {"period": dict(figures.period), "ytd": dict(figures.ytd)},
        "seal": seal.pk,
        "seal_hash": bytes(seal.hash).hex(),
        "last_entry": seal.last_entry,
    }

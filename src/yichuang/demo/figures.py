"""The public figures that the demonstration province is built to match: four printed weeks (domain.md, seeds)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

METRICS = ("consulted", "accepted", "issued", "handed_over")
Totals = Mapping[str, int]


def totals(*values: int) -> Totals:
    """Figures by metric, in the order of :data:`METRICS`."""
    return dict(zip(METRICS, values, strict=True))


@dataclass(frozen=True, slots=True)
class KnownWeek:
    """A week whose bulletin was printed, with its figures and those of the year to date."""

    year: int
    issue: int
    serial: int
    first: date
    last: date
    published_on: date
    copies: int
    period: Totals
    ytd: Totals


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from ``first`` to ``last`` whose sums are known."""

    first: date
    last: date
    totals: Totals


@dataclass(frozen=True, slots=True)
class Segment:
    """An unbroken run of days that the demonstration fills; ``stretches`` part it without gaps."""

    first: date
    last: date
    stretches: tuple[Stretch, ...]


KNOWN_WEEKS = (
    KnownWeek(
        2023, 17, 437, date(2023, 5, 4), date(2023, 5, 12), date(2023, 5, 18), 94,
        totals(4844, 558, 5042, 7229), totals(18252, 3810, 40496, 93587),
    ),
    KnownWeek(
        2024, 8, 479, date(2024, 2, 26), date(2024, 3, 1), date(2024, 3, 12), 103,
        totals(1091, 616, 1550, 12933), totals(8889, 4292, 23776, 57066),
    ),
    KnownWeek(
        2024, 17, 488, date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 13), 103,
        totals(1142, 391, 3096, 4047), totals(24276, 9990, 61746, 101848),
    ),
    KnownWeek(
        2024, 37, 508, date(2024, 9, 18), date(2024, 9, 20), date(2024, 10, 6), 100,
        totals(748, 392, 3948, 5848), totals(59712, 23911, 138039, 300503),
    ),
)  # fmt: skip


def segments(weeks: tuple[KnownWeek, ...] = KNOWN_WEEKS) -> tuple[Segment, ...]:
    """One segment per year: each known week, and before it the stretch that sums to what the year to date leaves."""
    made = []
    for year in sorted({week.year for week in weeks}):
        stretches: list[Stretch] = []
        first, so_far = date(year, 1, 1), totals(0, 0, 0, 0)
        for week in (week for week in weeks if week.year == year):
            before = {name: week.ytd[name] - week.period[name] - so_far[name] for name in METRICS}
            eve = date.fromordinal(week.first.toordinal() - 1)
            stretches += [Stretch(first, eve, before), Stretch(week.first, week.last, week.period)]
            first, so_far = date.fromordinal(week.last.toordinal() + 1), week.ytd
        made.append(Segment(date(year, 1, 1), stretches[-1].last, tuple(stretches)))
    return tuple(made)


def scaled(segment: Segment, *, last: date, share: float) -> Segment:
    """A small segment for tests: the first stretches up to ``last``, their sums times ``share`` (rounded down)."""
    kept = []
    for stretch in segment.stretches:
        if stretch.first > last:
            break
        days = (stretch.last - stretch.first).days + 1
        part = (min(stretch.last, last) - stretch.first).days + 1
        sums = {name: int(value * share * part / days) for name, value in stretch.totals.items()}
        kept.append(Stretch(stretch.first, min(stretch.last, last), sums))
    return Segment(segment.first, kept[-1].last, tuple(kept))

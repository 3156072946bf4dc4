"""What the page of statistics shows: tiles, charts, and a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from yichuang.ledger.types import Flow, Metric

from ...types import Line, Question, Sight, Statistics, Value
from .links import entries_of_line, entries_of_whole, sorted_by

BARS = 20
DWARFING = 2  # times the largest bar


def with_unit(metric: Metric) -> str:
    """A metric as a heading: its label with the unit behind it."""
    return _("%(label)s（%(unit)s）") % {"label": _(metric.label), "unit": _(metric.unit)}


@dataclass(frozen=True, slots=True)
class Tile:
    """The figure of the whole beside that of the period before."""

    metric: Metric
    value: Value
    href: str
    compared: Value


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of the table."""

    value: Value
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A group of the table."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column; ``direction`` is ascending, descending or none."""

    label: str
    unit: str
    href: str
    direction: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One metric: a line over time, or bars of the largest groups and the ``rest`` together.

    A rest that would dwarf them is not drawn but told.
    """

    metric: Metric
    kind: str
    points: tuple[tuple[str, Value], ...]
    rest: tuple[str, int] | None = None

    @property
    def is_rest_drawn(self) -> bool:
        """Whether the bars can be read beside the rest."""
        return self.rest is not None and self.rest[1] <= DWARFING * int(self.points[0][1] or 0)


def tiles(question: Question, told: Statistics, *, may_follow: bool) -> list[Tile]:
    """The figures of the whole."""
    compared = told.compared or {}
    return [
        Tile(
            metric,
            told.total[metric.slug],
            entries_of_whole(question, metric) if may_follow else "",
            compared.get(metric.slug),
        )
        for metric in told.metrics
    ]


def headings(question: Question, told: Statistics) -> list[Heading]:
    """The name of the groups, then each metric."""
    return [_heading(question, "name", _(question.group.label), "")] + [
        _heading(question, metric.slug, _(metric.label), _(metric.unit)) for metric in told.metrics
    ]


def _heading(question: Question, name: str, label: str, unit: str) -> Heading:
    directions = {name: "ascending", f"-{name}": "descending"}
    return Heading(label, unit, sorted_by(question, name), directions.get(question.sort, "none"))


def rows(question: Question, told: Statistics, lines: Sequence[Line], *, may_follow: bool) -> list[Row]:
    """These groups with their figures."""
    return [
        Row(
            line.name,
            tuple(
                Cell(value, entries_of_line(question, metric, line) if may_follow and value else "")
                for metric in told.metrics
                for value in [line.values[metric.slug]]
            ),
        )
        for line in lines
    ]


def whole(question: Question, told: Statistics, *, may_follow: bool) -> list[Cell]:
    """The last row: the whole, which for ratios and stocks is no sum."""
    follows = may_follow and told.sight is Sight.ALL
    return [
        Cell(value, entries_of_whole(question, metric) if follows and value else "")
        for metric in told.metrics
        for value in [told.total[metric.slug]]
    ]


def charts(question: Question, told: Statistics) -> list[Chart]:
    """A chart a metric, where there is more than one group to compare."""
    if len(told.lines) < 2:
        return []
    if question.group.is_time:
        in_course = sorted(told.lines, key=lambda line: line.name)
        drawn = [
            Chart(metric, "line", tuple((line.name, line.values[metric.slug]) for line in in_course))
            for metric in told.metrics
        ]
    else:
        drawn = [_bars(metric, told.lines) for metric in told.metrics]
    return [chart for chart in drawn if any(value is not None for _name, value in chart.points)]


def _bars(metric: Metric, lines: Sequence[Line]) -> Chart:
    """The twenty largest, and the rest added up where figures can be."""
    known = [(line.name, value) for line in lines if (value := line.values[metric.slug])]
    known.sort(key=lambda point: point[1], reverse=True)
    rest = known[BARS:]
    others = None
    if rest and isinstance(metric, Flow):
        others = (_("其他 %(count)d 项") % {"count": len(rest)}, sum(int(value) for _name, value in rest))
    return Chart(metric, "hbar", tuple(known[:BARS]), others)


def shown_sort(question: Question) -> Question:
    """The question with the order that holds when none is asked for, so that the table can say it."""
    if question.sort:
        return question
    if question.group.is_time or not question.metrics:
        return replace(question, sort="name")
    return replace(question, sort=f"-{question.metrics[0].slug}")


def as_cell(value: Value) -> str | int | Decimal:
    """A figure in a file; empty where it is not known."""
    return "" if value is None else value

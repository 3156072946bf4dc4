"""What was measured against what was wanted: one table, and a file for later comparison."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from unicodedata import east_asian_width


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; ``is_met`` is None for what is measured without a target."""

    what: str
    measured: str
    target: str = ""
    is_met: bool | None = None


@dataclass(slots=True)
class Report:
    """The lines of one part, the raw numbers behind them, and how busy the machine was."""

    lines: list[Line] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)

    def most(self, what: str, value: float, limit: float, unit: str) -> None:
        """A value that must not exceed ``limit``."""
        self.lines.append(Line(what, spoken(value, unit), f"≤ {spoken(limit, unit)}", value <= limit))

    def least(self, what: str, value: float, limit: float, unit: str) -> None:
        """A value that must reach ``limit``."""
        self.lines.append(Line(what, spoken(value, unit), f"≥ {spoken(limit, unit)}", value >= limit))

    def note(self, what: str, measured: str) -> None:
        """A value without a target."""
        self.lines.append(Line(what, measured))

    def left_out(self, what: str, why: str) -> None:
        """A measurement that could not be made, which is not a target met."""
        self.lines.append(Line(what, "not measured", why, is_met=False))

    @property
    def is_met(self) -> bool:
        """Every target of this run was met."""
        return all(line.is_met is not False for line in self.lines)


def spoken(value: float, unit: str) -> str:
    """A number as people read it: three digits that matter, thousands parted."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    text = f"{value:,.{digits}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{unit}"


def ratios(measured: Iterable[float], yardstick: Iterable[float]) -> list[float]:
    """Each measurement over the one made right beside it; both the same number of times."""
    return [one / other for one, other in zip(measured, yardstick, strict=True)]


def ratio(measured: Iterable[float], yardstick: Iterable[float]) -> float:
    """The median of :func:`ratios`: a disturbance of one pair does not move it."""
    return median(ratios(measured, yardstick))


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least ``share`` (0–1) of the values do not exceed."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    rank = -(-len(ordered) * share // 1)  # rounded up
    return ordered[max(0, int(rank) - 1)]


def show(lines: list[Line]) -> None:
    """Print the table."""
    rows = [("what", "measured", "target", "met?")]
    rows += [
        (line.what, line.measured, line.target, {None: "", True: "yes", False: "NO"}[line.is_met]) for line in lines
    ]
    widths = [max(_width(row[column]) for row in rows) for column in range(4)]
    for number, row in enumerate(rows):
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
        if number == 0:
            sys.stdout.write("  ".join("-" * width for width in widths) + "\n")
    sys.stdout.flush()


def keep(parts: dict[str, Report], folder: Path, about: dict[str, Any]) -> Path:
    """Write ``<date>-<commit>.json``; parts measured earlier that day on that commit stay unless measured again."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{about['date']}-{about['commit']}.json"
    kept = json.loads(path.read_text(encoding="utf-8"))["parts"] if path.exists() else {}
    fresh = {
        name: report.about | {"table": [asdict(line) for line in report.lines], "raw": report.raw}
        for name, report in parts.items()
    }
    content = about | {"parts": kept | fresh}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)

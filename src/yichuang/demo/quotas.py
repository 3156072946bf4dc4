"""Whole numbers per working day whose sums over every known stretch come out exactly."""

from collections.abc import Sequence
from random import Random

from .days import WorkDays
from .figures import Segment


def largest_remainder(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` parted in proportion to ``weights`` into whole numbers that sum to it (Hamilton's method)."""
    whole = sum(weights)
    if whole <= 0:
        if total:
            raise ValueError(f"nothing to part {total} over")
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts


def daily(segment: Segment, metric: str, days: WorkDays, rng: Random) -> dict[int, int]:
    """How many of ``metric`` happen on each working day (by index) of a segment."""
    quotas: dict[int, int] = {}
    for stretch in segment.stretches:
        span = days.span(stretch.first, stretch.last)
        weights = [days.busyness(index, rng) for index in span]
        quotas.update(zip(span, largest_remainder(stretch.totals[metric], weights), strict=True))
    return quotas

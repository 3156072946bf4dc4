"""Keeping stock metrics: their value at the turn of a day, by department."""

from datetime import date

from django.db import transaction

from ..models import StockValue
from ..types import Stock, metrics


@transaction.atomic
def keep_stocks(day: date) -> int:
    """Keep what every stock stands at as its value at the end of ``day``; returns the number of values kept."""
    values = [
        StockValue(metric=metric.slug, day=day, department=department, value=value)
        for metric in metrics()
        if isinstance(metric, Stock)
        for department, value in sorted(metric.count().items())
    ]
    StockValue.objects.bulk_create(values, ignore_conflicts=True)
    return len(values)

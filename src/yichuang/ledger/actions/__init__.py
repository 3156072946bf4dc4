"""Every write of the ledger."""

from .bulk import bulk_load
from .counters import fold
from .record import record, reverse, subscribe, take_back
from .seals import seal, seal_days_before
from .stocks import keep_stocks

__all__ = [
    "bulk_load",
    "fold",
    "keep_stocks",
    "record",
    "reverse",
    "seal",
    "seal_days_before",
    "subscribe",
    "take_back",
]

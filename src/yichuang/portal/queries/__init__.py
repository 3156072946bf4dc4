"""Every read of the pages that span apps."""

from .entry import entry_for
from .front import hall_figures
from .ledger import export_rows, items_named, ledger_page, people_named, seal_through
from .saved import saved_for
from .statistics import last_month_with_entries, statistics_for
from .wording import Names

__all__ = [
    "Names",
    "entry_for",
    "export_rows",
    "hall_figures",
    "items_named",
    "last_month_with_entries",
    "ledger_page",
    "people_named",
    "saved_for",
    "seal_through",
    "statistics_for",
]

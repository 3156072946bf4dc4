"""Every read of the ledger."""

from ..models import Entry
from .entries import (
    EntryFilter,
    EntryPage,
    count_entries,
    entries_of_subject,
    entry_page,
    get_entry,
    iter_entries,
    latest_mark,
)
from .figures import (
    distinct_subjects,
    flow,
    flows,
    flows_by_day,
    flows_by_department,
    last_day_with_entries,
    ratio,
    stock,
)
from .proofs import latest_seal, proof_of, seal_of
from .recounting import recount
from .verification import verify

__all__ = [
    "Entry",
    "EntryFilter",
    "EntryPage",
    "count_entries",
    "distinct_subjects",
    "entries_of_subject",
    "entry_page",
    "flow",
    "flows",
    "flows_by_day",
    "flows_by_department",
    "get_entry",
    "iter_entries",
    "last_day_with_entries",
    "latest_mark",
    "latest_seal",
    "proof_of",
    "ratio",
    "recount",
    "seal_of",
    "stock",
    "verify",
]

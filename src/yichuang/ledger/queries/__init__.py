"""Every read of the ledger."""

from ..models import Entry
from ..rules import refuse_grouping
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
from .grouping import figures_by, flows_by, flows_of_person
from .own import OwnEntry, own_entries
from .proofs import latest_seal, proof_of, seal_of
from .recounting import recount
from .verification import verify

__all__ = [
    "Entry",
    "EntryFilter",
    "EntryPage",
    "OwnEntry",
    "count_entries",
    "distinct_subjects",
    "entries_of_subject",
    "entry_page",
    "figures_by",
    "flow",
    "flows",
    "flows_by",
    "flows_by_day",
    "flows_by_department",
    "flows_of_person",
    "get_entry",
    "iter_entries",
    "last_day_with_entries",
    "latest_mark",
    "latest_seal",
    "own_entries",
    "proof_of",
    "ratio",
    "recount",
    "refuse_grouping",
    "seal_of",
    "stock",
    "verify",
]

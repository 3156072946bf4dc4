"""Every write of the app; each action locks, asks the rule, saves named fields and writes one ledger entry."""

from .access import log_access
from .deputies import end_deputy, name_deputy
from .passwords import change_password, reset_password
from .people import create_person, deactivate, edit_person, reactivate, transfer
from .places import ensure_department, ensure_region
from .positions import assign_position, create_position, end_assignment

__all__ = [
    "assign_position",
    "change_password",
    "create_person",
    "create_position",
    "deactivate",
    "edit_person",
    "end_assignment",
    "end_deputy",
    "ensure_department",
    "ensure_region",
    "log_access",
    "name_deputy",
    "reactivate",
    "reset_password",
    "transfer",
]

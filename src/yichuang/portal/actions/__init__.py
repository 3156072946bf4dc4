"""Every write of the pages that span apps."""

from .ledger import note_export, note_people_export, reverse_entry
from .saved import change_view, delete_view, save_view

__all__ = ["change_view", "delete_view", "note_export", "note_people_export", "reverse_entry", "save_view"]

"""Every write of the catalogue."""

from .imports import import_items, run_import
from .index import index_items
from .items import deactivate_item, reactivate_item
from .uploads import check_upload, confirm_upload

__all__ = [
    "check_upload",
    "confirm_upload",
    "deactivate_item",
    "import_items",
    "index_items",
    "reactivate_item",
    "run_import",
]

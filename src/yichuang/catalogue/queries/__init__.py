"""Every read of items: lists, search, one item, counts, and what an import compares with."""

from .importing import import_for, imports_for, known_items, taken_keys, upload_for
from .items import item_card, item_in_use, item_names, limit_from, materials_of, required_materials
from .lists import department_counts, each_item_for, item_for, items_for, summary
from .searching import frequent_items, ids_like, search_items

__all__ = [
    "department_counts",
    "each_item_for",
    "frequent_items",
    "ids_like",
    "import_for",
    "imports_for",
    "item_card",
    "item_for",
    "item_in_use",
    "item_names",
    "items_for",
    "known_items",
    "limit_from",
    "materials_of",
    "required_materials",
    "search_items",
    "summary",
    "taken_keys",
    "upload_for",
]

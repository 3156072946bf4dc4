"""Views of the pages that span apps."""

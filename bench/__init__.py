"""Measurements of the targets in docs/reference/speed.md: ``python -m bench``, called by ``make bench``."""

"""Entries written out as files: what the columns are, CSV, workbooks, and how far an export has come."""

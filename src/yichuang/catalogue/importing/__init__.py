"""Reads item lists: bytes to lines, lines to rows, rows to drafts. Pure: no database, no Django."""

"""Canonical form: one byte string for one meaning (docs/reference/canonical-form.md)."""

import json
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

SEPARATOR = "\x1f"


def canonical_instant(value: datetime) -> str:
    """``2024-09-20 02:41:07`` in UTC; microseconds follow after a point only when there are any."""
    if value.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return str(value.astimezone(UTC).replace(tzinfo=None))


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, no blanks, unescaped NFC text and no floats (their print is not unique)."""
    _refuse_floats(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise ValueError("floats have no canonical form; use integers or decimal text")
    if isinstance(value, dict):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_floats(inner)


def canonical_record(version: int, fields: Sequence[str | int | None]) -> bytes:
    """A version byte, then the fields in order, in UTF-8, parted by U+001F; absent is empty.

    Text must not hold U+001F (JSON escapes it, codes cannot have it), so the form is unambiguous.
    """
    texts = ["" if field is None else str(field) for field in fields]
    if any(SEPARATOR in text for text in texts):
        raise ValueError("a field holds the separator U+001F")
    return bytes([version]) + SEPARATOR.join(texts).encode()

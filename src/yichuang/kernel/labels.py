"""Enumerations whose members carry a Chinese label."""

from enum import IntEnum, StrEnum
from typing import Self


def gettext_noop(text: str) -> str:
    """Marks ``text`` for the translators; it is translated where it is shown."""
    return text


class TextLabels(StrEnum):
    """A ``StrEnum`` written as ``NAME = "value", gettext_noop("标签")``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a form or model field."""
        return [(member.value, member.label) for member in cls]


class NumberLabels(IntEnum):
    """An ``IntEnum`` written as ``NAME = 1, gettext_noop("标签")``."""

    label: str

    def __new__(cls, value: int, label: str = "") -> Self:
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[int, str]]:
        """Pairs for a form or model field."""
        return [(member.value, member.label) for member in cls]

"""What a clerk's text for finding a case can be, told by its shape."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from yichuang.kernel.errors import Refusal
from yichuang.kernel.identity import IdType, check_id, check_phone

LONGEST = 80
_NOTICE = re.compile(r"(?P<office>[^〔\[(]*)[〔\[(](?P<year>\d{4})[〕\])]\s*0*(?P<number>\d{1,7})号?")
_NOTICE_NUMBER = re.compile(r"(?:第)?0*(\d{1,6})号?")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{3,49}")
_RESULT = re.compile(r"(?=.*\d).{4,60}")


@dataclass(frozen=True, slots=True)
class Sought:
    """Everything that the text may be; empty parts it cannot be."""

    identities: tuple[tuple[str, str], ...] = ()  # type and number, checked
    phone: str = ""
    number: str = ""  # how a case's number begins
    notice: int | None = None
    notice_year: int | None = None
    notice_office: str = ""  # the name before the year, as written
    result: str = ""
    name: str = ""  # part of an applicant's name, or words of an item

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to look for."""
        return self == Sought()


def sought(text: str, today: date) -> Sought:
    """How to look for ``text``: numbers by their form and check digits, everything else as a name."""
    typed = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()[:LONGEST]
    if match := _NOTICE.fullmatch(typed.replace(" ", "")):
        return Sought(
            notice=int(match["number"]), notice_year=int(match["year"]), notice_office=match["office"].strip()
        )
    if not any(sign.isdigit() for sign in typed):
        return Sought(name=typed)
    compact = typed.replace(" ", "")
    if match := _NOTICE_NUMBER.fullmatch(compact):
        return Sought(notice=int(match[1]), result=typed if len(typed) >= 4 else "")
    code = compact.upper()
    is_code = _CODE.fullmatch(code) is not None
    return Sought(
        identities=_identities(compact, today),
        phone=_phone(compact),
        number=code if is_code else "",
        result=typed if _RESULT.fullmatch(typed) else "",
        name="" if is_code else typed,
    )


def _identities(compact: str, today: date) -> tuple[tuple[str, str], ...]:
    """The types of which it can be the number; 其他证件 takes nearly anything, so it comes along."""
    found = []
    for id_type in IdType:
        try:
            found.append((id_type.value, check_id(id_type, compact, today=today)))
        except Refusal:
            continue
    return tuple(found)


def _phone(compact: str) -> str:
    try:
        return check_phone(compact)
    except Refusal:
        return ""

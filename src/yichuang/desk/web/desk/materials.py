"""The rows of materials on the desk's form: what was ticked, and what is missing."""

from dataclasses import dataclass, field

from django.http import QueryDict

from yichuang.cases.types import MaterialGiven, MaterialState
from yichuang.catalogue.types import MaterialAsked

MOST_COPIES = 999


@dataclass(slots=True)
class Row:
    """A material that the item asks for, as it stands on the form."""

    asked: MaterialAsked
    ticked: str = ""  # a MaterialState, or empty: not given
    is_original: bool = True
    copies: str = "1"
    files: list[tuple[str, str]] = field(default_factory=list)  # id and name of uploaded files
    error: str = ""
    is_told: bool = False  # ticked in the panel of what is to be corrected

    @property
    def is_given(self) -> bool:
        """Handed over here and now."""
        return self.ticked == str(MaterialState.GIVEN)

    @property
    def is_checked_and_returned(self) -> bool:
        """The item asks for copies alone: an original is compared with its copy and goes back."""
        return self.asked.originals == 0 and self.asked.copies > 0


def blank_rows(asked: tuple[MaterialAsked, ...]) -> list[Row]:
    """The rows before anything was ticked."""
    return [
        Row(one, is_original=one.originals > 0 or one.copies == 0, copies=str(one.originals or one.copies or 1))
        for one in asked
    ]


def rows_of(asked: tuple[MaterialAsked, ...], data: QueryDict) -> list[Row]:
    """The rows as sent; a number of copies that is none is an error of its row."""
    rows = []
    told = set(data.getlist("told"))
    for blank in blank_rows(asked):
        spec = blank.asked.spec
        copies = data.get(f"copies-{spec}", blank.copies).strip()
        row = Row(
            blank.asked,
            ticked=data.get(f"state-{spec}", ""),
            is_original=data.get(f"form-{spec}", "original" if blank.is_original else "copy") == "original",
            copies=copies,
            files=[
                (number, name)
                for number, _, name in (value.partition(":") for value in data.getlist(f"file-{spec}"))
                if number.isdecimal()
            ],
            is_told=str(spec) in told,
        )
        rows.append(row)
    return rows


def given(rows: list[Row]) -> list[MaterialGiven]:
    """What the case gets: everything given or to follow."""
    return [
        MaterialGiven(
            spec=row.asked.spec,
            copies=int(row.copies),
            is_original=row.is_original,
            state=MaterialState(int(row.ticked)),
            attachments=tuple(int(number) for number, _ in row.files),
        )
        for row in rows
        if row.ticked in {str(MaterialState.GIVEN), str(MaterialState.TO_FOLLOW)}
    ]


def is_number_of_copies(text: str) -> bool:
    """A whole number from 1 to 999; full-width digits count."""
    return text.isdecimal() and 1 <= int(text) <= MOST_COPIES

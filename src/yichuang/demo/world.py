"""What the story of the cases needs to know of the province: items, and who works where. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from yichuang.catalogue.types import HandlingKind, ItemType
from yichuang.kernel.actor import Role

from .plan import Handling

DATA = Path(__file__).parent / "data"
CENTRE = "ZWZX"
PROVINCE = "510000000000"
_EXPONENT = 0.85  # of Zipf's law over the departments, which stand in the order of their size
_FALLBACK_PARTNERS = ("SCJ", "GAT", "STT")
_PROGRESS_OF_VARIANTS = (1.0, 0.6, 0.4, 0.25)


class DepartmentRow(NamedTuple):
    """One line of departments.tsv."""

    code: str
    name: str
    short_name: str
    is_authorised: bool


@dataclass(frozen=True, slots=True)
class DemoItem:
    """A handling item of the demonstration."""

    id: int
    key: str
    code: str
    department: str
    main: str
    variant: str
    type: ItemType
    kind: HandlingKind
    statutory_days: int
    promised_days: int
    result: str
    for_people: bool
    for_organisations: bool
    partners: tuple[str, ...]  # departments whose opinion is asked
    weight: float
    at_window: bool

    @property
    def name(self) -> str:
        """The handling item's full name; the variant is not said twice."""
        return self.main if self.main.endswith(self.variant) else f"{self.main}（{self.variant}）"

    @property
    def is_immediate(self) -> bool:
        """即办件."""
        return self.kind is HandlingKind.IMMEDIATE

    def handling(self) -> Handling:
        """What the plan asks."""
        return Handling(self.promised_days, self.is_immediate, self.weight, self.at_window)


class Post(NamedTuple):
    """A person in a position: what an entry says of its actor."""

    person: int
    position: int


SYSTEM = Post(0, 0)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does what."""

    clerks: Sequence[Post]
    dispatchers: Sequence[Post]
    reviewers: Mapping[str, Sequence[Post]]  # by department
    editor: Post


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the demonstration, with the position held."""

    id: int
    username: str
    name: str
    role: Role
    department: str  # of the position; "" is the centre itself
    position: int


def departments() -> list[DepartmentRow]:
    """The departments in the hall, largest first."""
    lines = (DATA / "departments.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines)
    return [DepartmentRow(code, name, short, authorised == "1") for code, name, short, authorised in cells]


def items() -> list[DemoItem]:
    """All handling items, in the order of items.tsv."""
    rows = {row.code: (rank, row) for rank, row in enumerate(departments(), start=1)}
    made: list[DemoItem] = []
    department, main_number = "", 0
    for line in (DATA / "items.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("@"):
            department, main_number = line[1:], 0
            continue
        main_number += 1
        rank, row = rows[department]
        made += _handling_items(line, len(made), row, rank, main_number)
    share = {code: sum(item.weight for item in made if item.department == code) for code in rows}
    return [_weighed(item, rows[item.department][0], share[item.department]) for item in made]


def _handling_items(line: str, before: int, row: DepartmentRow, rank: int, main_number: int) -> list[DemoItem]:
    type_code, main, variants, limits, result, audience, partners = line.split("|")
    statutory, promised = (int(limit) for limit in limits.split("/"))
    asked = tuple(code for code in partners.split(",") if code) or _FALLBACK_PARTNERS
    made = []
    for number, text in enumerate(variants.split(","), start=1):
        is_immediate = text.startswith("*")
        made.append(
            DemoItem(
                id=before + number,
                key=f"{row.code}{main_number:02d}{number:02d}",
                code=f"51{type_code}{rank:03d}{main_number:03d}{PROVINCE}{number:03d}",
                department=row.code,
                main=main,
                variant=text.removeprefix("*"),
                type=ItemType(type_code),
                kind=HandlingKind.IMMEDIATE if is_immediate else HandlingKind.PROMISED,
                statutory_days=statutory,
                promised_days=1 if is_immediate else promised,
                result=result,
                for_people="人" in audience,
                for_organisations="企" in audience,
                partners=tuple(code for code in asked if code != row.code),
                weight=_PROGRESS_OF_VARIANTS[number - 1] / main_number**0.5,
                at_window=row.is_authorised,
            )
        )
    return made


def _weighed(item: DemoItem, rank: int, share: float) -> DemoItem:
    """Within a department by the order of the list, between departments by Zipf's law."""
    fields = {name: getattr(item, name) for name in item.__slots__}
    return DemoItem(**(fields | {"weight": item.weight / share / rank**_EXPONENT}))


def staff_of(members: Sequence[Member]) -> Staff:
    """The posts by what their holders do."""
    reviewers: dict[str, list[Post]] = {}
    for member in members:
        if member.role is Role.BACK:
            reviewers.setdefault(member.department, []).append(Post(member.id, member.position))
    return Staff(
        clerks=[Post(one.id, one.position) for one in members if one.role is Role.FRONT],
        dispatchers=[Post(one.id, one.position) for one in members if one.role is Role.MIDDLE],
        reviewers=reviewers,
        editor=next(Post(one.id, one.position) for one in members if one.role is Role.EDITOR),
    )

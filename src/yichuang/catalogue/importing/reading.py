"""A file's content to drafts and refused rows: the one entry to this package."""

from dataclasses import dataclass, replace

from yichuang.catalogue.types import DepartmentDraft, ItemDraft, Refused, RegionDraft, RowFault

from .layouts import layout_of
from .rows import table_of
from .values import local_department_code


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, before it is compared with what is known."""

    source: str
    drafts: tuple[ItemDraft, ...]
    refused: tuple[Refused, ...]

    @property
    def departments(self) -> dict[tuple[str, str], DepartmentDraft]:
        """The departments named, by region and name, each with the best code that any of its rows gives."""
        best: dict[tuple[str, str], DepartmentDraft] = {}
        for draft in self.drafts:
            department = draft.department
            place = (department.region.code, department.name)
            best[place] = min(best.get(place, department), department, key=_preference)
        return best

    @property
    def regions(self) -> tuple[RegionDraft, ...]:
        """The regions named, larger ones first, each with a name if any row gives one."""
        names: dict[str, str] = {}
        for draft in self.drafts:
            region = draft.department.region
            names[region.code] = names.get(region.code) or region.name
        return tuple(RegionDraft(code, names[code]) for code in sorted(names))


def _preference(department: DepartmentDraft) -> tuple[bool, bool, str]:
    """Credit codes before other codes of the source, these before codes made from the name; then by code."""
    made = department.code == local_department_code(department.region.code, department.name)
    return (not department.credit_code, made, department.code)


def read_items(content: bytes) -> Reading:
    """Read a whole file; raises :class:`UnreadableFile` (or :class:`UnknownColumns`) when it is no item list."""
    table = table_of(content)
    layout = layout_of(table.columns)
    drafts: list[ItemDraft] = []
    refused = list(table.broken)
    for row in table.rows:
        try:
            drafts.append(layout.read(row))
        except RowFault as fault:
            refused.append(fault.at(row.line))
    refused.sort(key=lambda one: one.line)
    return Reading(layout.name, tuple(_shared(drafts)), tuple(refused))


def _shared(drafts: list[ItemDraft]) -> list[ItemDraft]:
    """Drafts with equal departments sharing one value, so that large files stay small in memory."""
    seen: dict[DepartmentDraft, DepartmentDraft] = {}
    return [replace(draft, department=seen.setdefault(draft.department, draft.department)) for draft in drafts]

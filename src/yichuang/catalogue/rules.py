"""Who may see and import items; short keys; what an imported row does to what is known. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import rules
from rules.predicates import Predicate

from yichuang.kernel.actor import SYSTEM, Role
from yichuang.kernel.errors import Refusal
from yichuang.kernel.labels import gettext_noop
from yichuang.kernel.permissions import holds

from .types import Change, HandlingKind, ItemDraft, ItemType, Limit, MaterialDraft, Refused

# The command line and the demonstration loader act as SYSTEM itself; no page can.
is_system = Predicate(lambda actor: actor is SYSTEM, name="is_system")

rules.add_perm("catalogue.view", holds(*Role) | is_system)
rules.add_perm("catalogue.import", holds(Role.CATALOGUE, Role.ADMIN) | is_system)
rules.add_perm("catalogue.edit", holds(Role.CATALOGUE, Role.ADMIN) | is_system)

KEY_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: they are misread
KEY_LENGTH, KEY_LONGEST = 8, 12


def key_candidates(code: str) -> Iterator[str]:
    """Short keys for an item code, 8 to 12 signs of its SHA-256: the same code always asks for the same ones."""
    number = int.from_bytes(sha256(code.encode()).digest()[:8])
    signs = "".join(KEY_SIGNS[number >> shift & 31] for shift in range(59, -1, -5))
    for length in range(KEY_LENGTH, KEY_LONGEST + 1):
        yield signs[:length]


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item as the database has it, with departments and regions by code."""

    id: int
    key: str
    code: str
    name: str
    main_item: str
    type: ItemType
    handling_kind: HandlingKind
    department: str
    region: str
    statutory: Limit | None
    promised: Limit | None
    result_name: str
    conditions: str
    is_charged: bool | None
    fee_note: str
    materials: tuple[MaterialDraft, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written: new items with their keys, known items with what differs, and what was refused."""

    new: tuple[tuple[ItemDraft, str], ...]
    changed: tuple[tuple[ItemDraft, KnownItem], ...]
    changes: tuple[Change, ...]
    unchanged: int
    refused: tuple[Refused, ...]


def plan_import(
    drafts: tuple[ItemDraft, ...],
    known: Mapping[str, KnownItem],
    keys: Mapping[str, str],
    departments: Mapping[tuple[str, str], str],
) -> Plan:
    """Compare drafts with ``known`` items by code.

    ``keys`` are taken short keys with their codes; ``departments`` the codes by region and name.
    """
    taken_keys = dict(keys)
    first_line: dict[str, int] = {}
    new: list[tuple[ItemDraft, str]] = []
    changed: list[tuple[ItemDraft, KnownItem]] = []
    changes: list[Change] = []
    refused: list[Refused] = []
    unchanged = 0
    for draft in drafts:
        before = known.get(draft.code)
        if (line := first_line.setdefault(draft.code, draft.line)) != draft.line:
            refused.append(Refused(draft.line, "code", draft.code, f"与第 {line} 行的实施编码重复，只取前一行，请核对"))
        elif fault := _key_fault(draft, before, taken_keys):
            refused.append(fault)
        elif before is None:
            key = draft.key or next(one for one in key_candidates(draft.code) if one not in taken_keys)
            taken_keys[key] = draft.code
            new.append((draft, key))
        elif fields := differences(before, draft, departments[draft.department.region.code, draft.department.name]):
            changed.append((draft, before))
            changes.append(Change(draft.line, before.key, draft.code, fields))
        else:
            unchanged += 1
    return Plan(tuple(new), tuple(changed), tuple(changes), unchanged, tuple(refused))


def _key_fault(draft: ItemDraft, before: KnownItem | None, taken: Mapping[str, str]) -> Refused | None:
    """A key never changes (it stands in case numbers and entries) and never means two items."""
    if not draft.key:
        return None
    if before is not None and before.key != draft.key:
        reason = gettext_noop(f"该事项的短码已是 {before.key}，已用于办件编号，不能更改")
        return Refused(draft.line, "key", draft.key, reason)
    if taken.get(draft.key, draft.code) != draft.code:
        return Refused(draft.line, "key", draft.key, f"短码已被实施编码 {taken[draft.key]} 占用，请换一个或留空")
    return None


def differences(before: KnownItem, draft: ItemDraft, department: str) -> dict[str, tuple[str, str]]:
    """The fields in which a draft differs, as text before and after; what a source leaves out stays as it is."""
    materials = materials_after(before, draft)
    conditions = before.conditions if draft.conditions is None else draft.conditions
    is_charged = before.is_charged if draft.is_charged is None else draft.is_charged
    fee_note = before.fee_note if draft.fee_note is None else draft.fee_note
    pairs = {
        "name": (before.name, draft.name),
        "main_item": (before.main_item, draft.main_item),
        "type": (before.type.label, draft.type.label),
        "handling_kind": (before.handling_kind.label, draft.handling_kind.label),
        "department": (before.department, department),
        "region": (before.region, draft.department.region.code),
        "statutory_limit": (limit_text(before.statutory), limit_text(draft.statutory)),
        "promised_limit": (limit_text(before.promised), limit_text(draft.promised)),
        "result_name": (before.result_name, draft.result_name),
        "conditions": (before.conditions, conditions),
        "is_charged": (charged_text(before.is_charged), charged_text(is_charged)),
        "fee_note": (before.fee_note, fee_note),
        "materials": (materials_text(before.materials), materials_text(materials)),
    }
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def materials_after(before: KnownItem, draft: ItemDraft) -> tuple[MaterialDraft, ...]:
    """The materials that the item asks for once the draft is written: what it does not say of one stays."""
    if draft.materials is None:
        return before.materials
    known = {material.name: material for material in before.materials}
    return tuple(_completed(material, known.get(material.name, material)) for material in draft.materials)


def _completed(material: MaterialDraft, known: MaterialDraft) -> MaterialDraft:
    return replace(
        material,
        originals=known.originals if material.originals is None else material.originals,
        copies=known.copies if material.copies is None else material.copies,
        note=known.note if material.note is None else material.note,
    )


def charged_text(is_charged: bool | None) -> str:
    """``是`` or ``否``, as sources write it; empty when unknown."""
    return {None: "", True: "是", False: "否"}[is_charged]


def limit_text(limit: Limit | None) -> str:
    """``20(工作日)``, as sources write it; empty when unknown."""
    return f"{limit.number}({limit.unit.label})" if limit else ""


def materials_text(materials: tuple[MaterialDraft, ...]) -> str:
    """Materials in order, parted by ``；``; optional ones say so, and copies and notes stand behind the name."""
    return "；".join(_material_text(draft) for draft in materials)


def _material_text(draft: MaterialDraft) -> str:
    aside = [] if draft.is_required else ["可选"]
    if draft.originals is not None and draft.originals != 1:
        aside.append(f"原件{draft.originals}份")
    if draft.copies:
        aside.append(f"复印件{draft.copies}份")
    if draft.note:
        aside.append(draft.note)
    return f"{draft.name}（{'，'.join(aside)}）" if aside else draft.name


def refuse_activity(*, is_active: bool, wanted: bool) -> Refusal | None:
    """An item is deactivated only when in use, and brought back only when not."""
    if is_active != wanted:
        return None
    return Refusal("该事项已在用，无需恢复" if wanted else "该事项已停用，无需再次停用", code="already_so")

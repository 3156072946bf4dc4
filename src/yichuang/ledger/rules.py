"""What an entry must be, and the byte forms that its hash, leaf and seal are taken over; permissions."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import rules

from yichuang.kernel.actor import Role
from yichuang.kernel.canonical import canonical_instant, canonical_record
from yichuang.kernel.errors import Refusal
from yichuang.kernel.labels import gettext_noop
from yichuang.kernel.merkle import leaf_hash
from yichuang.kernel.permissions import holds
from yichuang.kernel.sm3 import sm3

from .types import Distinct, Fact, Group, Metric, Narrowed, Stock, kind_of

VERSION = 1
FIELDS = 15  # joined in the canonical form of an entry
CLOCK_SKEW = timedelta(minutes=1)  # between servers of one installation
PREFIX = 4  # bytes of a leaf kept in a seal, to name an entry that changed
_CODE = re.compile(r"[\w.()（）-]*")

rules.add_perm("ledger.view", holds(Role.EDITOR, Role.HALL, Role.ADMIN, Role.CHIEF, Role.MIDDLE, Role.CATALOGUE))
rules.add_perm("ledger.reverse", holds(Role.EDITOR, Role.ADMIN, Role.HALL))


def check_fact(fact: Fact, *, at: datetime, now: datetime) -> None:
    """Refuse an entry of an unknown kind, from the future, of nothing, or with a code that is no code."""
    kind_of(fact.kind.code)
    if at.tzinfo is None:
        raise Refusal("时间缺少时区", code="naive_instant", field="at")
    if at > now + CLOCK_SKEW:
        raise Refusal(f"发生时间 {at:%Y-%m-%d %H:%M} 在将来，请核对", code="in_future", field="at")
    if fact.quantity == 0:
        raise Refusal("数量不能为零", code="no_quantity", field="quantity")
    for field in ("department", "item", "region"):
        if not _CODE.fullmatch(getattr(fact, field)):
            raise Refusal(f"代码含有不允许的字符：{getattr(fact, field)!r}", code="bad_code", field=field)


def entry_hash(  # noqa: PLR0917 - the fields of the canonical form, in its order
    kind: int,
    occurred_at: str,
    recorded_at: str,
    actor: int,
    position: int,
    region: str,
    department: str,
    item: str,
    channel: int,
    subject_type: int,
    subject_id: int,
    quantity: int,
    payload: str,
    corrects: int | None,
    previous: int | None,
    previous_hash: bytes,
) -> bytes:
    """SM3 of the entry's canonical form, version 1, followed by the hash of the subject's entry before.

    The same bytes as ``canonical_record(1, fields) + previous_hash``, written out because every entry passes here.
    """
    text = (
        f"\x01{kind}\x1f{occurred_at}\x1f{recorded_at}\x1f{actor}\x1f{position}\x1f{region}\x1f{department}\x1f{item}"
        f"\x1f{channel}\x1f{subject_type}\x1f{subject_id}\x1f{quantity}\x1f{payload}"
        f"\x1f{'' if corrects is None else corrects}\x1f{'' if previous is None else previous}"
    )
    if text.count("\x1f") != FIELDS - 1:
        return b""  # a field holds the separator: no entry of ours, and equal to no hash
    return sm3(text.encode() + previous_hash)


def entry_leaf(entry: int, digest: bytes) -> bytes:
    """The Merkle leaf of an entry: its id (8 bytes, big-endian) and its hash."""
    return leaf_hash(entry.to_bytes(8, "big") + digest)


def seal_hash(  # noqa: PLR0917 - the fields of the canonical form, in its order
    day: date, number: int, first: int, last: int, ids: str, sealed_at: datetime, root: bytes, previous_hash: bytes
) -> bytes:
    """SM3 over a seal's canonical form, its root and the hash of the seal before."""
    fields: list[str | int | None] = [day.isoformat(), number, first, last, ids, canonical_instant(sealed_at)]
    return sm3(canonical_record(VERSION, fields) + root + previous_hash)


def ranges_of(ids: Iterable[int]) -> str:
    """Ascending ids as ranges: ``1-3812,3815-4000``."""
    parts: list[str] = []
    start = end = None
    for entry in ids:
        if end is not None and entry == end + 1:
            end = entry
            continue
        if start is not None:
            parts.append(f"{start}-{end}")
        start = end = entry
    if start is not None:
        parts.append(f"{start}-{end}")
    return ",".join(parts)


def ids_of(ranges: str) -> Iterable[int]:
    """The ids that :func:`ranges_of` wrote down."""
    for part in ranges.split(",") if ranges else ():
        first, last = part.split("-")
        yield from range(int(first), int(last) + 1)


def refuse_grouping(metric: Metric, group: Group, narrowed: Narrowed) -> Refusal | None:
    """What cannot be told of a metric in these groups: see :func:`ledger.queries.figures_by`.

    Counters hold people beside departments and channels, items and regions too, but not people beside items.
    """
    if isinstance(metric, Distinct):
        if group is not Group.NONE or narrowed != Narrowed():
            message = gettext_noop(f"“{metric.label}”同一对象只计一次，只能看整个时段的总数，不能分组或筛选")
            return Refusal(message, code="distinct_in_groups", field="group")
    elif isinstance(metric, Stock):
        if group not in _STOCK_GROUPS or replace(narrowed, department=None) != Narrowed():
            message = gettext_noop(f"“{metric.label}”是时点数，每日每部门记一次，不能按其他项目分组或筛选")
            return Refusal(message, code="stock_in_groups", field="group")
    elif _of_people(group, narrowed) and _of_items(group, narrowed):
        message = gettext_noop("人员的数字不分事项和区划，请只选其一")
        return Refusal(message, code="people_and_items", field="group")
    return None


_STOCK_GROUPS = (Group.NONE, Group.DAY, Group.WEEK, Group.MONTH, Group.DEPARTMENT)


def _of_people(group: Group, narrowed: Narrowed) -> bool:
    return group is Group.PERSON or narrowed.actors is not None


def _of_items(group: Group, narrowed: Narrowed) -> bool:
    return group in {Group.ITEM, Group.REGION} or narrowed.item is not None or narrowed.region is not None

"""Fills an empty, migrated database with the demonstration province; the same bytes of the ledger each time."""

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from itertools import chain
from operator import attrgetter

from django.db import transaction
from django.utils import timezone

from yichuang.calendars.actions import fill_from_library
from yichuang.kernel.actor import SYSTEM
from yichuang.ledger.actions import bulk_load
from yichuang.ledger.types import BulkRow

from . import people, world
from .applicants import ORGANISATIONS, PEOPLE, applicants
from .archive import file_applicants, file_cases, file_papers
from .days import WorkDays, chance
from .figures import Segment, segments
from .founding import found_departments, found_items, found_people, found_regions
from .models import Edition
from .plan import Planner
from .progress import Stage
from .recent import work_recently
from .recent.hands import Cast
from .register import bulletin_rows, register_bulletins
from .story import Telling
from .tables import continue_sequences

EDITION = 2
SEED = 437
EXPECTED_ENTRIES = 1_440_000  # for the length of the bar only


def telling(seed: int = SEED) -> tuple[Telling, Planner]:
    """A story-teller and a planner over the demonstration's items and people."""
    days, items, rows = WorkDays(), world.items(), world.departments()
    staff = world.staff_of(people.members(rows, chance(f"people {seed}")))
    rng = chance(f"story {seed}")
    return Telling(days, items, staff, rng), Planner(days, [item.handling() for item in items], rng)


def entries(teller: Telling, planner: Planner, parts: tuple[Segment, ...]) -> Iterator[BulkRow]:
    """The entries of all segments and of the bulletins, in the order recorded."""
    told = chain.from_iterable(teller.tell(planner.plan(part)) for part in parts)
    yield from merge(told, bulletin_rows(teller.days, parts, teller.staff.editor), key=attrgetter("recorded_at"))


@transaction.atomic
def fill(
    stage: Stage,
    *,
    parts: tuple[Segment, ...] = (),
    seed: int = SEED,
    scale: float = 1.0,
    now: datetime | None = None,
) -> int:
    """Everything in one transaction; returns the number of the archive's entries.

    ``scale`` is the share of applicants, and of the work of the last weeks before ``now`` (none without it).
    """
    whole = not parts
    parts = parts or segments()
    teller, planner = telling(seed)
    rows = world.departments()
    with stage("部门、人员、事项", None):
        found_regions()
        found_departments(rows)
        members = people.members(rows, chance(f"people {seed}"))
        found_people(rows, members)
        materials = found_items(teller.items, chance(f"items {seed}"))
    with stage("台账条目", EXPECTED_ENTRIES if whole else None) as report:
        done = bulk_load(entries(teller, planner, parts), progress=report)
    with stage("申请人、办件、材料", None):
        who = list(
            applicants(
                chance(f"applicants {seed}"), people=int(PEOPLE * scale), organisations=int(ORGANISATIONS * scale)
            )
        )
        file_applicants(who)
        file_cases(teller.cases, who, materials, chance(f"cases {seed}"))
        file_papers(teller)
        continue_sequences()
    with stage("工作日历、周报登记", None):
        fill_from_library(SYSTEM, timezone.now())
        register_bulletins(teller.days, parts)
        Edition.objects.create(number=EDITION, entries=done, loaded_at=timezone.now())
    if now:
        _fill_desks(stage, Cast(members, who, materials), teller, now, seed=seed, share=scale)
    return done


def _fill_desks(stage: Stage, cast: Cast, teller: Telling, now: datetime, *, seed: int, share: float) -> None:
    with stage("最近几周的业务", None) as report:
        done = work_recently(cast, list(teller.items), now, seed=seed, share=share, report=report)
    if done is None:
        with stage(f"{now.year} 年放假安排尚未公布，不装入最近的业务", None):
            pass

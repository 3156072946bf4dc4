"""One ``accept`` against a bare insert of the same two rows: ``python -m bench.accepting WRITERS BLOCKS SIZE``.

Writers are processes. A round is a block of accepts by all of them at once, then a block of bare inserts by all of
them at once. A block of one writer has a fold in it, since its ids pass a multiple of 500; with more writers there
are as many folds as the ids call for. The bare rows are folded along with the next accepts, which pay for it.
"""

import multiprocessing
import random
import sys
import time
from multiprocessing.synchronize import Barrier
from typing import Any

import django

from .children import say, tell

DEPARTMENTS, ITEMS = 45, 420
PATIENCE = 300  # seconds a writer waits for the others


def main(writers: int, blocks: int, size: int) -> None:
    """Set the stage, let the writers work, print the seconds of each block."""
    django.setup()
    from django.db import connection  # noqa: PLC0415

    _found_centre()
    connection.close()
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(writers + 1), context.Queue()
    workers = [
        context.Process(target=work, args=(number, blocks, size, barrier, results), daemon=True)
        for number in range(writers)
    ]
    for worker in workers:
        worker.start()
    accepts, bare = [], []
    for _ in range(blocks + 1):
        barrier.wait(PATIENCE)  # cases are ready
        accepts.append(_timed(barrier))
        bare.append(_timed(barrier))
        say(f"accept, {writers} at work: {size * writers / accepts[-1]:.0f}/s, bare {size * writers / bare[-1]:.0f}/s")
    folds = max(results.get(timeout=PATIENCE) for _ in workers)
    for worker in workers:
        worker.join()
    each = writers * size
    tell(
        {
            "writers": writers,
            "actions_per_block": each,
            "accept_seconds": accepts[1:],  # the first round warms up
            "bare_seconds": bare[1:],
            "folded_through_of_entries": folds,
        }
    )


def _timed(barrier: Barrier) -> float:
    """Seconds between the moment when all may begin and the moment when all are done."""
    barrier.wait(PATIENCE)
    started = time.perf_counter()
    barrier.wait(PATIENCE)
    return time.perf_counter() - started


def work(number: int, blocks: int, size: int, barrier: Barrier, results: Any) -> None:
    """One writer."""
    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from yichuang.cases.actions import accept  # noqa: PLC0415
    from yichuang.ledger.models import CounterState, Entry  # noqa: PLC0415

    chance = random.Random(number)  # noqa: S311
    for _ in range(blocks + 1):
        cases = _received(number, size, chance)
        samples = [_sample(case) for case in cases]
        barrier.wait(PATIENCE)
        barrier.wait(PATIENCE)
        for case in cases:
            accept(case.number, actor=_clerk(), at=timezone.now())
        barrier.wait(PATIENCE)
        barrier.wait(PATIENCE)
        for case, entry in samples:
            _insert_bare(case, entry)
        barrier.wait(PATIENCE)
    results.put([CounterState.objects.get(pk=1).folded_through, Entry.objects.latest("pk").pk])
    connection.close()


def _insert_bare(case: Any, entry: Any) -> None:
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        case.save(force_insert=True)
        entry.save(force_insert=True)


def _sample(case: Any) -> tuple[Any, Any]:
    """Unsaved rows like those of an accepted ``case`` and of its entry."""
    from django.utils import timezone  # noqa: PLC0415

    from yichuang.cases.models import Case  # noqa: PLC0415
    from yichuang.cases.types import ACCEPTED, CASE, State  # noqa: PLC0415
    from yichuang.ledger.models import Entry  # noqa: PLC0415

    now = timezone.now()
    fields = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    fields |= {"id": None, "number": f"B{case.number}", "state": State.ACCEPTED, "accepted_at": now}
    entry = Entry(
        kind=ACCEPTED.code,
        occurred_at=now,
        recorded_at=now,
        actor=11,
        position=0,
        region=case.region,
        department=case.department,
        item=case.item.key,
        channel=case.channel,
        subject_type=CASE.code,
        subject_id=case.pk,
        quantity=1,
        payload="",
        corrects=None,
        previous=case.pk,
        previous_hash=bytes(32),
        hash=bytes(32),
    )
    return Case(**fields), entry


def _received(writer: int, count: int, chance: random.Random) -> list[Any]:
    """New cases of any items, with their two required materials."""
    from django.utils import timezone  # noqa: PLC0415

    from yichuang.cases.actions import receive  # noqa: PLC0415
    from yichuang.cases.types import ApplicantData, ApplicantKind, MaterialGiven  # noqa: PLC0415
    from yichuang.catalogue.models import HandlingItem  # noqa: PLC0415
    from yichuang.catalogue.queries import materials_of  # noqa: PLC0415
    from yichuang.ledger.types import Channel  # noqa: PLC0415

    applicant = ApplicantData(ApplicantKind.ORGANISATION, f"申请人{writer}", "001", _credit_code(writer))
    items = list(HandlingItem.objects.order_by("key"))
    made = []
    for item in chance.choices(items, k=count):
        given = [MaterialGiven(spec.pk) for spec in materials_of(item.pk)]
        made.append(
            receive(
                item=item.key,
                applicant=applicant,
                materials=given,
                channel=Channel.WINDOW,
                actor=_clerk(),
                at=timezone.now(),
            )
        )
    return made


def _clerk() -> Any:
    from yichuang.kernel.actor import Actor, Post, Role  # noqa: PLC0415

    return Actor(id=11, name="", posts=frozenset({Post(Role.FRONT)}))


def _credit_code(number: int) -> str:
    """A valid unified credit code, another for each number."""
    from stdnum.cn import uscc  # noqa: PLC0415

    body = f"91350100M{number:08d}"
    return body + str(uscc.calc_check_digit(body))


def _found_centre() -> None:
    """Tables, 45 departments, 420 items with two required materials each, the working calendar."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from yichuang.calendars.actions import fill_from_library  # noqa: PLC0415
    from yichuang.cases.tests.factories import make_item  # noqa: PLC0415
    from yichuang.config.commands import OPERATOR  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    fill_from_library(OPERATOR, timezone.now())
    for number in range(ITEMS):
        make_item(f"K{number:04d}", department=f"D{number % DEPARTMENTS:02d}", materials=("申请书", "身份证明"))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]))

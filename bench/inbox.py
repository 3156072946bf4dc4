"""The lists of the desk with 100,000 cases in one department's inbox: ``python -m bench.inbox OPEN ROUNDS``.

As many cases wait in the middle office, a fifth as many at the issue counter. A page is a whole request through
Django's test client, by somebody who has opened it once; its query alone is measured beside it.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from statistics import median
from typing import Any

import django

from .accepting import DEPARTMENTS, ITEMS, _found_centre
from .children import say, tell

APPLICANTS = 2_000
CHUNK = 5_000
DEPARTMENT = "D00"  # has all open cases, and just one reviewer who takes any


def main(open_cases: int, rounds: int) -> None:
    """Fill the tables, open each list, print milliseconds and queries."""
    django.setup()
    _found_centre()
    started = time.perf_counter()
    people = _people()
    _fill(open_cases, people["back"])
    say(f"{open_cases} open cases in one department, as many to hand over: {time.perf_counter() - started:.0f} s")
    tell({"open": open_cases, "lists": _lists(people, rounds), "pages": _pages(people, rounds)})


def _people() -> dict[str, Any]:
    from yichuang.accounts.tests.factories import make_person  # noqa: PLC0415
    from yichuang.kernel.actor import Role  # noqa: PLC0415

    return {
        "front": make_person("front", [Role.FRONT]),
        "middle": make_person("middle", [Role.MIDDLE]),
        "back": make_person("back", [Role.BACK], DEPARTMENT),
    }


def _fill(open_cases: int, reviewer: Any) -> None:
    from django.db import connection  # noqa: PLC0415

    from yichuang.cases.models import Case, Delivery, Handover  # noqa: PLC0415
    from yichuang.cases.types import State  # noqa: PLC0415

    _applicants()
    Case.objects.bulk_create(_cases(open_cases, reviewer.pk), batch_size=CHUNK)
    with_office = Case.objects.filter(holder=DEPARTMENT).values_list("pk", "moved_at", "signed_at")
    handed = (
        Handover(case_id=case, to=DEPARTMENT, sent_at=sent, sent_by=2, entry=case, signed_at=signed)
        for case, sent, signed in with_office.iterator()
    )
    Handover.objects.bulk_create(handed, batch_size=CHUNK)
    posted = (
        Delivery(case_id=case, way=3, check_by=3, carrier="EMS", tracking_number=f"{case:013d}", at=at, by=1)
        for case, at in Case.objects.filter(state=State.ISSUED).values_list("pk", "moved_at").iterator()
    )
    Delivery.objects.bulk_create(posted, batch_size=CHUNK)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as its daemon does soon


def _applicants() -> None:
    from yichuang.cases.models import Applicant  # noqa: PLC0415

    Applicant.objects.bulk_create(
        Applicant(kind=1, name=f"申请人{one}", id_type="111", id_sealed=b"", id_index=one.to_bytes(32, "big"))
        for one in range(APPLICANTS)
    )


def _cases(open_cases: int, reviewer: int) -> Iterator[Any]:
    """Of the department's cases a fifth each: unsigned, free, the reviewer's, another's, decided."""
    from django.utils import timezone  # noqa: PLC0415

    from yichuang.cases.models import Applicant, Case  # noqa: PLC0415
    from yichuang.cases.types import State  # noqa: PLC0415
    from yichuang.catalogue.models import HandlingItem  # noqa: PLC0415

    chance = random.Random(1)  # noqa: S311
    items = dict(HandlingItem.objects.values_list("key", "pk"))
    applicants = list(Applicant.objects.values_list("pk", flat=True))
    now, today = timezone.now(), timezone.localdate()
    kinds: list[dict[str, Any]] = [
        {"state": State.REVIEWING},
        {"state": State.REVIEWING, "signed_at": now},
        {"state": State.REVIEWING, "signed_at": now, "handler": reviewer},
        {"state": State.REVIEWING, "signed_at": now, "handler": reviewer + 1000},
        {"state": State.GRANTED, "signed_at": now, "is_granted": True},
    ]
    held = [
        (kinds[one % 5] | {"holder": DEPARTMENT}, DEPARTMENTS * (one % (ITEMS // DEPARTMENTS)))
        for one in range(open_cases)
    ]
    waiting = [({"state": State.ACCEPTED}, one % ITEMS) for one in range(open_cases)]
    made = {"is_granted": True, "result_number": "J1"}
    ready = [({"state": State.CONCLUDED} | made, one % ITEMS) for one in range(open_cases // 5)]
    posted = [({"state": State.ISSUED} | made, one % ITEMS) for one in range(open_cases // 20)]
    for number, (fields, item) in enumerate([*held, *waiting, *ready, *posted]):
        began = now - timedelta(days=number % 30, seconds=number)
        yield Case(
            number=f"K{item:04d}{began:%Y%m%d}{number:06d}",
            item_id=items[f"K{item:04d}"],
            department=f"D{item % DEPARTMENTS:02d}",
            channel=1,
            applicant_id=chance.choice(applicants),
            received_at=began,
            accepted_at=began,
            moved_at=began,
            moved_by=1,
            due_on=_due(today, number),
            **fields,
        )


def _due(today: date, number: int) -> date | None:
    return None if number % 50 == 0 else today + timedelta(days=number % 40 - 10)


def _lists(people: dict[str, Any], rounds: int) -> dict[str, Any]:
    """Each list's query alone."""
    from django.utils import timezone  # noqa: PLC0415

    from yichuang.accounts.queries import actor_of  # noqa: PLC0415
    from yichuang.cases import queries  # noqa: PLC0415
    from yichuang.cases.types import Signal  # noqa: PLC0415

    today = timezone.localdate()
    actors = {name: actor_of(person, today) for name, person in people.items()}
    filters, tabs = queries.InboxFilters, queries.InboxTab
    asked: dict[str, Callable[[], object]] = {}
    wanted = {f"inbox, {tab.value}": (filters(tab=tab), 1) for tab in tabs} | {
        "inbox, last page": (filters(), 100),
        "inbox, red": (filters(signal=Signal.RED), 1),
        "inbox, one item": (filters(item="K0000"), 1),
        "inbox, item of nobody": (filters(tab=tabs.MINE, item="K0001"), 1),
        "inbox, number": (filters(words="K00002"), 1),
    }
    for name, (narrowed, page) in wanted.items():
        asked[name] = partial(queries.inbox, actors["back"], narrowed, page=page, today=today)
    for name, dispatch in {
        "dispatch": queries.DispatchFilters(),
        "dispatch, one department": queries.DispatchFilters(department="D07"),
        "dispatch, old": queries.DispatchFilters(age=3),
    }.items():
        asked[name] = partial(queries.dispatch_queue, actors["middle"], dispatch, today=today)
    for tab in queries.IssueTab:
        asked[f"issue, {tab.value}"] = partial(
            queries.issue_queue, actors["front"], tab, queries.IssueFilters(), today=today
        )
    asked["not signed for"] = partial(queries.unsigned_handovers, actors["middle"], today=today)
    return {name: _measured(ask, rounds) for name, ask in asked.items()}


def _pages(people: dict[str, Any], rounds: int) -> dict[str, Any]:
    """Whole requests; a page that does not answer 200 is named with what it answers."""
    from django.test import Client  # noqa: PLC0415

    told: dict[str, Any] = {}
    for who, addresses in {
        "back": ["/inbox", "/inbox?tab=unsigned", "/inbox?tab=mine", "/inbox?signal=red"],
        "middle": ["/dispatch"],
        "front": ["/issue", "/issue?tab=not_fetched", "/issue?tab=under_way"],
    }.items():
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(people[who], "allauth.account.auth_backends.AuthenticationBackend")
        for address in addresses:
            status = client.get(address).status_code
            told[address] = _measured(partial(client.get, address), rounds) if status == 200 else {"status": status}
    return told


def _measured(ask: Callable[[], object], rounds: int) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    queries = len(captured.captured_queries)  # now: the next request empties the log
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    return {"p50_ms": median(times), "worst_ms": max(times), "queries": queries}


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:3]))

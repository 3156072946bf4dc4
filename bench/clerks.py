"""The desk of the demonstration: ``python -m bench.clerks PEOPLE SECONDS VISITS [small]``.

Loads the demonstration (``small``: a little of it), then serves some visitors three times over: through Django's test
client, which counts queries; through the running server by one clerk alone, which gives the round trips; and by
``PEOPLE`` clerks at once. In the end ledger, counters and notices must agree with what the clerks were told.
"""

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import django
import requests

from .carrying import Wire
from .children import say, tell
from .report import percentile
from .serving import load_demonstration, run_locust, served
from .visits import OK, Answer, Ask, Done, serve, visits

ITEMS, APPLICANTS = 200, 4_000  # different ones that are served
MATERIALS = 3  # that each item requires
COUNTED, WARMING = 12, 6  # visits: in twelve everything has come up
SEED = 11
COUNTING, ALONE = 30, 40  # turns: other visitors than those of the clerks at once
Answered = tuple[str, float, int]  # name, milliseconds, status


def main(people: int, seconds: int, rounds: int, *, is_small: bool) -> None:
    """Everything in order; prints milliseconds, queries, and what does not agree."""
    django.setup()
    result: dict[str, Any] = {"load_seconds": _load_small() if is_small else load_demonstration()}
    from .auditing import differences, mark  # noqa: PLC0415 - models need django.setup()

    stage, before, done = make_stage(people + 2), mark(), Done()
    alone_clerk, counted_clerk = stage["clerks"][people:]
    result["queries"] = queries_of(stage, counted_clerk, done)
    with served() as host:
        alone = _round_trips(host, stage, alone_clerk, rounds, done)
        day = _at_once(host, stage, people, seconds)
    accepted = [*done.accepted, *map(tuple, day["accepted"])]
    result |= {
        "alone": summary(alone),
        "at_once": summary(day["answers"]),
        "everything": summary(("", took, status) for _, took, status in day["answers"])[""],
        "errors": [f"{name}: {status}" for name, _, status in [*alone, *day["answers"]] if status not in OK],
        "accepted": len({number for _, number in accepted}),
        "sent": len(accepted),
        "differences": differences(before, accepted, processes=os.cpu_count() or 1),
    }
    for what in result["differences"]:
        say(what)
    tell(result)


def summary(answered: Iterable[Answered]) -> dict[str, Any]:
    """Median, 95th and 99th percentile of each sort of request, in milliseconds."""
    by_name: dict[str, list[float]] = defaultdict(list)
    for name, took, _ in answered:
        by_name[name].append(took)
    return {
        name: {
            "requests": len(each),
            "p50_ms": median(each),
            "p95_ms": percentile(each, 0.95),
            "p99_ms": percentile(each, 0.99),
        }
        for name, each in by_name.items()
    }


def make_stage(clerks: int) -> dict[str, Any]:
    """So many clerks who can log in, items that require three materials, applicants known and new."""
    from django.contrib.auth.hashers import make_password  # noqa: PLC0415
    from django.db.models import Count, Q  # noqa: PLC0415

    from yichuang.accounts.models import Assignment, Person  # noqa: PLC0415
    from yichuang.accounts.tests.factories import LONG_AGO, PASSWORD, make_position  # noqa: PLC0415
    from yichuang.catalogue.models import HandlingItem  # noqa: PLC0415
    from yichuang.kernel.actor import Role  # noqa: PLC0415

    names, hashed = [f"bench-{number:02d}" for number in range(clerks)], make_password(PASSWORD)
    position = make_position(Role.FRONT)
    for name in names:
        person = Person.objects.create(username=name, name=name, password=hashed)
        Assignment.objects.create(person=person, position=position, starts_on=LONG_AGO)
    required = Count("materials", Q(materials__is_required=True))
    fitting = HandlingItem.objects.annotate(required=required).filter(required=MATERIALS)
    return {
        "clerks": names,
        "password": PASSWORD,
        "applicants": list(_applicants()),
        "items": [
            {
                "key": item.key,
                "name": item.name,
                "specs": list(item.materials.filter(is_required=True).values_list("pk", flat=True)),
            }
            for item in fitting.order_by("key")[:ITEMS]
        ],
    }


def _applicants() -> Iterator[dict[str, str]]:
    """In turn one whom the demonstration knows and one who comes for the first time."""
    from yichuang.cases.models import Applicant  # noqa: PLC0415
    from yichuang.cases.sealing import sealer  # noqa: PLC0415
    from yichuang.cases.types import ApplicantKind  # noqa: PLC0415
    from yichuang.demo.applicants import PEOPLE, id_card, phone_number  # noqa: PLC0415
    from yichuang.demo.people import person_name  # noqa: PLC0415
    from yichuang.kernel.identity import IdType  # noqa: PLC0415

    chance = Random(SEED)  # noqa: S311
    known = list(Applicant.objects.order_by("pk"))
    known = chance.sample(known, min(len(known), APPLICANTS // 2))
    for number in range(APPLICANTS // 2):
        yield {
            "kind": str(ApplicantKind.PERSON.value),
            "id_type": IdType.ID_CARD.value,
            "id_number": id_card(PEOPLE * 2 + number),
            "name": person_name(chance),
            "phone": phone_number(PEOPLE * 2 + number),
        }
        for one in known[number : number + 1]:
            yield {
                "kind": str(one.kind),
                "id_type": IdType.ID_CARD.value,  # what an organisation's form says too, as the choice is hidden
                "id_number": sealer.open(bytes(one.id_sealed), associated=bytes(one.id_index)),
                "name": one.name,
                "phone": "",
            }


def queries_of(stage: dict[str, Any], username: str, done: Done) -> dict[str, int]:
    """The most queries that each sort of request asked, after the first visits; raises when one fails."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    person = get_user_model().objects.get(username=username)
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    most: dict[str, int] = defaultdict(int)

    def carry(ask: Ask) -> Answer:
        send = client.get if ask.data is None else client.post
        with CaptureQueriesContext(connection) as captured:
            answer = send(ask.path, ask.data, headers={"hx-request": "true"} if ask.is_part else {})
        queries = len(captured.captured_queries)
        if answer.status_code not in OK:
            raise SystemExit(f"bench: {ask.path} answers {answer.status_code}")
        most[ask.name] = max(most[ask.name], queries)
        text = answer.content.decode() if "text" in answer.headers.get("Content-Type", "") else ""
        return Answer(answer.status_code, text, answer.headers.get("HX-Replace-Url", ""))

    serve(visits(stage, COUNTING, done), carry, 1)
    most.clear()
    serve(visits(stage, COUNTING + 1, done), carry, COUNTED)
    return dict(most)


def _round_trips(host: str, stage: dict[str, Any], username: str, rounds: int, done: Done) -> list[Answered]:
    """What each request took when nobody else is there, after a few visits that warm up the server."""
    clerk = Wire(requests.Session(), host, username, stage["password"])
    answered: list[Answered] = []

    def carry(ask: Ask) -> Answer:
        started = time.perf_counter()
        answer = clerk.carry(ask)
        answered.append((ask.name, (time.perf_counter() - started) * 1000, answer.status))
        return answer

    serve(visits(stage, ALONE, done), carry, WARMING)
    answered.clear()
    serve(visits(stage, ALONE + 1, done), carry, rounds)
    return answered


def _at_once(host: str, stage: dict[str, Any], people: int, seconds: int) -> dict[str, Any]:
    """What locust's clerks were answered."""
    place = Path(os.environ["YICHUANG_VAR"])
    (place / "desk.json").write_text(json.dumps(stage | {"clerks": stage["clerks"][:people]}), encoding="utf-8")
    told = os.environ | {"BENCH_DESK": str(place / "desk.json"), "BENCH_DAY": str(place / "day.json")}
    say(f"{people} clerks at work for {seconds} s")
    run_locust("at_desk.py", host=host, people=people, seconds=seconds, environment=told)
    day: dict[str, Any] = json.loads((place / "day.json").read_text(encoding="utf-8"))
    if day["people"] != people:
        raise SystemExit(f"bench: only {day['people']} of {people} could log in")
    return day


def _load_small() -> float:
    from yichuang.demo.commands import load  # noqa: PLC0415
    from yichuang.demo.tests.small import SMALL  # noqa: PLC0415

    started = time.perf_counter()
    with redirect_stdout(sys.stderr):
        load(parts=SMALL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]), is_small=sys.argv[4:] == ["small"])

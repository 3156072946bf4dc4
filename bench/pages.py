"""Pages of the demonstration with people at work at once: ``python -m bench.pages PEOPLE SECONDS``.

Loads the demonstration into the workplace, counts the queries of each page, then serves it (granian, as users do) and
lets locust's visitors come; server and visitors share the machine.
"""

import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

import django

from .children import say, tell
from .report import percentile
from .serving import load_demonstration, run_locust, served

CASES = 200  # different cases opened


def main(people: int, seconds: int) -> None:
    """Everything in order; prints sizes, queries and milliseconds."""
    place = Path(os.environ["YICHUANG_VAR"])
    result: dict[str, Any] = {"load_seconds": load_demonstration()}
    files = place.glob("yichuang.sqlite3*")
    result["bytes"] = sum(path.stat().st_size for path in files)
    django.setup()
    stage = _stage()
    result |= {"entries": stage.pop("entries"), "queries": _queries(stage)}
    visits = _visits(place, stage, people, seconds)
    by_page: dict[str, list[float]] = defaultdict(list)
    for _, page, milliseconds, _ in visits:
        by_page[page].append(milliseconds)
    by_page["all pages"] = [visit[2] for visit in visits]
    result["pages"] = {
        page: {
            "requests": len(times),
            "p50_ms": median(times),
            "p95_ms": percentile(times, 0.95),
            "p99_ms": percentile(times, 0.99),
        }
        for page, times in sorted(by_page.items())
    }
    result["failed"] = sorted({f"{page} {status}" for _, page, _, status in visits if status != 200})
    result["requests_per_second"] = len(visits) / (visits[-1][0] - visits[0][0])
    tell(result)


def _stage() -> dict[str, Any]:
    """The pages, by name and addresses, and who opens them: an editor, who may see all of them."""
    from yichuang.bulletins.models import Bulletin  # noqa: PLC0415
    from yichuang.cases.models import Case  # noqa: PLC0415
    from yichuang.demo.figures import KNOWN_WEEKS  # noqa: PLC0415
    from yichuang.demo.founding import PASSWORD  # noqa: PLC0415
    from yichuang.demo.people import LOGINS  # noqa: PLC0415
    from yichuang.kernel.actor import Role  # noqa: PLC0415
    from yichuang.ledger.queries import Entry  # noqa: PLC0415

    last = Case.objects.latest("pk").pk
    numbers = Case.objects.filter(pk__in=range(1, last, max(1, last // CASES))).values_list("number", flat=True)
    known = Bulletin.objects.filter(first__in=[week.first for week in KNOWN_WEEKS]).order_by("serial")
    week = KNOWN_WEEKS[0]
    figure = f"/ledger?kind=issued&from={week.first}&to={week.last}"
    return {
        "entries": Entry.objects.latest("pk").pk,
        "username": LOGINS[Role.EDITOR],
        "password": PASSWORD,
        "pages": [
            ("front page", ["/"]),
            ("ledger", ["/ledger"]),
            ("ledger behind a figure", [figure]),
            ("bulletin", [f"/bulletins/{bulletin.serial}" for bulletin in known]),
            ("case", [f"/cases/{number}" for number in numbers]),
        ],
    }


def _queries(stage: dict[str, Any]) -> dict[str, int]:
    """Queries of each page for somebody who is logged in and has opened it once."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(
        get_user_model().objects.get(username=stage["username"]),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    counts = {}
    for page, addresses in stage["pages"]:
        client.get(addresses[0])
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(addresses[0])
        if answer.status_code != 200:
            raise SystemExit(f"bench: {addresses[0]} answers {answer.status_code}")
        counts[page] = len(captured.captured_queries)
    connection.close()
    return counts


def _visits(place: Path, stage: dict[str, Any], people: int, seconds: int) -> list[Any]:
    """Every answer while all people were there."""
    (place / "pages.json").write_text(json.dumps(stage), encoding="utf-8")
    answers = place / "visits.json"
    told = os.environ | {"BENCH_PAGES": str(place / "pages.json"), "BENCH_VISITS": str(answers)}
    say(f"{people} people at work for {seconds} s")
    with served() as host:
        run_locust("visitors.py", host=host, people=people, seconds=seconds, environment=told)
    came: dict[str, Any] = json.loads(answers.read_text(encoding="utf-8"))
    if came["people"] != people:
        raise SystemExit(f"bench: only {came['people']} of {people} could log in")
    visits: list[Any] = came["visits"]
    return visits


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

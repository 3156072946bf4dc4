"""People at work, for locust: each logs in, then opens one page after another with a second of thought between.

Locust runs this file (``bench.pages`` starts it); BENCH_PAGES names the pages and the login, BENCH_VISITS the file
that takes every answer's page, milliseconds and status.
"""

import itertools
import json
import os
import time
from pathlib import Path
from typing import Any

from locust import HttpUser, constant, events, task

from bench.logging_in import LOGIN, log_in

STAGE = json.loads(Path(os.environ["BENCH_PAGES"]).read_text(encoding="utf-8"))
THOUGHT_SECONDS = 1
visits: list[tuple[float, str, float, int]] = []
there: list[int] = []
_numbers = itertools.count()


class Visitor(HttpUser):
    """Somebody who opens the pages in turn, each person beginning at another one."""

    wait_time = constant(THOUGHT_SECONDS)

    def on_start(self) -> None:
        """Log in, as in the browser."""
        self.turn = next(_numbers)
        log_in(self.client, self.host or "", STAGE["username"], STAGE["password"], name=LOGIN)
        there.append(self.turn)

    @task
    def click(self) -> None:
        """The next page; of several addresses of a kind, another one each time."""
        page, addresses = STAGE["pages"][self.turn % len(STAGE["pages"])]
        address = addresses[self.turn // len(STAGE["pages"]) % len(addresses)]
        self.turn += 1
        self.client.get(address, name=page, allow_redirects=False)


@events.request.add_listener  # type: ignore[untyped-decorator]
def _note(name: str, response_time: float, response: Any, exception: Exception | None, **_: Any) -> None:
    """What was answered while people were still logging in does not count."""
    if name == LOGIN:
        visits.clear()
    else:
        visits.append((time.time(), name, response_time, 0 if exception else int(response.status_code)))


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def _hand_over(**_: Any) -> None:
    told = {"people": len(there), "visits": visits}
    Path(os.environ["BENCH_VISITS"]).write_text(json.dumps(told), encoding="utf-8")

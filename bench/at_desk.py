"""Clerks at work, for locust: each logs in as a person of her own and serves one visitor after another.

Locust runs this file (``bench.clerks`` starts it); BENCH_DESK names the stage, BENCH_DAY the file that takes every
answer's name, milliseconds and status, and what the clerks were told is accepted.
"""

import itertools
import json
import os
from pathlib import Path
from typing import Any

from locust import HttpUser, constant, events, task

from bench.carrying import Wire
from bench.logging_in import LOGIN
from bench.visits import Done, visits

STAGE = json.loads(Path(os.environ["BENCH_DESK"]).read_text(encoding="utf-8"))
THOUGHT_SECONDS = 1
answers: list[tuple[str, float, int]] = []
there: list[int] = []
done = Done()
_turns = itertools.count()


class Clerk(HttpUser):
    """One request after another, with a second of thought between."""

    wait_time = constant(THOUGHT_SECONDS)

    def on_start(self) -> None:
        """Log in, as in the browser, and come to the desk."""
        turn = next(_turns)
        username = STAGE["clerks"][turn % len(STAGE["clerks"])]
        self.wire = Wire(self.client, self.host or "", username, STAGE["password"], name=LOGIN)
        self.talk = visits(STAGE, turn, done)
        self.asked = next(self.talk)
        there.append(turn)

    @task
    def ask(self) -> None:
        """The next request of this clerk's day."""
        self.asked = self.talk.send(self.wire.carry(self.asked, name=self.asked.name))


@events.request.add_listener  # type: ignore[untyped-decorator]
def _note(name: str, response_time: float, response: Any, exception: Exception | None, **_: Any) -> None:
    """What was answered while people were still logging in does not count; what was accepted does."""
    if name == LOGIN:
        answers.clear()
    else:
        answers.append((name, response_time, int(response.status_code) if response is not None else 0))


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def _hand_over(**_: Any) -> None:
    told = {"people": len(there), "answers": answers, "accepted": done.accepted}
    Path(os.environ["BENCH_DAY"]).write_text(json.dumps(told), encoding="utf-8")

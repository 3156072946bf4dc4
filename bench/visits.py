"""What a clerk's browser asks while she serves one person after another, whatever carries the requests.

:func:`visits` hands out one request at a time and is sent its answer.
"""

import json
import re
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import quote
from uuid import uuid4

OK = (200, 204)
FIRST = "desk"
CONSULTS, UNDOES, LOOKS, REPEATS = 3, 6, 4, 5  # every so many visits
_UNDO = re.compile(r'action="/desk/undo/(\d+)"')
_PAPER = re.compile(r'href="(/notices/\d+\.pdf)"')
_KEY = re.compile(r'name="form_key" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: without ``data`` a GET; ``is_part``: by htmx, which replaces a part of the page."""

    name: str
    path: str
    data: dict[str, str] | None = None
    is_part: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``address``: what the browser shows from then on, empty if that stays."""

    status: int
    text: str
    address: str = ""


@dataclass(slots=True)
class Done:
    """What a clerk was told is accepted: the form's key and the case's number, once for each time that it was sent."""

    accepted: list[tuple[str, str]] = field(default_factory=list)


Talk = Generator[Ask, Answer, None]


def visits(stage: dict[str, Any], turn: int, done: Done) -> Talk:
    """One person after another at the desk of clerk ``turn``, without end."""
    for visit in count():
        yield Ask(FIRST, "/desk", is_part=False)
        if visit % CONSULTS == CONSULTS - 1:
            yield from _consult(stage["items"][visit % len(stage["items"])], is_undone=visit % UNDOES == UNDOES - 1)
        chosen = turn * 7 + visit
        item = stage["items"][chosen % len(stage["items"])]
        applicant = stage["applicants"][(turn * 101 + visit) % len(stage["applicants"])]
        number = yield from _accept(item, applicant, done, is_repeated=visit % REPEATS == REPEATS - 1)
        if number and visit % LOOKS == LOOKS - 1:
            yield Ask("search cases", "/desk/cases", {"q": applicant["id_number"]})
            yield Ask("case", f"/cases/{number}", is_part=False)


def serve(talk: Talk, carry: Callable[[Ask], Answer], rounds: int) -> None:
    """Carry the requests of a talk until so many people were served."""
    ask, begun = next(talk), 1
    while begun <= rounds:
        ask = talk.send(carry(ask))
        begun += ask.name == FIRST


def _accept(
    item: dict[str, Any], applicant: dict[str, str], done: Done, *, is_repeated: bool
) -> Generator[Ask, Answer, str]:
    """From the empty desk to the printed notice; the case's number, or nothing when it was not accepted."""
    name = item["name"]
    for typed in (name[:2], name[:4], f"{name[:4]} {name[-3:-1]}"):
        yield Ask("search items", f"/desk/items?q={quote(typed)}")
    form = yield Ask("form", f"/desk/form?item={item['key']}")
    who = {part: applicant[part] for part in ("kind", "id_type", "id_number")}
    yield Ask("applicant", "/desk/applicant", who | {"who": "applicant", "item": item["key"]})
    found = _KEY.search(form.text)
    fields = applicant | {"form_key": found[1] if found else str(uuid4()), "delivery_way": "1"}
    fields |= {f"state-{spec}": "1" for spec in item["specs"]}
    draft = {"item": item["key"], "keep": "", "panel": "", "fields": {part: [said] for part, said in fields.items()}}
    yield Ask("draft", "/desk/draft", {"content": json.dumps(draft, ensure_ascii=False)})
    number = ""
    for _ in range(2 if is_repeated else 1):
        answer = yield Ask("accept", "/desk/receive", fields | {"item": item["key"], "keep": "", "decision": "accept"})
        if answer.status != OK[0] or "?done=" not in answer.address:
            return ""
        number = answer.address.rpartition("=")[2]
        done.accepted.append((fields["form_key"], number))
    result = yield Ask("result", f"/desk?done={number}", is_part=False)
    if paper := _PAPER.search(result.text):
        yield Ask("notice as PDF", paper[1], is_part=False)
    return number


def _consult(item: dict[str, Any], *, is_undone: bool) -> Talk:
    answer = yield Ask("consult", "/desk/consult", {"item": item["key"], "way": "phone", "form_key": str(uuid4())})
    if is_undone and (entry := _UNDO.search(answer.text)):
        yield Ask("undo", f"/desk/undo/{entry[1]}", {})

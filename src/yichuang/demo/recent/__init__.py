"""What the desks have before them: cases of the last weeks, done by the real actions up to the moment of loading."""

from datetime import datetime
from itertools import groupby

from yichuang.calendars.queries import calendar
from yichuang.cases.types import CHINA
from yichuang.desk.actions.shift_notes import write_shift_note
from yichuang.kernel.actor import Role
from yichuang.kernel.workdays import YearNotAnnounced

from ..days import chance
from ..progress import Report
from ..world import DemoItem
from .hands import Cast, Hands
from .planning import Days, Event, Planner
from .recipes import RECIPES, Step

_NOTES = {
    Role.FRONT: "3号窗口打印机已报修，先用5号窗口的。今天有两件退信，已电话联系，明早再打一次。",
    Role.MIDDLE: "下午退回的几件材料清单已核对，明早第一批重新流转。",
}


def work_recently(
    cast: Cast, items: list[DemoItem], now: datetime, *, seed: int, share: float, report: Report = lambda done: None
) -> int | None:
    """Cases in every stage, entered in the order of time; returns how many steps, None in a year not announced.

    The same for the same seed and day. ``share`` is the part of the usual number of cases.
    """
    today = now.astimezone(CHINA).date()
    rng = chance(f"recent {seed} {today}")
    try:
        days = Days(calendar(), now)
    except YearNotAnnounced:
        return None
    events = Planner(items, days, rng, share=share).events(RECIPES)
    hands = Hands(cast, today, rng)
    for done, (at, together) in enumerate(groupby(events, key=lambda event: event.at)):
        _do(hands, at, list(together))
        report(done)
    for role, text in _NOTES.items():
        write_shift_note(text, role=role, department="", actor=hands.colleague(role), at=days.closing(0))
    return len(events)


def _do(hands: Hands, at: datetime, events: list[Event]) -> None:
    sent = [event.case for event in events if event.case and event.step is Step.SEND]
    if sent:
        hands.send(sent, at)
    for event in events:
        if event.case is None:
            hands.consult(event)
        elif event.step and event.step is not Step.SEND:
            hands.do(event.case, event.step, at)

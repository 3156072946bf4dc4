"""When the steps of the recent cases happen: on working days up to the last, in working hours, each after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from yichuang.cases.types import CHINA
from yichuang.kernel.workdays import WorkingCalendar

from ..moments import HOUR, on_the_clock
from ..world import DemoItem
from .recipes import CONSULTATIONS, SHOWN, Due, Recipe, Step

OLDEST = 40  # working days back
_WORKING = 7 * HOUR - 900  # the last quarter of an hour is for the day's sheets
_OPENED = 20 * 60  # seconds after nine: before, the last day is the one before
_SHORTEST, _LONGEST = 5, 12  # working days promised by the items of cases that are reviewed
_SHOWN_SHARE = 0.1


@dataclass(slots=True, eq=False)
class Planned:
    """A case to be: what becomes known of it while its steps are taken stands in ``number`` and below."""

    item: DemoItem
    applicant: int  # position among the applicants of the right kind
    number: str = ""
    people: dict[str, int] = field(default_factory=dict)  # who took up which part


@dataclass(frozen=True, slots=True)
class Event:
    """A step at an instant; without a case it is a consultation."""

    at: datetime
    order: int  # of steps of one case
    case: Planned | None = None
    step: Step | None = None
    item: DemoItem | None = None
    by_phone: bool = False


class Days:
    """The last working days, today's first; ``now`` ends the last of them."""

    def __init__(self, known: WorkingCalendar, now: datetime) -> None:
        local = now.astimezone(CHINA)
        self.now = local
        opening = datetime.combine(local.date(), time(9), tzinfo=CHINA)
        days: list[date] = []
        day = local.date()
        if local > opening + timedelta(seconds=_OPENED):
            days.append(day)  # also on a weekend: the hall keeps a few windows open
        while len(days) < OLDEST:
            day -= timedelta(days=1)
            if known.is_working(day):
                days.append(day)
        self.days = days

    def moments(self, back: int, count: int, rng: Random) -> list[datetime]:
        """``count`` instants, ascending, of the day ``back`` working days ago."""
        day = self.days[back]
        opening = datetime.combine(day, time(), tzinfo=CHINA)
        last = _WORKING
        if day == self.now.date():
            passed = int((self.now - opening).total_seconds())
            last = next(n for n in range(last, 0, -60) if on_the_clock(n) < passed - 180)
        drawn = sorted(rng.randrange(60, last) for _ in range(count))
        return [opening + timedelta(seconds=on_the_clock(second) + n) for n, second in enumerate(drawn)]

    def closing(self, back: int) -> datetime:
        """When the day's sheets are made."""
        day = self.days[back]
        end = datetime.combine(day, time(16, 50), tzinfo=CHINA)
        return min(end, self.now - timedelta(seconds=50))


class Planner:
    """Draws items and days."""

    def __init__(self, items: Sequence[DemoItem], days: Days, rng: Random, *, share: float) -> None:
        self.days, self.rng, self.share = days, rng, share
        self._items = [item for item in items if item.at_window]
        self._reviewed = [item for item in self._items if _SHORTEST <= item.promised_days <= _LONGEST]

    def events(self, recipes: Sequence[Recipe]) -> list[Event]:
        """All steps and consultations in the order of time."""
        made: list[Event] = []
        for recipe in recipes:
            for _ in range(self._count(recipe.count)):
                made += self._case(recipe)
        for back, count in enumerate(CONSULTATIONS):
            made += self._consultations(back, self._count(count))
        return sorted(made, key=lambda event: (event.at, event.order))

    def _count(self, count: int) -> int:
        return max(1, round(count * self.share))

    def _case(self, recipe: Recipe) -> list[Event]:
        rng = self.rng
        item = self._item(recipe)
        case = Planned(item, rng.randrange(10**6))
        first = rng.randint(recipe.first[1], recipe.first[0])
        if recipe.due is Due.SOON:
            first = item.promised_days - rng.randint(0, 1)
        elif recipe.due is Due.OVER:
            first = item.promised_days + rng.randint(1, 4)
        last = min(rng.randint(recipe.last[1], recipe.last[0]), first)
        backs = [first, *sorted((rng.randint(last, first) for _ in recipe.steps[1:-1]), reverse=True), last]
        events: list[Event] = []
        for back in dict.fromkeys(backs[: len(recipe.steps)]):
            steps = [step for step, day in zip(recipe.steps, backs, strict=False) if day == back]
            for step, at in zip(steps, self.days.moments(back, len(steps), rng), strict=True):
                if step is Step.SEND:
                    at = self.days.closing(back)  # noqa: PLW2901 - with the others of the day
                events.append(Event(at, len(events), case, step))
        return events

    def _item(self, recipe: Recipe) -> DemoItem:
        pool = self._reviewed if len(recipe.steps) > 1 else self._items
        if recipe.department or self.rng.random() < _SHOWN_SHARE:
            pool = [item for item in pool if item.department == (recipe.department or SHOWN)] or pool
        return self.rng.choices(pool, [item.weight for item in pool])[0]

    def _consultations(self, back: int, count: int) -> list[Event]:
        rng = self.rng
        items = rng.choices(self._items, [item.weight for item in self._items], k=count)
        return [
            Event(at, 0, item=item, by_phone=rng.random() < 0.25)
            for at, item in zip(self.days.moments(back, count, rng), items, strict=True)
        ]

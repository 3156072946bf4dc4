"""A made-up history of any length, in the shape that the ledger's bulk load takes."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from yichuang.calendars.queries import library_calendar
from yichuang.cases.types import (
    ACCEPTED,
    CASE,
    CONCLUDED,
    CONSULTATION,
    CONSULTED,
    GRANTED,
    HANDED_OVER,
    ISSUED,
    RECEIVED,
)
from yichuang.ledger.types import BulkRow, Channel

FIRST, LAST = date(2023, 1, 1), date(2024, 12, 31)
DEPARTMENTS, ITEMS, PEOPLE = 45, 420, 160
REGION = "350000000000"
OPENS = time(1, 0)  # 09:00 in China
OPEN_SECONDS = 8 * 3600
# by a prime that does not divide ITEMS: a day of any size has cases of every channel in every department
CHANNELS = (Channel.WINDOW, Channel.ONLINE, Channel.WINDOW, Channel.DEPARTMENT_WINDOW)
STEPS = (CONSULTED, RECEIVED, ACCEPTED, HANDED_OVER, GRANTED, CONCLUDED, ISSUED)  # one a working day


def working_days() -> list[date]:
    """The working days of the two years."""
    calendar = library_calendar()
    days = (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    return [day for day in days if calendar.is_working(day)]


def history(entries: int) -> Iterator[BulkRow]:
    """Some ``entries`` rows in the order of ``recorded_at`` (a few fewer: each day has equally many cases).

    Every case begins on some working day with a consultation and takes one step on each of the next.
    """
    days = working_days()
    cases_a_day = max(1, round(entries / (len(STEPS) * len(days) - sum(range(len(STEPS))))))
    per_day = cases_a_day * len(STEPS)
    for number, day in enumerate(days):
        opens = datetime.combine(day, OPENS)
        for place in range(per_day):
            step = place % len(STEPS)
            if step > number:
                continue
            at = str(opens + timedelta(seconds=place * OPEN_SECONDS // per_day))
            yield _row(step, (number - step) * cases_a_day + place // len(STEPS) + 1, at)


def _row(step: int, case: int, at: str) -> BulkRow:
    item = case * 7919 % ITEMS
    subject = CONSULTATION if STEPS[step] is CONSULTED else CASE
    return BulkRow(
        kind=STEPS[step].code,
        occurred_at=at,
        recorded_at=at,
        actor=(case * 31 + step) % PEOPLE + 1,
        position=step + 1,
        region=REGION,
        department=f"D{item % DEPARTMENTS:02d}",
        item=f"K{item:04d}",
        channel=int(CHANNELS[case % 11 % len(CHANNELS)]),
        subject_type=subject.code,
        subject_id=case,
        quantity=1,
        payload=f'{{"from":"","to":"D{item % DEPARTMENTS:02d}"}}' if STEPS[step] is HANDED_OVER else "",
    )

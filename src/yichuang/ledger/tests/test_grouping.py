"""Figures by group equal what adding up the entries gives: folded or not, reversed or not, narrowed or not."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.ledger import types
from yichuang.ledger.actions import fold, keep_stocks, reverse
from yichuang.ledger.models import Entry, PersonCounter
from yichuang.ledger.queries import figures_by, flows_by, flows_of_person, recount
from yichuang.ledger.queries.live import table_for
from yichuang.ledger.rules import refuse_grouping
from yichuang.ledger.types import Channel, Distinct, Flow, Group, Narrowed, Period, Ratio, Stock

from .conftest import DONE, EDITOR, OTHER, Write

BOTH = Flow("test_both", "试验", "件", (DONE, OTHER))
AT_WINDOW = Flow("test_window", "试验", "件", (DONE,), (Channel.WINDOW,))
SHARE = Ratio("test_share", "占比", "%", AT_WINDOW, BOTH)
SUBJECTS = Distinct("test_distinct", "对象", "件", (DONE,))
PEOPLE = (7, 8, 9)
START = datetime(2024, 1, 28, 15, 30, tzinfo=UTC)  # half past eleven at night in China, a Sunday
DAYS = 9  # over the end of a month
PERIOD = Period(date(2024, 1, 28), date(2024, 2, 4))


@pytest.fixture(params=["unfolded", "folded", "half folded"])
def filled(request: pytest.FixtureRequest, write: Write, db: None) -> None:
    """Sixty entries of all sorts, some reversed."""
    pick = Random(7)  # noqa: S311 - the same entries every time
    for number in range(60):
        written = write(
            number % 11,
            kind=pick.choice((DONE, OTHER)),
            at=START + timedelta(days=pick.randrange(DAYS), hours=pick.randrange(4)),
            actor=Actor(id=pick.choice(PEOPLE)),
            department=pick.choice(("D1", "D2", "")),
            item=pick.choice(("K1", "K2", "")),
            region=pick.choice(("51", "5101")),
            channel=pick.choice((Channel.WINDOW, Channel.ONLINE)),
            quantity=pick.choice((1, 1, 3)),
        )
        if number % 10 == 0 and Entry.objects.get(pk=written.id).kind == DONE.code:
            reverse(written.id, actor=EDITOR, at=timezone.now(), reason="错")
        if request.param == "half folded" and number == 30:
            fold()
    if request.param == "folded":
        fold()


def key_of(entry: Entry, group: Group) -> object:
    """The group an entry belongs to, worked out from the entry itself."""
    day = timezone.localdate(entry.occurred_at)
    return {
        Group.NONE: "",
        Group.DAY: day,
        Group.WEEK: date.fromisocalendar(*day.isocalendar()[:2], 1),
        Group.MONTH: date(day.year, day.month, 1),
        Group.DEPARTMENT: entry.department,
        Group.ITEM: entry.item,
        Group.REGION: entry.region,
        Group.CHANNEL: entry.channel,
        Group.PERSON: entry.actor,
    }[group]


def added_up(metrics: Iterable[Flow], group: Group, narrowed: Narrowed) -> dict[object, dict[str, int]]:
    """The same figures, one entry after another."""
    metrics = tuple(metrics)
    sums: dict[object, dict[str, int]] = defaultdict(lambda: dict.fromkeys((m.slug for m in metrics), 0))
    for entry in Entry.objects.all():
        if not PERIOD.first <= timezone.localdate(entry.occurred_at) <= PERIOD.last:
            continue
        equal = ("department", "item", "region", "channel")
        if any(getattr(narrowed, name) not in {None, getattr(entry, name)} for name in equal):
            continue
        if narrowed.actors is not None and entry.actor not in narrowed.actors:
            continue
        for metric in metrics:
            is_counted = entry.kind in {kind.code for kind in metric.kinds}
            if is_counted and (not metric.channels or entry.channel in metric.channels):
                sums[key_of(entry, group)][metric.slug] += entry.quantity
    return dict(sums)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("group", Group)
@pytest.mark.parametrize(
    "narrowed",
    [
        Narrowed(),
        Narrowed(department="D1"),
        Narrowed(department=""),
        Narrowed(channel=Channel.WINDOW),
        Narrowed(item="K1"),
        Narrowed(region="5101", department="D2", channel=Channel.ONLINE),
        Narrowed(actors=(7, 9)),
        Narrowed(actors=(8,), department="D1", channel=Channel.WINDOW),
    ],
    ids=repr,
)
def test_groups_equal_the_entries_added_up(group: Group, narrowed: Narrowed) -> None:
    if refuse_grouping(BOTH, group, narrowed):
        with pytest.raises(Refusal, match="人员的数字不分事项"):
            flows_by([BOTH], PERIOD, group, narrowed)
        return
    expected = added_up([BOTH, AT_WINDOW], group, narrowed)
    assert expected
    assert flows_by([BOTH, AT_WINDOW], PERIOD, group, narrowed) == expected


@pytest.mark.usefixtures("filled")
def test_a_figure_of_one_channel_is_told_by_person() -> None:
    expected = added_up([BOTH, AT_WINDOW], Group.PERSON, Narrowed())
    for person in PEOPLE:
        assert flows_of_person([BOTH, AT_WINDOW], PERIOD, person) == expected[person]
    assert flows_of_person([AT_WINDOW], PERIOD, 4711) == {"test_window": 0}
    assert recount()["ok"]
    assert PersonCounter.objects.filter(channel=Channel.NONE).count() == 0


@pytest.mark.usefixtures("filled")
def test_a_ratio_is_that_of_its_flows_in_each_group() -> None:
    flows = flows_by([AT_WINDOW, BOTH], PERIOD, Group.ITEM)
    for key, values in figures_by([SHARE], PERIOD, Group.ITEM).items():
        part, whole = flows[key]["test_window"], flows[key]["test_both"]
        expected = Decimal(part * 100) / whole
        value = values["test_share"]
        assert isinstance(value, Decimal)
        assert abs(value - expected) <= Decimal("0.005")


@pytest.mark.django_db
def test_a_ratio_of_nothing_and_an_empty_period(write: Write) -> None:
    mistaken = write(1, at=START)
    reverse(mistaken.id, actor=EDITOR, at=timezone.now(), reason="错")
    assert figures_by([SHARE, BOTH], PERIOD, Group.DEPARTMENT) == {"D1": {"test_share": None, "test_both": 0}}
    nothing = Period(date(2020, 1, 1), date(2020, 1, 2))
    assert figures_by([SHARE, BOTH, SUBJECTS], nothing, Group.NONE) == {}
    assert flows_by([BOTH], PERIOD, Group.PERSON, Narrowed(actors=())) == {}


@pytest.mark.django_db
def test_distinct_is_told_of_the_whole_period_only(write: Write) -> None:
    write(1, at=START)
    write(1, at=START + timedelta(hours=1))
    write(2, at=START)
    write(3, at=START - timedelta(days=1))
    assert figures_by([SUBJECTS, BOTH], PERIOD, Group.NONE) == {"": {"test_distinct": 2, "test_both": 3}}
    with pytest.raises(Refusal, match="同一对象只计一次"):
        figures_by([SUBJECTS], PERIOD, Group.DAY)
    with pytest.raises(Refusal, match="同一对象只计一次"):
        figures_by([SUBJECTS], PERIOD, Group.NONE, Narrowed(department="D1"))


@pytest.mark.django_db
def test_a_stock_is_its_last_value_in_the_days_of_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    now = {"D1": 1, "D2": 2}
    metric = Stock("test_stock", "在手", "件", lambda: now)
    monkeypatch.setattr(types, "_metrics", {metric.slug: metric})
    days = [date(2024, 1, 29), date(2024, 1, 31), date(2024, 2, 2)]
    for day in days:
        keep_stocks(day)
        now["D1"] += 10
    now.clear()

    def told(group: Group, narrowed: Narrowed = Narrowed()) -> dict[object, object]:  # noqa: B008 - frozen
        return {key: values["test_stock"] for key, values in figures_by([metric], PERIOD, group, narrowed).items()}

    assert told(Group.DAY) == {days[0]: 3, days[1]: 13, days[2]: 23}
    assert told(Group.WEEK) == {days[0]: 23}
    assert told(Group.MONTH) == {date(2024, 1, 1): 13, date(2024, 2, 1): 23}
    assert told(Group.DEPARTMENT) == {"D1": 21, "D2": 2}
    assert told(Group.NONE) == {"": 23}
    assert told(Group.DAY, Narrowed(department="D2")) == dict.fromkeys(days, 2)
    with pytest.raises(Refusal, match="时点数"):
        told(Group.ITEM)


COLUMNS = st.sets(st.sampled_from(("day", "kind", "department", "channel", "item", "region", "actor")))


@given(COLUMNS)
def test_the_counter_by_person_answers_only_questions_about_people(columns: set[str]) -> None:
    table = table_for(columns)
    if "actor" not in columns:
        assert table not in {None, "ledger_personcounter"}
    else:
        assert table == (None if columns & {"item", "region"} else "ledger_personcounter")

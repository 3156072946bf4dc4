"""What an entry says, which kinds of entries there are, and what can go wrong; no Django."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from yichuang.kernel.errors import Refusal
from yichuang.kernel.labels import NumberLabels, TextLabels, gettext_noop


class Channel(NumberLabels):
    """Where a thing happened; counted apart, because 受理 of the bulletin is the comprehensive window's alone."""

    NONE = 0, "—"
    WINDOW = 1, gettext_noop("综合窗口")
    DEPARTMENT_WINDOW = 2, gettext_noop("部门窗口")
    ONLINE = 3, gettext_noop("网上")
    PHONE = 4, gettext_noop("电话")
    SYSTEM = 5, gettext_noop("其他系统")

    @property
    def slug(self) -> str:
        """The name used on the command line and in addresses."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of entry, declared once by the app that owns it."""

    code: int  # stored; never reused
    slug: str  # stable name for programs
    label: str  # Chinese
    unit: str  # 人次, 件, 件次, 次
    is_reversible: bool = False  # counted work can be taken back; what changed a state elsewhere cannot


@dataclass(frozen=True, slots=True)
class SubjectType:
    """A sort of thing that entries are about; each thing's entries form one chain."""

    code: int
    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that entries are about."""

    type: SubjectType
    id: int


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened, ready to be recorded. Codes only: no name, number or address of a person."""

    kind: Kind
    subject: Subject
    quantity: int = 1
    department: str = ""
    item: str = ""
    region: str = ""
    channel: Channel = Channel.NONE
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The entry that :func:`ledger.actions.record` wrote."""

    id: int
    hash: bytes
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal(
                f"起始日期 {self.first} 晚于截止日期 {self.last}，请调换", code="period_reversed", field="from"
            )

    @property
    def year_to_date(self) -> "Period":
        """From the first of January of the last day's year."""
        return Period(date(self.last.year, 1, 1), self.last)

    def __iter__(self) -> Iterator[date]:
        return iter((self.first, self.last))


class UnknownKind(Refusal):
    """The kind was not declared by any app."""

    def __init__(self, what: object) -> None:
        super().__init__(f"未登记的台账类别：{what}", code="unknown_kind", field="kind")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault found by verification; ``entry`` is an entry's id, or None for a fault of a seal or of the triggers."""

    entry: int | None
    fault: str
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """The shape that the command prints."""
        return {"entry": self.entry, "fault": self.fault} | ({"detail": self.detail} if self.detail else {})


_kinds: dict[int, Kind] = {}
_subject_types: dict[int, SubjectType] = {}


def declare_kinds(*kinds: Kind) -> None:
    """Make kinds known; called at import by their owner app. A code or slug can mean one thing only."""
    for kind in kinds:
        for known in _kinds.values():
            if (known.code == kind.code or known.slug == kind.slug) and known != kind:
                raise ValueError(f"{kind} clashes with {known}")
        _kinds[kind.code] = kind


def declare_subject_types(*types: SubjectType) -> None:
    """Make subject types known; same rule as for kinds."""
    for subject_type in types:
        known = _subject_types.setdefault(subject_type.code, subject_type)
        if known != subject_type:
            raise ValueError(f"{subject_type} clashes with {known}")


def kinds() -> tuple[Kind, ...]:
    """All declared kinds by code."""
    return tuple(_kinds[code] for code in sorted(_kinds))


def kind_of(key: int | str) -> Kind:
    """The kind with this code or slug; :class:`UnknownKind` if there is none."""
    for kind in _kinds.values():
        if key in (kind.code, kind.slug):
            return kind
    raise UnknownKind(key)


def subject_type_of(code: int) -> SubjectType:
    """The subject type with this code."""
    try:
        return _subject_types[code]
    except KeyError:
        raise Refusal(f"未登记的对象类别：{code}", code="unknown_subject", field="subject") from None


@dataclass(frozen=True, slots=True)
class Flow:
    """A metric that is summed over a period: entries of these kinds, through these channels (all, if empty)."""

    slug: str
    label: str
    unit: str
    kinds: tuple[Kind, ...]
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True)
class Stock:
    """A metric that stands at a value; ``count`` tells it now, by department code, and is kept once a day."""

    slug: str
    label: str
    unit: str
    count: Callable[[], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Ratio:
    """One flow over another, rounded half up to ``places`` decimals after multiplying by ``scale`` (100 for %)."""

    slug: str
    label: str
    unit: str
    part: Flow
    whole: Flow
    scale: int = 100
    places: int = 2


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different subjects have entries of these kinds in a period."""

    slug: str
    label: str
    unit: str
    kinds: tuple[Kind, ...]


Metric = Flow | Stock | Ratio | Distinct
_metrics: dict[str, Metric] = {}


def declare_metrics(*metrics: Metric) -> None:
    """Make metrics known by slug; a slug can mean one thing only."""
    for metric in metrics:
        if metric.slug in _metrics and _metrics[metric.slug] != metric:
            raise ValueError(f"metric {metric.slug} is declared twice")
        _metrics[metric.slug] = metric


def metrics() -> tuple[Metric, ...]:
    """All declared metrics, in the order declared."""
    return tuple(_metrics.values())


def metric_of(slug: str) -> Metric:
    """The metric with this slug, or a refusal."""
    try:
        return _metrics[slug]
    except KeyError:
        raise Refusal(f"没有指标 {slug}", code="unknown_metric", field="metric") from None


class Group(TextLabels):
    """What figures of a period are told apart by."""

    NONE = "none", gettext_noop("不分组")
    DAY = "day", gettext_noop("日")
    WEEK = "week", gettext_noop("周")  # Monday to Sunday (ISO 8601), told by its Monday
    MONTH = "month", gettext_noop("月")  # told by its first day
    DEPARTMENT = "department", gettext_noop("部门")
    ITEM = "item", gettext_noop("事项")
    REGION = "region", gettext_noop("区划")
    CHANNEL = "channel", gettext_noop("渠道")
    PERSON = "person", gettext_noop("人员")

    @property
    def is_time(self) -> bool:
        """Whether its groups follow one another."""
        return self in {Group.DAY, Group.WEEK, Group.MONTH}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What figures are narrowed to: codes, a channel, or some people's ids; None is "any"."""

    department: str | None = None
    item: str | None = None
    region: str | None = None
    channel: Channel | None = None
    actors: tuple[int, ...] | None = None


class BulkRow(NamedTuple):
    """One entry of a bulk load, in the database's own shapes; instants are UTC ``YYYY-MM-DD HH:MM:SS``."""

    kind: int
    occurred_at: str
    recorded_at: str
    actor: int
    position: int
    region: str
    department: str
    item: str
    channel: int
    subject_type: int
    subject_id: int
    quantity: int
    payload: str


def channel_of(slug: str) -> Channel:
    """The channel with this slug, or a refusal that lists them."""
    for channel in Channel:
        if channel.slug == slug:
            return channel
    known = "、".join(channel.slug for channel in Channel)
    raise Refusal(f"没有渠道 {slug}，可用：{known}", code="unknown_channel", field="channel")

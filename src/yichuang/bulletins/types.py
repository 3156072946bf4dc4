"""Values and refusals of bulletins, and the content that the documents print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yichuang.kernel.labels import TextLabels, gettext_noop
from yichuang.ledger.types import Kind, SubjectType, declare_kinds, declare_subject_types


class State(TextLabels):
    """A bulletin's way: registered (numbered, without data here), draft, issued (frozen)."""

    REGISTERED = "registered", gettext_noop("已登记")
    DRAFT = "draft", gettext_noop("草稿")
    ISSUED = "issued", gettext_noop("已印发")


@dataclass(frozen=True, slots=True)
class Masthead:
    """Head and foot of a bulletin."""

    title: str  # 窗口工作周报
    issuer: str
    first: date
    last: date
    published_on: date | None = None
    year: int = 0
    issue: int | None = None  # 第N期
    serial: int | None = None  # 总第M期
    report_to: str = ""  # 报：
    send_to: str = ""  # 送：
    distribute_to: str = ""  # 发：
    copies: int | None = None  # 共印N份


@dataclass(frozen=True, slots=True)
class Closing:
    """The closing lines and the number of copies, as an editor sets them."""

    report_to: str = ""
    send_to: str = ""
    distribute_to: str = ""
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph; a figure's stretch carries the metric and span its link needs."""

    text: str
    figure: str = ""  # metric slug, empty for plain text
    span: str = ""  # "period" or "ytd"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: level 0 is body text, 1 to 3 are heads 一、 （一） 1."""

    runs: tuple[Run, ...]
    level: int = 0

    @property
    def text(self) -> str:
        """The paragraph without marks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Document:
    """A bulletin ready to be printed: what HTML, DOCX and PDF have in common."""

    masthead: Masthead
    paragraphs: tuple[Paragraph, ...]
    is_draft: bool
    seal: str = ""  # "台账封印 第n号 <hex>" printed at the end of an issued bulletin


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period and of the year to date, by metric slug."""

    period: Mapping[str, int]
    ytd: Mapping[str, int]


BULLETIN = SubjectType(6, "bulletin", "周报")
BULLETIN_DRAFTED = Kind(301, "bulletin_drafted", "拟稿", "期")
BULLETIN_ISSUED = Kind(302, "bulletin_issued", "印发", "期")
BULLETIN_DISCARDED = Kind(303, "bulletin_discarded", "撤销拟稿", "期")

declare_subject_types(BULLETIN)
declare_kinds(BULLETIN_DRAFTED, BULLETIN_ISSUED, BULLETIN_DISCARDED)

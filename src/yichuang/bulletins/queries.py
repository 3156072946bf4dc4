"""Reading bulletins and their figures: live for a draft, frozen once issued."""

from dataclasses import dataclass
from datetime import date

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger.queries import flows
from yichuang.ledger.types import Period

from .composing import FLOWS, compose_weekly
from .models import Bulletin
from .types import Document, Figures, Masthead, State

TITLE = "窗口工作周报"
ISSUER = "省政务服务中心"


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekly bulletin of a period: registered or not, with its figures and its text."""

    period: Period
    figures: Figures
    document: Document
    bulletin: Bulletin | None

    @property
    def state(self) -> State | None:
        """Where the bulletin stands; None for a period that is not numbered."""
        return State(self.bulletin.state) if self.bulletin else None


def bulletins_for(actor: Actor, *, year: int | None = None) -> list[Bulletin]:
    """Bulletins, newest first, of one year if given."""
    require(actor, "bulletins.view")
    rows = Bulletin.objects.all() if year is None else Bulletin.objects.filter(year=year)
    return list(rows.order_by("-serial"))


def years_for(actor: Actor) -> list[int]:
    """Years that have bulletins, newest first."""
    require(actor, "bulletins.view")
    return list(Bulletin.objects.order_by("-year").values_list("year", flat=True).distinct())


def weekly_by_serial(actor: Actor, serial: int) -> Weekly:
    """The bulletin with this serial number; a refusal if there is none."""
    require(actor, "bulletins.view")
    bulletin = Bulletin.objects.filter(serial=serial).first()
    if bulletin is None:
        raise Refusal(f"没有总第{serial}期周报", code="not_found", field="serial")
    return _weekly(Period(bulletin.first, bulletin.last), bulletin)


def weekly_of(actor: Actor, period: Period) -> Weekly:
    """The bulletin of a period: the numbered one if its days are just these, else one without numbers."""
    require(actor, "bulletins.view")
    return _weekly(period, Bulletin.objects.filter(first=period.first, last=period.last).first())


def figures_of(period: Period) -> Figures:
    """The four figures of the period and of the year to its end, from the counters as they stand."""
    sums = flows(FLOWS, {"period": period, "ytd": period.year_to_date})
    return Figures(sums["period"], sums["ytd"])


def last_day_numbered() -> date | None:
    """The last day of the newest bulletin."""
    return Bulletin.objects.order_by("-serial").values_list("last", flat=True).first()


def latest_draft_serial() -> int | None:
    """The serial of the newest bulletin if it is a draft: the only one that can be discarded."""
    latest = Bulletin.objects.order_by("-serial").first()
    return latest.serial if latest and latest.state == State.DRAFT else None


def _weekly(period: Period, bulletin: Bulletin | None) -> Weekly:
    if bulletin and bulletin.figures:
        figures = Figures(bulletin.figures["period"], bulletin.figures["ytd"])
    else:
        figures = figures_of(period)
    document = compose_weekly(
        _masthead(period, bulletin),
        figures,
        is_draft=bulletin is None or bulletin.state != State.ISSUED,
        seal=f"台账封印 {bulletin.seal_hash}（数字截至第{bulletin.last_entry}号条目）"
        if bulletin and bulletin.seal_hash
        else "",
    )
    return Weekly(period, figures, document, bulletin)


def _masthead(period: Period, bulletin: Bulletin | None) -> Masthead:
    if bulletin is None:
        return Masthead(TITLE, ISSUER, period.first, period.last, year=period.last.year)
    return Masthead(
        title=TITLE,
        issuer=ISSUER,
        first=period.first,
        last=period.last,
        published_on=bulletin.published_on,
        year=bulletin.year,
        issue=bulletin.issue,
        serial=bulletin.serial,
        report_to=bulletin.report_to,
        send_to=bulletin.send_to,
        distribute_to=bulletin.distribute_to,
        copies=bulletin.copies,
    )

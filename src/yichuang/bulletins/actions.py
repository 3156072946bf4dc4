"""Writing bulletins: register, draft, edit, discard, issue."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger.actions import record, seal
from yichuang.ledger.queries import latest_seal
from yichuang.ledger.types import Fact, Kind, Period, Subject

from .models import Bulletin
from .queries import figures_of
from .rules import LONGEST, check_period, check_state, next_numbers
from .types import BULLETIN, BULLETIN_DISCARDED, BULLETIN_DRAFTED, BULLETIN_ISSUED, Closing, State


@transaction.atomic
def draft(period: Period, *, actor: Actor, at: datetime) -> Bulletin:
    """拟稿: number the next bulletin; closing lines and copies are those of the one before."""
    require(actor, "bulletins.edit")
    check_period(period, today=timezone.localtime(at).date())
    latest = Bulletin.objects.select_for_update().order_by("-serial").first()
    numbers = next_numbers(
        period, (latest.year, latest.issue, latest.serial, latest.first, latest.last) if latest else None
    )
    year, issue, serial = numbers
    bulletin = Bulletin(year=year, issue=issue, serial=serial, first=period.first, last=period.last, state=State.DRAFT)
    if latest:
        bulletin.report_to, bulletin.send_to = latest.report_to, latest.send_to
        bulletin.distribute_to, bulletin.copies = latest.distribute_to, latest.copies
    try:
        with transaction.atomic():
            bulletin.save(force_insert=True)
    except IntegrityError:
        raise Refusal("另一位编辑刚拟了新的一期，请刷新后查看", code="number_taken", field="from") from None
    _record(bulletin, BULLETIN_DRAFTED, actor=actor, at=at)
    return bulletin


@transaction.atomic
def edit(serial: int, closing: Closing, *, actor: Actor) -> Bulletin:
    """Change the closing lines and the number of copies of a draft."""
    require(actor, "bulletins.edit")
    bulletin = _lock(serial)
    check_state(State(bulletin.state), State.DRAFT, "修改")
    bulletin.report_to, bulletin.send_to = closing.report_to, closing.send_to
    bulletin.distribute_to, bulletin.copies = closing.distribute_to, closing.copies
    bulletin.save(update_fields=["report_to", "send_to", "distribute_to", "copies"])
    return bulletin


@transaction.atomic
def discard(serial: int, *, actor: Actor, at: datetime) -> None:
    """Take back the newest draft; its number becomes free again, so numbers keep no gaps."""
    require(actor, "bulletins.edit")
    bulletin = _lock(serial)
    check_state(State(bulletin.state), State.DRAFT, "撤销")
    if Bulletin.objects.filter(serial__gt=serial).exists():
        raise Refusal("其后已有编号的周报，撤销会留下空号", code="not_latest", field="serial")
    _record(bulletin, BULLETIN_DISCARDED, actor=actor, at=at)
    bulletin.delete()


@transaction.atomic
def issue(serial: int, *, published_on: date, actor: Actor, at: datetime) -> Bulletin:
    """印发: seal the ledger up to the newest entry, freeze the figures, print the seal.

    Sealing holds the ledger alone until this transaction ends, so figures and seal tell of the same entries.
    """
    require(actor, "bulletins.edit")
    bulletin = _lock(serial)
    check_state(State(bulletin.state), State.DRAFT, "印发")
    if published_on < bulletin.last:
        raise Refusal("印发日期早于本期截止日期，请核对", code="published_too_early", field="published_on")
    if published_on > timezone.localtime(at).date() + timedelta(days=LONGEST):
        raise Refusal(
            f"印发日期最晚为今天起 {LONGEST} 天内，请核对年份", code="published_too_late", field="published_on"
        )
    seal(at=at)
    newest = latest_seal()
    if newest is None:
        raise Refusal("台账中还没有任何条目，无可印发", code="empty_ledger", field="serial")
    figures = figures_of(Period(bulletin.first, bulletin.last))
    bulletin.state = State.ISSUED
    bulletin.published_on = published_on
    bulletin.figures = {"period": dict(figures.period), "ytd": dict(figures.ytd)}
    bulletin.seal, bulletin.seal_hash, bulletin.last_entry = newest.pk, bytes(newest.hash).hex(), newest.last_entry
    bulletin.save(update_fields=["state", "published_on", "figures", "seal", "seal_hash", "last_entry"])
    _record(bulletin, BULLETIN_ISSUED, actor=actor, at=at)
    return bulletin


def _lock(serial: int) -> Bulletin:
    bulletin = Bulletin.objects.select_for_update().filter(serial=serial).first()
    if bulletin is None:
        raise Refusal(f"没有总第{serial}期周报", code="not_found", field="serial")
    return bulletin


def _record(bulletin: Bulletin, kind: Kind, *, actor: Actor, at: datetime) -> None:
    payload = {"year": bulletin.year, "issue": bulletin.issue, "serial": bulletin.serial}
    record(Fact(kind=kind, subject=Subject(BULLETIN, bulletin.pk), payload=payload), actor=actor, at=at)

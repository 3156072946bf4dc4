"""The result reaches the applicant: hand out, send, returned mail, confirmation, reminder, receipt."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger.types import Recorded

from ..models import Case, Delivery, Notice, Reminder
from ..rules import ISSUE, SERVE, check_move, check_reasons
from ..types import (
    DELIVERY_CONFIRMED,
    MAIL_RETURNED,
    REDELIVERED,
    REMINDED,
    DeliveryData,
    DeliveryWay,
    IllegalMove,
    NoticeKind,
    ReminderMeans,
    State,
)
from .moving import check_order, facts_of, give_notice, lock_case, move_case, record_entry
from .receiving import deliver

OUT = (State.ISSUED, State.SERVED)
LONGEST_NOTE = 200


@transaction.atomic
def issue_result(number: str, *, delivery: DeliveryData, actor: Actor, at: datetime) -> Delivery:
    """颁发 a result, or 送达 the decision of a refusal: handed out or sent (行政许可法 art. 44); once only.

    :class:`IllegalMove` says who was quicker; what the way of delivery lacks, or a wrong code, is refused, and nothing
    happens.
    """
    case = lock_case(number)
    require(actor, "cases.issue_result", case)
    move = SERVE if case.is_granted is False else ISSUE
    if case.state not in move.before:
        check_move(move, facts_of(case, with_name=True))
    row = deliver(case, delivery, actor=actor, at=at)
    move_case(case, move, actor=actor, at=at, payload={"way": row.way})
    return row


@transaction.atomic
def redeliver(number: str, *, delivery: DeliveryData, actor: Actor, at: datetime) -> Delivery:
    """再次送达: after the mail came back, the result is sent or handed out again; not counted as 颁发 again."""
    case = _lock_out(number, "再次送达", actor=actor, at=at)
    if _latest(case).returned_at is None:
        raise Refusal(f"办件 {number} 没有退信，无需再次送达", code="not_returned", field="number")
    row = deliver(case, delivery, actor=actor, at=at)
    record_entry(case, REDELIVERED, actor=actor, at=at, payload={"way": row.way})
    return row


@transaction.atomic
def return_mail(number: str, *, reason: str, actor: Actor, at: datetime) -> Recorded:
    """退信: what was posted came back."""
    case = _lock_out(number, "登记退信", actor=actor, at=at)
    latest = _posted(case, "登记退信")
    latest.returned_at, latest.returned_reason = at, _short(check_reasons(reason, "退信"), "reason")
    latest.save(update_fields=["returned_at", "returned_reason"])
    return record_entry(case, MAIL_RETURNED, actor=actor, at=at)


@transaction.atomic
def confirm_delivery(number: str, *, actor: Actor, at: datetime) -> Recorded:
    """妥投确认: what was posted was signed for at the door."""
    case = _lock_out(number, "确认妥投", actor=actor, at=at)
    latest = _posted(case, "确认妥投")
    latest.confirmed_at = at
    latest.save(update_fields=["confirmed_at"])
    return record_entry(case, DELIVERY_CONFIRMED, actor=actor, at=at)


@transaction.atomic
def remind(number: str, *, means: ReminderMeans, note: str = "", actor: Actor, at: datetime) -> Reminder:
    """提醒领取: the applicant was told that the result is ready; by one means at most once a day."""
    case = lock_case(number)
    require(actor, "cases.issue_result", case)
    if case.state != State.CONCLUDED:
        raise IllegalMove("提醒领取", facts_of(case, with_name=True))
    check_order(case, at)
    start = datetime.combine(timezone.localdate(at), time(), tzinfo=timezone.get_current_timezone())
    of_day = Reminder.objects.filter(case=case, means=means, at__gte=start, at__lt=start + timedelta(days=1))
    if done := of_day.first():
        local = timezone.localtime(done.at)
        raise Refusal(
            f"今天 {local:%H:%M} 已用{ReminderMeans(means).label}提醒过，请改日再提醒",
            code="already_reminded",
            field="means",
        )
    reminder = Reminder.objects.create(case=case, means=means, at=at, by=actor.id, note=_short(note.strip(), "note"))
    record_entry(case, REMINDED, actor=actor, at=at, payload={"means": int(means)})
    return reminder


@transaction.atomic
def delivery_receipt(number: str, *, actor: Actor, at: datetime) -> Notice:
    """送达回证 of the latest delivery: numbered once, and the same one whenever it is asked for again."""
    case = _lock_out(number, "出具送达回证", actor=actor, at=at)
    latest = _latest(case)
    known = Notice.objects.filter(case=case, kind=NoticeKind.DELIVERY, voided_at=None, detail__delivery=latest.pk)
    return known.first() or give_notice(case, NoticeKind.DELIVERY, at=at, detail={"delivery": latest.pk})


def _lock_out(number: str, verb: str, *, actor: Actor, at: datetime) -> Case:
    """The case, locked, if its result has been handed out or sent."""
    case = lock_case(number)
    require(actor, "cases.issue_result", case)
    if case.state not in OUT:
        raise IllegalMove(verb, facts_of(case, with_name=True))
    check_order(case, at)
    return case


def _latest(case: Case) -> Delivery:
    """The latest delivery; results handed out before deliveries were kept have none."""
    latest = Delivery.objects.filter(case=case).order_by("-pk").first()
    if latest is None:
        raise Refusal(f"办件 {case.number} 没有送达记录，无法办理", code="no_delivery", field="number")
    return latest


def _posted(case: Case, verb: str) -> Delivery:
    """The latest delivery, if it was posted and nothing has been heard of it."""
    latest = _latest(case)
    if latest.way != DeliveryWay.POST:
        raise Refusal(f"办件 {case.number} 不是邮寄送达，不能{verb}", code="not_posted", field="number")
    for moment, what in ((latest.confirmed_at, "确认妥投"), (latest.returned_at, "登记退信")):
        if moment:
            local = timezone.localtime(moment)
            raise Refusal(
                f"办件 {case.number} 已于{local.month}月{local.day}日 {local:%H:%M} {what}",
                code="post_settled",
                field="number",
            )
    return latest


def _short(text: str, field: str) -> str:
    if len(text) > LONGEST_NOTE:
        raise Refusal(f"最多 {LONGEST_NOTE} 个字，请精简", code="too_long", field=field)
    return text

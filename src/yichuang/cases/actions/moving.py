"""What every move of a case has in common: the lock, the facts, the state, the entry, the notice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from yichuang.accounts.queries import names_of
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.ledger.actions import record
from yichuang.ledger.types import Channel, Fact, Kind, Recorded, Subject

from ..models import Case, Notice
from ..rules import Move, check_move
from ..sealing import verification_code
from ..types import CASE, CaseFacts, NoticeKind, State
from .wording import words_of


def lock_case(number: str) -> Case:
    """The case, locked until the transaction ends, with its item; a refusal if there is none."""
    try:
        return Case.objects.select_for_update(of=("self",)).select_related("item").get(number=number)
    except Case.DoesNotExist:
        raise Refusal(f"没有编号为 {number} 的办件，请核对编号", code="not_found", field="number") from None


def facts_of(case: Case, *, with_name: bool = False) -> CaseFacts:
    """What the rules ask about a case; the last mover's name only when a refusal will tell it."""
    return CaseFacts(
        number=case.number,
        state=State(case.state),
        department=case.department,
        holder=case.holder,
        is_granted=case.is_granted,
        is_signed=case.signed_at is not None,
        handler=case.handler,
        moved_by=names_of([case.moved_by]).get(case.moved_by, "") if with_name else "",
        moved_at=case.moved_at,
    )


def move_case(
    case: Case, move: Move, *, actor: Actor, at: datetime, payload: Mapping[str, Any] | None = None, **fields: Any
) -> Recorded:
    """Ask the rule, save the new state with ``fields``, write the entry; the case is locked by the caller."""
    if case.state not in move.before:
        check_move(move, facts_of(case, with_name=True))
    check_order(case, at)
    case.state = check_move(move, facts_of(case))
    case.moved_at, case.moved_by = at, actor.id
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=["state", "moved_at", "moved_by", *fields])
    return record_entry(case, move.kind, actor=actor, at=at, payload=payload)


def check_order(case: Case, at: datetime) -> None:
    """Nothing happens to a case before the step that was made last."""
    if at < case.moved_at:
        raise Refusal(
            f"办理时间早于上一步（{timezone.localtime(case.moved_at):%Y-%m-%d %H:%M}），请核对",
            code="too_early",
            field="at",
        )


def record_entry(
    case: Case, kind: Kind, *, actor: Actor, at: datetime, payload: Mapping[str, Any] | None = None
) -> Recorded:
    """The ledger entry of what was done to a case, whether it moved it or not; the case is locked by the caller."""
    fact = Fact(
        kind=kind,
        subject=Subject(CASE, case.pk),
        department=case.department,
        item=case.item.key,
        region=case.region,
        channel=Channel(case.channel),
        payload=payload or {},
    )
    return record(fact, actor=actor, at=at)


def give_notice(case: Case, kind: NoticeKind, *, at: datetime, detail: Mapping[str, Any] | None = None) -> Notice:
    """The numbered notice of a move; drawn last in the transaction, so that a failure leaves no gap."""
    year = timezone.localtime(at).year
    number = draw_number(f"notice:{case.department}:{year}")
    notice = Notice(
        case=case,
        kind=kind,
        department=case.department,
        year=year,
        number=number,
        issued_at=at,
        code=verification_code(f"notice:{case.department}:{year}:{number}"),
        detail=words_of(case, kind) | dict(detail or {}),
    )
    notice.save(force_insert=True)
    return notice


def draw_number(series: str) -> int:
    """The next number of a series, from 1; the series stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_sequence (series, last) VALUES (%s, 1) "
            "ON CONFLICT (series) DO UPDATE SET last = cases_sequence.last + 1 RETURNING last",
            [series],
        )
        return int(cursor.fetchone()[0])

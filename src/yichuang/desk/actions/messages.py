"""Messages inside the application: written with the entry that causes them, read by whom they are for."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from yichuang.accounts.queries import holders_of
from yichuang.cases.queries import numbers_of
from yichuang.cases.types import CHINA, HANDED_OVER, PASSED_ON, RETURNED, VOID_ASKED, VOID_REFUSED, VOIDED
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import Refusal
from yichuang.kernel.permissions import require
from yichuang.ledger.actions import subscribe
from yichuang.ledger.queries import Entry, entries_of_subject
from yichuang.ledger.types import Fact, Recorded

from ..models import Message
from ..types import MessageKind

LONGEST_TEXT = 300


def listen() -> None:
    """Have the entries of cases tell the people concerned; for ``apps.py``."""
    subscribe(VOID_ASKED, _void_asked)
    subscribe(VOIDED, _void_decided)
    subscribe(VOID_REFUSED, _void_decided)
    subscribe(RETURNED, _returned)
    subscribe(PASSED_ON, _passed_on)


def tell(people: Iterable[int], kind: MessageKind, text: str, *, link: str, at: datetime) -> None:
    """One unread message to each of ``people``; the text is cut to what fits a line or two."""
    Message.objects.bulk_create(
        Message(person=person, kind=kind, at=at, text=text[:LONGEST_TEXT], link=link) for person in sorted(set(people))
    )


def mark_read(message: int, *, actor: Actor, at: datetime) -> None:
    """One of the actor's own messages; again, it stays as it is. Refused for another's or an unknown one."""
    require(actor, "accounts.view_self")
    own = Message.objects.filter(pk=message, person=actor.id)
    if not own.filter(read_at=None).update(read_at=at) and not own.exists():
        raise Refusal("没有这条消息，可能已被清理；请刷新页面", code="not_found", field="message")


def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """All of the actor's messages that came before ``at``; returns how many were unread."""
    require(actor, "accounts.view_self")
    return Message.objects.filter(person=actor.id, read_at=None, at__lte=at).update(read_at=at)


def _void_asked(fact: Fact, recorded: Recorded, actor: Actor) -> None:
    """To the hall's people and the department's chief representatives: any of them decides, not the asker."""
    today = recorded.recorded_at.astimezone(CHINA).date()
    deciders = {
        *holders_of(Role.HALL, "", today),
        *holders_of(Role.CHIEF, fact.department, today),
    } - {actor.id}
    _about(fact, deciders, MessageKind.VOID_ASKED, recorded, actor)


def _void_decided(fact: Fact, recorded: Recorded, actor: Actor) -> None:
    _about(fact, _last_actor(fact, VOID_ASKED.code) - {actor.id}, MessageKind.VOID_DECIDED, recorded, actor)


def _returned(fact: Fact, recorded: Recorded, actor: Actor) -> None:
    _about(fact, _last_actor(fact, HANDED_OVER.code) - {actor.id}, MessageKind.RETURNED, recorded, actor)


def _passed_on(fact: Fact, recorded: Recorded, actor: Actor) -> None:
    _about(fact, {int(fact.payload["person"])}, MessageKind.PASSED_ON, recorded, actor, page="inbox")


def _last_actor(fact: Fact, kind: int) -> set[int]:
    """Who made the case's last entry of ``kind`` that was not a correction; without the system."""
    made: list[Entry] = [
        entry for entry in entries_of_subject(fact.subject) if entry.kind == kind and entry.corrects is None
    ]
    return {made[-1].actor} - {0} if made else set()


def _about(
    fact: Fact, people: set[int], kind: MessageKind, recorded: Recorded, actor: Actor, *, page: str = "cases"
) -> None:
    """The case's number and who acted: names and reasons of applicants are on the case's own page, not here."""
    if fact.quantity < 0 or not people:
        return
    number = numbers_of([fact.subject.id])[fact.subject.id]
    at = min(recorded.recorded_at, timezone.now())
    tell(people, kind, f"{number} · {actor.name}" if actor.name else number, link=f"/{page}/{number}", at=at)

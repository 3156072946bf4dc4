"""Who has a case in hand: told in refusals, checked before acting, read back from the entries."""

import json
from datetime import datetime

from django.utils import timezone

from yichuang.accounts.queries import colleagues, names_of
from yichuang.accounts.types import Colleague
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.kernel.permissions import may
from yichuang.ledger.queries import entries_of_subject
from yichuang.ledger.types import Kind, Subject

from ..models import Case, Handover
from ..rules.review import check_handler
from ..types import CASE, GIVEN_BACK, HANDED_OVER, PASSED_ON, RETURNED, TAKEN, IllegalMove, State
from .moving import facts_of


def require_here(case: Case, permission: str, verb: str, *, actor: Actor) -> None:
    """Refused to those who do not have the locked case; an office that had it is told who moved it on, and when.

    Raises :class:`NotPermitted` for everybody whom the case never came to.
    """
    if may(actor, permission, facts_of(case)):
        return
    offices = set(Handover.objects.filter(case=case).values_list("to", flat=True))
    if not any(actor.holds_in(office, Role.BACK) for office in offices):
        raise NotPermitted
    facts = facts_of(case, with_name=True)
    if facts.state not in {State.REVIEWING, State.ACCEPTED}:
        raise IllegalMove(verb, facts)
    local = timezone.localtime(facts.moved_at)
    when = f"{local.month}月{local.day}日 {local:%H:%M}"
    if facts.state is State.ACCEPTED:
        raise Refusal(
            f"办件 {facts.number} 不能{verb}：{facts.moved_by}已于{when} 将其转回中台", code="elsewhere", field="number"
        )
    raise Refusal(
        f"办件 {facts.number} 不能{verb}：{facts.moved_by}已于{when} 将其流转到其他部门",
        code="elsewhere",
        field="number",
    )


def check_own(case: Case, verb: str, *, actor: Actor, stand_ins: frozenset[int] = frozenset()) -> None:
    """Refused, with the handler's name, when somebody else has taken the locked case."""
    if case.handler in {None, actor.id} or actor.id in stand_ins:
        return
    name = names_of([case.handler]).get(case.handler, "")
    check_handler(facts_of(case), verb, person=actor.id, handler=name, stand_ins=stand_ins)


def reviewers(case: Case, at: datetime) -> list[Colleague]:
    """Who decides cases in the back office that has this one, on the day of ``at``."""
    return colleagues(Role.BACK, case.holder, timezone.localdate(at))


def stand_ins_of(handler: int | None, present: list[Colleague]) -> frozenset[int]:
    """Who may act for the handler: the deputy during leave; everybody once the handler has left the office."""
    if handler not in {one.id for one in present}:
        return frozenset(one.id for one in present)
    return frozenset(one.id for one in present if handler in one.stands_in_for)


def told(case: Case, *kinds: Kind) -> str:
    """The newest entry of these kinds as a refusal tells it: ``李明，9月18日 10:42``."""
    codes = {kind.code for kind in kinds}
    entry = next((one for one in reversed(entries_of_subject(Subject(CASE, case.pk))) if one.kind in codes), None)
    if entry is None:
        return ""
    local = timezone.localtime(entry.occurred_at)
    return f"{names_of([entry.actor]).get(entry.actor, '')}，{local.month}月{local.day}日 {local:%H:%M}"


def handler_after(case: Case, handover: int) -> int | None:
    """Who handled the case while it stood with the office that got it by this hand-over's entry; None: nobody.

    What was done while the case was elsewhere, by a hand-over or return that was reversed later, does not count.
    """
    entries = [entry for entry in entries_of_subject(Subject(CASE, case.pk)) if entry.pk > handover]
    reversals = {entry.corrects: entry.pk for entry in entries if entry.corrects is not None}
    handler: int | None = None
    back = 0  # the entry by which the case came back here
    for entry in entries:
        if entry.pk <= back or entry.corrects is not None:
            continue
        if entry.kind in {HANDED_OVER.code, RETURNED.code}:
            if entry.pk not in reversals:
                break
            back = reversals[entry.pk]
        elif entry.kind == TAKEN.code:
            handler = entry.actor
        elif entry.kind == GIVEN_BACK.code:
            handler = None
        elif entry.kind == PASSED_ON.code:
            handler = int(json.loads(entry.payload)["person"])
    return handler

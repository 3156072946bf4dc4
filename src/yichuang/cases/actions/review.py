"""In the back office: take, give back, pass on, give an opinion, decide, make the result."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yichuang.accounts.queries import region_name_of
from yichuang.kernel.actor import Actor
from yichuang.kernel.errors import Refusal
from yichuang.ledger.types import Kind, Recorded

from ..models import Case, Opinion
from ..rules import CONCLUDE, GRANT, REFUSE, check_move, check_reasons
from ..rules.review import COURT, check_opinion, check_passing, check_result, check_reviewing, check_taking
from ..sealing import verification_code
from ..types import GIVEN_BACK, OPINION_GIVEN, PASSED_ON, TAKEN, NoticeKind, State
from .holding import check_own, require_here, reviewers, stand_ins_of, told
from .moving import check_order, draw_number, facts_of, give_notice, lock_case, move_case, record_entry


def _lock_reviewing(number: str, verb: str, permission: str, *, actor: Actor) -> Case:
    """The case, locked, if ``actor`` may work on it: with the actor's back office, undecided, signed for."""
    case = lock_case(number)
    require_here(case, permission, verb, actor=actor)
    facts = facts_of(case, with_name=case.state != State.REVIEWING)
    check_reviewing(facts, verb)
    return case


def _set_handler(case: Case, handler: int | None, kind: Kind, *, actor: Actor, at: datetime) -> Recorded:
    check_order(case, at)
    case.handler = handler
    case.save(update_fields=["handler"])
    payload = {"person": handler} if kind is PASSED_ON else None
    return record_entry(case, kind, actor=actor, at=at, payload=payload)


@transaction.atomic
def take(number: str, *, actor: Actor, at: datetime) -> Recorded:
    """认领: from now on this reviewer handles the case; whoever comes second is told who has it."""
    case = _lock_reviewing(number, "认领", "cases.handle", actor=actor)
    check_taking(facts_of(case), taken=told(case, TAKEN, PASSED_ON) if case.handler else "")
    return _set_handler(case, actor.id, TAKEN, actor=actor, at=at)


@transaction.atomic
def give_back(number: str, *, actor: Actor, at: datetime) -> Recorded:
    """放回: the case is there for any reviewer of the office again; by its handler, or who stands in for them."""
    case = _lock_reviewing(number, "放回", "cases.handle", actor=actor)
    if case.handler is None:
        raise Refusal(f"办件 {number} 没有人承办，无需放回", code="not_taken", field="number")
    check_own(case, "放回", actor=actor, stand_ins=_stand_ins(case, actor, at))
    return _set_handler(case, None, GIVEN_BACK, actor=actor, at=at)


@transaction.atomic
def pass_on(number: str, *, to: int, actor: Actor, at: datetime) -> Recorded:
    """转办: another reviewer of the same office handles the case, as the deputy (A/B 岗) does during leave.

    By the handler or who stands in for them; by anybody of the office while nobody has the case.
    """
    case = _lock_reviewing(number, "转办", "cases.handle", actor=actor)
    present = reviewers(case, at)
    check_own(case, "转办", actor=actor, stand_ins=stand_ins_of(case.handler, present))
    check_passing(facts_of(case), to=to, colleagues={one.id for one in present})
    return _set_handler(case, to, PASSED_ON, actor=actor, at=at)


def _stand_ins(case: Case, actor: Actor, at: datetime) -> frozenset[int]:
    return frozenset() if case.handler == actor.id else stand_ins_of(case.handler, reviewers(case, at))


@transaction.atomic
def give_opinion(number: str, *, text: str, actor: Actor, at: datetime) -> Opinion:
    """审查意见: what any reviewer of the office thinks of the case, before the decision (GB/T 39046—2020 table 7)."""
    case = _lock_reviewing(number, "填写审查意见", "cases.handle", actor=actor)
    told_text = check_opinion(text)
    check_order(case, at)
    opinion = Opinion.objects.create(case=case, person=actor.id, position=actor.position, at=at, text=told_text)
    record_entry(case, OPINION_GIVEN, actor=actor, at=at, payload={"opinion": opinion.pk})
    return opinion


@transaction.atomic
def decide(
    number: str,
    *,
    grant: bool,
    reason: str = "",
    review_body: str = "",
    court: str = "",
    actor: Actor,
    at: datetime,
) -> Recorded:
    """决定: grant, or refuse with reasons and a numbered decision (行政许可法 art. 38); by the handler if there is one.

    ``review_body`` and ``court`` are where the applicant may turn to, told in the decision: unless named, the people's
    government of the department's region (行政复议法 art. 24) and the court that has jurisdiction.
    """
    case = _lock_reviewing(number, GRANT.verb if grant else REFUSE.verb, "cases.decide", actor=actor)
    check_own(case, "作出决定", actor=actor)
    if grant:
        return move_case(case, GRANT, actor=actor, at=at, is_granted=True)
    why = check_reasons(reason, "不予许可")
    written = move_case(case, REFUSE, actor=actor, at=at, is_granted=False)
    told_rights = {
        "review_body": review_body.strip() or f"{region_name_of(case.department)}人民政府",
        "court": court.strip() or COURT,
    }
    give_notice(case, NoticeKind.REFUSAL, at=at, detail={"reason": why} | told_rights)
    return written


@transaction.atomic
def conclude(
    number: str, *, result_number: str = "", valid_until: date | None = None, actor: Actor, at: datetime
) -> Recorded:
    """办结: the result, or the refusal, is made; it waits to be handed out.

    A result without a number gets the next of its item and year, ``K0001〔2024〕00001号``, and a code by which anyone
    may verify it.
    """
    case = lock_case(number)
    require_here(case, "cases.decide", CONCLUDE.verb, actor=actor)
    if case.state not in CONCLUDE.before:
        check_move(CONCLUDE, facts_of(case, with_name=True))
    check_order(case, at)
    today = timezone.localdate(at)
    given = result_number.strip()
    check_result(facts_of(case), number=given, valid_until=valid_until, today=today)
    code = None
    if case.is_granted:
        given = given or _next_result_number(case.item.key, today.year)
        code = verification_code(f"result:{case.number}")
    return move_case(
        case,
        CONCLUDE,
        actor=actor,
        at=at,
        result_number=given,
        result_valid_until=valid_until,
        result_code=code,
    )


def _next_result_number(item: str, year: int) -> str:
    return f"{item}〔{year}〕{draw_number(f'result:{item}:{year}'):05d}号"

"""Two people at one case, or one person at two windows, in the same moment."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from yichuang.accounts.tests.factories import make_department, make_person
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import Refusal
from yichuang.ledger.queries import entries_of_subject, verify
from yichuang.ledger.types import Channel, Subject

from ..actions import accept, approve_void, ask_void, hand_over, receive, sign_for, undo
from ..models import Applicant, Case, Notice, VoidRequest
from ..types import ACCEPTED, CASE, HANDED_OVER, AgentAuthority, State
from .factories import (
    CLERK,
    COMPANY,
    DISPATCHER,
    PERSON,
    REVIEWER,
    accepted_case,
    actor_with,
    handed_over_case,
    make_item,
    received_case,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared_database")]


def at_once(*attempts: Callable[[], object]) -> list[object]:
    """Run each in its own thread and connection, all let go together: what each returned or was refused with."""
    outcomes: list[object] = [None] * len(attempts)
    gate = threading.Barrier(len(attempts))

    def run(place: int, attempt: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            outcomes[place] = attempt()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def refusals(outcomes: list[object]) -> list[str]:
    """The codes of those that were refused; anything else that went wrong is raised."""
    for outcome in outcomes:
        if isinstance(outcome, Exception) and not isinstance(outcome, Refusal):
            raise outcome
    return [outcome.code for outcome in outcomes if isinstance(outcome, Refusal)]


def kinds_of(case: Case) -> list[int]:
    return [entry.kind for entry in entries_of_subject(Subject(CASE, case.pk))]


def test_two_accept_one_case() -> None:
    """One wins; the other is told who and when; one entry, one notice."""
    names = {make_person(f"clerk{n}", name=name).pk: name for n, name in enumerate(("王一", "李二"))}
    case = received_case(make_item())
    actors = [Actor(id=person, posts=CLERK.posts) for person in names]
    outcomes = at_once(
        *(lambda actor=actor: accept(case.number, actor=actor, at=timezone.now()) for actor in actors)  # type: ignore[misc]
    )
    assert refusals(outcomes) == ["illegal_move"]
    winner = next(name for outcome, name in zip(outcomes, names.values(), strict=True) if isinstance(outcome, Notice))
    loser = next(outcome for outcome in outcomes if isinstance(outcome, Refusal))
    assert winner in loser.message
    assert kinds_of(case).count(ACCEPTED.code) == 1
    assert Notice.objects.count() == 1


def test_numbers_are_unique_when_drawn_at_once() -> None:
    item = make_item()
    numbers: list[str] = []
    notices: list[int] = []

    def run() -> None:
        for _ in range(5):
            case = received_case(item, timezone.now())
            numbers.append(case.number)
            notices.append(accept(case.number, actor=CLERK, at=timezone.now()).number)

    assert refusals(at_once(*[run] * 6)) == []
    assert len(set(numbers)) == 30
    assert sorted(notices) == list(range(1, 31))
    assert verify() == []


def test_two_ask_to_void_one_case() -> None:
    case = accepted_case(make_item())
    attempt = lambda: ask_void(case.number, reason="选错事项", actor=CLERK, at=timezone.now())  # noqa: E731
    assert refusals(at_once(attempt, attempt)) == ["asked_already"]
    assert VoidRequest.objects.count() == 1


@pytest.mark.parametrize("round_", range(3))
def test_a_case_is_voided_or_handed_over(round_: int) -> None:
    make_department("D01")
    case = accepted_case(make_item())
    hall = actor_with((Role.HALL, ""), person=51)
    ask_void(case.number, reason="选错事项", actor=CLERK, at=timezone.now())
    outcomes = at_once(
        lambda: approve_void(case.number, actor=hall, at=timezone.now()),
        lambda: hand_over(case.number, to="D01", actor=DISPATCHER, at=timezone.now()),
    )
    assert len(refusals(outcomes)) == 1
    case.refresh_from_db()
    assert (case.state == State.VOIDED) == isinstance(outcomes[1], Refusal)
    assert case.state in {State.VOIDED, State.REVIEWING}
    assert verify() == []


@pytest.mark.parametrize("round_", range(3))
def test_a_new_applicant_and_agent_at_two_windows(round_: int) -> None:
    item = make_item()
    person = {"item": item.key, "channel": Channel.WINDOW, "actor": CLERK}
    outcomes = at_once(
        lambda: receive(applicant=COMPANY, agent=PERSON, authority=AgentAuthority.STAFF, at=timezone.now(), **person),  # type: ignore[arg-type]
        lambda: receive(applicant=PERSON, at=timezone.now(), **person),  # type: ignore[arg-type]
        lambda: receive(applicant=COMPANY, at=timezone.now(), **person),  # type: ignore[arg-type]
    )
    assert refusals(outcomes) == []
    assert Applicant.objects.count() == 2
    assert len({case.number for case in Case.objects.all()}) == 3


@pytest.mark.parametrize("round_", range(3))
def test_a_hand_over_is_undone_or_signed_for(round_: int) -> None:
    case = handed_over_case(make_item(), timezone.now() - timedelta(hours=3))
    entry = entries_of_subject(Subject(CASE, case.pk))[-1].pk
    outcomes = at_once(
        lambda: undo(entry, actor=DISPATCHER, at=timezone.now()),
        lambda: sign_for([case.number], actor=REVIEWER, at=timezone.now()),
    )
    assert len(refusals(outcomes)) == 1
    case.refresh_from_db()
    assert (case.state, case.signed_at is None) in {(State.ACCEPTED, True), (State.REVIEWING, False)}
    assert verify() == []


@pytest.mark.parametrize("round_", range(3))
def test_a_receipt_is_undone_or_goes_on(round_: int) -> None:
    case = received_case(make_item(), timezone.now())
    entry = entries_of_subject(Subject(CASE, case.pk))[-1].pk
    outcomes = at_once(
        lambda: undo(entry, actor=CLERK, at=timezone.now()),
        lambda: accept(case.number, actor=CLERK, at=timezone.now()),
    )
    assert len(refusals(outcomes)) == 1
    case.refresh_from_db()
    assert case.state in {State.VOIDED, State.ACCEPTED}
    assert verify() == []


@pytest.mark.parametrize("round_", range(3))
def test_a_hand_over_is_undone_or_goes_on_to_another_office(round_: int) -> None:
    """Two hand-overs of one case by the same dispatcher's two tabs: one counts, and only the last can be undone."""
    make_department("D02")
    case = accepted_case(make_item(), timezone.now() - timedelta(hours=2))
    outcomes = at_once(
        lambda: hand_over(case.number, to="D01", actor=DISPATCHER, at=timezone.now()),
        lambda: hand_over(case.number, to="D02", actor=DISPATCHER, at=timezone.now()),
    )
    standing = kinds_of(case).count(HANDED_OVER.code)
    assert standing == 2 - len(refusals(outcomes))
    assert verify() == []

"""Two people at one case, or one form sent twice, in the same moment, by the pages: one wins, the other is told."""

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone

from yichuang.accounts.tests.factories import make_person
from yichuang.cases.models import Case, Consultation, Handover, HandoverSheet, Notice
from yichuang.cases.tests.factories import accepted_case, make_item, received_case, signed_case
from yichuang.cases.tests.test_concurrency import at_once
from yichuang.cases.types import State
from yichuang.kernel.actor import Role
from yichuang.ledger.queries import verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shared_database")]

REFUSED = {409, 422}
KEY = "b9a3e3f5-6c1e-4b43-9bb0-6d3d6f0b6d01"
APPLICATION = {
    "decision": "accept",
    "kind": "1",
    "id_type": "111",
    "id_number": "11010519491231002X",
    "name": "王小明",
    "phone": "13800002046",
    "form_key": KEY,
}


def client_of(username: str, name: str, role: Role, department: str = "") -> Client:
    client = Client()
    client.force_login(make_person(username, [role], department, name=name))
    return client


def sent(*posts: tuple[Client, str, dict[str, str]]) -> list[HttpResponseBase]:
    """Each post from its own thread, all let go together; an error of the server is raised here."""
    outcomes = at_once(*(lambda post=post: post[0].post(post[1], post[2]) for post in posts))  # type: ignore[misc]
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return outcomes  # type: ignore[return-value]


def alert_of(response: HttpResponseBase) -> str:
    """What the page says about the refusal."""
    text: str = response.content.decode()  # type: ignore[attr-defined]
    return text.partition('role="alert"')[2].partition("</div>")[0]


@pytest.mark.parametrize("round_", range(3))
def test_an_application_sent_twice_is_one_case(round_: int) -> None:
    item = make_item(materials=("申请书",))
    clerk = client_of("liming", "李明", Role.FRONT)
    form = APPLICATION | {"item": item.key, f"state-{item.materials.get().pk}": "1"}
    first, second = sent(*[(clerk, "/desk/receive", form)] * 2)
    case = Case.objects.get()
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"] == f"/desk?done={case.number}"
    assert Notice.objects.count() == 1
    assert verify() == []


def test_a_consultation_and_a_hand_over_sent_twice_count_once() -> None:
    case = accepted_case(make_item())
    clerk, dispatcher = client_of("liming", "李明", Role.FRONT), client_of("zhouheng", "周衡", Role.MIDDLE)
    asked = {"item": "K0001", "way": "window", "form_key": KEY}
    assert [answer.status_code for answer in sent(*[(clerk, "/desk/consult", asked)] * 3)] == [302] * 3
    assert Consultation.objects.count() == 1
    moved = {"numbers": case.number, f"to-{case.number}": "D01", "form_key": KEY}
    first, second = sent(*[(dispatcher, "/dispatch/hand-over", moved)] * 2)
    assert first["Location"] == second["Location"]
    assert (HandoverSheet.objects.count(), Handover.objects.count()) == (1, 1)
    assert verify() == []


@pytest.mark.parametrize("round_", range(3))
def test_two_clerks_accept_one_case(round_: int) -> None:
    """The one who comes second reads who was first, and when."""
    case = received_case(make_item())
    names = ("李明", "王强")
    clerks = [client_of(f"clerk{place}", name, Role.FRONT) for place, name in enumerate(names)]
    answers = sent(*((clerk, f"/cases/{case.number}/accept", {}) for clerk in clerks))
    assert [answer.status_code == 302 for answer in answers].count(True) == 1
    place = 0 if answers[0].status_code == 302 else 1
    winner, refused = names[place], answers[1 - place]
    assert refused.status_code in REFUSED
    alert = alert_of(refused)
    case.refresh_from_db()
    assert case.accepted_at is not None
    assert winner in alert
    assert f"{timezone.localtime(case.accepted_at):%H:%M}" in alert
    assert Notice.objects.count() == 1
    assert verify() == []


@pytest.mark.parametrize("round_", range(4))
def test_the_back_office_returns_what_a_colleague_decides(round_: int) -> None:
    case = signed_case(make_item())
    deciding = client_of("lishen", "李审", Role.BACK, "D01")
    returning = client_of("wangtong", "王同", Role.BACK, "D01")
    granted, returned = sent(
        (deciding, f"/inbox/{case.number}/grant", {"form_key": KEY}),
        (returning, f"/inbox/{case.number}/return", {"form_key": KEY, "reason": "缺少平面图"}),
    )
    case.refresh_from_db()
    assert (granted.status_code == 302) != (returned.status_code == 302)
    winner, refused = ("李审", returned) if granted.status_code == 302 else ("王同", granted)
    assert refused.status_code in REFUSED
    assert winner in alert_of(refused)
    if refused is returned:
        assert case.state == State.GRANTED
    else:
        assert (case.state, case.holder) == (State.ACCEPTED, "")
    assert verify() == []

"""The decisions on 作废: who finds them and where, what they do to the figures, refusals in place."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import make_person
from yichuang.cases.actions import ask_void
from yichuang.cases.models import Case
from yichuang.cases.tests.factories import CLERK, PERSON, accepted_case, make_item
from yichuang.cases.types import State
from yichuang.kernel.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(client: Client) -> Person:
    person = make_person("dating", [Role.HALL], name="白厅")
    client.force_login(person)
    return person


def asked_case(key: str = "K0001", reason: str = "选错办理项") -> Case:
    case = accepted_case(make_item(key))
    ask_void(case.number, reason=reason, actor=CLERK, at=timezone.now())
    return case


def decide(client: Client, case: Case, decision: str, note: str = "", key: str = "") -> tuple[int, str]:
    data = {"form_key": key or str(uuid4()), "decision": decision, "note": note}
    page = client.post(f"/voids/{case.number}", data, follow=True)
    case.refresh_from_db()
    return page.status_code, page.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.HALL, Role.CHIEF}])
def test_other_roles_stay_out(client: Client, role: Role) -> None:
    case = asked_case()
    client.force_login(make_person("someone", [role], "D01"))
    assert client.get("/voids").status_code == 403
    assert decide(client, case, "approve")[0] == 403
    assert case.state == State.ACCEPTED


def test_a_chief_representative_sees_and_decides_for_the_own_department(client: Client) -> None:
    case = asked_case()
    client.force_login(make_person("other", [Role.CHIEF], "D02"))
    assert case.number not in client.get("/voids").content.decode()
    assert decide(client, case, "approve")[0] == 403
    client.force_login(make_person("chief", [Role.CHIEF], "D01"))
    assert case.number in client.get("/voids").content.decode()
    assert decide(client, case, "approve")[0] == 200
    assert case.state == State.VOIDED


def test_every_way_leads_to_the_list(client: Client, hall: Person) -> None:
    case = asked_case()
    for place in ("/my-day", "/calendar"):  # what waits, and the navigation
        assert 'href="/voids"' in client.get(place).content.decode()
    page = client.get("/voids").content.decode()
    assert case.number in page
    assert "选错办理项" in page
    assert PERSON.name not in page


def test_approving_says_what_became_of_the_figure(client: Client, hall: Person) -> None:
    case, kept = asked_case(), accepted_case(make_item("K0002"))
    assert case.accepted_at is not None
    day = timezone.localdate(case.accepted_at).isoformat()
    page = decide(client, case, "approve", "同意")[1]
    assert re.search(rf"{case.number}：\S+ {day} 的受理数由 2 件减为 1 件", page)
    assert case.state == State.VOIDED
    assert kept.number not in page
    decided = client.get("/voids?tab=decided").content.decode()
    assert case.number in decided
    assert "白厅" in decided


def test_not_approving_needs_a_note_and_changes_no_figure(client: Client, hall: Person) -> None:
    case = asked_case()
    status, page = decide(client, case, "refuse")
    assert (status, "不同意作废须写明理由" in page) == (422, True)
    assert "受理数不变" in decide(client, case, "refuse", "办理项无误")[1]
    assert case.state == State.ACCEPTED
    assert "办理项无误" in client.get("/voids?tab=decided").content.decode()


def test_what_another_decided_meanwhile_is_said_and_the_note_stays(client: Client, hall: Person) -> None:
    first, second = asked_case(), asked_case("K0002")
    decide(client, first, "refuse", "办理项无误")
    status, page = decide(client, first, "approve", "写好的意见")
    assert (status, "可能已由他人处理" in page) == (422, True)
    assert "写好的意见" in page
    assert second.number in page


def test_the_same_form_twice_decides_once_and_each_row_has_its_own(client: Client, hall: Person) -> None:
    first, second = asked_case(), asked_case("K0002")
    keys = re.findall(r'name="form_key" value="([^"]+)"', client.get("/voids").content.decode())
    assert len(set(keys)) == 2
    said = decide(client, first, "approve", key=keys[0])[1]
    assert "由 2 件减为 1 件" in said
    assert "由 2 件减为 1 件" in decide(client, first, "approve", key=keys[0])[1]
    assert second.state == State.ACCEPTED
    assert "没有待审批的作废申请" in _emptied(client, second)


def _emptied(client: Client, last: Case) -> str:
    decide(client, last, "approve")
    return client.get("/voids").content.decode()

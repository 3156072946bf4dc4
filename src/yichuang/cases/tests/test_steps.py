"""The steps on a case's page: offered to whom they are for, done without JavaScript, nothing typed is lost."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import actor_for, make_person
from yichuang.kernel.actor import Role
from yichuang.ledger.queries import entries_of_subject
from yichuang.ledger.types import Channel, Subject

from ..actions import ask_void, receive
from ..models import Case
from ..types import CASE, MaterialGiven, NoticeKind, State
from .factories import CLERK, PERSON, accepted_case, handed_over_case, make_item, received_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client: Client) -> Person:
    person = make_person("clerk", [Role.FRONT])
    client.force_login(person)
    return person


def page(client: Client, case: Case) -> str:
    return client.get(f"/cases/{case.number}").content.decode()


def send(client: Client, case: Case, step: str, **typed: object) -> tuple[int, str]:
    answer = client.post(f"/cases/{case.number}/{step}", typed, follow=True)
    case.refresh_from_db()
    return answer.status_code, answer.content.decode()


def test_from_correction_to_acceptance_on_the_page(client: Client, clerk: Person) -> None:
    item = make_item(materials=("申请书", "营业执照"))
    form, licence = item.materials.all()
    case = received_case(item, timezone.now())
    status, text = send(client, case, "accept")
    assert (status, case.state) == (422, State.RECEIVED)
    assert "缺少必备材料：申请书、营业执照" in text
    status, text = send(client, case, "correction", note="可邮寄", **{f"point_{form.pk}": "", "other": ""})
    assert status == 422
    assert "可邮寄" in text
    status, text = send(client, case, "correction", **{f"point_{form.pk}": "未签字", "other": "缺联系电话"})
    assert (status, case.state) == (200, State.CORRECTING)
    assert "请带来：申请书。另请：缺联系电话。" in text
    given = {f"give_{form.pk}": "on", f"copies_{form.pk}": "1", f"original_{form.pk}": "on", f"give_{licence.pk}": "on"}
    assert send(client, case, "supplement", **given)[0] == 200
    assert case.materials.get(spec=licence.pk).is_original is False
    assert "一次告知补正</summary>" not in page(client, case)
    status, text = send(client, case, "accept")
    assert (status, case.state) == (200, State.ACCEPTED)
    notice = case.notices.get(kind=NoticeKind.ACCEPTANCE)
    assert f"/notices/{notice.pk}.pdf" in text
    assert send(client, case, "originals")[0] == 200
    assert case.materials.get(spec=form.pk).original_returned_at


def test_what_is_brought_is_preset_as_the_item_asks(client: Client, clerk: Person) -> None:
    item = make_item(materials=("申请书", "营业执照"))
    form, licence = item.materials.all()
    item.materials.filter(pk=form.pk).update(originals=2, copies=0)
    item.materials.filter(pk=licence.pk).update(originals=0, copies=3)
    text = page(client, received_case(item, timezone.now()))
    assert f'name="original_{form.pk}" checked' in text
    assert f'name="original_{licence.pk}" aria' in text
    assert f'name="copies_{form.pk}" value="2"' in text
    assert f'name="copies_{licence.pk}" value="3"' in text


@pytest.mark.parametrize(
    ("step", "typed", "state"),
    [
        ("decline", {"owner": "某局", "reason": "不属本机关"}, State.DECLINED),
        ("redirect", {"reason": "不需要许可"}, State.REDIRECTED),
        ("withdraw", {"reason": "申请人要求"}, State.WITHDRAWN),
    ],
)
def test_turning_away_on_the_page(
    client: Client, clerk: Person, step: str, typed: dict[str, str], state: State
) -> None:
    case = received_case(make_item(), timezone.now())
    status, text = send(client, case, step, **(typed | {"reason": " "}))
    assert (status, case.state) == (422, State.RECEIVED)
    assert "理由" in text
    if "owner" in typed:
        assert 'value="某局"' in text
    assert send(client, case, step, **typed)[0] == 200
    assert case.state == state


def test_voiding_on_the_page(client: Client, clerk: Person) -> None:
    case = accepted_case(make_item(), timezone.now() - timedelta(days=1))
    assert send(client, case, "void", reason="选错事项")[0] == 200
    assert "审批作废" not in page(client, case)
    assert send(client, case, "void/decision", decision="approve")[0] == 403
    client.force_login(make_person("hall", [Role.HALL]))
    assert case.number in client.get("/cases").content.decode()
    assert "审批作废" in page(client, case)
    status, text = send(client, case, "void/decision", decision="refuse", note="")
    assert (status, case.state) == (422, State.ACCEPTED)
    assert "理由" in text
    assert send(client, case, "void/decision", decision="approve")[0] == 200
    assert case.state == State.VOIDED


def test_who_asked_is_not_offered_the_decision(client: Client) -> None:
    person = make_person("both", [Role.FRONT, Role.HALL])
    client.force_login(person)
    case = accepted_case(make_item(), timezone.now() - timedelta(days=1))
    ask_void(case.number, reason="选错事项", actor=actor_for(person), at=timezone.now())
    assert "审批作废" not in page(client, case)
    assert "须由他人审批" in client.get("/cases").content.decode()


def test_a_slip_is_undone_from_the_page(client: Client, clerk: Person) -> None:
    item = make_item()
    case = receive(item=item.key, applicant=PERSON, channel=Channel.WINDOW, actor=actor_for(clerk), at=timezone.now())
    assert "撤销刚才的操作" in page(client, case)
    entry = entries_of_subject(Subject(CASE, case.pk))[0].pk
    answer = client.post(f"/undo/{entry}", {"next": f"/cases/{case.number}"})
    assert answer["Location"] == f"/cases/{case.number}"
    case.refresh_from_db()
    assert case.state == State.VOIDED
    assert "撤销刚才的操作" not in page(client, case)
    again = client.post(f"/undo/{entry}", {"next": "https://example.org/"}, follow=True)
    assert again.redirect_chain == [("/cases", 302)]
    assert "此操作已经撤销" in again.content.decode()
    other = received_case(item, timezone.now())
    assert "撤销刚才的操作" not in page(client, other)


@pytest.mark.parametrize(
    ("role", "department", "sees"),
    [(Role.FRONT, "", True), (Role.EDITOR, "", False), (Role.HALL, "", False), (Role.BACK, "D01", True)],
)
def test_identity_in_full_only_for_those_who_need_it(client: Client, role: Role, department: str, sees: bool) -> None:
    case = handed_over_case(make_item(), timezone.now() - timedelta(days=1))
    client.force_login(make_person("someone", [role], department))
    text = page(client, case)
    assert (PERSON.id_number in text) == sees
    assert (PERSON.phone in text) == sees
    assert ("DOCX" in text.split("<footer")[0].replace("DOCX、", "")) == sees


def test_a_search_shows_lines_and_no_address_tells_what_was_looked_for(client: Client, clerk: Person) -> None:
    item = make_item()
    first, second = received_case(item), received_case(item)
    for words in ("王小明", PERSON.id_number):
        answer = client.post("/cases/search", {"q": words})
        text = client.get(answer["Location"]).content.decode()
        assert first.number in text
        assert second.number in text
        assert f'value="{words}"' in text
        assert words not in unquote(answer["Location"])
    client.force_login(make_person("another", [Role.FRONT]))
    assert first.number not in client.get(answer["Location"]).content.decode()


def test_only_posts_change_something(client: Client, clerk: Person) -> None:
    item = make_item(materials=("申请书",))
    case = receive(
        item=item.key,
        applicant=PERSON,
        materials=[MaterialGiven(item.materials.get().pk)],
        channel=Channel.WINDOW,
        actor=CLERK,
        at=timezone.now(),
    )
    for step in ("accept", "decline", "redirect", "correction", "supplement", "withdraw", "originals", "void"):
        assert client.get(f"/cases/{case.number}/{step}").status_code == 405
    case.refresh_from_db()
    assert case.state == State.RECEIVED

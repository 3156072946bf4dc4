"""The issue counter's pages: finding, each way of delivery, signatures kept, returned mail, reminders, receipts."""

from base64 import b64decode
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import make_person
from yichuang.calendars.actions import fill_from_library
from yichuang.cases.actions import conclude
from yichuang.cases.models import Applicant, Attachment, Case, Delivery, Notice, Reminder
from yichuang.cases.sealing import pickup_code
from yichuang.cases.tests.factories import (
    ADMIN,
    BY_POST,
    PERSON,
    REVIEWER,
    START,
    concluded_case,
    decided_case,
    issued_case,
    make_item,
)
from yichuang.cases.types import ApplicantKind, DeliveryWay, NoticeKind, State
from yichuang.kernel.actor import Role

pytestmark = pytest.mark.django_db

PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
IN_PERSON = {"way": "1", "check_by": "1", "id_type": "111", "id_number": PERSON.id_number, "receiver": "王小明"}


@pytest.fixture
def clerk(client: Client) -> Person:
    person = make_person("chujian", [Role.FRONT], name="陈出")
    client.force_login(person)
    return person


def act(client: Client, case: Case, verb: str, **data: object) -> object:
    return client.post(f"/issue/{case.number}/{verb}", {"form_key": str(uuid4()), **data})


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state


@pytest.mark.parametrize("role", [Role.MIDDLE, Role.HALL, Role.EDITOR, Role.ADMIN, Role.CATALOGUE])
def test_other_roles_stay_out(client: Client, role: Role) -> None:
    case = concluded_case(make_item())
    client.force_login(make_person("someone", [role]))
    for path in ("/issue", "/issue/export.csv", f"/issue/{case.number}"):
        assert client.get(path).status_code == 403
    assert act(client, case, "hand-out", **IN_PERSON).status_code == 403  # type: ignore[attr-defined]
    assert state_of(case) == State.CONCLUDED


def test_another_departments_window_gets_nothing(client: Client) -> None:
    case = concluded_case(make_item())
    client.force_login(make_person("other", [Role.BACK], "D02"))
    assert case.number not in client.get("/issue").content.decode().split("<main")[1]
    assert client.get(f"/issue/{case.number}").status_code == 403
    assert act(client, case, "hand-out", **IN_PERSON).status_code == 403  # type: ignore[attr-defined]


def test_found_by_number_result_and_scanned_code(client: Client, clerk: Person) -> None:
    case = decided_case(make_item())
    conclude(case.number, result_number="JY20240918", actor=REVIEWER, at=timezone.now())
    notice = Notice.objects.get(case=case, kind=NoticeKind.ACCEPTANCE)
    target = f"/issue/{case.number}"
    for words in (
        case.number,
        case.number.lower(),
        "JY20240918",
        notice.code,
        f"https://example.test/verify/{notice.code}",
        "王小明",
    ):
        found = client.post("/issue", {"words": words}, follow=True)
        assert found.redirect_chain[-1][0] == target, words
    assert "没有找到办件" in client.post("/issue", {"words": "没有这个人"}, follow=True).content.decode()


def test_handed_out_once_with_a_signature(client: Client, clerk: Person) -> None:
    case = concluded_case(make_item())
    data = IN_PERSON | {"form_key": str(uuid4())}
    for _ in range(2):
        signature = SimpleUploadedFile("signature.png", PIXEL, "image/png")
        response = client.post(f"/issue/{case.number}/hand-out", data | {"signature": signature}, follow=True)
    assert f"已颁发 {case.number}（窗口领取）" in response.content.decode()
    assert state_of(case) == State.ISSUED
    delivery = Delivery.objects.get()
    assert delivery.signature
    assert Attachment.objects.count() == 1
    picture = client.get(f"/attachments/{delivery.signature_id}")
    assert (picture["Content-Type"], picture.content) == ("image/png", PIXEL)


def test_who_fetches_is_prefilled_for_people_and_asked_of_units(client: Client, clerk: Person) -> None:
    case = concluded_case(make_item())
    path, prefilled = f"/issue/{case.number}", 'name="receiver" value='
    assert f'{prefilled}"{PERSON.name}"' in client.get(path).content.decode()
    Applicant.objects.update(kind=ApplicantKind.ORGANISATION)
    page = client.get(path).content.decode()
    assert 'name="receiver"' in page
    assert prefilled not in page


def test_a_wrong_number_is_said_beside_it_and_the_signature_stays(client: Client, clerk: Person) -> None:
    case = concluded_case(make_item())
    wrong = IN_PERSON | {"id_number": "110105194912310010"}
    signature = SimpleUploadedFile("signature.png", PIXEL, "image/png")
    response = act(client, case, "hand-out", signature=signature, **wrong)
    page = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert state_of(case) == State.CONCLUDED
    kept = Attachment.objects.get()
    assert f'name="signature_kept" value="{kept.pk}"' in page
    assert "已保留上次的签名" in page
    act(client, case, "hand-out", signature_kept=kept.pk, **IN_PERSON)
    assert Delivery.objects.get().signature_id == kept.pk


def test_by_code_by_agent_by_post_and_electronically(client: Client, clerk: Person) -> None:
    item = make_item()
    ways = [
        ({"way": "1", "check_by": "2", "code": "000000"}, {"code": "?"}, DeliveryWay.COUNTER),
        (
            {"way": "2", "id_type": "111", "id_number": "11010519491231002X", "receiver": ""},
            {"receiver": "张三", "note": "授权委托书"},
            DeliveryWay.AGENT,
        ),
        (
            {"way": "3", "carrier": "中国邮政 EMS", "tracking_number": "12", "address": "某路1号"},
            {"tracking_number": "1234567890123"},
            DeliveryWay.POST,
        ),
        ({"way": "4"}, {"note": "平台账户"}, DeliveryWay.ELECTRONIC),
    ]
    for wrong, right, way in ways:
        case = concluded_case(item)
        good = {name: pickup_code(case.number) if value == "?" else value for name, value in right.items()}
        assert act(client, case, "hand-out", **wrong).status_code == 422, way  # type: ignore[attr-defined]
        assert act(client, case, "hand-out", **(wrong | good)).status_code == 302, way  # type: ignore[attr-defined]
        assert Delivery.objects.get(case=case).way == way


def test_posted_returned_and_sent_again(client: Client, clerk: Person) -> None:
    case = issued_case(make_item(), delivery=BY_POST)
    assert case.number in client.get("/issue?tab=under_way").content.decode()
    assert "请写明退信原因" in act(client, case, "mail-returned").content.decode()  # type: ignore[attr-defined]
    act(client, case, "mail-returned", reason="查无此人")
    assert "查无此人" in client.get("/issue?tab=mail_returned").content.decode()
    again = {"way": "3", "carrier": "中国邮政 EMS", "tracking_number": "9234567890123", "address": "新路2号"}
    assert act(client, case, "redeliver", **again).status_code == 302  # type: ignore[attr-defined]
    act(client, case, "confirm")
    assert Delivery.objects.latest("pk").confirmed_at
    assert "已妥投" in client.get(f"/issue/{case.number}").content.decode()


def test_the_receipt_of_delivery_is_one_and_the_same(client: Client, clerk: Person) -> None:
    case = issued_case(make_item())
    places = {act(client, case, "receipt")["Location"] for _ in range(2)}  # type: ignore[index]
    notice = Notice.objects.get(case=case, kind=NoticeKind.DELIVERY)
    assert places == {f"/notices/{notice.pk}.pdf"}


def test_reminders_are_listed_and_not_doubled(client: Client, clerk: Person) -> None:
    fill_from_library(ADMIN, START)
    case = concluded_case(make_item())
    assert act(client, case, "remind", means="1", note="无人接听").status_code == 302  # type: ignore[attr-defined]
    page = act(client, case, "remind", means="1").content.decode()  # type: ignore[attr-defined]
    assert "已用电话提醒过" in page
    assert Reminder.objects.count() == 1
    assert "无人接听" in client.get(f"/issue/{case.number}").content.decode()
    assert case.number in client.get("/issue?tab=not_fetched").content.decode()


def test_a_refusals_decision_is_served(client: Client, clerk: Person) -> None:
    case = concluded_case(make_item(), grant=False)
    assert "送达决定书" in client.get(f"/issue/{case.number}").content.decode()
    act(client, case, "hand-out", **IN_PERSON)
    assert state_of(case) == State.SERVED


@pytest.mark.parametrize("tab", ["ready", "not_fetched", "under_way", "mail_returned"])
def test_every_list_is_empty_in_words_and_goes_into_files(client: Client, clerk: Person, tab: str) -> None:
    assert "empty-title" in client.get(f"/issue?tab={tab}").content.decode()
    concluded_case(make_item())
    text = client.get(f"/issue/export.csv?tab={tab}").content.decode()
    assert text.startswith("\ufeff办件编号")
    assert PERSON.name not in text
    assert client.get(f"/issue/export.xlsx?tab={tab}").status_code == 200


def test_a_served_refusal_is_called_so(client: Client, clerk: Person) -> None:
    case = concluded_case(make_item(), grant=False)
    assert "不予许可决定书" in client.get(act(client, case, "hand-out", **IN_PERSON)["Location"]).content.decode()  # type: ignore[index]
    assert state_of(case) == State.SERVED


def test_finding_says_that_a_code_only_checks(client: Client, clerk: Person) -> None:
    assert "六位取件码只用于核对" in client.get("/issue").content.decode()

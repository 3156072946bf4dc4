"""The desk's addresses without a browser: every form works without JavaScript, and each part is small."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yichuang.accounts.tests.factories import make_department, make_person
from yichuang.cases.models import Attachment, Case, Consultation
from yichuang.cases.tests.factories import make_item
from yichuang.cases.types import State
from yichuang.catalogue.models import HandlingItem
from yichuang.kernel.actor import Role
from yichuang.ledger.types import Channel

from ..models import Submission

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}
FORM = {
    "item": "K0001",
    "decision": "accept",
    "kind": "1",
    "id_type": "111",
    "id_number": "11010519491231002X",
    "name": "王小明",
    "phone": "+86 138 0000 2046",
    "form_key": "b9a3e3f5-6c1e-4b43-9bb0-6d3d6f0b6d01",
}


@pytest.fixture
def item() -> HandlingItem:
    return make_item(materials=("申请书", "营业执照"))


@pytest.fixture
def clerk(item: HandlingItem) -> Client:
    client = Client()
    client.force_login(make_person("liming", [Role.FRONT], name="李明"))
    return client


def all_given(item: HandlingItem) -> dict[str, str]:
    return {f"state-{spec}": "1" for spec in item.materials.values_list("pk", flat=True)}


def test_empty_with_an_item_with_words(clerk: Client) -> None:
    assert "查找事项" in clerk.get("/desk").content.decode()
    page = clerk.get("/desk", {"item": "K0001", "q": "办理项"}).content.decode()
    assert 'name="id_number"' in page
    assert "找到 1 项" in page
    assert "没有找到事项" in clerk.get("/desk", {"q": "锅炉"}).content.decode()
    assert clerk.get("/desk", {"item": "nothing"}).status_code in {404, 422}


def test_parts_without_htmx_lead_to_the_page(clerk: Client) -> None:
    assert clerk.get("/desk/items", {"q": "办理"}).headers["Location"].startswith("/desk?q=")
    assert clerk.get("/desk/form", {"item": "K0001"}).headers["Location"].startswith("/desk?item=K0001")


def test_accepting_leads_to_the_result_and_sending_again_leads_there_too(clerk: Client, item: HandlingItem) -> None:
    first = clerk.post("/desk/receive", FORM | all_given(item))
    case = Case.objects.get()
    assert (first.status_code, first.headers["Location"]) == (303, f"/desk?done={case.number}")
    assert clerk.post("/desk/receive", FORM | all_given(item)).headers["Location"] == first.headers["Location"]
    assert Case.objects.count() == 1
    assert (case.state, case.channel) == (State.ACCEPTED, Channel.WINDOW)
    result = clerk.get(first.headers["Location"]).content.decode()
    assert "受理通知书" in result
    assert "王小明" in clerk.get("/desk", {"keep": case.number}).content.decode()
    again = clerk.get("/desk", {"keep": case.number, "item": "K0001"}).content.decode()
    assert "11010519491231002X" in again


@pytest.mark.parametrize(
    ("decision", "extra", "state", "paper"),
    [
        ("receive", {}, State.RECEIVED, "收件凭证"),
        ("correct", {"points": "签名不一致\n日期未填"}, State.CORRECTING, "补正告知书"),
        ("decline", {"owner": "市局", "decline_reason": "属市级"}, State.DECLINED, "不予受理"),
        ("redirect", {"redirect_reason": "无需许可"}, State.REDIRECTED, "不受理告知书"),
    ],
)
def test_every_decision(clerk: Client, decision: str, extra: dict[str, str], state: State, paper: str) -> None:
    answer = clerk.post("/desk/receive", FORM | extra | {"decision": decision}, follow=True)
    assert Case.objects.get().state == state
    assert paper in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"id_number": "110105491231002"}, "15位的第一代身份证号已停用"),
        ({"name": " "}, "请填写姓名或名称"),
        ({"phone": "123"}, "联系电话应为"),
        ({"has_agent": "on"}, "请填写代理人"),
        ({"delivery_way": "3"}, "邮寄领取须填写邮寄地址"),
        ({"decision": "decline"}, "不予受理须告知"),
        ({"decision": "decline", "owner": "市局"}, "须写明理由"),
        ({"decision": "correct"}, "补正"),
        ({"form_key": ""}, "表单缺少防重复标识"),
        ({}, "缺少必备材料"),
    ],
)
def test_what_is_wrong_is_said_in_place_and_nothing_is_lost(clerk: Client, wrong: dict[str, str], words: str) -> None:
    for headers in ({}, HTMX):
        answer = clerk.post("/desk/receive", FORM | wrong, headers=headers)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page
        assert (FORM | wrong)["id_number"] in page
    assert (Case.objects.count(), Submission.objects.count()) == (0, 0)


def test_copies_and_files_on_the_form_itself(clerk: Client, item: HandlingItem) -> None:
    first, second = item.materials.values_list("pk", flat=True)
    pdf = SimpleUploadedFile("申请书.pdf", b"%PDF-1.4\n%%EOF\n")
    program = SimpleUploadedFile("营业执照.pdf", b"MZ\x90\x00")
    files: dict[str, Any] = {f"upload-{first}": pdf, f"upload-{second}": program}
    answer = clerk.post("/desk/receive", FORM | all_given(item) | {f"copies-{first}": "两"} | files)
    page = answer.content.decode()
    assert answer.status_code == 422
    kept = Attachment.objects.get()
    assert f'value="{kept.pk}:申请书.pdf"' in page
    assert "份数应为1至999的整数" in page
    assert page.count('class="is-wrong"') == 2
    typed = FORM | all_given(item) | {f"copies-{first}": "２", f"file-{first}": f"{kept.pk}:申请书.pdf"}
    clerk.post("/desk/receive", typed)
    kept.refresh_from_db()
    assert kept.case == Case.objects.get()
    assert kept.case is not None
    assert kept.case.materials.get(spec=first).copies == 2


def test_panels_open_and_numbers_are_checked_without_script(clerk: Client, item: HandlingItem) -> None:
    page = clerk.post("/desk/receive", FORM | {"panel": "correct", "decision": ""}).content.decode()
    assert all(f'name="told" value="{spec}" checked' in page for spec in item.materials.values_list("pk", flat=True))
    assert 'id="panel-correct" class="panel" data-panel="correct">' in page
    clerk.post("/desk/receive", FORM | all_given(item))
    checked = clerk.post("/desk/receive", FORM | {"panel": "check", "decision": ""}).content.decode()
    assert "此事项已有在办件" in checked


def test_known_agent_and_credit_code(clerk: Client) -> None:
    code = {"who": "applicant", "kind": "1", "id_type": "111", "id_number": "91350100m000100y43", "item": "K0001"}
    page = clerk.post("/desk/applicant", code).content.decode()
    assert 'data-kind="2"' in page
    assert 'data-number="91350100M000100Y43"' in page
    agent = {"who": "agent", "agent_id_type": "111", "agent_id_number": "11010519491231002"}
    assert "id_agent_id_number_error" in clerk.post("/desk/applicant", agent).content.decode()
    assert clerk.post("/desk/applicant", {"who": "agent"}).content.decode().strip() == ""


def test_consultations_and_undo(clerk: Client) -> None:
    sent = {"way": "phone", "item": "K0001", "form_key": "k-1"}
    for _ in range(2):
        assert clerk.post("/desk/consult", sent).status_code == 302
    consulted = Consultation.objects.get()
    assert (consulted.department, consulted.item, consulted.channel) == ("D01", "K0001", Channel.PHONE)
    page = clerk.get("/desk").content.decode()
    entry = page.split("/desk/undo/")[1].split('"')[0]
    for _ in range(2):
        assert "已撤销" in clerk.post(f"/desk/undo/{entry}", headers=HTMX).content.decode()


def test_departments_own_people_sit_at_department_windows(item: HandlingItem) -> None:
    client = Client()
    client.force_login(make_person("buyuan", [Role.BACK], "D01"))
    client.post("/desk/consult", {"way": "window", "form_key": "k-1"})
    assert Consultation.objects.get().channel == Channel.DEPARTMENT_WINDOW
    assert Consultation.objects.get().department == "D01"
    make_department("D02")
    make_item("K0002", department="D02")
    answer = client.post("/desk/receive", FORM | {"item": "K0002"})
    assert answer.status_code == 403
    assert Case.objects.count() == 0


def test_voiding_is_asked_for_with_a_reason(clerk: Client, item: HandlingItem) -> None:
    clerk.post("/desk/receive", FORM | all_given(item))
    case = Case.objects.get()
    assert clerk.post(f"/desk/void/{case.number}", {"reason": "", "form_key": "v"}, headers=HTMX).status_code == 422
    answer = clerk.post(f"/desk/void/{case.number}", {"reason": "受理错事项", "form_key": "v"}, headers=HTMX)
    assert "等待审批" in answer.content.decode()
    assert case.void_requests.count() == 1


@pytest.mark.parametrize(
    ("address", "most"), [("/desk", 16), ("/desk/items?q=办理", 6), ("/desk/form?item=K0001", 6), ("/desk/draft", 6)]
)
def test_parts_ask_few_queries(clerk: Client, address: str, most: int, django_assert_max_num_queries: Any) -> None:
    clerk.get("/desk")
    with django_assert_max_num_queries(most):
        assert clerk.get(address, headers=HTMX).status_code == 200

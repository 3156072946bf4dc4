"""Cases at the desk: looked up by what the visitor tells, told, and carried on; forms sent again for somebody else."""

from typing import Any

import pytest
from django.test import Client

from yichuang.accounts.tests.factories import make_department, make_person
from yichuang.cases.models import Case
from yichuang.cases.tests.factories import make_item
from yichuang.cases.types import NoticeKind, State
from yichuang.catalogue.models import HandlingItem, MaterialSpec
from yichuang.kernel.actor import Role

from .test_desk_pages import FORM, HTMX, all_given

pytestmark = pytest.mark.django_db
OTHER = {"id_number": "110105198801010014", "name": "赵一"}


@pytest.fixture
def item() -> HandlingItem:
    return make_item(materials=("申请书", "营业执照"))


@pytest.fixture
def clerk(item: HandlingItem) -> Client:
    client = Client()
    client.force_login(make_person("liming", [Role.FRONT], name="李明"))
    return client


@pytest.fixture
def received(clerk: Client) -> Case:
    clerk.post("/desk/receive", FORM | {"decision": "receive"})
    return Case.objects.get()


def carry_on(clerk: Client, case: Case, fields: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
    sent = {"decision": "accept", "form_key": "c-1"} | fields
    return clerk.post(f"/desk/cases/{case.number}/carry-on", sent, headers=headers or {})


@pytest.mark.parametrize("words", ["王小明", "13800002046", "11010519491231002X"])
def test_a_single_case_is_opened_at_once_with_what_to_tell(clerk: Client, received: Case, words: str) -> None:
    for typed in (words, received.number, received.notices.get().code):
        page = clerk.post("/desk/cases", {"q": typed}, headers=HTMX).content.decode()
        assert "还没有受理" in page
        assert f"/notices/{received.notices.get().pk}.pdf" in page
        assert 'id="carry-on"' in page


def test_several_are_listed_masked_and_none_says_what_to_do(clerk: Client, received: Case) -> None:
    clerk.post("/desk/receive", FORM | {"decision": "receive", "form_key": "k-2"})
    page = clerk.post("/desk/cases", {"q": "王小明"}, headers=HTMX).content.decode()
    assert page.count("data-case") == 2
    assert "王**" in page
    assert "没有找到办件" in clerk.post("/desk/cases", {"q": "锅炉"}, headers=HTMX).content.decode()
    assert clerk.get(f"/desk/cases/{received.number}").headers["Location"] == f"/desk?case={received.number}"
    assert "还没有受理" in clerk.get("/desk", {"case": received.number}).content.decode()


def test_what_was_just_done_names_its_paper_and_is_carried_on(clerk: Client, received: Case) -> None:
    page = clerk.get("/desk").content.decode()
    assert "〔" in page.split('class="just-now"')[1]
    assert f'/notices/{received.notices.get().pk}.pdf"' in page
    assert 'data-key="KeyC"' in page


def test_what_is_brought_later_is_taken_and_accepted_once(clerk: Client, item: HandlingItem, received: Case) -> None:
    for _ in range(2):
        answer = carry_on(clerk, received, all_given(item))
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk?done={received.number}")
    received.refresh_from_db()
    assert received.state == State.ACCEPTED
    assert received.materials.count() == 2
    assert received.notices.filter(kind=NoticeKind.ACCEPTANCE).count() == 1


def test_both_or_nothing_and_what_was_ticked_stays(clerk: Client, item: HandlingItem, received: Case) -> None:
    first = item.materials.values_list("pk", flat=True)[0]
    for headers in ({}, HTMX):
        answer = carry_on(clerk, received, {f"state-{first}": "1"}, headers)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "缺少必备材料：营业执照" in page
        assert f'name="state-{first}" value="1" checked' in page
    assert received.materials.count() == 0
    answer = carry_on(clerk, received, {f"state-{first}": "1", f"copies-{first}": "两"})
    assert "份数应为1至999的整数" in answer.content.decode()


def test_supplement_alone_keeps_what_the_case_has(clerk: Client, item: HandlingItem, received: Case) -> None:
    first, second = item.materials.values_list("pk", flat=True)
    only = {"decision": "supplement"}
    carry_on(clerk, received, {f"state-{first}": "1"} | only)
    clerk.post(f"/cases/{received.number}/originals")
    held = received.materials.get(spec=first)
    assert held.original_returned_at is not None
    answer = carry_on(clerk, received, {f"state-{first}": "1", f"state-{second}": "1", "form_key": "c-2"} | only, HTMX)
    assert "已收下补正材料" in answer.content.decode()
    held.refresh_from_db()
    assert held.original_returned_at is not None  # given back before, and not brought again
    assert received.materials.count() == 2
    received.refresh_from_db()
    assert received.state == State.RECEIVED


def test_a_corrected_case_goes_on_though_its_item_was_put_out_of_use(clerk: Client, item: HandlingItem) -> None:
    clerk.post("/desk/receive", FORM | all_given(item) | {"decision": "correct", "points": "签名不一致"})
    case = Case.objects.get()
    assert case.state == State.CORRECTING
    HandlingItem.objects.update(is_active=False)
    assert 'id="carry-on"' in clerk.get("/desk", {"case": case.number}).content.decode()
    carry_on(clerk, case, {})
    case.refresh_from_db()
    assert case.state == State.ACCEPTED


def test_correcting_tells_what_is_missing_and_goes_on_as_the_case_has_it(clerk: Client, item: HandlingItem) -> None:
    first, second = item.materials.values_list("pk", flat=True)
    told = {"decision": "correct", "told": [first, second], f"state-{first}": "1", "points": "请补充联系电话"}
    clerk.post("/desk/receive", FORM | told)
    case = Case.objects.get()
    points = case.notices.get(kind=NoticeKind.CORRECTION).detail["points"]
    assert [(point["material"], point["text"]) for point in points] == [
        ("申请书", "已提交的不符合要求，请更换后重新提交"),
        ("营业执照", "未提交，请补交"),
        ("", "请补充联系电话"),
    ]
    page = clerk.get("/desk", {"case": case.number}).content.decode()
    assert "请带来：营业执照。另请：申请书：已提交的不符合要求，请更换后重新提交；请补充联系电话。" in page
    assert f'name="state-{first}" value="1" checked' in page
    assert f'name="state-{second}" value="" checked' in page


def test_what_was_to_follow_starts_so(clerk: Client, item: HandlingItem) -> None:
    first = item.materials.values_list("pk", flat=True)[0]
    clerk.post("/desk/receive", FORM | {"decision": "receive", f"state-{first}": "2"})
    page = clerk.get("/desk", {"case": Case.objects.get().number}).content.decode()
    assert f'name="state-{first}" value="2" checked' in page
    assert f'name="state-{first}" value="1" checked' not in page


def test_a_form_sent_again_for_somebody_else_is_not_answered_with_the_first(clerk: Client, item: HandlingItem) -> None:
    clerk.post("/desk/receive", FORM | all_given(item))
    answer = clerk.post("/desk/receive", FORM | all_given(item) | OTHER)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "这张表单已提交过，是王小明的办件" in page
    key = page.split('name="form_key" value="')[1].split('"')[0]
    assert key != FORM["form_key"]
    assert clerk.post("/desk/receive", FORM | all_given(item) | OTHER | {"form_key": key}).status_code == 303
    assert Case.objects.count() == 2


def test_only_required_materials_are_ticked_for_correction(clerk: Client, item: HandlingItem) -> None:
    MaterialSpec.objects.filter(position=2).update(is_required=False)
    page = clerk.post("/desk/receive", FORM | {"panel": "correct", "decision": ""}).content.decode()
    assert [part.split(">")[0].count("checked") for part in page.split('name="told" value=')[1:]] == [1, 0]


def test_departments_own_people_find_and_open_their_own_items_alone(item: HandlingItem) -> None:
    make_department("D02")
    make_item("K0002", department="D02", name="别家的办理项")
    client = Client()
    client.force_login(make_person("buyuan", [Role.BACK], "D01"))
    page = client.get("/desk/items", {"q": "办理项"}, headers=HTMX).content.decode()
    assert "K0001" in page
    assert "K0002" not in page
    refused = client.get("/desk/form", {"item": "K0002"}, headers=HTMX)
    assert refused.status_code == 409
    assert "请引导申请人到综合窗口" in refused.content.decode()


def test_what_is_too_long_is_said_and_not_cut_off(clerk: Client) -> None:
    assert (
        "maxlength"
        not in clerk.get("/desk/form", {"item": "K0001"}, headers=HTMX).content.decode().split("id_name")[1][:80]
    )
    answer = clerk.post("/desk/receive", FORM | {"name": "长" * 140})
    assert "最多120个字，现在是140个" in answer.content.decode()


def test_letters_in_an_id_card_number_lead_to_the_type(clerk: Client) -> None:
    passport = {"who": "applicant", "kind": "1", "id_type": "111", "id_number": "E12345678"}
    assert "改选证件类型" in clerk.post("/desk/applicant", passport).content.decode()

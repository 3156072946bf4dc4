"""The back office's pages: one's own department alone, every step, refusals in place, one form once, few queries."""

import io
from datetime import timedelta
from importlib import import_module
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.models import AccessLog, Person
from yichuang.accounts.tests.factories import actor_for, make_person
from yichuang.calendars.actions import fill_from_library
from yichuang.cases.actions import return_case, take
from yichuang.cases.models import Case, Notice, Opinion
from yichuang.cases.tests.factories import ADMIN, PERSON, START, handed_over_case, make_item, signed_case
from yichuang.cases.types import NoticeKind, State
from yichuang.kernel.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client: Client) -> Person:
    person = make_person("shenpi", [Role.BACK], "D01", name="李审")
    client.force_login(person)
    return person


def act(client: Client, case: Case, verb: str, **data: object) -> object:
    return client.post(f"/inbox/{case.number}/{verb}", {"form_key": str(uuid4()), **data})


def state_of(case: Case) -> Case:
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.BACK, Role.CHIEF}])
def test_other_roles_stay_out(client: Client, role: Role) -> None:
    case = handed_over_case(make_item())
    client.force_login(make_person("someone", [role], "D01"))
    for path in ("/inbox", "/inbox/export.csv", f"/inbox/{case.number}"):
        assert client.get(path).status_code == 403
    assert client.post("/inbox/sign", {"numbers": [case.number]}).status_code == 403
    assert client.post(f"/inbox/{case.number}/take").status_code == 403


def test_another_department_sees_and_does_nothing(client: Client) -> None:
    case = handed_over_case(make_item())
    client.force_login(make_person("other", [Role.BACK], "D02"))
    assert case.number not in client.get("/inbox?tab=all").content.decode()
    assert client.get("/inbox?tab=all&department=D01").status_code == 403
    assert client.get("/inbox/export.csv?tab=all&department=D01").status_code == 403
    assert client.get(f"/inbox/{case.number}").status_code == 403
    for verb in ("sign", "return", "take", "grant", "refuse", "conclude"):
        data = {"reason": "理由", "review_body": "省政府", "court": "法院"}
        assert act(client, case, verb, **data).status_code == 403  # type: ignore[attr-defined]
    assert client.post("/inbox/sign", {"form_key": str(uuid4()), "numbers": [case.number]}).status_code == 403
    assert state_of(case).signed_at is None


def test_a_chief_representative_looks_and_does_not_act(client: Client) -> None:
    case = handed_over_case(make_item())
    client.force_login(make_person("chief", [Role.CHIEF], "D01"))
    assert case.number in client.get("/inbox?tab=unsigned").content.decode()
    assert "现在无需您办理" in client.get(f"/inbox/{case.number}").content.decode()
    assert act(client, case, "sign").status_code == 403  # type: ignore[attr-defined]


def test_from_signing_to_the_result(client: Client, reviewer: Person) -> None:
    case = handed_over_case(make_item())
    assert (
        client.post("/inbox/sign", {"form_key": str(uuid4()), "numbers": [case.number], "list": "tab=unsigned"})[
            "Location"
        ]
        == "/inbox?tab=unsigned"
    )
    assert state_of(case).signed_at
    for verb, data in (
        ("take", {}),
        ("opinion", {"text": "材料齐全，符合条件"}),
        ("grant", {}),
        ("conclude", {"valid_until": "2099-12-31"}),
    ):
        page = client.get(f"/inbox/{case.number}").content.decode()
        assert f"/inbox/{case.number}/{verb}" in page
        assert act(client, case, verb, **data).status_code == 302, verb  # type: ignore[attr-defined]
    assert state_of(case).state == State.CONCLUDED
    assert case.result_number
    assert Opinion.objects.get().text == "材料齐全，符合条件"


def test_the_page_shows_the_person_and_is_on_record(client: Client, reviewer: Person) -> None:
    case = handed_over_case(make_item())
    page = client.get(f"/inbox/{case.number}").content.decode()
    assert PERSON.id_number in page
    assert AccessLog.objects.filter(person=reviewer.pk, subject_id=case.pk).count() == 1
    assert PERSON.name not in client.get("/inbox").content.decode()


def test_a_refusal_needs_reasons_and_gives_a_numbered_decision(client: Client, reviewer: Person) -> None:
    case = signed_case(make_item())
    rights = {"review_body": "示范省人民政府", "court": "示范市中级人民法院"}
    page = act(client, case, "refuse", **rights).content.decode()  # type: ignore[attr-defined]
    assert "不予许可须写明理由" in page
    assert 'value="示范市中级人民法院"' in page
    assert state_of(case).state == State.REVIEWING
    assert act(client, case, "refuse", reason="不符合条件第三项", **rights).status_code == 302  # type: ignore[attr-defined]
    notice = Notice.objects.get(kind=NoticeKind.REFUSAL)
    assert notice.detail["court"] == "示范市中级人民法院"
    page = client.get(f"/inbox/{case.number}").content.decode()
    assert f"/notices/{notice.pk}.pdf" in page
    assert "/conclude" in page


def test_the_preview_of_a_refusal_is_chinese_in_every_language(client: Client, reviewer: Person) -> None:
    case = signed_case(make_item())
    client.cookies["django_language"] = "en"
    page = client.get(f"/inbox/{case.number}").content.decode()
    assert '<html lang="en' in page
    preview = page.split('class="preview" lang="zh-CN"')[1].split("</div>")[0]
    assert "<h3>不予许可决定书</h3>" in preview
    assert f"你提出的“{case.item.name}”申请（办件编号{case.number}），本机关已于2024年9月18日受理" in preview
    assert "六个月内向" in preview


def test_who_was_quicker_is_said_and_what_was_typed_stays(client: Client, reviewer: Person) -> None:
    case = signed_case(make_item())
    colleague = make_person("tongshi", [Role.BACK], "D01", name="王同")
    take(case.number, actor=actor_for(colleague), at=timezone.now())
    response = act(client, case, "take")
    assert response.status_code in {409, 422}  # type: ignore[attr-defined]
    assert "已有人承办：王同" in response.content.decode()  # type: ignore[attr-defined]
    rights = {"review_body": "示范省人民政府", "court": "示范市中级人民法院"}
    page = act(client, case, "refuse", reason="我写的长长的理由", **rights).content.decode()  # type: ignore[attr-defined]
    assert "由王同承办" in page
    assert "我写的长长的理由</textarea>" in page


def test_two_tabs_decide_and_the_second_is_told_when(client: Client, reviewer: Person) -> None:
    case = signed_case(make_item())
    act(client, case, "grant")
    page = act(client, case, "opinion", text="还没写完").content.decode()  # type: ignore[attr-defined]
    assert "李审已于" in page
    assert "将其办理为“准予”" in page


def test_the_same_form_twice_counts_once(client: Client, reviewer: Person) -> None:
    case = signed_case(make_item())
    data = {"form_key": str(uuid4()), "text": "一次"}
    for _ in range(2):
        assert client.post(f"/inbox/{case.number}/opinion", data).status_code == 302
    assert Opinion.objects.count() == 1


def test_returned_and_passed_on_lead_back_to_the_list(client: Client, reviewer: Person) -> None:
    deputy = make_person("daili", [Role.BACK], "D01", name="赵代")
    item = make_item()
    case, other = signed_case(item), signed_case(item)
    assert "请写明退回理由" in act(client, case, "return").content.decode()  # type: ignore[attr-defined]
    assert act(client, case, "return", reason="不属本部门")["Location"].startswith("/inbox?")  # type: ignore[index]
    assert state_of(case).state == State.ACCEPTED
    assert act(client, other, "pass-on", to=deputy.pk).status_code == 302  # type: ignore[attr-defined]
    assert state_of(other).handler == deputy.pk


def test_a_case_gone_to_another_office_leads_back_with_the_reason(client: Client, reviewer: Person) -> None:
    case = signed_case(make_item())
    page = act(client, case, "nothing")
    assert page.status_code == 404  # type: ignore[attr-defined]
    assert client.get("/inbox/K9999").status_code == 404
    assert client.post("/inbox/K9999/take", {}).status_code == 404


@pytest.mark.parametrize("tab", ["unsigned", "untaken", "mine", "all", "decided"])
def test_lists_are_narrowed_and_exported(client: Client, reviewer: Person, tab: str) -> None:
    assert "empty-title" in client.get(f"/inbox?tab={tab}").content.decode()
    item = make_item()
    handed_over_case(item)
    signed_case(item)
    mine, decided = signed_case(item), signed_case(item)
    act(client, mine, "take")
    act(client, decided, "grant")
    for query in ("", "&signal=none", "&item=K0001", "&words=K0001", "&position=部门审批（后台）"):
        assert client.get(f"/inbox?tab={tab}{query}").status_code == 200
    assert "没有符合条件的办件" in client.get(f"/inbox?tab={tab}&item=K9").content.decode()
    text = client.get(f"/inbox/export.csv?tab={tab}").content.decode()
    assert len(text.splitlines()) == (1 + 4 if tab == "all" else 2)
    assert PERSON.name not in text
    assert load_workbook(io.BytesIO(client.get(f"/inbox/export.xlsx?tab={tab}").content)).active


def test_an_inbox_page_asks_at_most_eight_queries(
    client: Client, reviewer: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, person and posts among them."""
    fill_from_library(ADMIN, START)
    item = make_item()
    for hour in range(3):
        handed_over_case(item, timezone.now() - timedelta(days=2, hours=hour))
    client.get("/inbox?tab=all")
    with django_assert_max_num_queries(8):
        client.get("/inbox?tab=all")


def test_what_was_returned_meanwhile_is_said_and_the_reasons_are_not_lost(client: Client, reviewer: Person) -> None:
    item = make_item()
    case, other, waiting = signed_case(item), handed_over_case(item), handed_over_case(item)
    colleague = actor_for(make_person("tongshi", [Role.BACK], "D01", name="王同"))
    for one in (case, other):
        return_case(one.number, reason="不属本部门", actor=colleague, at=timezone.now())
    rights = {"review_body": "示范省人民政府", "court": "示范市中级人民法院"}
    refused = act(client, case, "refuse", reason="我写的长长的理由", **rights)
    assert refused.status_code == 422  # type: ignore[attr-defined]
    page = refused.content.decode()  # type: ignore[attr-defined]
    assert "王同已于" in page
    assert "我写的长长的理由" in page.split("没有提交的")[1]
    data = {"form_key": str(uuid4()), "numbers": [other.number, waiting.number], "list": "tab=unsigned"}
    page = client.post("/inbox/sign", data).content.decode()
    assert f"办件 {other.number} 不能签收：王同已于" in page
    assert f'value="{waiting.number}" checked' in page
    assert state_of(waiting).signed_at is None


def test_too_long_a_reason_is_told_in_plain_words(client: Client, reviewer: Person) -> None:
    case = signed_case(make_item())
    page = act(client, case, "return", reason="长" * 501).content.decode()  # type: ignore[attr-defined]
    assert "最多 500 字，现有 501 字，请精简" in page
    assert "长" * 501 in page


def test_the_list_is_narrowed_by_item_and_by_applicant_and_no_name_stands_in_the_address(
    client: Client, reviewer: Person
) -> None:
    trade, other = handed_over_case(make_item("K0001", name="烟花爆竹经营许可")), handed_over_case(make_item("K0002"))
    for words, found, gone in (("烟花爆竹", trade, other), (PERSON.name[1:], trade, None), ("K0002", other, trade)):
        answer = client.post("/inbox", {"tab": "unsigned", "words": words})
        assert (words in unquote(answer["Location"])) is (words == "K0002")
        page = client.get(answer["Location"]).content.decode()
        assert f'value="{words}"' in page
        assert f'value="{found.number}"' in page
        assert gone is None or f'value="{gone.number}"' not in page
    sealed = client.post("/inbox", {"tab": "unsigned", "words": "无此人"})["Location"]
    assert "没有符合条件的办件" in client.get(sealed).content.decode()
    assert AccessLog.objects.filter(person=reviewer.pk, subject_id=0).count() == 3  # looking for a name is on record
    export = client.get(sealed.replace("/inbox?", "/inbox/export.csv?")).content.decode()
    assert trade.number not in export


def test_a_frequent_name_is_found_in_the_list_itself(
    client: Client, reviewer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = handed_over_case(make_item())
    monkeypatch.setattr(import_module("yichuang.cases.queries.inbox"), "MOST_PEOPLE", 0)
    sealed = client.post("/inbox", {"tab": "unsigned", "words": PERSON.name})["Location"]
    assert f'value="{case.number}"' in client.get(sealed).content.decode()

"""The public page: genuine or not, what still holds, and nothing about the person."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.models import AccessLog
from yichuang.kernel.actor import Role
from yichuang.ledger.models import Entry

from ..actions import accept, approve_void, ask_void, conclude, decide, issue_result, reverse
from ..documents.codes import grouped
from ..models import Notice
from ..queries.verifying import Standing, verify
from ..types import NoticeKind
from .factories import (
    ADMIN,
    AT_COUNTER,
    CLERK,
    HOUR,
    PERSON,
    REVIEWER,
    START,
    actor_with,
    concluded_case,
    decided_case,
    issued_case,
    make_item,
    received_case,
    signed_case,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 9, 20)
HALL = actor_with((Role.HALL, ""), person=19)


def accepted_notice() -> Notice:
    return accept(received_case(make_item()).number, actor=CLERK, at=START + HOUR)


def test_a_notice_is_known_by_its_code_however_typed() -> None:
    notice = accepted_notice()
    for typed in (notice.code, grouped(notice.code).lower(), f"http://127.0.0.1:8000/verify/{notice.code}"):
        found = verify(typed, today=TODAY)
        assert found
        assert (found.kind, found.number, found.issuer) == ("受理通知书", "D01厅〔2024〕1号", "示范省D01厅")
        assert (found.issued_on, found.standing) == (date(2024, 9, 18), Standing.VALID)


def test_what_was_voided_and_what_was_reversed() -> None:
    notice = accepted_notice()
    ask_void(notice.case.number, reason="收错事项", actor=CLERK, at=START + 2 * HOUR)
    approve_void(notice.case.number, actor=HALL, at=START + 3 * HOUR)
    voided = verify(notice.code, today=TODAY)
    assert voided
    assert (voided.standing, voided.changed_at) == (Standing.VOIDED, START + 3 * HOUR)

    other = accept(received_case(make_item("K0002")).number, actor=CLERK, at=START + HOUR)
    entry = Entry.objects.filter(subject_id=other.case_id).latest("pk")
    reverse(other.case_id, entry.pk, actor=ADMIN, at=START + 4 * HOUR, reason="录错")
    found = verify(other.code, today=TODAY)
    assert found
    assert found.standing is Standing.REVERSED


def test_a_result_is_not_issued_then_valid_then_expired() -> None:
    case = decided_case(make_item())
    conclude(case.number, valid_until=date(2029, 9, 17), actor=REVIEWER, at=START + 4 * HOUR)
    case.refresh_from_db()
    assert case.result_code
    waiting = verify(case.result_code, today=TODAY)
    assert waiting
    assert (waiting.standing, waiting.issued_on, waiting.is_result) == (Standing.NOT_ISSUED, None, True)
    issue_result(case.number, delivery=AT_COUNTER, actor=CLERK, at=START + 5 * HOUR)
    valid = verify(case.result_code, today=date(2029, 9, 17))
    assert valid
    assert (valid.kind, valid.number, valid.valid_until) == ("食品经营许可证", case.result_number, date(2029, 9, 17))
    assert (valid.standing, valid.issued_on) == (Standing.VALID, date(2024, 9, 18))
    expired = verify(case.result_code, today=date(2029, 9, 18))
    assert expired
    assert expired.standing is Standing.EXPIRED


def test_at_most_two_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    notice = accepted_notice()
    result = issued_case(make_item("K0002")).result_code
    for code, most in ((notice.code, 1), (result, 2), ("0" * 16, 2), ("nonsense", 0)):
        with django_assert_max_num_queries(most):
            verify(str(code), today=TODAY)


def test_the_page_tells_nothing_about_the_person(client: Client) -> None:
    case = issued_case(make_item())
    for code in (case.notices.get().code, case.result_code):
        response = client.get(f"/verify/{code}")
        page = response.content.decode()
        assert response.status_code == 200
        assert "真实，有效" in page
        assert "示范省D01厅" in page
        for secret in (
            PERSON.name,
            "王*",
            "王**",
            PERSON.id_number,
            "002X",
            PERSON.phone,
            "2046",
            case.number,
            case.item.name,
        ):
            assert secret not in page
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in response["Cache-Control"]
        assert settings.SESSION_COOKIE_NAME not in response.cookies
    assert AccessLog.objects.count() == 0


def test_a_refusal_is_named_for_what_it_is(client: Client) -> None:
    case = signed_case(make_item(type="07"))
    decide(case.number, grant=False, reason="距离不符", actor=REVIEWER, at=START + 3 * HOUR)
    page = client.get(f"/verify/{case.notices.get(kind=NoticeKind.REFUSAL).code}").content.decode()
    assert "不予办理决定书" in page
    assert "距离不符" not in page


def test_the_form_leads_to_the_code_and_says_what_is_wrong(client: Client) -> None:
    assert "验证码" in client.get("/verify").content.decode()
    notice = accepted_notice()
    answer = client.get("/verify", {"code": f" {grouped(notice.code).lower()} "})
    assert (answer.status_code, answer["Location"]) == (302, f"/verify/{notice.code}")
    wrong = client.get("/verify", {"code": "7K3M 9QXW"})
    assert wrong.status_code == 422
    assert "验证码是16位字母和数字" in wrong.content.decode()
    assert 'value="7K3M 9QXW"' in wrong.content.decode()


@pytest.mark.parametrize("code", ["0000000000000000", "abc", "x" * 3000, "%3Cscript%3E", "〔2024〕1号"])
def test_no_such_paper(client: Client, code: str) -> None:
    response = client.get(f"/verify/{code}")
    assert response.status_code == 404
    page = response.content.decode()
    assert "没有查到这份文书" in page
    assert "<script>" not in page.split("</head>")[1].split("<main")[1].split("</main>")[0]


def test_a_voided_paper_is_not_shown_as_valid(client: Client) -> None:
    notice = accepted_notice()
    Notice.objects.update(voided_at=START + 2 * HOUR)
    page = client.get(f"/verify/{notice.code}").content.decode()
    assert "真实，但已失效" in page
    assert "已被冲正（2024-09-18）" in page


def test_a_concluded_result_is_told_from_an_issued_one(client: Client) -> None:
    case = concluded_case(make_item())
    assert "真实，尚未颁发" in client.get(f"/verify/{case.result_code}").content.decode()

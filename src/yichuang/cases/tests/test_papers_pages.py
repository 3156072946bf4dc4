"""Papers as files and on screen: who opens them, what they are called, what the page shows."""

import io
from typing import Any
from urllib.parse import quote

import docx
import pdfplumber
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.models import AccessLog
from yichuang.accounts.tests.factories import make_person
from yichuang.kernel.actor import Role

from ..actions import delivery_receipt, hand_over_batch
from ..models import Notice
from .factories import CLERK, DISPATCHER, HOUR, PERSON, START, accepted_case, issued_case, make_item

pytestmark = pytest.mark.django_db


def log_in(client: Client, role: Role, department: str = "") -> None:
    client.force_login(make_person("someone", [role], department))


def text_of(response: Any) -> str:
    return "".join("".join(page.extract_text().split()) for page in pdfplumber.open(io.BytesIO(response.content)).pages)


def test_the_pdf_opens_in_the_browser_under_a_chinese_name(client: Client) -> None:
    notice = accepted_case(make_item()).notices.get()
    log_in(client, Role.FRONT)
    response = client.get(f"/notices/{notice.pk}.pdf")
    assert response["Content-Type"] == "application/pdf"
    name = quote("受理通知书-D01厅〔2024〕1号.pdf")
    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{name}"
    assert "no-store" in response["Cache-Control"]
    assert PERSON.name in text_of(response)
    assert AccessLog.objects.count() == 1
    assert client.get(f"/notices/{notice.pk}.pdf").content == response.content


def test_the_docx_is_downloaded(client: Client) -> None:
    notice = accepted_case(make_item()).notices.get()
    log_in(client, Role.FRONT)
    response = client.get(f"/notices/{notice.pk}.docx")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert docx.Document(io.BytesIO(response.content)).paragraphs[2].text == "受理通知书"
    assert client.get(f"/notices/{notice.pk}.odt").status_code == 404


@pytest.mark.parametrize(
    ("role", "department", "status", "is_full"),
    [
        (Role.FRONT, "", 200, True),
        (Role.MIDDLE, "", 200, True),
        (Role.BACK, "D01", 200, True),
        (Role.CHIEF, "D01", 200, True),
        (Role.HALL, "", 200, False),
        (Role.EDITOR, "", 200, False),
        (Role.ADMIN, "", 200, False),
        (Role.BACK, "D02", 403, False),
        (Role.CATALOGUE, "", 403, False),
    ],
)
def test_who_sees_a_notice_and_who_sees_the_name(
    client: Client, role: Role, department: str, status: int, is_full: bool
) -> None:
    notice = accepted_case(make_item()).notices.get()
    log_in(client, role, department)
    page = client.get(f"/notices/{notice.pk}")
    assert page.status_code == status
    assert client.get(f"/notices/{notice.pk}.pdf").status_code == status
    assert (PERSON.name in page.content.decode()) is is_full
    assert PERSON.id_number not in page.content.decode()


def test_the_page_shows_the_paper_with_its_buttons_and_its_void_mark(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    notice = accepted_case(make_item()).notices.get()
    log_in(client, Role.FRONT)
    client.get(f"/notices/{notice.pk}")
    with django_assert_max_num_queries(10):
        page = client.get(f"/notices/{notice.pk}").content.decode()
    assert f"/notices/{notice.pk}.pdf" in page
    assert f"/notices/{notice.pk}.docx" in page
    assert "data:image/svg+xml" in page
    assert "第三十二条第一款第（五）项" in page
    assert "paper-void" not in page
    Notice.objects.update(voided_at=START + 2 * HOUR)
    assert "paper-void" in client.get(f"/notices/{notice.pk}").content.decode()


def test_a_receipt_of_delivery_is_a_notice_like_others(client: Client) -> None:
    case = issued_case(make_item())
    notice = delivery_receipt(case.number, actor=CLERK, at=START + 6 * HOUR)
    log_in(client, Role.FRONT)
    assert "送达回证" in client.get(f"/notices/{notice.pk}").content.decode()
    assert "食品经营许可证（编号JY1）" in text_of(client.get(f"/notices/{notice.pk}.pdf"))


def test_sheets_for_both_sides_only(client: Client) -> None:
    cases = [accepted_case(make_item(f"K000{place}")) for place in range(3)]
    sheet = hand_over_batch([(case.number, "D01") for case in cases], actor=DISPATCHER, at=START + 2 * HOUR)[0]
    people = {
        "zhong": (Role.MIDDLE, "", 200),
        "hou": (Role.BACK, "D01", 200),
        "other": (Role.BACK, "D02", 404),
        "qian": (Role.FRONT, "", 403),
    }
    for name, (role, department, status) in people.items():
        client.force_login(make_person(name, [role], department))
        response = client.get(f"/sheets/{sheet.number}.pdf")
        assert response.status_code == status, name
        if status == 200:
            text = text_of(response)
            assert all(case.number in text for case in cases)
            assert PERSON.name not in text
            assert sheet.number in response["Content-Disposition"]
            assert client.get(f"/sheets/{sheet.number}.docx").status_code == 200
    client.logout()
    assert client.get(f"/sheets/{sheet.number}.pdf").status_code == 302

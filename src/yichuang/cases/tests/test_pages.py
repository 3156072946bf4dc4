"""The case page: what it tells, to whom, and that the look is on record."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.models import AccessLog
from yichuang.accounts.tests.factories import make_person
from yichuang.kernel.actor import Role

from ..types import CASE
from .factories import PERSON, issued_case, make_item, received_case

pytestmark = pytest.mark.django_db


def log_in(client: Client, role: Role, department: str = "") -> int:
    person = make_person("someone", [role], department)
    client.force_login(person)
    return person.pk


def test_the_page_tells_the_course_in_order_and_masks_the_person(client: Client) -> None:
    case = issued_case(make_item(materials=()))
    person = log_in(client, Role.EDITOR)
    page = client.get(f"/cases/{case.number}").content.decode()
    words = ["收件", "受理", "流转", "准予", "办结", "颁发"]
    positions = [page.index(f"<strong>{word}</strong>") for word in words]
    assert positions == sorted(positions)
    assert "受理通知书" in page
    assert PERSON.id_number not in page
    assert PERSON.name not in page
    assert "110***********002X" in page
    log = AccessLog.objects.get()
    assert (log.person, log.subject_type, log.subject_id) == (person, CASE.code, case.pk)


@pytest.mark.parametrize(
    ("role", "department", "status"),
    [
        (Role.FRONT, "", 200),
        (Role.MIDDLE, "", 200),
        (Role.HALL, "", 200),
        (Role.EDITOR, "", 200),
        (Role.ADMIN, "", 200),
        (Role.BACK, "D01", 200),
        (Role.CHIEF, "D01", 200),
        (Role.BACK, "D02", 403),
        (Role.CHIEF, "D02", 403),
        (Role.CATALOGUE, "", 403),
    ],
)
def test_who_may_see_a_case(client: Client, role: Role, department: str, status: int) -> None:
    case = received_case(make_item())
    log_in(client, role, department)
    assert client.get(f"/cases/{case.number}").status_code == status
    assert AccessLog.objects.count() == (status == 200)


def test_a_number_finds_its_case_and_a_wrong_one_says_so(client: Client) -> None:
    case = received_case(make_item())
    log_in(client, Role.FRONT)
    found = client.post("/cases/search", {"q": f" {case.number} "}, follow=True)
    assert found.redirect_chain[-1][0] == f"/cases/{case.number}"
    assert "没有与“X1”相符" in client.post("/cases/search", {"q": "X1"}, follow=True).content.decode()
    assert client.get("/cases/X1").status_code == 404


def test_the_page_asks_at_most_twenty_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = issued_case(make_item(materials=()))
    log_in(client, Role.EDITOR)
    client.get(f"/cases/{case.number}")
    with django_assert_max_num_queries(20):
        client.get(f"/cases/{case.number}")

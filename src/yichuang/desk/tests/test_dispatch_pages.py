"""The middle office's pages: who may open them, what they list, handing over once, refusals in place, undoing."""

import io
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import actor_for, make_department, make_person
from yichuang.calendars.actions import fill_from_library
from yichuang.cases.actions import return_case, sign_for
from yichuang.cases.models import Case, Handover, HandoverSheet
from yichuang.cases.tests.factories import ADMIN, PERSON, REVIEWER, START, accepted_case, handed_over_case, make_item
from yichuang.cases.types import State
from yichuang.kernel.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispatcher(client: Client) -> Person:
    fill_from_library(ADMIN, START)
    make_department("D02")
    person = make_person("zhongtai", [Role.MIDDLE], name="周衡")
    client.force_login(person)
    return person


def sent(client: Client, cases: list[Case], to: str = "D01", key: str = "") -> object:
    data: dict[str, object] = {"form_key": key or str(uuid4()), "numbers": [case.number for case in cases]}
    return client.post("/dispatch/hand-over", data | {f"to-{case.number}": to for case in cases})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MIDDLE])
def test_only_the_middle_office_gets_in(client: Client, role: Role) -> None:
    client.force_login(make_person("someone", [role], "D01"))
    case = accepted_case(make_item())
    assert client.get("/dispatch").status_code == 403
    assert client.get("/dispatch/export.csv").status_code == 403
    assert sent(client, [case]).status_code == 403  # type: ignore[attr-defined]
    case.refresh_from_db()
    assert case.state == State.ACCEPTED


def test_the_list_shows_age_proposal_and_a_masked_name(client: Client, dispatcher: Person) -> None:
    case = accepted_case(make_item())
    page = client.get("/dispatch").content.decode()
    assert case.number in page
    assert "滞留" in page
    assert '<option value="D01" selected>' in page
    assert PERSON.name not in page
    assert PERSON.id_number not in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("words=K0001", True), ("words=K9", False), ("department=D01", True), ("department=D02", False), ("age=3", True)],
)
def test_filters_stand_in_the_address(client: Client, dispatcher: Person, query: str, is_found: bool) -> None:
    case = accepted_case(make_item())
    page = client.get(f"/dispatch?tab=waiting&{query}").content.decode()
    assert (f'value="{case.number}"' in page) is is_found


def test_a_batch_goes_once_with_one_sheet_for_each_department(client: Client, dispatcher: Person) -> None:
    item = make_item()
    cases = [accepted_case(item) for _ in range(3)]
    key = str(uuid4())
    first = sent(client, cases, key=key)
    again = sent(client, cases, key=key)
    assert first["Location"] == again["Location"]  # type: ignore[index]
    assert Handover.objects.count() == 3
    sheet = HandoverSheet.objects.get()
    page = client.get(first["Location"]).content.decode()  # type: ignore[index]
    assert f"/sheets/{sheet.number}.pdf" in page
    assert "已流转 3 件，1 张交接单" in page
    assert client.get(f"/dispatch/sheets/{sheet.number}").status_code == 200


def test_a_refusal_is_said_on_the_list_and_the_choice_stays(client: Client, dispatcher: Person) -> None:
    item = make_item()
    gone, waiting = handed_over_case(item), accepted_case(item)
    data = {
        "form_key": str(uuid4()),
        "list": "tab=waiting&department=D01",
        "numbers": [waiting.number, gone.number],
        f"to-{waiting.number}": "D01",
        f"to-{gone.number}": "D01",
    }
    response = client.post("/dispatch/hand-over", data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "已在该部门后台" in page
    assert f'value="{waiting.number}" checked' in page
    assert '<option value="D01" selected>' in page
    waiting.refresh_from_db()
    assert waiting.state == State.ACCEPTED


def test_nothing_chosen_says_so(client: Client, dispatcher: Person) -> None:
    response = client.post("/dispatch/hand-over", {"form_key": str(uuid4())})
    assert "请先勾选要流转的办件" in response.content.decode()


def test_ones_own_hand_over_of_today_is_taken_back(client: Client, dispatcher: Person) -> None:
    case = accepted_case(make_item())
    sent(client, [case])
    page = client.get("/dispatch?tab=unsigned").content.decode()
    handover = Handover.objects.get()
    assert f'name="next" value="/dispatch?tab=unsigned" formaction="/undo/{handover.entry}"' in page
    back = client.post(f"/undo/{handover.entry}", {"next": "/dispatch?tab=unsigned"})
    assert back["Location"] == "/dispatch?tab=unsigned"
    case.refresh_from_db()
    assert case.state == State.ACCEPTED
    assert case.number not in client.get("/dispatch?tab=unsigned").content.decode().split("<main")[1]


def test_what_is_signed_for_cannot_be_taken_back(client: Client, dispatcher: Person) -> None:
    case = accepted_case(make_item())
    sent(client, [case])
    sign_for([case.number], actor=actor_for(make_person("houtai", [Role.BACK], "D01")), at=timezone.now())
    entry = Handover.objects.get().entry
    page = client.post(f"/undo/{entry}", {"next": "/dispatch?tab=unsigned"}, follow=True).content.decode()
    assert "接收部门已签收" in page


def test_what_came_back_shows_why(client: Client, dispatcher: Person) -> None:
    case = handed_over_case(make_item())
    return_case(case.number, reason="材料属另一事项", actor=REVIEWER, at=timezone.now())
    other = accepted_case(make_item("K0002"))
    page = client.get("/dispatch?tab=returned").content.decode()
    assert "材料属另一事项" in page
    assert other.number not in page


@pytest.mark.parametrize("tab", ["waiting", "unsigned", "returned", "sheets"])
def test_every_list_is_empty_in_words_and_goes_into_files(client: Client, dispatcher: Person, tab: str) -> None:
    page = client.get(f"/dispatch?tab={tab}").content.decode()
    assert "empty-title" in page
    accepted, other = accepted_case(make_item()), accepted_case(make_item("K0002"))
    sent(client, [accepted])
    case = handed_over_case(make_item("K0003"))
    return_case(case.number, reason="=1+1", actor=REVIEWER, at=timezone.now())
    text = client.get(f"/dispatch/export.csv?tab={tab}").content.decode()
    assert text.startswith("\ufeff")
    assert len(text.splitlines()) > 1
    assert PERSON.name not in text
    book = load_workbook(io.BytesIO(client.get(f"/dispatch/export.xlsx?tab={tab}").content))
    cells = [cell for row in book.active for cell in row]  # type: ignore[union-attr]
    assert all(cell.data_type != "f" for cell in cells)
    if tab == "returned":
        assert "'=1+1" in text
    assert other.number


def test_an_unknown_list_or_file_is_not_found(client: Client, dispatcher: Person) -> None:
    assert client.get("/dispatch?tab=nothing").status_code == 404
    assert client.get("/dispatch/export.pdf").status_code == 404
    assert client.get("/dispatch/sheets/JJ1").status_code == 404


def test_a_refused_batch_keeps_its_targets_and_its_page(client: Client, dispatcher: Person) -> None:
    item = make_item()
    cases = [accepted_case(item) for _ in range(52)]
    waiting, gone = cases[-1], handed_over_case(item)
    data = {
        "form_key": str(uuid4()),
        "list": "tab=waiting",
        "page": "2",
        "numbers": [waiting.number, gone.number],
        f"to-{waiting.number}": "D02",
        f"to-{gone.number}": "D01",
    }
    page = client.post("/dispatch/hand-over", data).content.decode()
    assert gone.number in page.split('role="alert"')[1][:200]
    row = page.split(f'value="{waiting.number}" checked')[1].split("</tr>")[0]
    assert '<option value="D02" selected>' in row
    assert cases[0].number not in page


def test_a_page_beyond_the_last_leads_back(client: Client, dispatcher: Person) -> None:
    accepted_case(make_item())
    page = client.get("/dispatch?department=D01&page=9").content.decode()
    assert "这一页没有办件" in page
    assert 'href="?department=D01"' in page

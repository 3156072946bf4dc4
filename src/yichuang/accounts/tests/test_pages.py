"""Pages: who may open them, what forms say, how many queries they cost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from yichuang.accounts.models import AccessLog, Person
from yichuang.kernel.actor import Role

from .factories import PASSWORD, make_department, make_person, make_position

pytestmark = pytest.mark.django_db


def logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def admin() -> Person:
    return make_person("admin", [Role.ADMIN], is_staff=True)


@pytest.fixture
def page(admin: Person) -> Client:
    return logged_in(admin)


ADMINISTRATORS_PAGES = (
    "/people/new",
    "/people/li/deactivate",
    "/people/li/reset-password",
    "/people/li/access-log",
    "/positions",
)


@pytest.mark.parametrize("path", ["/people", "/people/li", "/departments", "/me", *ADMINISTRATORS_PAGES])
def test_an_administrator_opens_everything(page: Client, path: str) -> None:
    make_person("li", [Role.BACK], "D01")
    assert page.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/people", "/people/li", *ADMINISTRATORS_PAGES])
def test_a_clerk_does_not(path: str) -> None:
    make_person("li", [Role.BACK], "D01")
    assert logged_in(make_person("clerk", [Role.FRONT], "D01")).get(path).status_code == 403


def test_a_clerk_opens_the_own_pages() -> None:
    client = logged_in(make_person("clerk", [Role.FRONT], "D01"))
    for path in ("/me", "/people/clerk/access-log", "/departments"):
        assert client.get(path).status_code == 200


def test_a_chief_sees_the_own_department() -> None:
    make_person("li", [Role.BACK], "D01")
    make_person("sun", [Role.BACK], "D02")
    client = logged_in(make_person("chief", [Role.CHIEF], "D01"))
    listed = {person.username for person in client.get("/people").context["page"]}
    assert listed == {"li", "chief"}
    assert client.get("/people/li").status_code == 200
    assert client.get("/people/sun").status_code == 403
    assert client.post("/people/li/deactivate").status_code == 403


def test_visitors_are_sent_to_log_in() -> None:
    response = Client().get("/people")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_nobody_of_that_name(page: Client) -> None:
    assert page.get("/people/nobody").status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=四", {"li"}),
        ("q=W", {"wu"}),
        ("department=D01", {"li"}),
        ("role=back", {"li"}),
        ("state=inactive", {"gone"}),
        ("state=nonsense&q=四", {"admin", "gone", "li", "wu"}),  # a broken address narrows nothing
        ("page=99&state=active", {"admin", "li", "wu"}),
    ],
)
def test_filters(page: Client, query: str, expected: set[str]) -> None:
    make_person("li", [Role.BACK], "D01", name="李四")
    make_person("wu", department="D02", name="吴五")
    make_person("gone", name="走了", is_active=False)
    assert {person.username for person in page.get(f"/people?{query}").context["page"]} == expected


def test_pages_of_many_people_cost_the_same(page: Client, django_assert_max_num_queries) -> None:
    for number in range(60):
        make_person(f"p{number:02}", [Role.BACK], f"D{number % 5:02}")
    page.get("/people")
    with django_assert_max_num_queries(9):
        response = page.get("/people?page=2")
    assert len(response.context["page"]) == 11
    page.get("/people/p00")  # the month's first look makes its partition
    with django_assert_max_num_queries(15):
        page.get("/people/p00")
    with django_assert_max_num_queries(5):
        page.get("/departments")
    with django_assert_max_num_queries(10):
        page.get("/me")


def test_the_actor_costs_two_queries_when_asked(page: Client, django_assert_max_num_queries) -> None:
    page.get("/departments")
    with django_assert_max_num_queries(5):  # session, person, posts, region, the page's own one
        assert page.get("/departments").status_code == 200


def test_a_new_person_logs_in_and_must_change_the_password(page: Client) -> None:
    make_department("D01")
    response = page.post("/people/new", {"username": "wang.fang", "name": "王芳", "department": "D01"})
    password = response.context["made"].password
    assert password in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert password not in page.get("/people/wang.fang").content.decode()

    client = Client()
    assert client.post("/accounts/login/", {"login": "wang.fang", "password": password}).status_code == 302
    change = "/accounts/password/change/"
    assert client.get("/me")["Location"] == change
    assert client.get("/me", headers={"HX-Request": "true"})["HX-Redirect"] == change
    same = {"oldpassword": password, "password1": password, "password2": password}
    assert "新密码不能与临时密码相同" in client.post(change, same).content.decode()
    new = {"oldpassword": password, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(change, new)["Location"] == "/me"
    assert client.get("/me").status_code == 200


def test_errors_stand_at_the_field(page: Client) -> None:
    make_person("li")
    for username, said in (("li", "已有人使用"), ("7up", "须以小写字母开头"), ("", "请填写登录名")):
        response = page.post("/people/new", {"username": username, "name": "李"})
        assert response.status_code == 422
        assert said in str(response.context["form"].errors["username"])
        assert said in response.content.decode()


def test_forms_of_a_person(page: Client) -> None:
    person, today = make_person("li", [Role.BACK], "D01", name="李四"), localdate()
    make_department("D02")
    assert page.post("/people/li/edit", {"name": "李思", "phone": "028-1"}).status_code == 302
    wrong = page.post("/people/li/transfer", {"department": "D01"})
    assert (wrong.status_code, list(wrong.context["transfer"].errors)) == (422, ["department"])
    assert page.post("/people/li/transfer", {"department": "D02"}).status_code == 302
    post = make_position(Role.CHIEF, "D02")
    reversed_days = {"position": post.pk, "starts_on": today, "ends_on": today - timedelta(days=1)}
    wrong = page.post("/people/li/positions", reversed_days)
    assert (wrong.status_code, list(wrong.context["assign"].errors)) == (422, ["ends_on"])
    assert page.post("/people/li/positions", {"position": post.pk, "starts_on": today}).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.department_id) == ("李思", "D02")
    held = person.assignments.get(position=post)
    assert page.post(f"/people/li/positions/{held.pk}/end").status_code == 302
    assert not person.assignments.filter(position=post).exists()


def test_deactivating_asks_first_and_ends_sessions(page: Client) -> None:
    person = make_person("li", [Role.FRONT])
    theirs = logged_in(person)
    assert theirs.get("/me").status_code == 200
    assert "停用 姓名li" in page.get("/people/li/deactivate").content.decode()
    assert page.post("/people/li/deactivate").status_code == 302
    assert theirs.get("/me").status_code == 302
    assert "撤销停用" in page.get("/people/li").content.decode()
    assert page.post("/people/li/reactivate").status_code == 302
    assert theirs.get("/me").status_code == 302  # the old session stays ended
    assert Client().post("/accounts/login/", {"login": "li", "password": PASSWORD}).status_code == 302


def test_the_refusal_is_on_the_page(page: Client) -> None:
    response = page.post("/people/admin/deactivate")
    assert response.status_code == 409
    assert "不能停用自己的账号" in response.content.decode()


def test_resetting_a_password_ends_sessions_and_shows_it_once(page: Client) -> None:
    theirs = logged_in(make_person("li", [Role.FRONT]))
    made = page.post("/people/li/reset-password").context["made"]
    assert theirs.get("/me").status_code == 302
    assert Person.objects.get(username="li").check_password(made.password)


def test_a_deputy_on_the_own_page() -> None:
    make_person("wu", [Role.FRONT], "D01")
    far = make_person("far", [Role.FRONT], "D02")
    client, today = logged_in(make_person("li", [Role.BACK], "D01")), localdate()
    deputy = Person.objects.get(username="wu")
    days = {"starts_on": today, "ends_on": today}
    wrong = client.post("/people/li/deputies", {"deputy": far.pk, **days})
    assert (wrong.status_code, list(wrong.context["deputy"].errors)) == (422, ["deputy"])
    assert client.post("/people/li/deputies", {"deputy": deputy.pk, **days})["Location"] == "/me"
    named = Person.objects.get(username="li").deputies.get()
    assert client.post("/people/wu/deputies", {"deputy": deputy.pk, **days}).status_code == 403
    assert client.post(f"/people/li/deputies/{named.pk}/end")["Location"] == "/me"


def test_looking_at_someone_is_on_record(page: Client, admin: Person) -> None:
    person = make_person("li", [Role.FRONT], name="李四")
    page.get("/people/li")
    page.get("/people/admin")
    look = AccessLog.objects.get()
    assert (look.person, look.subject_id) == (admin.pk, person.pk)
    assert admin.name in logged_in(person).get("/me").content.decode()


def test_configuration_is_for_administrators(page: Client) -> None:
    make_department("D01")
    position = make_position(Role.BACK, "D01")
    for path in ("region/", "department/", "department/D01/change/", f"position/{position.pk}/change/"):
        assert page.get(f"/admin/accounts/{path}").status_code == 200
    assert page.get("/admin/password_change/")["Location"] == "/accounts/password/change/"
    staff = logged_in(make_person("former", is_staff=True))
    assert staff.get("/admin/accounts/department/").status_code == 403
    change = {"name": "审批岗", "is_active": "on", "role": "admin"}
    assert page.post(f"/admin/accounts/position/{position.pk}/change/", change).status_code == 302
    position.refresh_from_db()
    assert (position.name, position.role) == ("审批岗", "back")

"""Logging in: by login name, locked after five wrong tries; sessions that end by themselves."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.timezone import now

from yichuang.accounts import actions
from yichuang.accounts.web import middleware
from yichuang.kernel.actor import Role

from .factories import PASSWORD, actor_for, make_person

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
MINUTE = 60


def log_in(client: Client, username: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": username, "password": password})


def test_by_login_name_in_any_case() -> None:
    make_person("li")
    assert log_in(Client(), "Li").status_code == 302
    wrong = log_in(Client(), "li", "wrong")
    assert "登录名或密码不正确" in wrong.content.decode()


def test_five_wrong_tries_lock_the_name_until_an_administrator_resets() -> None:
    admin, person = make_person("admin", [Role.ADMIN]), make_person("li")
    client = Client()
    answers = [log_in(client, "li", "wrong").status_code for _ in range(5)]
    assert answers[:4] == [200] * 4
    locked = log_in(client, "li")
    assert locked.status_code == 429
    assert "登录已锁定" in locked.content.decode()
    assert log_in(client, "admin").status_code == 302  # others at this address are not locked
    made = actions.reset_password(person.pk, actor=actor_for(admin), at=now())
    assert log_in(Client(), "li", made.password).status_code == 302


def test_a_deactivated_account_does_not_log_in() -> None:
    make_person("li", is_active=False)
    client = Client()
    log_in(client, "li")
    assert client.get("/me").status_code == 302


def test_sign_up_is_closed() -> None:
    answer = Client().post(
        "/accounts/signup/", {"username": "eve", "password1": "abies-alba-99", "password2": "abies-alba-99"}
    )
    assert "sessionid" not in answer.cookies


def test_there_is_no_mail_to_send() -> None:
    client = Client()
    assert client.get("/accounts/password/reset/").status_code == 200
    assert client.post("/accounts/password/reset/", {"email": "x@example.org"}).status_code == 405
    make_person("li")
    log_in(client, "li")
    assert client.post("/accounts/email/", {"action_add": "", "email": "x@example.org"}).status_code == 404


def test_the_session_slides_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = {"now": 1_726_800_000}
    monkeypatch.setattr(middleware.time, "time", lambda: clock["now"])
    make_person("li")
    client = Client()
    log_in(client, "li")
    client.get("/me")

    def left() -> timedelta:
        return Session.objects.get().expire_date - now()

    Session.objects.update(expire_date=now() + timedelta(minutes=5))
    clock["now"] += MINUTE - 1
    client.get("/me")
    assert left() < timedelta(minutes=6)  # within a minute of the last time nothing is written
    clock["now"] += 1
    assert client.get("/me").cookies["sessionid"]
    assert timedelta(minutes=29) < left() <= timedelta(minutes=30)
    Session.objects.update(expire_date=now() - timedelta(seconds=1))
    assert client.get("/me")["Location"].startswith(LOGIN)


def test_a_click_within_the_minute_writes_nothing(django_assert_max_num_queries) -> None:
    make_person("li")
    client = Client()
    log_in(client, "li")
    client.get("/departments")
    with django_assert_max_num_queries(5) as asked:
        client.get("/departments")
    assert not [query for query in asked.captured_queries if not query["sql"].startswith("SELECT")]

"""Views are guarded, marked, and shown in the navigation to those who may open them."""

import pytest
from django.test import Client

from yichuang.ui.access import PUBLIC, permission_of

from . import urls

pytestmark = pytest.mark.urls("yichuang.ui.tests.urls")
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/opened?page=2"}


def test_views_carry_their_permission() -> None:
    assert permission_of(urls.guarded) == "ui_tests.look"
    assert permission_of(urls.opened) == PUBLIC
    assert permission_of(lambda request: None) is None


def test_visitor_is_sent_to_log_in_and_back(client: Client, db: None) -> None:
    response = client.get("/guarded?week=8")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/guarded%3Fweek%3D8"


@pytest.mark.parametrize(
    ("referer", "back"),
    [("http://testserver/opened?page=2", "/opened%3Fpage%3D2"), ("http://elsewhere/opened", "/"), ("", "/")],
)
def test_after_a_form_one_comes_back_to_the_page_it_stood_on(client: Client, referer: str, back: str) -> None:
    response = client.post("/guarded", headers={"referer": referer})
    assert response["Location"] == f"/accounts/login/?next={back}"


def test_visitor_asking_for_a_fragment_returns_to_the_whole_page(client: Client, db: None) -> None:
    response = client.get("/guarded", headers=HTMX)
    assert response["HX-Redirect"] == "/accounts/login/?next=/opened%3Fpage%3D2"


def test_permitted_person_gets_in_and_the_browser_keeps_nothing(editor: Client) -> None:
    response = editor.get("/guarded")
    assert response.content.decode() == "seen by 李明"
    assert "no-store" in response["Cache-Control"]


def test_other_person_is_told_whom_to_ask(clerk: Client) -> None:
    response = clerk.get("/guarded")
    assert response.status_code == 403
    assert "系统管理员" in response.content.decode()


def test_public_page_opens_for_visitors(client: Client, db: None) -> None:
    assert client.get("/opened").status_code == 200


def test_navigation_shows_only_pages_one_may_open(client: Client, editor: Client) -> None:
    shell = editor.get("/opened").context["shell"]
    paths = [tab.path for tab in shell.tabs], [tab.path for tab in shell.more]
    assert paths == (["/bulletins"], ["/ledger"])  # the other entries have no page here


def test_navigation_hides_what_one_may_not_open(clerk: Client) -> None:
    response = clerk.get("/ledger")
    shell = response.context["shell"]
    assert (shell.tabs, [(tab.path, tab.is_active) for tab in shell.more]) == ((), [("/ledger", True)])
    assert '<summary class="is-active">更多' in response.content.decode()


def test_visitor_sees_no_navigation(client: Client, db: None) -> None:
    assert client.get("/opened").context["shell"].tabs == ()

"""Chinese unless English was chosen."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = [pytest.mark.urls("yichuang.ui.tests.urls"), pytest.mark.django_db]


def test_chinese_whatever_the_browser_prefers(client: Client) -> None:
    response = client.get("/opened", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert response["Content-Language"] == "zh-hans"
    assert '<html lang="zh-CN">' in response.content.decode()


def test_english_is_remembered(client: Client) -> None:
    response = client.post("/language", {"language": "en", "next": "/opened?page=2"})
    assert response["Location"] == "/opened?page=2"
    page = client.get("/opened")
    assert page["Content-Language"] == "en"
    assert "Cookie" in page["Vary"]
    assert '<html lang="en">' in page.content.decode()


def test_back_to_chinese(client: Client) -> None:
    client.post("/language", {"language": "en"})
    client.post("/language", {"language": "zh-hans"})
    assert client.get("/opened")["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_only_returns_to_this_site(client: Client, target: str) -> None:
    assert client.post("/language", {"language": "en", "next": target})["Location"] == "/"


def test_unknown_language_changes_nothing(client: Client) -> None:
    response = client.post("/language", {"language": "tlh"})
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "tlh"
    assert client.get("/opened")["Content-Language"] == "zh-hans"


def test_switch_and_renewal_want_post(client: Client) -> None:
    assert client.get("/language").status_code == 405
    assert client.get("/session").status_code == 405


def test_session_is_renewed_for_those_who_have_one(client: Client) -> None:
    assert client.post("/session").status_code == 403


def test_renewal_sends_the_session_cookie_again(editor: Client) -> None:
    response = editor.post("/session")
    assert response.status_code == 204
    assert response.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == settings.SESSION_COOKIE_AGE

"""Questions kept: one's own list, sharing, names, and the limits."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import make_person
from yichuang.kernel.actor import Role
from yichuang.portal.models import SavedView
from yichuang.portal.rules import MOST_SAVED, quick_period
from yichuang.portal.types import Quick

from .conftest import logged_in, text_of

QUERY = "metric=accepted&metric=issued&period=this_week&group=department"


@pytest.fixture
def colleague(db: None) -> Client:
    """Somebody else's browser."""
    return logged_in(make_person("tongshi", [Role.FRONT], "D02", name="同事甲"))


def keep(browser: Client, name: str = "每周", **more: str) -> None:
    response = browser.post(f"/statistics/saved?{QUERY}", {"name": name, **more})
    assert response.status_code == 302, response.content.decode()
    assert response.headers["Location"] == f"/statistics?{QUERY}"


def test_kept_opened_and_of_the_same_words(client: Client, editor: Person) -> None:
    keep(client)
    (view,) = SavedView.objects.all()
    assert (view.owner, view.name, view.query, view.is_shared) == (editor.pk, "每周", QUERY, False)
    page = text_of(client.get(f"/statistics?{QUERY}&from=&to=&item="))  # as the form sends it
    link = re.search(r'<a href="([^"]+)" aria-current="true">每周', page)
    assert link is not None
    monday = quick_period(Quick.THIS_WEEK, timezone.localdate()).first
    assert f'本周 <span class="nowrap">{monday}' in text_of(client.get(unescape(link[1])))


def test_others_see_only_what_is_shared_with_its_author(client: Client, colleague: Client) -> None:
    keep(client, "自己看")
    keep(client, "大家看", is_shared="on")
    page = text_of(colleague.get("/statistics"))
    assert "自己看" not in page
    assert "大家看" in page
    assert "王编辑" in page
    (own, _shared) = SavedView.objects.order_by("is_shared")
    for path in (f"/statistics/saved/{own.pk}", f"/statistics/saved/{own.pk}/delete"):
        assert colleague.post(path, {"name": "抢来"}).status_code == 404
    assert SavedView.objects.filter(name="自己看").exists()


def test_renamed_shared_and_thrown_away(client: Client) -> None:
    keep(client)
    view = SavedView.objects.get()
    response = client.post(f"/statistics/saved/{view.pk}", {"name": " 新名 ", "is_shared": "on", "query": QUERY})
    assert response.headers["Location"] == f"/statistics?{QUERY}"
    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("新名", True)
    client.post(f"/statistics/saved/{view.pk}", {"name": "新名"})
    view.refresh_from_db()
    assert not view.is_shared
    assert (
        client.post(f"/statistics/saved/{view.pk}/delete", {"query": "//evil"})
        .headers["Location"]
        .startswith("/statistics")
    )
    assert not SavedView.objects.exists()


def test_sent_twice_is_kept_once_and_a_name_means_one_thing(client: Client) -> None:
    keep(client)
    keep(client)
    assert SavedView.objects.count() == 1
    response = client.post("/statistics/saved?metric=consulted", {"name": "每周"})
    assert response.status_code == 422
    assert "您已有名为“每周”的统计" in response.content.decode()
    keep(client, "另一个")
    other = SavedView.objects.get(name="另一个")
    response = client.post(f"/statistics/saved/{other.pk}", {"name": "每周"})
    assert response.status_code == 422
    other.refresh_from_db()
    assert other.name == "另一个"


@pytest.mark.parametrize(("name", "said"), [("", "请填写名称"), ("长" * 61, "60"), ("   ", "请填写名称")])
def test_a_bad_name_is_refused_and_the_page_stays(client: Client, name: str, said: str) -> None:
    response = client.post(f"/statistics/saved?{QUERY}", {"name": name})
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert re.search(r'value="accepted"[^>]*checked', page)
    assert not SavedView.objects.exists()


def test_a_wrong_question_is_not_kept(client: Client) -> None:
    response = client.post("/statistics/saved?metric=nonsense", {"name": "坏"})
    assert response.status_code == 422
    assert not SavedView.objects.exists()


def test_at_most_fifty(client: Client, editor: Person, colleague: Client) -> None:
    at = timezone.now()
    SavedView.objects.bulk_create(
        SavedView(owner=editor.pk, name=f"第{number}项", query=QUERY, saved_at=at + timedelta(seconds=number))
        for number in range(MOST_SAVED)
    )
    response = client.post(f"/statistics/saved?{QUERY}", {"name": "多出来的"})
    assert response.status_code == 422
    assert f"您已保存 {MOST_SAVED} 项统计" in response.content.decode()
    keep(colleague, "多出来的")

"""One's own day and the header in Chromium: menu by keyboard, the bell anew, a phone, nothing the CSP forbids."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from tests.fixtures.browser import NARROW, OpenPage, Watched

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import PASSWORD, make_person
from yichuang.desk.models import Message
from yichuang.desk.types import MessageKind
from yichuang.kernel.actor import Role


@pytest.fixture
def clerk() -> Person:
    make_person("qian2", [Role.FRONT], name="钱二")
    return make_person("qian", [Role.FRONT], name="钱台")


def log_in(watched: Watched, username: str) -> None:
    page = watched.page
    page.goto("/accounts/login/?next=/my-day")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/my-day*")


def serious(watched: Watched) -> list[str]:
    found = Axe().run(watched.page).response["violations"]
    return [one["id"] for one in found if one["impact"] in {"serious", "critical"}]


def test_the_day_the_menu_and_the_bell(open_page: OpenPage, clerk: Person) -> None:
    watched = open_page()
    page = watched.page
    log_in(watched, "qian")
    assert page.get_attribute("#bell", "aria-label") == "0 条未读消息，0 件待办"

    page.focus(".tabs-more summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/cases"
    assert serious(watched) == []
    page.keyboard.press("Escape")
    assert page.is_hidden(".tabs-more a[href='/cases']")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"

    Message.objects.create(
        person=clerk.pk, kind=MessageKind.RETURNED, at=timezone.now(), text="K0001202411210001 · 侯台", link="/cases"
    )
    page.clock.install()
    page.goto("/calendar")
    Message.objects.create(person=clerk.pk, kind=MessageKind.RETURNED, at=timezone.now(), text="又一件")
    page.clock.fast_forward(61_000)
    page.wait_for_selector("#bell[aria-label^='2 条未读消息']")

    page.click("#bell")
    page.click("text=全部标为已读")
    page.wait_for_selector("#bell[aria-label^='0 条未读消息']")


def test_a_note_goes_from_shift_to_shift_on_a_phone(open_page: OpenPage, clerk: Person) -> None:
    watched = open_page(NARROW)
    log_in(watched, "qian")
    watched.page.fill("textarea[name=text]", "3号窗口打印机已报修")
    watched.page.click("button:text-is('留言')")
    watched.page.wait_for_selector("text=等待接班")
    assert watched.page.evaluate("document.documentElement.scrollWidth") == NARROW[0]

    following = open_page(NARROW)
    log_in(following, "qian2")
    assert following.page.get_attribute("#bell", "aria-label").startswith("1 条未读消息")  # type: ignore[union-attr]
    following.page.click(".menu summary")
    assert following.page.is_visible("nav.tabs a[href='/cases']")  # one list: nothing hides behind “更多” here
    assert not following.page.is_visible(".tabs-more summary")
    following.page.keyboard.press("Escape")
    following.page.click("button:text-is('接班')")
    following.page.wait_for_selector("text=钱二 已于")
    assert serious(following) == []

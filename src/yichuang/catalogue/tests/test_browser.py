"""Importing in a real browser: choose a file, read the report, confirm, find the item."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from tests.fixtures.browser import NARROW, WIDE, OpenPage

from yichuang.accounts.tests.factories import make_person
from yichuang.catalogue.models import HandlingItem
from yichuang.kernel.actor import Role

from . import samples

if TYPE_CHECKING:
    from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_import_and_find(open_page: OpenPage, size: tuple[int, int], tmp_path: Path) -> None:
    person = make_person("li", [Role.CATALOGUE], "D01")
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = open_page(size=size).page
    file = tmp_path / "items.csv"
    rows = [samples.own_row(number) for number in range(1, 61)]
    file.write_bytes(samples.own(*rows, samples.own_row(61, 承诺办结时限="三天左右"), encoding="gb18030"))
    page.goto("/accounts/login/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.url}])

    page.goto("/items/import")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_role("heading", name="检查结果：尚未导入").wait_for()
    assert page.get_by_text("三天左右", exact=True).is_visible()
    assert_no_faults(page)
    assert not HandlingItem.objects.exists()
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("已导入：新增 60 项").wait_for()

    page.goto("/items?words=（7）")
    assert_no_faults(page)
    page.get_by_role("link", name="温室用地备案（7）").click()
    page.get_by_role("heading", name="温室用地备案（7）").wait_for()
    assert page.get_by_text("身份证明").is_visible()
    assert_no_faults(page)


def assert_no_faults(page: "Page") -> None:
    """Nothing serious by axe, and the page itself never scrolls sideways."""
    found = [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in SERIOUS]
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

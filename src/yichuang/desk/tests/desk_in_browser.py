"""The desk in Chromium: a clerk with items to find, and what tests of the desk do again and again."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import expect
from tests.fixtures.browser import Watched

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import PASSWORD, make_person
from yichuang.cases.tests.factories import make_item
from yichuang.catalogue.models import MaterialSpec
from yichuang.kernel.actor import Role

ID_CARD = "11010519491231002X"
COMPANY = "91350100M000100Y43"
SHOTS = os.environ.get("DESK_SHOTS", "")


def make_clerk() -> Person:
    """Li Ming at the window, with a few items to find."""
    first = make_item(
        "SPJY01",
        name="食品经营许可（首次申请）",
        materials=("食品经营许可申请书", "营业执照", "经营场所平面图"),
        conditions="一、有与经营的食品品种、数量相适应的场所。\n二、有专职或者兼职的食品安全管理人员。",
        is_charged=False,
    )
    MaterialSpec.objects.filter(item=first, position=2).update(originals=0, copies=1)
    for key, name in (
        ("SPJY02", "食品经营许可（变更）"),
        ("SPJY03", "食品经营许可（延续）"),
        ("SPJY04", "食品经营备案"),
    ):
        make_item(key, name=name, materials=("申请书", "营业执照"))
    return make_person("liming", [Role.FRONT], name="李明")


def log_in(watched: Watched, username: str = "liming", *, stay: bool = False) -> None:
    page = watched.page
    page.set_default_timeout(10_000)
    if not stay:
        page.goto("/accounts/login/?next=/desk")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/desk*")
    page.wait_for_selector("#q")


def shot(watched: Watched, name: str) -> None:
    """A picture for whoever looks at them (``DESK_SHOTS=folder``)."""
    if SHOTS:
        watched.page.wait_for_timeout(150)
        watched.page.screenshot(path=Path(SHOTS) / f"desk-{name}.png", caret="initial")


def open_item(page: Any, words: str = "spjyxkbg") -> None:
    """Type, Enter: the item's form is there, the cursor in the id number."""
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_selector("#receive")
    expect(page.locator("#id_id_number")).to_be_focused()


def fill_in(page: Any, number: str = ID_CARD, name: str = "王小明", phone: str = "13800002046") -> None:
    """What a clerk types of a person who is new here."""
    page.keyboard.type(number)
    page.keyboard.press("Tab")
    page.wait_for_selector("#known .known")
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(phone)


def expect_errors(watched: Watched, *statuses: str) -> None:
    """Chromium writes an error for every answer that is none; only these were to be expected."""
    unexpected = [error for error in watched.console_errors if not any(status in error for status in statuses)]
    watched.console_errors[:] = unexpected

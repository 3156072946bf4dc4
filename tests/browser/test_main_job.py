"""The main job in Chromium, from the bulletin to the entries behind it and back; scripts of others; no scripts."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.fixtures.browser import OpenPage, Watched
from yichuang.accounts.tests.factories import PASSWORD, make_person
from yichuang.bulletins.actions import draft
from yichuang.bulletins.models import Bulletin
from yichuang.cases.actions import consult
from yichuang.cases.models import Case
from yichuang.cases.tests.factories import CLERK, EDITOR, issued_case, make_item
from yichuang.kernel.actor import Role
from yichuang.ledger.models import Entry
from yichuang.ledger.types import Channel, Period

from .people import log_in

MORNING = datetime(2024, 9, 18, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def serial() -> int:
    """A week's work, its bulletin drafted, and an editor who can log in."""
    item = make_item(materials=("申请书",))
    item.materials.update(is_required=False)
    for minute in range(3):
        at = MORNING + timedelta(minutes=minute)
        consult(department="D01", item=item.key, channel=Channel.PHONE, actor=CLERK, at=at)
    for day in range(2):
        issued_case(item, MORNING + timedelta(days=day))
    make_person("bianji", [Role.EDITOR], name="雷春")
    make_person("admin", [Role.ADMIN], name="方正", is_staff=True, is_superuser=True)
    period = Period(MORNING.date(), MORNING.date() + timedelta(days=2))
    return draft(period, actor=EDITOR, at=MORNING + timedelta(days=5)).serial


def printed(page: Any) -> list[int]:
    """The eight figures of the sheet, as they stand."""
    return [int(text) for text in page.locator(".sheet p a").all_inner_texts()]


def test_from_a_figure_to_its_case_and_a_correction_that_leaves_the_issued_bulletin_alone(
    browser_page: Watched, serial: int
) -> None:
    page = browser_page.page
    log_in(browser_page, "bianji")
    page.click("nav >> text=周报")
    page.click("table a >> nth=0")
    assert printed(page) == [3, 2, 2, 2, 3, 2, 2, 2]

    # a figure opens to entries that add up to it, an entry to its case
    page.click(".sheet p a >> nth=2")
    page.wait_for_url("**/ledger?metric=issued*")
    assert "数量合计 2" in page.inner_text("main").replace("\n", "")
    case = Case.objects.latest("pk")
    page.click(f"main a:has-text('{case.number}') >> nth=0")
    page.wait_for_url(f"**/cases/{case.number}")
    assert [text.split()[0] for text in page.locator(".timeline > li strong").all_inner_texts()] == [
        "收件",
        "受理",
        "流转",
        "签收",
        "准予",
        "办结",
        "颁发",
    ]

    # one entry reversed: the draft changes
    page.click(".timeline > li:last-child a")
    page.fill("[name=reason]", "重复登记")
    page.click("main form button:has-text('冲正')")
    page.click("button:has-text('确认冲正')")
    page.wait_for_selector("#messages >> text=冲正")
    page.goto(f"/bulletins/{serial}")
    assert printed(page) == [3, 2, 1, 2, 3, 2, 1, 2]

    # issued: figures are frozen, links are bounded by the seal
    page.click("button:has-text('印发') >> nth=0")
    page.click("button:has-text('确定印发')")
    page.wait_for_selector("h1 >> text=已印发")
    issued = Bulletin.objects.get(serial=serial)
    assert issued.seal_hash in page.inner_text(".sheet")
    hand_over = Entry.objects.filter(kind=6, subject_id=Case.objects.earliest("pk").pk).get()
    consult(department="D01", channel=Channel.WINDOW, actor=CLERK, at=MORNING)
    page.goto(f"/ledger/{hand_over.pk}")
    assert page.locator("main form").count() >= 1
    page.goto(f"/bulletins/{serial}")
    assert printed(page) == [3, 2, 1, 2, 3, 2, 1, 2]
    page.click(".sheet p a >> nth=0")
    assert f"through={issued.last_entry}" in page.url
    assert "数量合计 3" in page.inner_text("main").replace("\n", "")


def test_hovering_charts_second_factor_and_admin_keep_the_policy(browser_page: Watched, serial: int) -> None:
    """What runs scripts of others: a chart's tooltip, TOTP set-up, Django's admin."""
    page = browser_page.page
    log_in(browser_page, "admin")
    page.goto("/?day=2024-09-19")
    chart = page.locator(".chart-canvas").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    for part in (0.3, 0.6, 0.9):
        page.mouse.move(box["x"] + box["width"] * part, box["y"] + box["height"] / 2)
        page.wait_for_timeout(150)
    page.goto("/accounts/2fa/totp/activate/")
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
    page.wait_for_selector("input[name=code]")
    page.goto("/admin/")
    page.click("#content a:has-text('部门') >> nth=0")
    page.wait_for_selector("#result_list")
    page.hover("#result_list th >> nth=1")
    browser_page.assert_clean()


def test_without_scripts_the_job_can_be_done(open_page: OpenPage, serial: int) -> None:
    """Every form works without JavaScript."""
    watched = open_page(java_script_enabled=False)
    page = watched.page
    log_in(watched, "bianji")
    page.goto(f"/bulletins/{serial}")
    page.click("button:has-text('印发') >> nth=0")
    assert Bulletin.objects.get(serial=serial).figures is not None
    page.click("button:has-text('English')")
    assert page.get_attribute("html", "lang") == "en"

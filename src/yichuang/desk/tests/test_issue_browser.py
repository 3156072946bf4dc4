"""The issue counter by keyboard: a scan, a paper checked, a signature drawn; by post; on a phone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.fixtures.browser import NARROW, WIDE, OpenPage, Watched

from yichuang.accounts.tests.factories import make_person
from yichuang.calendars.actions import fill_from_library
from yichuang.cases.models import Attachment, Case, Delivery, Notice
from yichuang.cases.tests.factories import ADMIN, BY_POST, PERSON, START, concluded_case, issued_case, make_item
from yichuang.cases.types import DeliveryWay, NoticeKind, State
from yichuang.kernel.actor import Role

from .workplaces import complaints, log_in


@pytest.fixture
def case(shared_database: object) -> Case:
    """A result that waits to be fetched, and a clerk who can log in."""
    fill_from_library(ADMIN, START)
    make_person("chujian", [Role.FRONT], name="陈出")
    return concluded_case(make_item(name="食品经营许可（首次申请）"), timezone.now() - timedelta(days=30))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def draw(page: Any) -> None:
    """A stroke of the pen."""
    canvas = page.locator("[data-signature] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 30, steps=5)
    page.mouse.move(box["x"] + 180, box["y"] + 120, steps=5)
    page.mouse.up()


def test_scanned_checked_signed_and_handed_out(browser_page: Watched, case: Case) -> None:
    page = browser_page.page
    log_in(browser_page, "chujian")
    page.goto("/issue")
    page.keyboard.press("ArrowDown")  # from the field, which a scanner types into, to the list and back
    assert page.evaluate("document.activeElement.textContent") == case.number
    page.keyboard.press("/")
    page.keyboard.type(Notice.objects.get(case=case, kind=NoticeKind.ACCEPTANCE).code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/issue/{case.number}")
    page.fill("#id_id_number", PERSON.id_number)
    draw(page)
    page.wait_for_selector("text=已签名")
    page.click("[data-clear]")
    assert page.evaluate("document.getElementById('id_signature').files.length") == 0
    draw(page)
    page.locator("#id_id_number").press("Control+Enter")
    page.wait_for_selector("#messages >> text=已颁发")
    assert fresh(case).state == State.ISSUED
    signature = Attachment.objects.get()
    assert signature.media_type == "image/png"
    assert signature.size > 500  # a blank canvas of this size is smaller, a drawn line is not
    assert Delivery.objects.get().signature_id == signature.pk
    assert page.locator("button:has-text('打印送达回证')").is_visible()
    page.keyboard.press("n")
    page.wait_for_url("**/issue")


def test_a_wrong_paper_is_said_and_nobody_signs_twice(browser_page: Watched, case: Case) -> None:
    page = browser_page.page
    log_in(browser_page, "chujian")
    page.goto(f"/issue/{case.number}")
    page.fill("#id_id_number", "110105194912310010")
    draw(page)
    page.locator("#id_id_number").press("Control+Enter")
    page.wait_for_selector(".field-wrong #id_id_number")
    assert "已保留上次的签名" in page.inner_text("[data-signature]")
    page.fill("#id_id_number", PERSON.id_number)
    page.locator("#id_id_number").press("Control+Enter")
    page.wait_for_selector("#messages >> text=已颁发")
    assert Delivery.objects.get().signature_id == Attachment.objects.get().pk
    browser_page.console_errors.clear()  # the browser notes every answer of 422 as an error


def test_posted_by_keyboard_come_back_and_sent_again(browser_page: Watched, case: Case) -> None:
    page = browser_page.page
    log_in(browser_page, "chujian")
    page.goto(f"/issue/{case.number}")
    page.keyboard.press("3")
    assert page.locator("#id_id_number").is_hidden()
    page.fill("#id_tracking_number", "1234567890123")
    page.fill("#id_address", "示范省示范市一号路1号")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=寄送中")
    page.keyboard.press("r")
    page.keyboard.type("查无此人")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("h2:has-text('再次送达')")
    page.keyboard.press("4")
    page.fill("#id_note", "平台账户")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#messages >> text=已再次送达")
    assert [delivery.way for delivery in Delivery.objects.order_by("pk")] == [DeliveryWay.POST, DeliveryWay.ELECTRONIC]


@pytest.mark.parametrize(("size", "language"), [(WIDE, "zh-hans"), (NARROW, "en")], ids=["wide-zh", "narrow-en"])
def test_every_page_is_accessible_and_fits(
    open_page: OpenPage, case: Case, size: tuple[int, int], language: str
) -> None:
    posted = issued_case(case.item, timezone.now() - timedelta(days=5), delivery=BY_POST)
    watched = open_page(size=size)
    page = watched.page
    log_in(watched, "chujian")
    if language == "en":
        page.click("button:has-text('English')")
    found = []
    for path in (
        "?tab=ready",
        "?tab=not_fetched",
        "?tab=under_way",
        "?tab=mail_returned",
    ):
        page.goto(f"/issue{path}")
        found += complaints(watched)
    for words in ("nothing", "K0001"):
        page.goto("/issue")
        page.fill("#id_words", words)
        page.keyboard.press("Enter")
        page.wait_for_url("**/issue*found=*")
        found += complaints(watched)
    for number in (case.number, posted.number):
        page.goto(f"/issue/{number}")
        for summary in page.locator(".work-do summary").all():
            summary.click()
        found += complaints(watched)
    assert found == []

"""Cases at the desk in Chromium: one key leads back to what was received; looking up loses nothing typed."""

import pytest
from playwright.sync_api import expect
from tests.fixtures.browser import Watched

from yichuang.accounts.models import Person
from yichuang.cases.models import Attachment, Case
from yichuang.cases.types import State

from .desk_in_browser import expect_errors, fill_in, log_in, make_clerk, open_item, shot


@pytest.fixture
def clerk() -> Person:
    return make_clerk()


def test_received_found_again_and_accepted_by_keyboard(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page)
    page.keyboard.press("Alt+KeyS")
    page.wait_for_selector(".outcome")
    page.keyboard.press("Enter")
    page.wait_for_selector(".clerk-start")
    page.keyboard.press("Alt+KeyC")
    page.wait_for_selector("#carry-on")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#work .alert")).to_contain_text("缺少必备材料")
    page.keyboard.press("a")
    shot(browser_page, "carry-on")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".outcome-accepted")
    assert Case.objects.get().state == State.ACCEPTED
    page.keyboard.press("g")
    page.keyboard.type("王小明")
    page.keyboard.press("Enter")
    page.wait_for_selector(".looked-told")
    shot(browser_page, "looked")
    expect_errors(browser_page, "422")


def test_looking_up_keeps_what_was_typed(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page)
    page.keyboard.press("Alt+KeyG")
    page.keyboard.type("锅炉")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-looked]")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_selector("#restored:not([hidden])")
    assert page.input_value("#id_name") == "王小明"
    expect(page.locator("#known .known")).to_be_visible()


def test_undoing_shows_the_case_as_it_stands(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page)
    page.keyboard.press("Alt+KeyS")
    page.wait_for_selector(".outcome")
    page.keyboard.press("z")
    page.wait_for_selector(".looked-told")
    assert "作废" in page.inner_text(".looked-told")


def test_a_scan_dragged_onto_its_row_is_taken(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    dropped = page.evaluate_handle(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["%PDF-1.4\\n%%EOF\\n"], "申请书.pdf", {type: "application/pdf"}));
            return data;
        }"""
    )
    row = page.locator("tr[data-spec]").first
    row.dispatch_event("dragover", {"dataTransfer": dropped})
    row.dispatch_event("drop", {"dataTransfer": dropped})
    row.locator("[data-remove]").wait_for()
    assert Attachment.objects.get().name == "申请书.pdf"
    page.dispatch_event("#today", "drop", {"dataTransfer": dropped})
    page.wait_for_timeout(200)
    assert Attachment.objects.count() == 1


def test_five_materials_fit_on_one_screen(open_page: object, clerk: Person) -> None:
    watched = open_page(size=(1280, 800))  # type: ignore[operator]
    page = watched.page
    log_in(watched)
    assert page.inner_text("#messages").strip()  # says that one is logged in, and moves nothing
    open_item(page, "spjyxksc")
    fill_in(page)
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")

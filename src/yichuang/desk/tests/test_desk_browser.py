"""The clerk's desk in Chromium: by keyboard, with a bad line, twice at once; in both languages and widths."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from playwright.sync_api import expect
from tests.fixtures.browser import NARROW, WIDE, LiveServer, OpenPage, Watched

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import make_person
from yichuang.cases.models import Case, Consultation
from yichuang.cases.types import State
from yichuang.kernel.actor import Role
from yichuang.ledger.models import Entry

from .desk_in_browser import ID_CARD, expect_errors, fill_in, log_in, make_clerk, open_item, shot


@pytest.fixture
def clerk() -> Person:
    return make_clerk()


class Counted:
    """A keyboard that counts every key pressed besides the typed data; a chord is as many keys as are held."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0

    def press(self, keys: str) -> None:
        self.pressed += len(keys.split("+"))
        self.page.keyboard.press(keys)


def test_from_an_empty_desk_to_an_accepted_case_in_twelve_keys(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    shot(browser_page, "start")
    keys = Counted(page)
    page.keyboard.type("食品经营许可")
    page.wait_for_selector("#found [aria-selected=true]")
    shot(browser_page, "found")
    page.keyboard.press("Backspace")  # typed on while looking; part of the data
    page.keyboard.type("可首次")
    keys.press("Enter")
    page.wait_for_selector("#receive")
    page.keyboard.type(ID_CARD)
    keys.press("Tab")
    page.wait_for_selector("#known .known")
    page.keyboard.type("王小明")
    keys.press("Tab")
    page.keyboard.type("13800002046")
    keys.press("Alt+KeyA")
    shot(browser_page, "filled")
    keys.press("Control+Enter")
    page.wait_for_selector(".outcome")
    shot(browser_page, "accepted")
    case = Case.objects.get()
    assert case.state == State.ACCEPTED
    assert case.materials.count() == 3
    assert page.inner_text(".outcome-notice").startswith("D01厅")
    assert page.url.endswith(f"?done={case.number}")
    assert keys.pressed == 7  # Enter, Tab, Tab, Alt, A, Ctrl, Enter; twelve are allowed
    # the next visitor: an empty desk, the cursor in the search box, nothing kept
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk")
    expect(page.locator("#q")).to_be_focused()
    page.wait_for_timeout(300)
    assert page.locator("#receive").count() == 0
    assert page.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('desk.')).length") == 0
    page.go_back()  # shows the result, sends nothing
    page.wait_for_selector(".outcome")
    assert Case.objects.count() == 1


def test_consult_and_undo_in_two_keystrokes(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    page.keyboard.type("spjyxkbg")
    page.wait_for_selector("#found [aria-selected=true]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("d")
    page.wait_for_selector(".just-now li")
    assert "已记录电话咨询（食品经营许可（变更））" in page.inner_text("#toast")
    assert Consultation.objects.get().item == "SPJY02"
    page.keyboard.press("x")
    expect(page.locator(".just-now li")).to_have_count(2)
    shot(browser_page, "consulted")
    assert page.inner_text("#today .figure-value >> nth=0") == "2"
    page.keyboard.press("z")
    page.wait_for_selector(".just-now .is-undone")
    assert page.inner_text("#today .figure-value >> nth=0") == "1"
    reversal = Entry.objects.latest("pk")
    assert (reversal.quantity, reversal.corrects is not None) == (-1, True)
    # without an item: in general, from inside the search box
    page.keyboard.press("/")
    page.fill("#q", "")
    expect(page.locator("#consult-about")).to_have_text("一般咨询")
    page.keyboard.press("Alt+KeyX")
    expect(page.locator(".just-now li")).to_have_count(3)
    assert (Consultation.objects.latest("pk").item, Consultation.objects.latest("pk").department) == ("", "")


def test_typed_text_survives_reload_time_out_and_a_lost_line(
    browser_page: Watched, clerk: Person, live: LiveServer
) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page)
    page.keyboard.press("Alt+KeyA")
    page.reload()
    page.wait_for_selector("#restored:not([hidden])")
    shot(browser_page, "restored")
    assert page.input_value("#id_name") == "王小明"
    assert page.locator("#receive [value='1']:checked[name^=state-]").count() == 2
    # the line goes: nothing is lost, and what was sent goes out when it is back
    page.context.set_offline(True)
    page.wait_for_selector("#line-state:not([hidden])")
    page.keyboard.press("Control+Enter")
    shot(browser_page, "offline")
    page.wait_for_timeout(300)
    assert Case.objects.count() == 0
    # meanwhile the session ends: log in again, everything is there
    Session.objects.all().delete()
    page.context.set_offline(False)
    page.wait_for_selector("#line-state a")
    page.click("#line-state a")
    page.wait_for_selector("input[name=login]")
    log_in(browser_page, stay=True)
    page.wait_for_selector("#restored:not([hidden])")
    assert page.input_value("#id_phone") == "13800002046"
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".outcome")
    assert Case.objects.count() == 1
    expect_errors(browser_page, "ERR_INTERNET_DISCONNECTED", "Failed to fetch", "htmx:sendError", "htmx:afterRequest")


def test_a_time_out_while_sending_leads_back_with_everything(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page)
    page.keyboard.press("Alt+KeyA")
    Session.objects.all().delete()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("input[name=login]")
    log_in(browser_page, stay=True)
    page.wait_for_selector("#restored:not([hidden])")
    assert page.input_value("#id_name") == "王小明"
    # somebody else at the same screen gets none of it, whether the first has logged out or not
    make_person("zhaoliu", [Role.FRONT], name="赵六")
    page.context.clear_cookies()
    log_in(browser_page, "zhaoliu")
    page.wait_for_timeout(300)
    assert page.locator("#receive").count() == 0
    assert page.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('desk.')).length") == 0


def test_double_sending_and_two_tabs_give_one_case(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page)
    page.keyboard.press("Alt+KeyA")
    with page.expect_response("**/desk/draft"):
        page.wait_for_timeout(2100)
    other = page.context.new_page()  # a second tab takes up the draft of the first
    other.goto("/desk")
    other.wait_for_selector("#restored:not([hidden])")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".outcome")
    other.keyboard.press("Control+Enter")
    other.wait_for_selector(".outcome")
    assert Case.objects.count() == 1
    assert other.inner_text(".outcome-notice") == page.inner_text(".outcome-notice")


@pytest.mark.parametrize(("size", "language"), [(WIDE, "zh-hans"), (NARROW, "en")], ids=["wide-zh", "narrow-en"])
def test_accessible_clean_and_never_sideways(
    open_page: OpenPage, clerk: Person, size: tuple[int, int], language: str
) -> None:
    watched = open_page(size=size)
    page = watched.page
    log_in(watched)
    if language == "en":
        page.click("button:has-text('English')")
        page.wait_for_selector("html[lang=en]")
    name = f"{language[:2]}-{'wide' if size == WIDE else 'narrow'}"
    findings: dict[str, Any] = {}

    def look(state: str) -> None:
        found = Axe().run(page).response["violations"]
        if faults := [
            f"{rule['id']}: {node['html'][:140]}"
            for rule in found
            if rule["impact"] in {"serious", "critical"}
            for node in rule["nodes"]
        ]:
            findings[state] = faults
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            findings[f"{state} scrolls sideways"] = page.evaluate("document.documentElement.scrollWidth")
        shot(watched, f"{state}-{name}")

    look("empty")
    page.fill("#q", "食品")
    page.wait_for_selector("#found [aria-selected=true]")
    page.press("#q", "Enter")
    page.wait_for_selector("#receive")
    page.check("#id_has_agent")
    page.select_option("#id_delivery_way", "3")
    page.click("button[value=correct][name=panel]")
    look("form")
    page.click("button[value=correct][name=panel]")
    page.uncheck("#id_has_agent")
    page.click("[data-main]")
    page.wait_for_selector(".field-errors")
    look("errors")
    for part in (0.2, 0.5, 0.8):
        page.mouse.move(size[0] * part, 300)
    page.drag_and_drop("#work h2", "#today h2")
    if size == WIDE:
        page.focus("[data-all]")
        page.keyboard.press("Shift+?")
        page.wait_for_selector("#keys[open]")
        look("keys")
    assert findings == {}
    expect_errors(watched, "422")


def test_logging_out_leaves_nothing_in_the_tab(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page)
    page.goto("/me")
    assert "王小明" in page.evaluate("JSON.stringify(sessionStorage)")
    page.click("form[action$='/logout/'] button")
    page.wait_for_url("**/accounts/login/**")
    assert "王小明" not in page.evaluate("JSON.stringify(sessionStorage)")

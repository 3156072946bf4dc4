"""The steps of a case's round as someone does them who keeps the hands on the keyboard (the keys printed on screen)."""

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from yichuang.cases.tests.factories import PERSON

from .drawing import draw

if TYPE_CHECKING:
    from playwright.sync_api import Page


def consult(page: "Page", words: str) -> None:
    """Find the item, count one consultation about it."""
    page.goto("/desk")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(words)
    page.wait_for_selector("#found [aria-selected=true]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    page.wait_for_selector(".just-now li")


def receive_and_tell(page: "Page", words: str) -> None:
    """Receive with the second material missing, and say so: one form."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator("#id_id_number")).to_be_focused()
    page.keyboard.type(PERSON.id_number)
    page.keyboard.press("Tab")
    page.wait_for_selector("#known .known")
    page.keyboard.type(PERSON.name)
    page.keyboard.press("Tab")
    page.keyboard.type(PERSON.phone)
    page.locator("#receive tr[data-spec] .is-given input").first.focus()
    page.keyboard.press(" ")
    page.keyboard.press("b")
    page.wait_for_selector("#panel-correct input:checked")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".outcome-correcting")


def find(page: "Page", number: str) -> None:
    """From the search to the page of the case."""
    page.goto("/cases/search")
    expect(page.locator("#id_q")).to_be_focused()
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{number}")


def hand_over(page: "Page", number: str) -> None:
    """The oldest case goes to the department that is proposed."""
    page.goto("/dispatch")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".done")


def sign_and_take(page: "Page", number: str) -> None:
    """Sign for the case at hand, take it, open it."""
    page.goto("/inbox")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.wait_for_selector("#messages .alert-success")
    page.goto("/inbox?tab=untaken")
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.wait_for_url("**/inbox?*done=*")
    page.goto("/inbox?tab=mine")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/inbox/{number}*")


def opine_and_grant(page: "Page", opinion: str) -> None:
    """Write what there is to say, grant."""
    page.keyboard.press("o")
    page.keyboard.type(opinion)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".opinions li")
    page.keyboard.press("g")
    page.locator("form[action$='/grant'] button").focus()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("form[action$='/conclude']")


def make(page: "Page") -> None:
    """Make the result; its number is drawn."""
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/inbox?*done=*")


def hand_out(page: "Page", number: str, code: str) -> None:
    """Find the result by the case's number, check the pick-up code, have it signed for."""
    page.goto("/issue")
    expect(page.locator("#id_words")).to_be_focused()
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/issue/{number}")
    page.locator("[name=check_by][value='2']").focus()
    page.keyboard.press(" ")
    page.locator("#id_code").focus()
    page.keyboard.type(code)
    draw(page)
    page.locator("#id_code").press("Control+Enter")
    page.wait_for_selector("form[action$='/receipt']")

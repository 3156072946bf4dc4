"""The steps of a case's round as someone does them who points and clicks; only data are typed."""

from typing import TYPE_CHECKING

from yichuang.cases.tests.factories import PERSON

from .drawing import draw

if TYPE_CHECKING:
    from playwright.sync_api import Page


def consult(page: "Page", words: str) -> None:
    """Find the item, open it, count one consultation about it."""
    page.goto("/desk")
    page.fill("#q", words)
    page.click("#found [role=option][aria-selected=true]")
    page.wait_for_selector("#receive")
    page.click("#consult button[value=window]")
    page.wait_for_selector(".just-now li")


def receive_and_tell(page: "Page", words: str) -> None:
    """Receive with the second material missing; then, on the case's page, ask for it."""
    page.fill("#id_id_number", PERSON.id_number)
    page.click("#id_name")
    page.wait_for_selector("#known .known")
    page.fill("#id_name", PERSON.name)
    page.fill("#id_phone", PERSON.phone)
    page.click("#receive tr[data-spec] .is-given >> nth=0")
    page.click("#receive button[value=receive]")
    page.wait_for_selector(".outcome-received")
    page.click(".outcome dd a")
    page.click("details:has(form[action$='/correction']) > summary")
    page.fill("form[action$='/correction'] [name^=point_] >> nth=1", "请交营业执照")
    page.click("form[action$='/correction'] button")
    page.wait_for_selector("form[action$='/supplement'] >> visible=true")


def find(page: "Page", number: str) -> None:
    """From the search to the page of the case."""
    page.goto("/cases/search")
    page.fill("#id_q", number)
    page.click("main form button")
    page.wait_for_url(f"**/cases/{number}")


def hand_over(page: "Page", number: str) -> None:
    """The case goes to the department that is proposed."""
    page.goto("/dispatch")
    page.click(f".pick:has(input[value='{number}'])")
    page.click(".batch button")
    page.wait_for_selector(".done")


def sign_and_take(page: "Page", number: str) -> None:
    """Sign for the case, take it, open it."""
    page.goto("/inbox")
    page.click(f".pick:has(input[value='{number}'])")
    page.click(".batch button")
    page.wait_for_selector("#messages .alert-success")
    page.goto("/inbox?tab=untaken")
    page.click(f"button[formaction$='/{number}/take']")
    page.wait_for_url("**/inbox?*done=*")
    page.click(".list-tabs a[href='?tab=mine']")
    page.click(f"a:has-text('{number}')")
    page.wait_for_url(f"**/inbox/{number}*")


def opine_and_grant(page: "Page", opinion: str) -> None:
    """Write what there is to say, grant."""
    page.fill("#id_text", opinion)
    page.click("form[action$='/opinion'] button")
    page.wait_for_selector(".opinions li")
    page.click("details[data-key=g] > summary")
    page.click("form[action$='/grant'] button")
    page.wait_for_selector("form[action$='/conclude']")


def make(page: "Page") -> None:
    """Make the result; its number is drawn."""
    page.click("form[action$='/conclude'] button")
    page.wait_for_url("**/inbox?*done=*")


def hand_out(page: "Page", number: str, code: str) -> None:
    """Open the result from the list, check the pick-up code, have it signed for."""
    page.goto("/issue")
    page.click(f"a:has-text('{number}')")
    page.wait_for_url(f"**/issue/{number}")
    page.check("[name=check_by][value='2']")
    page.fill("#id_code", code)
    draw(page)
    page.click("form[action$='/hand-out'] button[data-submits]")
    page.wait_for_selector("form[action$='/receipt']")

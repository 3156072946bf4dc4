"""Voids, reversals, figures, the bulletin, people: those who look after the house."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from camera import Walk, walking
from playwright.sync_api import Browser


def hall_and_chief(browser: Browser, url: str) -> None:
    """A void is approved, an entry reversed, figures are asked for."""
    with walking(browser, url, "hall-and-chief", "dating") as walk:
        walk.go("/my-day")
        walk.shot("01-my-day")
        walk.go("/voids")
        walk.shot("02-voids")
        number = _void(walk)
        _reverse(walk)
        _statistics(walk)
    with walking(browser, url, "hall-and-chief", "qiantai") as walk:
        _verify(walk, number)
    with walking(browser, url, "hall-and-chief", "daibiao") as walk:
        walk.go("/inbox")
        walk.shot("12-chief-inbox")
        walk.go("/my-day")
        walk.shot("13-chief-my-day")
        with walk.narrow():
            walk.go("/statistics")
            walk.shot("14-narrow")


def _void(walk: Walk) -> str:
    """The first that waits is approved; its number."""
    number = walk.see("table.rows [data-open]").inner_text()
    walk.go(f"/cases/{number}")
    walk.shot("03-void-asked", height=900)
    walk.go("/voids")
    walk.page.locator(".void-form [name=note]").first.fill("经核对，确系选错办理项")
    walk.page.locator(".void-form button[value=approve]").first.click()  # asks back
    walk.tap(".void-form button[value=approve]")
    walk.go("/voids?tab=decided")
    walk.shot("04-decided")
    return number


def _verify(walk: Walk, number: str) -> None:
    """What anyone is told of a voided notice."""
    walk.go(f"/cases/{number}")
    walk.tap("a[href^='/notices/']")
    code = walk.see(".paper-code strong").inner_text().replace(" ", "")
    walk.page.context.clear_cookies()
    walk.go(f"/verify/{code}")
    walk.shot("05-verify")


def _reverse(walk: Walk) -> None:
    walk.go("/ledger")
    walk.shot("06-ledger")
    walk.go("/ledger?metric=handed_over")
    walk.page.locator("main table a[href^='/ledger/']").first.click()
    walk.see("[name=reason]")
    walk.page.fill("[name=reason]", "流转给了错误的部门，已与两个部门核实")
    walk.shot("07-entry", full=True)
    walk.tap("button:has-text('冲正…')")
    walk.shot("08-reverse")


def _statistics(walk: Walk) -> None:
    walk.go("/statistics")
    walk.shot("09-statistics", height=1100)
    walk.page.locator("select[name=group]").select_option("day")
    walk.tap("form.filters button.btn-primary")
    walk.shot("10-by-day", height=1200)
    walk.page.fill(".saved-new [name=name]", "本月逐日")
    walk.page.locator(".saved-new").scroll_into_view_if_needed()
    walk.shot("11-save")


def editor(browser: Browser, url: str) -> None:
    """A bulletin from its period to paper."""
    with walking(browser, url, "editor", "bianji") as walk:
        walk.go("/")
        walk.shot("01-front", height=1000)
        walk.go("/bulletins")
        walk.shot("02-bulletins")
        _bulletin(walk)
        walk.go("/ledger?metric=accepted&from=2024-02-26&to=2024-03-01")
        walk.shot("06-entries", height=800)
        walk.page.locator("main table a[href^='/ledger/']").first.click()
        walk.see("#chain-title")
        walk.shot("07-entry", height=900)


def _bulletin(walk: Walk) -> None:
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    walk.page.fill("input[name=from]", max(today - timedelta(days=6), today.replace(month=1, day=1)).isoformat())
    walk.page.fill("input[name=to]", today.isoformat())
    walk.page.locator("main form button:has-text('预览')").first.click()
    walk.see(".sheet")
    walk.shot("03-preview", height=900)
    walk.go("/bulletins?year=2024")
    walk.page.locator("main table a:has-text('第8期')").first.click()
    walk.see(".sheet")
    walk.shot("04-issued", height=1000)
    walk.paper(f"{urlsplit(walk.page.url).path}/pdf", "05-paper-bulletin")


def administrator(browser: Browser, url: str) -> None:
    """People, posts, the calendar, who looked."""
    with walking(browser, url, "administrator", "admin") as walk:
        for name, path, height in (
            ("01-people", "/people", 0),
            ("02-person", "/people/houtai", 1000),
            ("03-new-person", "/people/new", 0),
            ("04-positions", "/positions", 0),
            ("05-departments", "/departments", 0),
            ("06-calendar", "/calendar", 0),
            ("07-access-log", "/people/houtai/access-log", 0),
            ("08-import", "/items/import", 0),
        ):
            walk.go(path)
            walk.shot(name, height=height)

"""The day of the middle office, and of a department's reviewer."""

from camera import Walk, walking
from playwright.sync_api import Browser

RETURN_REASON = "材料不属本部门职责，请改派"


def dispatcher(browser: Browser, url: str, numbers: list[str]) -> None:
    """What was accepted is handed over; the case to come back, too."""
    with walking(browser, url, "dispatcher", "zhongtai") as walk:
        walk.go("/dispatch")
        walk.shot("01-waiting")
        _hand_over(walk, numbers)
        walk.go("/dispatch?tab=unsigned")
        walk.shot("05-unsigned")
        walk.go("/dispatch?tab=returned")
        walk.shot("06-returned")
        walk.go("/dispatch?tab=sheets")
        walk.shot("07-sheets")
        walk.go("/dispatch?age=2")
        walk.shot("08-late")
        walk.go("/my-day")
        walk.shot("09-my-day", height=1000)
        with walk.narrow():
            walk.go("/dispatch")
            walk.shot("10-narrow")


def _hand_over(walk: Walk, numbers: list[str]) -> None:
    walk.go("/dispatch?department=SCJ")
    for number in numbers:
        walk.page.check(f"input[name=numbers][value='{number}']")
    walk.shot("02-chosen")
    walk.keys("Control+Enter")
    walk.see(".done")
    walk.shot("03-handed-over")
    walk.tap(".done a.mono")
    walk.shot("04-sheet")
    walk.paper(walk.page.get_attribute("a[data-key=p]", "href") or "", "04-paper-sheet")


def reviewer(browser: Browser, url: str, numbers: list[str]) -> None:
    """Signs for, takes, writes an opinion, grants two, refuses one, returns one."""
    with walking(browser, url, "reviewer", "houtai") as walk:
        walk.go("/inbox")
        walk.page.locator("input[name=numbers]").first.check()
        walk.shot("01-unsigned")
        for number in numbers[:3]:
            _sign(walk, number)
        walk.go("/inbox?tab=untaken")
        walk.shot("02-untaken")
        _take(walk, numbers[0], "03-taken")
        walk.page.fill("#id_text", "申请材料齐全，场所平面图与现场核查一致，符合许可条件，建议准予。")
        walk.shot("04-opinion", full=True)
        _do(walk, "记入意见")
        _grant(walk, numbers[0], is_shown=True)
        _take(walk, numbers[1])
        _grant(walk, numbers[1])
        _refuse(walk, numbers[2])
        _send_back(walk, numbers[3])
        walk.go("/inbox?tab=mine")
        walk.shot("12-mine", height=900)
        walk.go("/inbox?tab=mine&signal=yellow")
        walk.shot("13-soon-due")
        with walk.narrow():
            walk.go("/inbox?tab=mine")
            walk.shot("14-narrow")


def _do(walk: Walk, words: str) -> None:
    walk.tap(f".work-do button:has-text('{words}')")


def _sign(walk: Walk, number: str) -> None:
    walk.go(f"/inbox/{number}")
    walk.tap("button[data-key=s]")


def _take(walk: Walk, number: str, name: str = "") -> None:
    walk.go(f"/inbox/{number}")
    walk.tap("button[data-key=t]")
    if name:
        walk.shot(name, full=True)


def _grant(walk: Walk, number: str, *, is_shown: bool = False) -> None:
    walk.go(f"/inbox/{number}")
    walk.page.locator("details[data-key=g] summary").click()
    if is_shown:
        walk.shot("05-grant")
    _do(walk, "作出准予决定")
    walk.go(f"/inbox/{number}")
    if is_shown:
        walk.shot("06-conclude")
    _do(walk, "制证办结")


def _refuse(walk: Walk, number: str) -> None:
    _take(walk, number)
    walk.page.locator("details[data-key=n] summary").click()
    walk.page.fill(
        "details[data-key=n] [name=reason]",
        "生产场所与有毒有害场所的距离不符合《食品安全法》第三十三条第一款第一项的规定",
    )
    walk.shot("07-refuse", full=True)
    _do(walk, "作出不予许可决定")
    walk.go(f"/cases/{number}")
    walk.paper(walk.page.locator("a[href*='.pdf']").last.get_attribute("href") or "", "08-paper-refusal")


def _send_back(walk: Walk, number: str) -> None:
    walk.go(f"/inbox/{number}")
    walk.page.locator("details[data-key=r] summary").click()
    walk.page.fill("details[data-key=r] [name=reason]", RETURN_REASON)
    walk.shot("09-return", height=900)
    _do(walk, "退回")
    walk.shot("10-returned", height=700)
    walk.go("/inbox?tab=mine")
    walk.tap("table.rows [data-open]")
    walk.page.locator("details[data-key=z] summary").click()
    walk.shot("11-pass-on", height=900)

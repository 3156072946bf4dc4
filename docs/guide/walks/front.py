"""The day of a clerk at the comprehensive window, and at the issue counter."""

from io import BytesIO

from camera import Walk, walking
from PIL import Image, ImageDraw
from playwright.sync_api import Browser

PERSON, COMPANY = "11010519491231002X", "91350100M000100Y43"
ITEM = "食品生产许可 首次"


def scan() -> bytes:
    """A page that stands for a scanned paper."""
    page = Image.new("L", (620, 877), 250)
    drawn = ImageDraw.Draw(page)
    for line in range(90, 800, 34):
        drawn.line((70, line, 550 - line % 90, line), fill=170, width=5)
    content = BytesIO()
    page.save(content, "PNG")
    return content.getvalue()


def fresh(walk: Walk) -> None:
    """An empty desk, whatever was typed there before."""
    walk.go("/desk")
    walk.page.wait_for_load_state("networkidle")
    with walk.page.expect_navigation():
        walk.keys("Escape", "Escape", "Escape")  # an open panel takes the first
    walk.see("#q")


def open_item(walk: Walk, words: str) -> None:
    """Type what is looked for, and open the first that is found."""
    walk.page.fill("#q", "")
    walk.page.focus("#q")
    walk.type(words)
    walk.keys("Enter")
    walk.see("#receive")


def company(walk: Walk, name: str = "四川蜀味轩食品有限公司") -> None:
    """An organisation applies, its clerk acts for it."""
    page = walk.page
    page.fill("#id_id_number", COMPANY)
    page.keyboard.press("Tab")
    walk.see("#known .known[data-kind='2']")
    page.fill("#id_name", name)
    page.fill("#id_phone", "13800002046")


def accepted(walk: Walk, words: str = ITEM) -> str:
    """A case of the company, all materials given, accepted: its number."""
    fresh(walk)
    open_item(walk, words)
    company(walk)
    walk.keys("Alt+a", "Control+Enter")
    walk.see(".outcome")
    return walk.page.locator(".outcome .facts a").first.inner_text()


def clerk(browser: Browser, url: str) -> list[str]:
    """The clerk's day; the numbers of what was accepted, for the offices that come after."""
    with walking(browser, url, "clerk") as walk:
        walk.go("/accounts/login/?next=/desk")
        walk.shot("01-log-in", height=620)
        walk.log_in("qiantai")
        fresh(walk)
        walk.shot("02-empty-desk")
        _consult(walk)
        first = _accept(walk)
        _same_applicant(walk)
        _turn_away(walk)
        _mistakes(walk)
        _afterwards(walk, first)
        return [first, accepted(walk), accepted(walk, "食品生产许可 变更"), accepted(walk)]


def _consult(walk: Walk) -> None:
    walk.page.focus("#q")
    walk.type("spscxk")
    walk.see("#found [role=option] >> text=食品生产许可")
    walk.shot("03-find")
    walk.keys("Alt+x")
    walk.see("#today .just-now li")
    walk.shot("04-consulted")
    walk.keys("Alt+z")
    walk.see("#today .is-undone")
    walk.shot("05-undone")


def _accept(walk: Walk) -> str:
    open_item(walk, ITEM)
    walk.shot("06-form")
    walk.page.fill("#id_id_number", PERSON)
    walk.page.keyboard.press("Tab")
    walk.see("#known .known")
    walk.page.fill("#id_name", "王小明")
    walk.page.fill("#id_phone", "13800002046")
    walk.shot("07-person")
    company(walk)
    walk.page.check("input[name=has_agent]")
    walk.page.fill("#id_agent_id_number", PERSON)
    walk.page.keyboard.press("Tab")
    walk.page.wait_for_timeout(400)
    walk.page.fill("#id_agent_name", "王小明")
    walk.page.fill("#id_agent_phone", "13800002047")
    walk.page.select_option("#id_authority", label="单位经办人（介绍信）")
    walk.keys("Alt+a")
    row = walk.page.locator("tr[data-spec]").first
    row.locator("input[type=file]").set_input_files(
        {"name": "申请书扫描件.png", "mimeType": "image/png", "buffer": scan()}
    )
    row.locator("[data-files] [data-remove]").wait_for()
    walk.shot("08-materials", full=True)
    walk.keys("Control+Enter")
    walk.see(".outcome")
    walk.shot("09-accepted")
    walk.paper(walk.page.get_attribute("[data-key=KeyP]", "href") or "", "10-paper-acceptance")
    return walk.page.locator(".outcome .facts a").first.inner_text()


def _same_applicant(walk: Walk) -> None:
    walk.page.locator("[data-key=KeyJ]").click()
    walk.see("#q")
    open_item(walk, ITEM)
    walk.see(".known-warn")
    walk.shot("11-same-applicant")
    walk.keys("Alt+a")
    for row in (1, 3):
        walk.page.locator("tr[data-spec]").nth(row).locator("input[type=radio][value='']").dispatch_event("click")
    walk.keys("Alt+b")
    walk.page.fill("#id_points", "平面图请标注各功能间的面积")
    walk.shot("12-correction", full=True)
    walk.keys("Control+Enter")
    walk.see(".outcome")
    walk.shot("13-correction-told")
    walk.paper(walk.page.get_attribute("[data-key=KeyP]", "href") or "", "14-paper-correction")
    walk.go("/desk")
    walk.see("[data-key=KeyC]").click()
    walk.see("#carry-on")
    for row in (1, 3):
        walk.page.locator("#carry-on tr[data-spec]").nth(row).locator("input[type=radio][value='1']").dispatch_event(
            "click"
        )
    walk.shot("15-supplement", full=True)
    walk.keys("Control+Enter")
    walk.see(".outcome")


def _turn_away(walk: Walk) -> None:
    fresh(walk)
    open_item(walk, "食品生产许可 延续")
    walk.page.fill("#id_id_number", PERSON)
    walk.page.keyboard.press("Tab")
    walk.see("#known .known")
    walk.page.fill("#id_name", "王小明")
    walk.keys("Alt+n")
    walk.page.fill("#id_owner", "申请人住所地县级市场监督管理部门")
    walk.page.fill("#id_decline_reason", "小作坊的生产许可由县级市场监督管理部门实施，不属于本机关职权范围。")
    walk.shot("16-decline", full=True)
    walk.keys("Escape")


def _mistakes(walk: Walk) -> None:
    fresh(walk)
    open_item(walk, "食品生产许可 延续")
    walk.page.fill("#id_id_number", "110105194912310021")
    walk.page.fill("#id_name", "王小明")
    walk.page.wait_for_timeout(500)
    walk.keys("Control+Enter")
    walk.page.wait_for_timeout(900)
    walk.shot("17-not-accepted", full=True)
    walk.page.fill("#id_id_number", PERSON)
    walk.page.wait_for_timeout(2600)
    walk.page.reload()
    walk.see("#restored:not([hidden])")
    walk.shot("18-restored")
    fresh(walk)
    walk.page.locator(".void summary").first.click()
    walk.page.locator(".void[open] input[name=reason]").first.fill("选错了办理项，应为变更")
    walk.shot("19-void")


def _afterwards(walk: Walk, number: str) -> None:
    walk.go("/desk")
    walk.keys("Alt+g")
    walk.type("蜀味轩")
    walk.keys("Enter")
    walk.see("#work [data-case]")
    walk.shot("20-search")
    walk.go(f"/cases/{number}")
    walk.shot("21-case", height=1100)
    walk.go("/my-day")
    walk.page.fill("#id_text", "三号窗口打印机缺纸已报修；蜀味轩补正的材料下周一送来。")
    walk.shot("22-my-day", height=1150)
    with walk.narrow():
        walk.go("/desk")
        walk.shot("23-narrow")


def counter(browser: Browser, url: str, numbers: list[str]) -> None:
    """The issue counter, with results made by the offices before."""
    with walking(browser, url, "issue-counter", "qiantai") as walk:
        walk.go("/issue")
        walk.shot("01-ready", height=900)
        _hand_out(walk, numbers[0])
        _late(walk)
        _by_post(walk, numbers[1])
        walk.go("/issue?tab=under_way")
        walk.shot("11-under-way", height=800)
        walk.go("/issue?tab=mail_returned")
        walk.shot("12-mail-returned", height=800)


def draw(walk: Walk) -> None:
    """The receiver signs."""
    canvas = walk.page.locator("[data-signature] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    for x, y in ((0.2, 0.3), (0.35, 0.25), (0.55, 0.35)):
        walk.page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
        walk.page.mouse.down()
        for step in range(1, 6):
            walk.page.mouse.move(
                box["x"] + (x + 0.03 * step) * box["width"],
                box["y"] + (y + (0.09 if step % 2 else -0.02) * step) * box["height"],
            )
        walk.page.mouse.up()


def _hand_out(walk: Walk, number: str) -> None:
    walk.go("/issue")
    walk.page.fill("#id_words", number)
    walk.keys("Enter")
    walk.page.wait_for_url(f"**/issue/{number}*")
    walk.shot("02-result", full=True)
    walk.page.locator("#id_id_number").fill(COMPANY)
    walk.page.locator("#id_id_type").select_option(label="统一社会信用代码")
    walk.page.fill("#id_receiver", "王小明")
    draw(walk)
    walk.shot("03-signed", full=True)
    walk.keys("Control+Enter")
    walk.page.wait_for_timeout(1200)
    walk.shot("04-issued", full=True)
    with walk.page.expect_popup() as opened:
        walk.page.locator("[data-key=p]").click()
    address = opened.value.url
    opened.value.close()
    walk.paper(address if address.endswith("pdf") else address + ".pdf", "05-paper-receipt")


def _late(walk: Walk) -> None:
    walk.go("/issue?tab=not_fetched")
    walk.shot("06-not-fetched", height=800)
    walk.tap("table.rows [data-open]")
    walk.page.locator("details[data-key=m] summary").click()
    walk.page.locator("#id_means").select_option(index=1)
    walk.page.fill("details[data-key=m] [name=note]", "电话告知，申请人说下周三来取")
    walk.shot("07-remind", full=True)


def _by_post(walk: Walk, number: str) -> None:
    walk.go(f"/issue/{number}")
    walk.page.locator("input[name=way][value='2'], .ways label:has-text('代理人')").first.click()
    walk.shot("08-agent", full=True)
    walk.page.locator(".ways label:has-text('邮寄')").first.click()
    walk.page.fill("#id_carrier", "中国邮政 EMS")
    walk.page.fill("#id_tracking_number", "EX123456789CN")
    walk.page.fill("#id_address", "四川省成都市武侯区虚构路 1 号")
    walk.shot("09-post", full=True)
    walk.keys("Control+Enter")
    walk.page.wait_for_timeout(1200)
    walk.shot("10-posted", full=True)
    with walk.narrow():
        walk.go("/issue?tab=ready")
        walk.tap("table.rows [data-open]")
        walk.shot("13-narrow")

"""The statistics in a browser: picking, charts, keeping, files; by keyboard, without scripts, on a phone."""

import csv
import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from tests.fixtures.browser import NARROW, WIDE, LiveServer, OpenPage, Watched

from yichuang.accounts.tests.factories import make_department
from yichuang.cases.types import CONSULTED
from yichuang.ledger.types import Channel

from .conftest import Write, make_item

WEEK = "from=2024-09-16&to=2024-09-22"


@pytest.fixture
def cookie(live: LiveServer, client: Client, write: Write) -> dict[str, str]:
    """The editor's session, in a hall with entries of thirty departments."""
    make_item("KEY1", "食品经营许可（首次申请）")
    for number in range(30):
        make_department(f"D{number:02}")
        write(number, department=f"D{number:02}", quantity=number + 1)
    write(70, kind=CONSULTED, channel=Channel.PHONE)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live.url}


def opened(open_page: OpenPage, cookie: dict[str, str], **options: object) -> Watched:
    watched = open_page(**options)
    watched.page.context.add_cookies([cookie])
    return watched


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    "path",
    [
        "/statistics",
        f"/statistics?{WEEK}&metric=accepted&metric=consulted&group=department",
        f"/statistics?{WEEK}&metric=accepted&metric=online_share&group=day",
        f"/statistics?{WEEK}&metric=accepted&group=none",
        "/statistics?metric=accepted&from=2024-09-31",
    ],
)
def test_nothing_to_reproach(open_page: OpenPage, cookie: dict[str, str], size: tuple[int, int], path: str) -> None:
    page = opened(open_page, cookie, size=size).page
    page.goto(path)
    faults = [(fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(page).response["violations"]]
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_picking_hovering_keeping_and_files(open_page: OpenPage, cookie: dict[str, str], tmp_path: Path) -> None:
    watched = opened(open_page, cookie)
    page = watched.page
    page.goto("/statistics")
    page.locator("details.pick summary").click()
    for label in ("咨询", "颁发", "流转"):
        page.locator("details.pick").get_by_label(f"{label}（", exact=False).first.uncheck()
    page.keyboard.press("Escape")
    page.get_by_label("起始日期").fill("2024-09-16")
    page.get_by_label("截止日期").fill("2024-09-22")
    page.get_by_label("分组").select_option("department")
    page.get_by_role("button", name="统计", exact=True).click()
    assert "合计465" in page.locator("tfoot").inner_text().replace("\t", "").replace("\n", "")

    chart = page.locator(".chart-canvas").first
    chart.locator("canvas").wait_for()
    box = chart.bounding_box()
    assert box is not None
    for part in (0.1, 0.4, 0.7):
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * part)
        page.wait_for_timeout(120)

    page.locator("#id_name").fill("一周各部门受理")
    page.get_by_label("共享给可看统计的人").check()
    page.get_by_role("button", name="保存当前统计").click()
    page.get_by_text("已保存统计“一周各部门受理”").wait_for()
    page.goto("/statistics")
    page.get_by_role("link", name="一周各部门受理").first.click()
    page.wait_for_url("**group=department*")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 CSV").click()
    file = tmp_path / "statistics.csv"
    download.value.save_as(file)
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    assert (rows[1], rows[-1]) == (["D29厅", "30"], ["合计", "465"])

    page.locator("tbody td.num a").first.click()
    page.wait_for_url("**/ledger?metric=accepted*")
    assert "数量合计 30" in page.get_by_role("status").filter(has_text="共").inner_text()
    watched.assert_clean()


def test_without_scripts_a_question_is_asked_kept_and_thrown_away(open_page: OpenPage, cookie: dict[str, str]) -> None:
    page = opened(open_page, cookie, java_script_enabled=False).page
    page.goto("/statistics")
    page.get_by_label("起始日期").fill("2024-09-16")
    page.get_by_label("分组").select_option("month")
    page.get_by_role("button", name="统计", exact=True).click()
    assert page.locator("#table-title + .table-box tbody tr").count() > 1
    page.locator("#id_name").fill("按月")
    page.get_by_role("button", name="保存当前统计").click()
    page.locator(".saved-list summary").click()
    page.get_by_role("button", name="删除").click()
    assert page.get_by_text("已删除统计“按月”").count() == 1
    assert page.locator(".saved-list summary").count() == 0


def test_by_keyboard_alone(open_page: OpenPage, cookie: dict[str, str]) -> None:
    page = opened(open_page, cookie).page
    page.goto(f"/statistics?{WEEK}&metric=accepted&group=department")
    summary = page.locator("details.pick summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "metric"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**metric=consulted*")
    assert page.locator("#table-title + .table-box thead th").count() == 3

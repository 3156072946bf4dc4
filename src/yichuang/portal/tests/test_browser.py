"""The pages in a browser: nothing to reproach them with, charts drawn, an export that tells how far it is."""

import csv
import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from tests.fixtures.browser import NARROW, WIDE, LiveServer, OpenPage, Watched

from yichuang.cases.types import CONSULTED

from .conftest import FRIDAY, Write


@pytest.fixture
def cookie(live: LiveServer, client: Client, write: Write) -> dict[str, str]:
    """The editor's session for the browser, in a hall with sixty acceptances and a consultation."""
    for number in range(60):
        write(number)
    write(70, kind=CONSULTED, at=FRIDAY.replace(day=13))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live.url}


def overflow(watched: Watched) -> int:
    """Pixels by which the page is wider than its window."""
    return int(watched.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize(
    "path", ["/", "/?day=2024-09-13", "/ledger", "/ledger?metric=accepted&through=55", "/ledger?from=2024-04-31"]
)
def test_nothing_to_reproach(open_page: OpenPage, cookie: dict[str, str], size: tuple[int, int], path: str) -> None:
    watched = open_page(size=size)
    watched.page.context.add_cookies([cookie])
    watched.page.goto(path)
    faults = [
        (fault["id"], fault["nodes"][0]["html"])
        for fault in Axe().run(watched.page).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]
    assert faults == []
    assert overflow(watched) <= 0


def test_from_a_figure_to_an_entry_to_its_correction(open_page: OpenPage, cookie: dict[str, str]) -> None:
    page = open_page(java_script_enabled=False).page  # every form works without scripts
    page.context.add_cookies([cookie])
    page.goto("/?day=2024-09-13")
    page.locator("section[aria-labelledby=day-title] .figure-value a").first.click()
    assert page.get_by_role("status").filter(has_text="共").inner_text() == "共 1 条，数量合计 1 人次"
    page.locator(".ledger-table tbody a").first.click()
    assert "咨询" in page.get_by_role("heading", level=1).inner_text()


def test_charts_are_drawn_with_a_table_beside(open_page: OpenPage, cookie: dict[str, str]) -> None:
    page = open_page().page
    page.context.add_cookies([cookie])
    page.goto("/")
    page.locator(".chart-canvas canvas").nth(1).wait_for()
    assert page.locator(".chart-canvas canvas").count() == 2
    page.locator(".chart-table summary").first.click()
    assert page.locator(".chart-table table").first.is_visible()


def test_an_export_downloads_and_tells_when_it_is_done(
    open_page: OpenPage, cookie: dict[str, str], tmp_path: Path
) -> None:
    page = open_page().page
    page.context.add_cookies([cookie])
    page.goto("/ledger?kind=accepted")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 CSV").click()
    file = tmp_path / "ledger.csv"
    download.value.save_as(file)
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert len(rows) == 60
    page.get_by_text("已导出 60 行").wait_for()

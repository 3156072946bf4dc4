"""The calendar in a browser: nothing to reproach it with, wide and narrow, and no script needed to amend a day."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from tests.fixtures.browser import NARROW, WIDE, LiveServer, OpenPage, Watched

from yichuang.calendars.actions import fill_from_library
from yichuang.calendars.queries import calendar
from yichuang.kernel.actor import SYSTEM, Role
from yichuang.kernel.chinese import parse_date

from .people import AT, employed


@pytest.fixture
def cookie(live: LiveServer) -> dict[str, str]:
    """The session of a logged-in administrator, for the browser."""
    fill_from_library(SYSTEM, AT)
    client = Client()
    client.force_login(employed(Role.ADMIN), backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live.url}


def overflow(watched: Watched) -> int:
    """Pixels by which the page is wider than its window."""
    return int(watched.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("path", ["/calendar/2024?day=2024-05-01", "/calendar/2031"])
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


def test_amending_without_scripts(open_page: OpenPage, cookie: dict[str, str]) -> None:
    watched = open_page(java_script_enabled=False)
    page = watched.page
    page.context.add_cookies([cookie])
    page.goto("/calendar/2024")
    page.locator('time[datetime="2024-09-20"]').click()
    assert page.get_by_label("日期").input_value() == "2024-09-20"
    page.get_by_label("节日或事由").fill("停电检修")
    page.get_by_label("依据或原因").fill("物业通知")
    page.get_by_role("button", name="调整", exact=True).click()
    assert "已将2024-09-20改为休息日" in page.locator("#messages").inner_text()
    assert page.locator('td.cal-off time[datetime="2024-09-20"]').count() == 1
    assert not calendar().is_working(parse_date("2024-09-20"))

"""Papers and the public page in a browser: nothing to reproach them with, wide, narrow and on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from tests.fixtures.browser import NARROW, WIDE, LiveServer, OpenPage, Watched

from yichuang.accounts.tests.factories import make_person
from yichuang.kernel.actor import Role

from ..actions import delivery_receipt, request_correction
from ..documents.codes import grouped
from ..models import Notice
from ..types import CorrectionPoint, NoticeKind
from .factories import CLERK, HOUR, START, issued_case, make_item, received_case


@pytest.fixture
def cookie(live: LiveServer, client: Client) -> dict[str, str]:
    """A clerk's session for the browser; an acceptance that was voided, a correction, a receipt of delivery."""
    case = issued_case(make_item())
    delivery_receipt(case.number, actor=CLERK, at=START + 6 * HOUR)
    points = [CorrectionPoint(None, "联系电话停机，请补充可以联系的电话")]
    request_correction(received_case(make_item("K0002")).number, points=points, actor=CLERK, at=START + HOUR)
    Notice.objects.filter(kind=NoticeKind.ACCEPTANCE).update(voided_at=START + HOUR)
    client.force_login(make_person("clerk", [Role.FRONT]))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live.url}


def faults(watched: Watched) -> list[tuple[str, str]]:
    """What axe finds that is serious or critical, and a page wider than its window."""
    found = [
        (fault["id"], fault["nodes"][0]["html"])
        for fault in Axe().run(watched.page).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]
    wide = watched.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([("overflow", f"{wide} px")] if wide > 0 else [])


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_notices_as_paper(open_page: OpenPage, cookie: dict[str, str], size: tuple[int, int]) -> None:
    watched = open_page(size=size)
    watched.page.context.add_cookies([cookie])
    for notice in Notice.objects.order_by("kind"):
        watched.page.goto(f"/notices/{notice.pk}")
        assert faults(watched) == []
        assert watched.page.locator(".paper-code img").evaluate("image => image.naturalWidth") > 0
        watched.page.emulate_media(media="print")
        assert watched.page.locator(".page-actions").is_hidden()
        assert watched.page.locator(".topbar").is_hidden()
        watched.page.emulate_media(media="screen")


def test_a_notice_prints_on_one_page(open_page: OpenPage, cookie: dict[str, str]) -> None:
    watched = open_page()
    watched.page.context.add_cookies([cookie])
    for notice in Notice.objects.all():
        watched.page.goto(f"/notices/{notice.pk}")
        assert watched.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_anyone_verifies_a_paper(open_page: OpenPage, cookie: dict[str, str], size: tuple[int, int]) -> None:
    notice = Notice.objects.get(kind=NoticeKind.CORRECTION)
    watched = open_page(size=size)
    page = watched.page
    page.goto("/verify")
    assert faults(watched) == []
    page.keyboard.type(grouped(notice.code).lower())  # the field has the focus
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/verify/{notice.code}")
    assert "真实，有效" in page.inner_text("main")
    assert faults(watched) == []
    voided = Notice.objects.get(kind=NoticeKind.ACCEPTANCE)
    page.goto(f"/verify/{voided.code}")
    assert "真实，但已失效" in page.inner_text("main")
    assert faults(watched) == []


def test_verifying_needs_no_scripts(open_page: OpenPage, cookie: dict[str, str]) -> None:
    watched = open_page(java_script_enabled=False)
    page = watched.page
    page.goto("/verify")
    page.fill("#code", "7K3M 9QXW")
    page.click("main button")
    assert "验证码是16位" in page.inner_text("main")
    page.fill("#code", "7k3m 9qxw 2bcd 4f5g")
    page.click("main button")
    assert page.url.endswith("/verify/7K3M9QXW2BCD4F5G")
    assert "没有查到这份文书" in page.inner_text("main")
    watched.console_errors.clear()  # the browser's own remark on the answers 422 and 404

"""The middle office by keyboard: walk, choose, hand over, take back; on a phone; on paper."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.fixtures.browser import NARROW, WIDE, OpenPage, Watched

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import make_department, make_person
from yichuang.calendars.actions import fill_from_library
from yichuang.cases.models import Case, Handover, HandoverSheet
from yichuang.cases.tests.factories import ADMIN, START, accepted_case, make_item
from yichuang.cases.types import State
from yichuang.kernel.actor import Role

from .workplaces import complaints, log_in


@pytest.fixture
def waiting(shared_database: object) -> list[Case]:
    """Four accepted cases of D01, oldest first, and a dispatcher who can log in."""
    fill_from_library(ADMIN, START)
    make_department("D02", "省住房城乡建设厅")
    make_person("zhongtai", [Role.MIDDLE], name="周衡")
    item = make_item(name="食品经营许可（首次申请）")
    return [accepted_case(item, timezone.now() - timedelta(days=6 - day)) for day in range(4)]


def states(cases: list[Case]) -> list[str]:
    return [Case.objects.get(pk=case.pk).state for case in cases]


def test_a_batch_goes_by_keyboard_and_comes_back(browser_page: Watched, waiting: list[Case]) -> None:
    page = browser_page.page
    log_in(browser_page, "zhongtai")
    page.goto("/dispatch")
    button = page.locator("button:has-text('流转选中')")
    assert button.is_disabled()
    for key in ("j", "x", "ArrowDown", " "):
        page.keyboard.press(key)
    assert "2" in button.inner_text()
    page.select_option(f"select[name='to-{waiting[1].number}']", "D02")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=已流转 2 件，2 张交接单")
    assert states(waiting) == [State.REVIEWING, State.REVIEWING, State.ACCEPTED, State.ACCEPTED]
    assert {handover.to for handover in Handover.objects.all()} == {"D01", "D02"}
    assert page.locator(".done a[data-key=p]").get_attribute("href").endswith(".pdf")  # type: ignore[union-attr]

    page.click("text=流转错了？")
    page.wait_for_url("**/dispatch?tab=unsigned")
    for key in ("j", "z", "z"):  # asked, and answered
        page.keyboard.press(key)
    page.wait_for_selector("#messages >> text=已撤销")
    assert states(waiting).count(State.ACCEPTED) == 3


def test_shift_and_all_choose_many_and_a_double_click_sends_once(browser_page: Watched, waiting: list[Case]) -> None:
    page = browser_page.page
    log_in(browser_page, "zhongtai")
    page.goto("/dispatch?tab=waiting&department=D01")
    page.click(".pick >> nth=1")
    page.click(".pick >> nth=3", modifiers=["Shift"])
    assert page.locator("tbody .pick input:checked").count() == 3
    page.click("h1")
    page.keyboard.press("a")
    assert page.locator("tbody .pick input:checked").count() == 4
    page.dblclick("button:has-text('流转选中')")
    page.wait_for_selector("text=已流转 4 件")
    assert (HandoverSheet.objects.count(), Handover.objects.count()) == (1, 4)


@pytest.mark.parametrize(("size", "language"), [(WIDE, "zh-hans"), (NARROW, "en")], ids=["wide-zh", "narrow-en"])
def test_every_list_is_accessible_and_fits(
    open_page: OpenPage, waiting: list[Case], size: tuple[int, int], language: str
) -> None:
    watched = open_page(size=size)
    page = watched.page
    log_in(watched, "zhongtai")
    if language == "en":
        page.click("button:has-text('English')")
    page.goto("/dispatch")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".done")
    found = complaints(watched)
    for tab in ("waiting", "unsigned", "returned", "sheets"):
        page.goto(f"/dispatch?tab={tab}")
        found += complaints(watched)
    page.goto(f"/dispatch/sheets/{HandoverSheet.objects.get().number}")
    assert found + complaints(watched) == []
    page.emulate_media(media="print")
    assert not page.locator(".page-actions").is_visible()
    assert page.locator("table").is_visible()


def test_without_scripts_it_can_be_done(open_page: OpenPage, waiting: list[Case], shared_database: object) -> None:
    watched = open_page(java_script_enabled=False)
    page = watched.page
    log_in(watched, "zhongtai")
    page.goto("/dispatch")
    page.check("tbody .pick input >> nth=0")
    page.click("button:has-text('流转选中')")
    page.wait_for_selector("text=已流转 1 件")
    assert Person.objects.get(username="zhongtai").pk == Handover.objects.get().sent_by

"""The back office by keyboard: sign for, take, write, refuse; what was typed outlives a reload and a colleague."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.fixtures.browser import NARROW, WIDE, OpenPage, Watched

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import actor_for, make_person
from yichuang.calendars.actions import fill_from_library
from yichuang.cases.actions import give_opinion, take
from yichuang.cases.models import Case, Opinion
from yichuang.cases.tests.factories import ADMIN, START, decided_case, handed_over_case, make_item, signed_case
from yichuang.cases.types import State
from yichuang.kernel.actor import Role

from .workplaces import complaints, log_in


@pytest.fixture
def cases(shared_database: object) -> list[Case]:
    """Two cases on the way to D01 and one that it has signed for, and two reviewers there."""
    fill_from_library(ADMIN, START)
    make_person("shenpi", [Role.BACK], "D01", name="李审")
    make_person("tongshi", [Role.BACK], "D01", name="王同")
    item = make_item(name="食品经营许可（首次申请）", materials=("申请书", "营业执照"))
    item.materials.update(is_required=False)
    start = timezone.now() - timedelta(days=9)
    return [
        handed_over_case(item, start),
        handed_over_case(item, start + timedelta(days=1)),
        signed_case(item, start + timedelta(days=2)),
    ]


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_from_signing_to_the_result_by_keyboard(browser_page: Watched, cases: list[Case]) -> None:
    page = browser_page.page
    log_in(browser_page, "shenpi")
    page.goto("/inbox")
    page.keyboard.press("j")
    page.keyboard.press("s")  # nothing chosen: the row at hand
    page.wait_for_selector("#messages >> text=已签收 1 件")
    assert fresh(cases[0]).signed_at
    assert fresh(cases[1]).signed_at is None
    page.goto("/inbox?tab=untaken")
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.wait_for_selector("#messages >> text=由您承办")
    page.goto("/inbox?tab=mine")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/inbox/{cases[0].number}")
    page.keyboard.press("o")
    page.keyboard.type("材料齐全")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".opinions >> text=材料齐全")
    assert page.input_value("#id_text") == ""  # the draft is forgotten once it is in
    page.keyboard.press("g")
    page.locator("form[action$='/grant'] button").focus()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#messages >> text=已准予")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#messages >> text=已办结")
    assert fresh(cases[0]).state == State.CONCLUDED
    assert fresh(cases[0]).result_number


def test_what_was_typed_outlives_a_reload_and_a_colleague(browser_page: Watched, cases: list[Case]) -> None:
    page = browser_page.page
    log_in(browser_page, "shenpi")
    page.goto(f"/inbox/{cases[2].number}")
    page.keyboard.press("n")
    page.keyboard.type("不符合条件第三项")
    assert "经审查，不符合条件第三项" in page.inner_text(".preview")
    page.reload()
    assert page.input_value("#id_reason") == "不符合条件第三项"
    assert page.locator("#id_reason").is_visible()
    take(cases[2].number, actor=actor_for(Person.objects.get(username="tongshi")), at=timezone.now())
    page.fill("#id_court", "示范市中级人民法院")
    page.locator("#id_court").press("Control+Enter")
    page.wait_for_selector("text=由王同承办")
    assert page.input_value("#id_reason") == "不符合条件第三项"
    assert page.input_value("#id_court") == "示范市中级人民法院"
    assert fresh(cases[2]).state == State.REVIEWING
    page.click("button:has-text('退出')")
    page.wait_for_url("**/accounts/login/**")
    kept = [name for name in page.evaluate("Object.keys(sessionStorage)") if name.startswith("kept:")]
    assert kept == []  # desks are shared
    browser_page.console_errors.clear()  # the browser notes every answer of 422 as an error


def test_a_double_click_writes_one_opinion(browser_page: Watched, cases: list[Case]) -> None:
    page = browser_page.page
    log_in(browser_page, "shenpi")
    page.goto(f"/inbox/{cases[2].number}")
    page.keyboard.press("o")
    page.keyboard.type("一次")
    page.dblclick("button:has-text('记入意见')")
    page.wait_for_selector(".opinions >> text=一次")
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize(("size", "language"), [(WIDE, "zh-hans"), (NARROW, "en")], ids=["wide-zh", "narrow-en"])
def test_every_page_is_accessible_and_fits(
    open_page: OpenPage, cases: list[Case], size: tuple[int, int], language: str
) -> None:
    reviewer = actor_for(Person.objects.get(username="shenpi"))
    give_opinion(cases[2].number, text="材料齐全", actor=reviewer, at=timezone.now())
    decided = [decided_case(cases[0].item, timezone.now() - timedelta(days=1), grant=grant) for grant in (True, False)]
    watched = open_page(size=size)
    page = watched.page
    log_in(watched, "shenpi")
    if language == "en":
        page.click("button:has-text('English')")
    found = []
    for tab in ("unsigned", "untaken", "mine", "all", "decided"):
        page.goto(f"/inbox?tab={tab}")
        found += complaints(watched)
    for case in (*cases, *decided):
        page.goto(f"/inbox/{case.number}")
        for summary in page.locator(".work-do summary").all():
            summary.click()
        found += complaints(watched)
    assert found == []

"""What clerks type and choose at the desk: wrong numbers, rare names, huge files; decisions with their reasons."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.fixtures.browser import Watched

from yichuang.accounts.models import Person
from yichuang.cases.models import Attachment, Case
from yichuang.cases.types import State

from .desk_in_browser import COMPANY, ID_CARD, expect_errors, fill_in, log_in, make_clerk, open_item, shot


@pytest.fixture
def clerk() -> Person:
    return make_clerk()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("110105491231002", "15位的第一代身份证号已停用"),
        ("110105194912310021", "校验码不对"),
        ("11010519491331002X", "请核对"),
    ],
)
def test_a_wrong_number_is_named_at_once_and_beside_its_field(
    browser_page: Watched, clerk: Person, number: str, words: str
) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    page.keyboard.type(number)
    page.keyboard.press("Tab")
    page.wait_for_selector("#known [data-fault]")
    assert words in page.inner_text("#known")
    page.keyboard.type("王小明")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_id_number")).to_be_focused()
    shot(browser_page, "wrong")
    assert words in page.inner_text("#known")
    assert page.input_value("#id_name") == "王小明"
    assert Case.objects.count() == 0
    expect_errors(browser_page, "422")


@pytest.mark.parametrize(
    ("number", "name", "phone"),
    [
        ("１１０１０５１９４９１２３１００２Ｘ", "欧阳𬭎", "+86 138 0000 2046"),
        ("110105 19491231 002x", "䶮·买买提", "138-0000-2046"),
        (COMPANY.lower(), "示例餐饮有限公司", "028-86601234"),
    ],
)
def test_numbers_and_names_as_people_type_them(
    browser_page: Watched, clerk: Person, number: str, name: str, phone: str
) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page, number, name, phone)
    assert page.input_value("#id_id_number") in {ID_CARD, COMPANY}
    page.keyboard.press("Alt+KeyA")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".outcome")
    assert Case.objects.get().applicant.name == name
    # known from now on: name filled in, phone masked, the open case of the same item shown
    page.keyboard.press("j")
    page.wait_for_selector("#keep[value]:not([value=''])", state="attached")
    page.keyboard.type("spjyxkbg")
    page.keyboard.press("Enter")
    page.wait_for_selector("#known .known-warn")
    shot(browser_page, "again")
    assert page.input_value("#id_name") == name
    assert "此事项已有在办件" in page.inner_text("#known")


def test_scans_are_taken_as_chosen_and_faults_stand_in_their_row(
    browser_page: Watched, clerk: Person, tmp_path: Path
) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page)
    good, huge, disguised = tmp_path / "申请书.pdf", tmp_path / "全部.pdf", tmp_path / "营业执照.pdf"
    good.write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    huge.write_bytes(b"%PDF-1.4\n" + b"0" * 30 * 1024 * 1024)
    disguised.write_bytes(b"MZ" + b"\0" * 4000)
    rows = page.locator("tr[data-spec]")
    rows.nth(0).locator("input[type=file]").set_input_files(good)
    rows.nth(0).locator("[data-remove]").wait_for()
    rows.nth(1).locator("input[type=file]").set_input_files(huge)
    expect(rows.nth(1).locator(".row-fault")).to_contain_text("30 MB")
    rows.nth(1).locator("input[type=file]").set_input_files(disguised)
    expect(rows.nth(1).locator(".row-fault")).not_to_contain_text("30 MB")
    expect(rows.nth(1).locator(".row-fault")).not_to_be_empty()
    shot(browser_page, "upload")
    page.reload()
    page.wait_for_selector("#restored:not([hidden])")
    assert rows.nth(0).locator(".files").inner_text().startswith("申请书.pdf")
    page.keyboard.press("Alt+KeyA")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".outcome")
    case = Case.objects.get()
    assert list(Attachment.objects.values_list("case", "name")) == [(case.pk, "申请书.pdf")]
    expect_errors(browser_page, "422")


def test_everything_to_correct_is_told_at_once(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page)
    page.locator("tr[data-spec] [value='1'][type=radio]").first.check()
    page.keyboard.press("b")
    page.wait_for_selector("#panel-correct:not([hidden])")
    assert page.locator("[name=told]:checked").count() == 1
    page.fill("[name=points]", "法定代表人签名与营业执照不一致")
    shot(browser_page, "correct")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".outcome")
    shot(browser_page, "correcting")
    assert Case.objects.get().state == State.CORRECTING
    assert "补正告知书" in page.inner_text(".outcome")


def test_declining_asks_whose_it_is(browser_page: Watched, clerk: Person) -> None:
    page = browser_page.page
    log_in(browser_page)
    open_item(page)
    fill_in(page)
    page.keyboard.press("Alt+KeyN")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_owner")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_owner")).to_be_focused()
    page.fill("#id_owner", "成都市市场监督管理局")
    page.fill("#id_decline_reason", "住所地在成都市，由市级管理")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".outcome")
    assert Case.objects.get().state == State.DECLINED
    expect_errors(browser_page, "422")

"""A case's whole round through four people's hands, and each figure of the week's draft risen by exactly one."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from django.utils import timezone

from tests.fixtures.browser import NARROW, WIDE, OpenPage
from yichuang.accounts.tests.factories import make_department, make_person
from yichuang.bulletins.actions import draft
from yichuang.calendars.actions import fill_from_library
from yichuang.cases import actions
from yichuang.cases.models import Attachment, Case, Delivery, HandoverSheet
from yichuang.cases.tests.factories import (
    ADMIN,
    BY_POST,
    CLERK,
    COMPANY,
    DISPATCHER,
    EDITOR,
    REVIEWER,
    make_item,
)
from yichuang.cases.types import State
from yichuang.kernel.actor import Role
from yichuang.ledger.queries import verify
from yichuang.ledger.types import Channel, Period

from . import by_keyboard, by_mouse
from .drawing import look_around
from .people import log_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

ITEM = "食品经营许可（首次申请）"
FIGURES = ("consulted", "accepted", "issued", "handed_over")
WORKERS = {
    "front": ("liming", Role.FRONT, "", "李明"),
    "middle": ("zhouheng", Role.MIDDLE, "", "周衡"),
    "back": ("lishen", Role.BACK, "D01", "李审"),
    "counter": ("chenchu", Role.FRONT, "", "陈出"),
    "editor": ("leichun", Role.EDITOR, "", "雷春"),
}


@dataclass(frozen=True)
class Hall:
    """The pages of everyone at work, each in a browser of their own, and the draft bulletin of this week."""

    people: dict[str, "Page"]
    bulletin: str

    def __getattr__(self, who: str) -> "Page":
        return self.people[who]


def this_week(today: date) -> Period:
    """From Monday to today; a bulletin's period stays within one year."""
    return Period(max(today - timedelta(days=today.weekday()), date(today.year, 1, 1)), today)


def some_work() -> None:
    """One of each figure today, of another item and another applicant."""
    item = make_item("K0009", name="食品经营备案")
    now = timezone.now
    actions.consult(department="D01", item=item.key, channel=Channel.PHONE, actor=CLERK, at=now())
    number = actions.receive(item=item.key, applicant=COMPANY, channel=Channel.WINDOW, actor=CLERK, at=now()).number
    actions.accept(number, actor=CLERK, at=now())
    actions.hand_over(number, to="D01", actor=DISPATCHER, at=now())
    actions.sign_for([number], actor=REVIEWER, at=now())
    actions.decide(number, grant=True, actor=REVIEWER, at=now())
    actions.conclude(number, actor=REVIEWER, at=now())
    actions.issue_result(number, delivery=BY_POST, actor=CLERK, at=now())


def open_hall(open_page: OpenPage, size: tuple[int, int], language: str) -> Hall:
    make_department("D01")
    make_item("SPJY01", name=ITEM, materials=("食品经营许可申请书", "营业执照"))
    some_work()
    people = {}
    for who, (username, role, department, name) in WORKERS.items():
        make_person(username, [role], department, name=name)
        watched = open_page(size=size)
        log_in(watched, username, language)
        people[who] = watched.page
    serial = draft(this_week(timezone.localdate()), actor=EDITOR, at=timezone.now()).serial
    return Hall(people, f"/bulletins/{serial}")


def printed(hall: Hall) -> list[int]:
    """The eight figures of the draft: the week's, then the year's, in the order of FIGURES."""
    hall.editor.goto(hall.bulletin)
    return [int(text) for text in hall.editor.locator(".sheet p a").all_inner_texts()]


def listed(hall: Hall) -> dict[str, list[str]]:
    """The entries that each figure of the week opens: what they are about."""
    found = {}
    for place, figure in enumerate(FIGURES):
        hall.editor.goto(hall.bulletin)
        hall.editor.click(f".sheet p a >> nth={place}")
        hall.editor.wait_for_url(f"**/ledger?metric={figure}*")
        found[figure] = hall.editor.locator(".ledger-table tbody tr td:nth-child(9)").all_inner_texts()
    return found


def notice_as_file(page: "Page", number: str, folder: Path) -> tuple[str, str]:
    """Download the newest notice of a case and read it: its verification code and the pick-up code."""
    page.goto(f"/cases/{number}")
    page.click("a[href^='/notices/']:not([href*='.']) >> nth=-1")
    page.wait_for_selector(".paper-number")
    look_around(page)
    with page.expect_download() as download:
        page.click("a[download]")
    file = folder / "notice.pdf"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF")
    with pdfplumber.open(file) as pdf:
        words = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in pdf.pages))
    assert re.sub(r"\s", "", page.inner_text(".paper-number")) in words
    assert number in words
    picked = re.search(r"取件码\D{0,3}(\d{6})", words)
    assert picked is not None
    return page.inner_text(".paper-code strong"), picked[1]


def verified(open_page: OpenPage, code: str) -> "Page":
    """Anyone at all, with the paper in hand."""
    page = open_page().page
    page.goto("/verify")
    page.fill("#code", code)
    page.click("main form button")
    page.wait_for_selector(".verdict-valid")
    assert "真实，有效" in page.inner_text(".verdict h2")
    return page


def go_round(hall: Hall, hand: ModuleType, open_page: OpenPage, folder: Path) -> Case:
    """Consult, receive, correct, supplement, accept, hand over, sign, take, opine, grant, make, hand out."""
    front = hall.front
    hand.consult(front, ITEM)
    hand.receive_and_tell(front, ITEM)
    case = Case.objects.get(item__key="SPJY01")
    assert case.state == State.CORRECTING
    hand.find(front, case.number)
    front.check("form[action$='/supplement'] [name^=give_] >> nth=1")
    front.click("form[action$='/supplement'] button")
    front.wait_for_selector("form[action$='/accept']")
    front.click("form[action$='/accept'] button")
    front.wait_for_selector("form[action$='/accept']", state="detached")
    code, pick_up = notice_as_file(front, case.number, folder)

    hand.hand_over(hall.middle, case.number)
    look_around(hall.middle)
    sheet = HandoverSheet.objects.get()
    hall.middle.click(f".done a:has-text('{sheet.number}')")
    assert case.number in hall.middle.inner_text("main table")
    hand.sign_and_take(hall.back, case.number)
    hand.opine_and_grant(hall.back, "材料齐全，符合条件")
    look_around(hall.back)
    hand.make(hall.back)
    hand.hand_out(hall.counter, case.number, pick_up)
    look_around(hall.counter)
    assert "D01" in verified(open_page, code).inner_text(".verdict")
    case.refresh_from_db()
    return case


@pytest.mark.parametrize(
    ("hand", "screen", "is_announced"),
    [(by_keyboard, (WIDE, "zh-hans"), True), (by_mouse, (NARROW, "en"), False)],
    ids=["keyboard-wide-zh", "mouse-narrow-en-year_not_announced"],
)
def test_the_round(
    open_page: OpenPage, tmp_path: Path, hand: ModuleType, screen: tuple[tuple[int, int], str], is_announced: bool
) -> None:
    """Whether or not the year's holidays are known: what counts does not wait for them."""
    if is_announced:
        fill_from_library(ADMIN, timezone.now())
    hall = open_hall(open_page, *screen)
    before, entries = printed(hall), listed(hall)
    case = go_round(hall, hand, open_page, tmp_path)

    assert printed(hall) == [figure + 1 for figure in before]
    look_around(hall.editor)
    for figure, rows in listed(hall).items():
        new = list(rows)
        for row in entries[figure]:
            new.remove(row)
        assert len(new) == 1, figure
        assert new[0] == case.number if figure != "consulted" else new[0].split()[-1].isdecimal()
    assert case.state == State.ISSUED
    assert case.result_number
    delivery = Delivery.objects.get(case=case)
    signature = Attachment.objects.get(pk=delivery.signature_id)
    assert (signature.media_type, signature.size > 500) == ("image/png", True)
    assert verify() == []

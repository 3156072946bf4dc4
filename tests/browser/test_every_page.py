"""Every page's health, in both languages, wide and narrow: what one person with every post can open."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.fixtures.browser import NARROW, WIDE, OpenPage, Watched
from yichuang.accounts.models import Assignment
from yichuang.accounts.tests.factories import LONG_AGO, actor_for, make_person, make_position
from yichuang.bulletins.actions import draft
from yichuang.calendars.actions import fill_from_library
from yichuang.cases.actions import consult, hand_over_batch
from yichuang.cases.models import Notice
from yichuang.cases.queries import sealed_search
from yichuang.cases.tests.factories import (
    ADMIN,
    CLERK,
    DISPATCHER,
    EDITOR,
    accepted_case,
    concluded_case,
    issued_case,
    make_item,
    received_case,
    signed_case,
)
from yichuang.cases.types import NoticeKind
from yichuang.kernel.actor import Role
from yichuang.ledger.models import Entry
from yichuang.ledger.types import Channel, Period

from .people import log_in

MORNING = datetime(2024, 9, 18, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PAGES = (
    "/",
    "/desk",
    "/desk?item=K0001",
    "/desk?done={accepted}",
    "/dispatch",
    "/dispatch?tab=sheets",
    "/dispatch/sheets/{sheet}",
    "/inbox",
    "/inbox?tab=untaken",
    "/inbox/{signed}",
    "/issue",
    "/issue/{concluded}",
    "/my-day",
    "/statistics",
    "/statistics?metric=accepted&from=2024-09-16&to=2024-09-22",
    "/bulletins",
    "/bulletins/{serial}",
    "/bulletins/preview?from=2024-09-18&to=2024-09-19",
    "/ledger",
    "/ledger/{entry}",
    "/cases",
    "/cases?found={found}",
    "/cases/{received}",
    "/cases/{issued}",
    "/notices/{notice}",
    "/verify",
    "/verify/{code}",
    "/items",
    "/items/K0001",
    "/calendar",
    "/people",
    "/people/admin",
    "/departments",
    "/me",
)


@pytest.fixture
def places(shared_database: object) -> dict[str, Any]:
    """Something on every page, and somebody who may open each."""
    fill_from_library(ADMIN, MORNING)
    item = make_item(name="食品经营许可（首次申请）", materials=("食品经营许可申请书", "营业执照"))
    item.materials.update(is_required=False)
    consult(department="D01", item=item.key, channel=Channel.PHONE, actor=CLERK, at=MORNING)
    issued = issued_case(item, MORNING)
    sent = accepted_case(item, MORNING)
    sheets = hand_over_batch([(sent.number, "D01")], actor=DISPATCHER, at=MORNING + timedelta(days=1))
    notice = Notice.objects.get(case=issued, kind=NoticeKind.ACCEPTANCE)
    person = make_person("admin", Role, name="方正", is_staff=True, is_superuser=True)
    for role in (Role.BACK, Role.CHIEF):
        Assignment.objects.create(person=person, position=make_position(role, "D01"), starts_on=LONG_AGO)
    return {
        "received": received_case(item, MORNING).number,
        "accepted": accepted_case(item, MORNING).number,
        "signed": signed_case(item, MORNING).number,
        "concluded": concluded_case(item, MORNING).number,
        "issued": issued.number,
        "sheet": sheets[0].number,
        "notice": notice.pk,
        "code": notice.code,
        "entry": Entry.objects.earliest("pk").pk,
        "found": sealed_search(actor_for(person), "食品"),
        "serial": draft(
            Period(MORNING.date(), MORNING.date() + timedelta(days=2)), actor=EDITOR, at=MORNING + timedelta(days=5)
        ).serial,
    }


def serious(watched: Watched) -> list[str]:
    """What axe finds that is serious or critical."""
    found = Axe().run(watched.page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


def is_too_wide(watched: Watched) -> bool:
    return bool(watched.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.mark.parametrize(
    ("language", "size", "other"), [("zh-hans", WIDE, NARROW), ("en", NARROW, WIDE)], ids=["zh-wide", "en-narrow"]
)
def test_every_page_is_accessible_clean_and_fits(
    open_page: OpenPage, places: dict[str, Any], language: str, size: tuple[int, int], other: tuple[int, int]
) -> None:
    """No CSP error, no foreign request, nothing serious for axe, no sideways scrolling in either width."""
    watched = open_page(size=size)
    page = watched.page
    log_in(watched, "admin", language)
    findings: dict[str, Any] = {}
    for address in PAGES:
        path = address.format(**places)
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, path
        if found := serious(watched):
            findings[path] = found
        for width, height in (size, other):
            page.set_viewport_size({"width": width, "height": height})
            if is_too_wide(watched):
                findings[f"{path} scrolls sideways at {width}"] = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size({"width": size[0], "height": size[1]})
    assert findings == {}
    watched.assert_clean()

"""What a notice says of a real case, to whom, and that a reprint says the same whatever changed since."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from yichuang.accounts.models import AccessLog
from yichuang.accounts.tests.factories import make_department
from yichuang.calendars.actions import fill_from_library
from yichuang.catalogue.types import ItemType, LimitUnit
from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.ledger.types import Channel

from ..actions import (
    accept,
    decide,
    decline,
    delivery_receipt,
    issue_result,
    receive,
    redirect,
    request_correction,
    take_in,
)
from ..documents import NoticeContent, ReceiptContent, notice_paper, render_pdf
from ..models import Applicant, Case, Notice
from ..queries.notices import notice_for
from ..sealing import pickup_code
from ..types import (
    CASE,
    AgentAuthority,
    ApplicantData,
    ApplicantKind,
    CorrectionPoint,
    DeliveryWay,
    MaterialGiven,
    MaterialState,
    NoticeKind,
)
from .factories import (
    ADMIN,
    AT_COUNTER,
    CLERK,
    DISPATCHER,
    EDITOR,
    HOUR,
    PERSON,
    REVIEWER,
    SECOND_REVIEWER,
    START,
    actor_with,
    concluded_case,
    make_item,
    received_case,
    signed_case,
)

pytestmark = pytest.mark.django_db
AGENT = ApplicantData(ApplicantKind.PERSON, "李四", "111", "110101199003071903", "13900001234")


def content_of(notice: Notice, actor: Actor = CLERK) -> NoticeContent:
    content = notice_for(actor, notice.pk)
    assert isinstance(content, NoticeContent)
    return content


def taken_in(**fields: Any) -> Notice:
    item = make_item(materials=("申请书", "营业执照"), promised_unit=LimitUnit.CALENDAR_DAY)
    first, second = item.materials.order_by("position")
    given: dict[str, Any] = {
        "item": item.key,
        "applicant": PERSON,
        "materials": (MaterialGiven(first.pk), MaterialGiven(second.pk, copies=2, is_original=False)),
        "channel": Channel.WINDOW,
        "actor": CLERK,
        "at": START,
    }
    return take_in(**(given | fields))


def test_an_acceptance_says_what_was_promised_and_how_to_fetch() -> None:
    fill_from_library(actor=ADMIN, at=START)
    notice = taken_in(
        agent=AGENT,
        authority=AgentAuthority.POWER_OF_ATTORNEY,
        delivery_way=DeliveryWay.POST,
        address="示范市一号路1号",
    )
    content = content_of(notice)
    assert (content.kind, content.number) == (NoticeKind.ACCEPTANCE, "D01厅〔2024〕1号")
    assert content.issuer == "示范省D01厅"
    assert content.applied.name == PERSON.name
    assert content.applied.id_number == "110***********002X"
    assert content.applied.agent == "代理人李四（授权委托书）"
    assert (content.limit, content.due_on) == ("10个自然日", date(2024, 9, 29))  # a Sunday worked
    assert (content.accepted_on, content.issued_on) == (date(2024, 9, 18), date(2024, 9, 18))
    assert (content.delivery_way, content.pickup_code) == (DeliveryWay.POST, pickup_code(notice.case.number))
    assert content.address.endswith("/verify")
    assert not content.is_voided


@pytest.mark.parametrize(
    ("authority", "words"),
    [
        (AgentAuthority.POWER_OF_ATTORNEY, "由代理人李四（授权委托书）提出的"),
        (AgentAuthority.LEGAL, "由法定代理人李四提出的"),
        (AgentAuthority.STAFF, "由经办人李四（介绍信）提出的"),
    ],
)
def test_who_acts_is_named_without_brackets_in_brackets(authority: AgentAuthority, words: str) -> None:
    first = notice_paper(content_of(taken_in(agent=AGENT, authority=authority))).blocks[0]
    assert words in str(first)


def test_a_receipt_lists_what_was_given_and_what_is_to_follow() -> None:
    item = make_item(materials=("申请书", "营业执照"))
    first, second = item.materials.order_by("position")
    materials = (
        MaterialGiven(second.pk, copies=2, is_original=False, state=MaterialState.TO_FOLLOW),
        MaterialGiven(first.pk),
    )
    case = receive(
        item=item.key,
        applicant=PERSON,
        materials=materials,
        with_receipt=True,
        channel=Channel.WINDOW,
        actor=CLERK,
        at=START,
    )
    content = content_of(case.notices.get())
    assert [(line.name, line.copies, line.is_original, line.state) for line in content.materials] == [
        ("申请书", 1, True, MaterialState.GIVEN),
        ("营业执照", 2, False, MaterialState.TO_FOLLOW),
    ]
    assert content.pickup_code == ""


def test_corrections_are_listed_with_their_materials() -> None:
    item = make_item(materials=("申请书",))
    case = received_case(item)
    points = [CorrectionPoint(item.materials.get().pk, "未签字"), CorrectionPoint(None, "电话停机")]
    notice = request_correction(case.number, points=points, note="可以手绘", actor=CLERK, at=START + HOUR)
    content = content_of(notice)
    assert [(point.name, point.text) for point in content.points] == [("申请书", "未签字"), ("", "电话停机")]
    assert content.note == "可以手绘"


def test_turning_away_says_why_and_whose_it_is() -> None:
    item = make_item()
    declined = decline(received_case(item).number, owner="某市局", reason="属市级", actor=CLERK, at=START + HOUR)
    redirected = redirect(received_case(item).number, reason="已改备案", actor=CLERK, at=START + HOUR)
    assert (content_of(declined).owner, content_of(declined).reason) == ("某市局", "属市级")
    assert content_of(redirected).reason == "已改备案"


@pytest.mark.parametrize(
    ("item_type", "title"), [(ItemType.LICENCE, "不予许可决定书"), (ItemType.CONFIRMATION, "不予办理决定书")]
)
def test_a_refusal_names_reasons_and_where_to_turn(item_type: ItemType, title: str) -> None:
    case = signed_case(make_item(type=item_type))
    decide(case.number, grant=False, reason="距离不符", court="某区人民法院", actor=REVIEWER, at=START + 3 * HOUR)
    content = content_of(case.notices.get(kind=NoticeKind.REFUSAL))
    assert (content.reason, content.review_body, content.court) == ("距离不符", "示范省人民政府", "某区人民法院")
    assert content.accepted_on == date(2024, 9, 18)
    assert notice_paper(content).title == title


@pytest.mark.parametrize(
    ("grant", "paper"), [(True, "食品经营许可证（编号JY1）"), (False, "不予许可决定书（D01厅〔2024〕2号）")]
)
def test_a_receipt_of_delivery_says_what_was_delivered_to_whom(grant: bool, paper: str) -> None:
    case = concluded_case(make_item(), grant=grant)
    issue_result(case.number, delivery=AT_COUNTER, actor=CLERK, at=START + 5 * HOUR)
    content = notice_for(CLERK, delivery_receipt(case.number, actor=CLERK, at=START + 6 * HOUR).pk)
    assert isinstance(content, ReceiptContent)
    assert (content.paper, content.receiver, content.way) == (paper, PERSON.name, DeliveryWay.COUNTER)


def rename_applicant() -> None:
    Applicant.objects.update(name="王大明")


def rename_department() -> None:
    department = make_department("D01")
    department.name = department.short_name = "新名称厅"
    department.save()


def rename_item() -> None:
    item = Case.objects.get().item
    item.name, item.promised_limit = "新名称", 5
    item.save()


def change_case() -> None:
    Case.objects.update(due_on=date(2025, 1, 1), accepted_at=None, delivery_way=DeliveryWay.ELECTRONIC)


@pytest.mark.parametrize("change", [rename_applicant, rename_department, rename_item, change_case])
def test_a_reprint_is_the_same_to_the_byte_whatever_changed(change: Callable[[], None]) -> None:
    notice = taken_in()
    first = render_pdf(notice_paper(content_of(notice)))
    change()
    assert render_pdf(notice_paper(content_of(notice))) == first


def test_a_notice_that_keeps_nothing_speaks_of_the_case_as_it_is() -> None:
    notice = taken_in()
    Notice.objects.update(detail={})
    content = content_of(notice)
    assert (content.issuer, content.applied.name, content.applied.item) == ("示范省D01厅", PERSON.name, "办理项K0001")
    make_department("D02")
    Notice.objects.update(department="D02")
    assert content_of(notice).issuer == "D02厅"


def test_who_may_not_see_identities_gets_them_masked() -> None:
    notice = taken_in(agent=AGENT, authority=AgentAuthority.POWER_OF_ATTORNEY)
    for actor in (EDITOR, ADMIN, actor_with((Role.HALL, ""))):
        content = content_of(notice, actor)
        assert content.applied.name == "王**"
        assert content.applied.agent == "代理人李*（授权委托书）"
        assert content.pickup_code == ""
    for actor in (CLERK, DISPATCHER, REVIEWER):
        assert content_of(notice, actor).applied.name == PERSON.name


def test_only_those_whom_the_case_concerns_see_it_and_every_look_is_kept() -> None:
    notice = taken_in()
    with pytest.raises(NotPermitted):
        notice_for(SECOND_REVIEWER, notice.pk)
    with pytest.raises(Refusal, match="没有这份文书"):
        notice_for(CLERK, 999)
    assert AccessLog.objects.count() == 0
    notice_for(CLERK, notice.pk)
    log = AccessLog.objects.get()
    assert (log.person, log.subject_type, log.subject_id, log.purpose) == (
        CLERK.id,
        CASE.code,
        notice.case_id,
        "打印文书",
    )


def test_an_accepted_case_keeps_the_words_of_its_notice() -> None:
    notice = accept(received_case(make_item()).number, actor=CLERK, at=START + HOUR)
    kept = {"applicant": PERSON.name, "item": "办理项K0001", "issuer": "示范省D01厅", "short_name": "D01厅"}
    assert kept.items() <= notice.detail.items()

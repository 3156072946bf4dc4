"""The result reaches the applicant: what each way needs, mail that comes back, reminders, the receipt."""

from dataclasses import replace
from datetime import timedelta

import pytest

from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.kernel.identity import IdType
from yichuang.ledger.models import Entry
from yichuang.ledger.queries import flow, verify
from yichuang.ledger.types import Channel, Period

from ..actions import (
    accept,
    conclude,
    confirm_delivery,
    decide,
    delivery_receipt,
    hand_over,
    issue_result,
    receive,
    redeliver,
    remind,
    return_mail,
    reverse,
    sign_for,
)
from ..models import Attachment, Case, Delivery, Notice, Reminder
from ..queries import case_for
from ..rules.delivery import DeliveryFacts, check_delivery
from ..sealing import pickup_code, sealer
from ..types import (
    ISSUED,
    ISSUED_FLOW,
    REDELIVERED,
    SERVED,
    AgentAuthority,
    ApplicantData,
    ApplicantKind,
    DeliveryData,
    DeliveryWay,
    IllegalMove,
    NoticeKind,
    ReceiverCheck,
    ReminderMeans,
    State,
)
from .factories import (
    AT_COUNTER,
    BY_POST,
    CLERK,
    COMPANY,
    DISPATCHER,
    EDITOR,
    HOUR,
    PERSON,
    REVIEWER,
    SECOND_REVIEWER,
    START,
    concluded_case,
    issued_case,
    make_item,
)

pytestmark = pytest.mark.django_db

LATER = START + 5 * HOUR
DAY = Period(START.date(), START.date())
OTHER_ID = "110101199003074477"
FACTS = DeliveryFacts("K1", is_organisation=False, is_applicant=False, is_agent=False, is_code=False)
AGENT = DeliveryData(DeliveryWay.AGENT, ReceiverCheck.ID, "李四", IdType.ID_CARD, OTHER_ID, note="授权委托书")


@pytest.mark.parametrize(
    ("facts", "delivery", "code"),
    [
        (replace(FACTS, is_applicant=True), AT_COUNTER, None),
        (FACTS, AT_COUNTER, "wrong_id"),
        (FACTS, replace(AT_COUNTER, check=ReceiverCheck.NONE), "not_checked"),
        (replace(FACTS, is_code=True), replace(AT_COUNTER, check=ReceiverCheck.CODE), None),
        (replace(FACTS, is_applicant=True), replace(AT_COUNTER, check=ReceiverCheck.CODE), "wrong_code"),
        (replace(FACTS, is_applicant=True, is_organisation=True), replace(AT_COUNTER, receiver=""), "no_receiver"),
        (FACTS, AGENT, None),
        (FACTS, replace(AGENT, note=""), "no_authority"),
        (replace(FACTS, is_agent=True), replace(AGENT, note=""), None),
        (FACTS, replace(AGENT, receiver=""), "no_receiver"),
        (FACTS, replace(AGENT, check=ReceiverCheck.CODE), "not_checked"),
        (FACTS, BY_POST, None),
        (FACTS, replace(BY_POST, carrier=""), "no_carrier"),
        (FACTS, replace(BY_POST, tracking_number="1234567"), "bad_tracking_number"),
        (FACTS, replace(BY_POST, tracking_number="12345678-9"), "bad_tracking_number"),
        (FACTS, replace(BY_POST, address=""), "no_address"),
        (FACTS, replace(BY_POST, address="长" * 201), "too_long"),
        (FACTS, DeliveryData(DeliveryWay.ELECTRONIC, note="平台账户"), None),
        (FACTS, DeliveryData(DeliveryWay.ELECTRONIC), "no_place"),
        (FACTS, DeliveryData(DeliveryWay.ELECTRONIC, note="长" * 201), "too_long"),
    ],
)
def test_what_each_way_needs(facts: DeliveryFacts, delivery: DeliveryData, code: str | None) -> None:
    if code is None:
        check_delivery(facts, delivery)
        return
    with pytest.raises(Refusal) as refused:
        check_delivery(facts, delivery)
    assert refused.value.code == code


def test_a_wrong_code_hands_nothing_out_and_the_right_one_does() -> None:
    case = concluded_case(make_item())
    right = pickup_code(case.number)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    delivery = DeliveryData(DeliveryWay.COUNTER, ReceiverCheck.CODE, code=wrong)
    with pytest.raises(Refusal, match="取件码不对，请核对受理通知书"):
        issue_result(case.number, delivery=delivery, actor=CLERK, at=LATER)
    case.refresh_from_db()
    assert case.state == State.CONCLUDED
    assert not Delivery.objects.exists()
    full_width = right.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    issue_result(case.number, delivery=replace(delivery, code=f" {full_width} "), actor=CLERK, at=LATER)
    row = Delivery.objects.get()
    assert (row.check_by, row.receiver) == (ReceiverCheck.CODE, PERSON.name)
    assert flow(ISSUED_FLOW, DAY) == 1


@pytest.mark.parametrize(("number", "code"), [(OTHER_ID, "wrong_id"), ("110105194912310021", "id_checksum")])
def test_another_persons_paper_hands_nothing_out(number: str, code: str) -> None:
    case = concluded_case(make_item())
    with pytest.raises(Refusal) as refused:
        issue_result(case.number, delivery=replace(AT_COUNTER, id_number=number), actor=CLERK, at=LATER)
    assert (refused.value.code, refused.value.field) == (code, "id_number")
    assert not Delivery.objects.exists()


def agents_case() -> Case:
    """A company's case with an agent, ready to be handed out."""
    case = receive(
        item=make_item().key,
        applicant=COMPANY,
        agent=ApplicantData(ApplicantKind.PERSON, "王小明", PERSON.id_type, PERSON.id_number),
        authority=AgentAuthority.STAFF,
        channel=Channel.WINDOW,
        actor=CLERK,
        at=START,
    )
    accept(case.number, actor=CLERK, at=START)
    hand_over(case.number, to="D01", actor=DISPATCHER, at=START)
    sign_for([case.number], actor=REVIEWER, at=START)
    decide(case.number, grant=True, actor=REVIEWER, at=START)
    conclude(case.number, actor=REVIEWER, at=START)
    return case


def test_the_cases_agent_needs_no_further_authority_another_one_does() -> None:
    case = agents_case()
    other = replace(AGENT, note="")
    with pytest.raises(Refusal, match="委托依据"):
        issue_result(case.number, delivery=other, actor=CLERK, at=LATER)
    known = replace(other, receiver=PERSON.name, id_number=PERSON.id_number)
    issue_result(case.number, delivery=known, actor=CLERK, at=LATER)
    assert Delivery.objects.get().way == DeliveryWay.AGENT


def test_an_organisation_is_recognised_by_its_licence() -> None:
    case = agents_case()
    shown = DeliveryData(DeliveryWay.COUNTER, ReceiverCheck.ID, "法人代表", IdType.CREDIT_CODE, COMPANY.id_number)
    with pytest.raises(Refusal, match="领取人姓名"):
        issue_result(case.number, delivery=replace(shown, receiver=" "), actor=CLERK, at=LATER)
    issue_result(case.number, delivery=shown, actor=CLERK, at=LATER)


def test_a_signature_is_ones_own_upload_and_then_the_cases() -> None:
    case = concluded_case(make_item())
    file = {"name": "签名.png", "media_type": "image/png", "size": 1, "digest": b"", "uploaded_at": START}
    own = Attachment.objects.create(path="a", uploaded_by=CLERK.id, **file)
    strange = Attachment.objects.create(path="b", uploaded_by=99, **file)
    with pytest.raises(Refusal, match="签名图片"):
        issue_result(case.number, delivery=replace(AT_COUNTER, signature=strange.pk), actor=CLERK, at=LATER)
    issue_result(case.number, delivery=replace(AT_COUNTER, signature=own.pk), actor=CLERK, at=LATER)
    own.refresh_from_db()
    assert own.case_id == case.pk
    assert Delivery.objects.get().signature_id == own.pk


def test_a_refusal_is_served_and_not_counted_as_a_result() -> None:
    case = concluded_case(make_item(), grant=False)
    issue_result(case.number, delivery=AT_COUNTER, actor=CLERK, at=LATER)
    case.refresh_from_db()
    assert case.state == State.SERVED
    assert Entry.objects.filter(kind=SERVED.code).count() == 1
    assert not Entry.objects.filter(kind=ISSUED.code).exists()


def test_what_was_posted_lies_encrypted_and_out_of_the_ledger() -> None:
    case = issued_case(make_item(), delivery=BY_POST)
    row = Delivery.objects.get()
    assert BY_POST.address.encode() not in bytes(row.address_sealed)
    assert sealer.open(bytes(row.address_sealed), associated=case.number.encode()) == BY_POST.address
    assert not any(word in entry.payload for entry in Entry.objects.all() for word in (BY_POST.address, PERSON.name))


def test_mail_that_came_back_is_sent_again_and_counts_once() -> None:
    case = issued_case(make_item(), delivery=BY_POST)
    with pytest.raises(Refusal, match="没有退信"):
        redeliver(case.number, delivery=BY_POST, actor=CLERK, at=LATER)
    return_mail(case.number, reason="查无此人", actor=CLERK, at=LATER)
    with pytest.raises(Refusal, match="已于9月18日 14:00 登记退信"):
        return_mail(case.number, reason="查无此人", actor=CLERK, at=LATER)
    with pytest.raises(Refusal, match="登记退信"):
        confirm_delivery(case.number, actor=CLERK, at=LATER)
    redeliver(case.number, delivery=replace(BY_POST, tracking_number="EA123456789CN"), actor=CLERK, at=LATER)
    confirm_delivery(case.number, actor=CLERK, at=LATER + HOUR)
    with pytest.raises(Refusal, match="确认妥投"):
        return_mail(case.number, reason="晚了", actor=CLERK, at=LATER + HOUR)
    first, second = Delivery.objects.order_by("pk")
    assert (first.returned_reason, first.confirmed_at) == ("查无此人", None)
    assert second.confirmed_at == LATER + HOUR
    assert flow(ISSUED_FLOW, DAY) == 1
    assert Entry.objects.filter(kind=REDELIVERED.code).count() == 1
    assert verify() == []


def test_only_the_delivery_that_stands_is_told_of() -> None:
    case = issued_case(make_item(), delivery=BY_POST)
    assert "寄出" in case_for(CLERK, case.number).to_tell
    return_mail(case.number, reason="查无此人", actor=CLERK, at=LATER)
    assert "邮件已退回" in case_for(CLERK, case.number).to_tell
    redeliver(case.number, delivery=AT_COUNTER, actor=CLERK, at=LATER)
    assert "邮件" not in case_for(CLERK, case.number).to_tell
    issued = Entry.objects.get(kind=ISSUED.code)
    reverse(case.pk, issued.pk, actor=EDITOR, at=LATER + HOUR, reason="发错人")
    shown = case_for(CLERK, case.number)
    assert (shown.state, shown.deliveries) == (State.CONCLUDED, [])
    issue_result(case.number, delivery=AT_COUNTER, actor=CLERK, at=LATER + HOUR)
    assert [one.way for one in case_for(CLERK, case.number).deliveries] == [DeliveryWay.COUNTER]
    assert Delivery.objects.filter(is_reversed=True).count() == 2
    assert flow(ISSUED_FLOW, DAY) == 1


def test_what_was_handed_over_the_counter_cannot_come_back_by_mail() -> None:
    case = issued_case(make_item())
    for attempt in (
        lambda: return_mail(case.number, reason="查无此人", actor=CLERK, at=LATER),
        lambda: confirm_delivery(case.number, actor=CLERK, at=LATER),
    ):
        with pytest.raises(Refusal, match="不是邮寄送达"):
            attempt()


def test_reminders_are_at_most_one_a_day_by_each_means() -> None:
    case = concluded_case(make_item())
    remind(case.number, means=ReminderMeans.PHONE, note="未接", actor=CLERK, at=LATER)
    with pytest.raises(Refusal, match="今天 14:00 已用电话提醒过"):
        remind(case.number, means=ReminderMeans.PHONE, actor=CLERK, at=LATER + HOUR)
    remind(case.number, means=ReminderMeans.SMS, actor=CLERK, at=LATER + HOUR)
    remind(case.number, means=ReminderMeans.PHONE, actor=CLERK, at=LATER + timedelta(hours=10))  # past midnight here
    assert Reminder.objects.count() == 3
    issued = issued_case(case.item)
    with pytest.raises(IllegalMove, match="已颁发"):
        remind(issued.number, means=ReminderMeans.PHONE, actor=CLERK, at=LATER)


def test_the_receipt_is_numbered_once_for_each_delivery() -> None:
    case = concluded_case(make_item())
    with pytest.raises(IllegalMove):
        delivery_receipt(case.number, actor=CLERK, at=LATER)
    issue_result(case.number, delivery=BY_POST, actor=CLERK, at=LATER)
    first = delivery_receipt(case.number, actor=CLERK, at=LATER)
    assert delivery_receipt(case.number, actor=CLERK, at=LATER + HOUR).pk == first.pk
    assert (first.kind, first.detail["delivery"]) == (NoticeKind.DELIVERY, Delivery.objects.get().pk)
    return_mail(case.number, reason="查无此人", actor=CLERK, at=LATER)
    redeliver(case.number, delivery=BY_POST, actor=CLERK, at=LATER)
    assert delivery_receipt(case.number, actor=CLERK, at=LATER).number == first.number + 1
    assert Notice.objects.filter(kind=NoticeKind.DELIVERY).count() == 2


def test_who_may_hand_out() -> None:
    case = concluded_case(make_item())
    for stranger in (DISPATCHER, SECOND_REVIEWER):
        with pytest.raises(NotPermitted):
            issue_result(case.number, delivery=AT_COUNTER, actor=stranger, at=LATER)
        with pytest.raises(NotPermitted):
            remind(case.number, means=ReminderMeans.SMS, actor=stranger, at=LATER)
    issue_result(case.number, delivery=AT_COUNTER, actor=REVIEWER, at=LATER)

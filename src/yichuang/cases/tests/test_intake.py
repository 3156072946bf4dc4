"""收件, 受理, 补正: what is kept, counted, told, and refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from yichuang.kernel.errors import Refusal
from yichuang.ledger.models import Entry
from yichuang.ledger.queries import flow, verify
from yichuang.ledger.types import Channel, Period

from ..actions import (
    accept,
    receive,
    request_correction,
    return_originals,
    supplement,
    take_in,
)
from ..models import Applicant, Case, Notice
from ..queries import applicant_hints, case_for
from ..sealing import open_address, phone_index
from ..types import (
    ACCEPTED_FLOW,
    AgentAuthority,
    ApplicantData,
    ApplicantKind,
    CorrectionPoint,
    DeliveryWay,
    IllegalMove,
    MaterialGiven,
    MaterialState,
    NoticeKind,
    State,
)
from .factories import CLERK, COMPANY, PERSON, START, make_item, received_case

pytestmark = pytest.mark.django_db

DAY = Period(timezone.localdate(START), timezone.localdate(START))
HOUR = timedelta(hours=1)


def test_taking_in_is_receiving_and_accepting() -> None:
    item = make_item(materials=("申请书", "营业执照"))
    specs = [spec.pk for spec in item.materials.all()]
    notice = take_in(
        item=item.key,
        applicant=COMPANY,
        agent=PERSON,
        authority=AgentAuthority.STAFF,
        materials=[MaterialGiven(spec) for spec in specs],
        delivery_way=DeliveryWay.POST,
        address="示范市人民路1号",
        with_receipt=True,
        channel=Channel.WINDOW,
        actor=CLERK,
        at=START,
    )
    case = Case.objects.get()
    assert (notice.kind, notice.number, case.state) == (NoticeKind.ACCEPTANCE, 2, State.ACCEPTED)
    assert notice.detail["limit"] == "10个工作日"
    assert [one.kind for one in case.notices.order_by("number")] == [NoticeKind.RECEIPT, NoticeKind.ACCEPTANCE]
    assert "人民路".encode() not in bytes(case.address_sealed)
    assert open_address(case.number, bytes(case.address_sealed)) == "示范市人民路1号"
    assert flow(ACCEPTED_FLOW, DAY) == 1
    assert verify() == []


@pytest.mark.parametrize("state", [None, MaterialState.TO_FOLLOW])
def test_what_is_not_there_keeps_everything_out(state: MaterialState | None) -> None:
    item = make_item(materials=("申请书",))
    spec = item.materials.get().pk
    with pytest.raises(Refusal, match="缺少必备材料：申请书"):
        take_in(
            item=item.key,
            applicant=PERSON,
            materials=[MaterialGiven(spec, state=state)] if state else [],
            channel=Channel.WINDOW,
            actor=CLERK,
            at=START,
        )
    assert not Case.objects.exists()
    assert not Entry.objects.exists()
    assert not Notice.objects.exists()


def test_posting_needs_an_address_and_copies_are_a_number() -> None:
    item = make_item(materials=("申请书",))
    spec = item.materials.get().pk
    with pytest.raises(Refusal, match="收件地址"):
        receive(
            item=item.key,
            applicant=PERSON,
            delivery_way=DeliveryWay.POST,
            channel=Channel.WINDOW,
            actor=CLERK,
            at=START,
        )
    for wrong in ([MaterialGiven(spec, copies=0)], [MaterialGiven(spec), MaterialGiven(spec)]):
        with pytest.raises(Refusal):
            receive(item=item.key, applicant=PERSON, materials=wrong, channel=Channel.WINDOW, actor=CLERK, at=START)


def test_the_known_phone_stays_and_the_newest_name_counts() -> None:
    item = make_item()
    received_case(item)
    renamed = ApplicantData(ApplicantKind.PERSON, "王大明", PERSON.id_type, PERSON.id_number)
    receive(item=item.key, applicant=renamed, channel=Channel.WINDOW, actor=CLERK, at=START)
    known = Applicant.objects.get()
    assert known.name == "王大明"
    assert bytes(known.phone_index) == phone_index(PERSON.phone)


def test_hints_tell_who_is_known_and_what_is_open() -> None:
    item, other = make_item(), make_item("K2", department="D02")
    today = timezone.localdate(START)
    assert applicant_hints(CLERK, id_type=PERSON.id_type, id_number=PERSON.id_number, today=today) is None
    first = received_case(item)
    second = received_case(other)
    hints = applicant_hints(
        CLERK, id_type=PERSON.id_type, id_number=PERSON.id_number.lower(), item=item.key, today=today
    )
    assert hints is not None
    assert (hints.name, hints.phone) == (PERSON.name, "138****2046")
    assert [line.number for line in hints.same_item] == [first.number]
    assert [line.number for line in hints.others] == [second.number]
    assert PERSON.name not in hints.same_item[0].applicant


def test_corrections_are_told_once_and_completely() -> None:
    item = make_item(materials=("申请书", "营业执照"))
    form, licence = item.materials.all()
    case = received_case(item)
    points = [CorrectionPoint(form.pk, "未签字"), CorrectionPoint(None, "请补充联系电话")]
    notice = request_correction(case.number, points=points, note="可邮寄", actor=CLERK, at=START)
    assert notice.detail["points"] == [
        {"spec": form.pk, "material": "申请书", "text": "未签字"},
        {"spec": None, "material": "", "text": "请补充联系电话"},
    ]
    with pytest.raises(IllegalMove):
        accept(case.number, actor=CLERK, at=START)
    assert "申请书" in case_for(CLERK, case.number).to_tell
    given = [MaterialGiven(form.pk), MaterialGiven(licence.pk, state=MaterialState.TO_FOLLOW)]
    supplement(case.number, materials=given, actor=CLERK, at=START + HOUR)
    with pytest.raises(Refusal) as refused:
        request_correction(case.number, points=points, actor=CLERK, at=START + HOUR)
    assert refused.value.code == "told_already"
    with pytest.raises(Refusal, match="缺少必备材料：营业执照"):
        accept(case.number, actor=CLERK, at=START + HOUR)
    supplement(case.number, materials=[MaterialGiven(licence.pk, copies=2)], actor=CLERK, at=START + HOUR)
    accept(case.number, actor=CLERK, at=START + 2 * HOUR)
    assert case.materials.get(spec=licence.pk).copies == 2
    assert verify() == []


@pytest.mark.parametrize("wrong", ["none", "empty", "foreign"])
def test_a_correction_that_tells_nothing_is_refused(wrong: str) -> None:
    item, other = make_item(materials=("申请书",)), make_item("K2", materials=("别的",))
    spec = item.materials.get().pk
    given = [MaterialGiven(spec)]  # of what is missing no words are needed
    case = receive(item=item.key, applicant=PERSON, materials=given, channel=Channel.WINDOW, actor=CLERK, at=START)
    points = {
        "none": [],
        "empty": [CorrectionPoint(spec, " ")],
        "foreign": [CorrectionPoint(other.materials.get().pk, "缺页")],
    }[wrong]
    with pytest.raises(Refusal):
        request_correction(case.number, points=points, actor=CLERK, at=START)
    case.refresh_from_db()
    assert case.state == State.RECEIVED
    assert not Notice.objects.exists()


def test_originals_go_back_once() -> None:
    item = make_item(materials=("申请书", "营业执照"))
    form, licence = item.materials.all()
    given = [MaterialGiven(form.pk), MaterialGiven(licence.pk, is_original=False)]
    case = receive(item=item.key, applicant=PERSON, materials=given, channel=Channel.WINDOW, actor=CLERK, at=START)
    assert case_for(CLERK, case.number).originals_held == 1
    return_originals(case.number, actor=CLERK, at=START)
    assert case.materials.get(spec=form.pk).original_returned_at == START
    assert case.materials.get(spec=licence.pk).original_returned_at is None
    with pytest.raises(Refusal, match="没有待退还的原件"):
        return_originals(case.number, actor=CLERK, at=START)

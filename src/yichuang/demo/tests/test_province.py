"""A small province in the database: what the other parts of the house find there."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from yichuang.accounts.models import Department, Person
from yichuang.accounts.queries import actor_of
from yichuang.bulletins.models import Bulletin
from yichuang.bulletins.queries import figures_of
from yichuang.bulletins.types import BULLETIN, BULLETIN_DRAFTED, BULLETIN_ISSUED
from yichuang.bulletins.types import State as BulletinState
from yichuang.calendars.queries import calendar
from yichuang.cases import actions, sealing
from yichuang.cases.actions.reversal import standing_steps
from yichuang.cases.models import Applicant, Case, Consultation, Material, Notice, Sequence
from yichuang.cases.rules import due_day, state_after
from yichuang.cases.types import (
    ApplicantData,
    ApplicantKind,
    DeliveryData,
    DeliveryWay,
    MaterialGiven,
    NoticeKind,
    ReceiverCheck,
    State,
)
from yichuang.catalogue.models import HandlingItem, MaterialSpec
from yichuang.demo.applicants import id_card
from yichuang.demo.founding import PASSWORD
from yichuang.demo.models import Edition
from yichuang.demo.people import LOGINS
from yichuang.demo.progress import stages
from yichuang.demo.province import EDITION, fill
from yichuang.kernel.actor import Actor
from yichuang.kernel.identity import check_id, check_phone
from yichuang.ledger.models import Entry
from yichuang.ledger.queries import recount, verify
from yichuang.ledger.types import Channel, Period

from .small import SMALL

CHINA = ZoneInfo("Asia/Shanghai")
TODAY = date(2024, 9, 23)
NOW = datetime(2024, 9, 23, 9, 30, tzinfo=CHINA)


@pytest.fixture(scope="module")
def once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """The province is filled once for all tests of this file, in a transaction around theirs."""
    with django_db_blocker.unblock(), transaction.atomic():
        with stages() as stage:
            done = fill(stage, parts=SMALL, scale=0.02)
        yield done
        transaction.set_rollback(True)


@pytest.fixture
def filled(once: int, db: None) -> int:
    return once


def actor(username: str) -> Actor:
    return actor_of(Person.objects.get(username=username), TODAY)


def test_the_ledger_is_whole(filled: int) -> None:
    assert verify() == []
    assert recount()["ok"]
    edition = Edition.objects.get()
    assert (edition.number, edition.entries) == (EDITION, filled)
    assert Entry.objects.filter(pk__lte=filled).count() == filled
    for segment in SMALL:
        sums = dict.fromkeys(segment.stretches[0].totals, 0)
        for stretch in segment.stretches:
            sums = {name: sums[name] + count for name, count in stretch.totals.items()}
        assert figures_of(Period(segment.first, segment.last)).period == sums


def test_rows_of_cases_agree_with_their_entries(filled: int) -> None:
    for case in Case.objects.select_related("item").order_by("-pk")[:150]:
        assert case.state == state_after(standing_steps(case.pk))
        last = Entry.objects.filter(subject_type=1, subject_id=case.pk).latest("pk")
        assert (case.moved_at, case.moved_by) == (last.occurred_at, last.actor)
        item = case.item
        assert (last.department, last.item) == (case.department, item.key)
        if case.accepted_at:
            on = case.accepted_at.astimezone(CHINA).date()
            limits = (item.promised_limit, item.promised_unit, item.handling_kind)
            assert case.due_on == due_day(on, *limits, calendar())
            required = set(MaterialSpec.objects.filter(item=item, is_required=True).values_list("pk", flat=True))
            assert required <= set(Material.objects.filter(case=case).values_list("spec_id", flat=True))
            notices = Notice.objects.filter(case=case)
            assert notices.count() == (2 if case.state == State.SERVED else 1)
            assert all(
                sealing.verification_code(f"notice:{one.department}:{one.year}:{one.number}") == one.code
                for one in notices
            )


def test_applicants_can_be_found_and_read_by_those_who_may(filled: int) -> None:
    for applicant in Applicant.objects.order_by("?")[:40]:
        number = sealing.sealer.open(bytes(applicant.id_sealed), associated=bytes(applicant.id_index))
        assert check_id(applicant.id_type, number, today=TODAY) == number
        assert sealing.identity_index(applicant.id_type, number) == bytes(applicant.id_index)
    for department in Department.objects.all():
        assert check_id("001", department.credit_code, today=TODAY)


def test_work_goes_on_where_the_demonstration_ends(filled: int) -> None:
    clerk = actor(LOGINS["front"])
    item = HandlingItem.objects.filter(department="SCJ", materials__isnull=False)[0]
    before = Sequence.objects.get(series="notice:SCJ:2024").last
    case = actions.receive(
        item=item.key,
        applicant=ApplicantData(ApplicantKind.PERSON, "林试", "111", id_card(1)),
        materials=[MaterialGiven(spec.pk) for spec in item.materials.all()],
        channel=Channel.WINDOW,
        actor=clerk,
        at=NOW,
    )
    notice = actions.accept(case.number, actor=clerk, at=NOW)
    assert notice.number == before + 1
    actions.hand_over(case.number, to="SCJ", actor=actor(LOGINS["middle"]), at=NOW)
    reviewer = actor(LOGINS["back"])
    actions.sign_for([case.number], actor=reviewer, at=NOW)
    actions.decide(case.number, grant=True, actor=reviewer, at=NOW)
    actions.conclude(case.number, actor=reviewer, at=NOW)
    code = sealing.pickup_code(case.number)
    actions.issue_result(
        case.number, delivery=DeliveryData(DeliveryWay.COUNTER, ReceiverCheck.CODE, code=code), actor=clerk, at=NOW
    )
    consulted = Consultation.objects.count()
    actions.consult(department="SCJ", channel=Channel.PHONE, actor=clerk, at=NOW)
    assert Consultation.objects.count() == consulted + 1
    assert verify() == []


def test_no_case_of_the_archive_stays_open(filled: int) -> None:
    ended = {State.ISSUED, State.SERVED, State.DECLINED, State.REDIRECTED, State.WITHDRAWN}
    assert set(Case.objects.values_list("state", flat=True)) == ended
    assert not Case.objects.filter(is_granted=True, result_code=None).exists()
    declined = Notice.objects.filter(kind=NoticeKind.DECLINE)[0]
    assert {"owner", "reason"} <= declined.detail.keys()
    refused = Notice.objects.filter(kind=NoticeKind.REFUSAL)[0]
    assert {"reason", "review_body", "court"} <= refused.detail.keys()
    with_phone = Applicant.objects.exclude(phone_sealed=b"")
    assert 0.2 < with_phone.count() / Applicant.objects.count() < 0.4
    one = with_phone[0]
    phone = sealing.sealer.open(bytes(one.phone_sealed), associated=bytes(one.id_index))
    assert check_phone(phone) == phone
    assert sealing.phone_index(phone) == bytes(one.phone_index)


def test_one_login_of_each_role(filled: int) -> None:
    for role, username in LOGINS.items():
        person = Person.objects.get(username=username)
        assert person.check_password(PASSWORD)
        assert {post.role for post in actor_of(person, TODAY).posts} == {role}
    others = Person.objects.exclude(username__in=LOGINS.values())
    assert others.count() > 100
    assert not any(person.has_usable_password() for person in others)


def test_bulletins_are_registered(filled: int) -> None:
    states = dict(Bulletin.objects.values_list("serial", "state"))
    assert states[437] == BulletinState.REGISTERED  # not within this small province
    assert (states[472], states[473]) == (BulletinState.ISSUED, BulletinState.ISSUED)
    first = Bulletin.objects.get(serial=472)
    assert first.published_on == date(2024, 1, 10)
    kinds = Entry.objects.filter(subject_type=BULLETIN.code, subject_id=first.pk).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == [BULLETIN_DRAFTED.code, BULLETIN_ISSUED.code]
    assert first.figures is not None
    assert first.figures["period"] == figures_of(Period(first.first, first.last)).period
    assert first.last_entry == Entry.objects.filter(recorded_at__lt=datetime(2024, 1, 10, tzinfo=CHINA)).latest("pk").pk

"""A form is carried out once: sent again, sent at the same moment, refused and sent again; old keys are forgotten."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connections
from django.utils import timezone

from yichuang.cases.actions import consult
from yichuang.cases.models import Consultation
from yichuang.cases.tests.factories import CLERK, DISPATCHER
from yichuang.kernel.errors import Refusal
from yichuang.ledger.types import Channel

from ..actions import once
from ..models import Submission

KEY = "0b54cc3e-0b5c-4d68-a0f3-9e1f7a2b5c11"


def count_one() -> str:
    """One consultation more; its number is the answer."""
    consult(department="", channel=Channel.WINDOW, actor=CLERK, at=timezone.now())
    return str(Consultation.objects.latest("pk").pk)


@pytest.mark.django_db
def test_sent_again_it_is_answered_and_not_repeated() -> None:
    first = once(CLERK, KEY, count_one)
    assert once(CLERK, KEY, count_one) == first
    assert Consultation.objects.count() == 1


@pytest.mark.django_db
def test_another_key_or_another_person_is_another_form() -> None:
    once(CLERK, KEY, count_one)
    once(CLERK, KEY.replace("0b", "1b"), count_one)
    once(DISPATCHER, KEY, count_one)
    assert Consultation.objects.count() == 3


@pytest.mark.django_db
def test_refused_it_may_be_sent_again() -> None:
    def refuse() -> str:
        count_one()
        raise Refusal("请补齐", code="test")

    with pytest.raises(Refusal):
        once(CLERK, KEY, refuse)
    assert Consultation.objects.count() == 0
    once(CLERK, KEY, count_one)
    assert Consultation.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 37])
def test_without_a_key_nothing_is_carried_out(key: str) -> None:
    with pytest.raises(Refusal) as refused:
        once(CLERK, key, count_one)
    assert refused.value.field == "form_key"
    assert Consultation.objects.count() == 0


@pytest.mark.django_db
def test_keys_are_kept_for_a_week() -> None:
    cache.clear()
    old = Submission.objects.create(person=11, key="old", at=timezone.now() - timedelta(days=8))
    new = Submission.objects.create(person=11, key="new", at=timezone.now() - timedelta(days=6))
    once(CLERK, KEY, count_one)
    assert set(Submission.objects.values_list("key", flat=True)) == {new.key, KEY}
    assert old.key == "old"


@pytest.mark.usefixtures("shared_database")
def test_of_ten_at_once_one_is_carried_out_and_all_are_answered() -> None:
    gate = threading.Barrier(10)
    answers: list[str] = []

    def send() -> None:
        try:
            gate.wait(10)
            answers.append(once(CLERK, KEY, count_one))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Consultation.objects.count() == 1
    assert answers == [str(Consultation.objects.get().pk)] * 10

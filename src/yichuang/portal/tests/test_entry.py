"""An entry's page: words, chain, seal, proof that an outsider can check, and the correction in two steps."""

import json
import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import actor_for, make_department, make_person, make_region
from yichuang.cases.actions import accept, receive
from yichuang.cases.models import Case
from yichuang.cases.types import ACCEPTED, CONSULTATION, CONSULTED, ApplicantData, ApplicantKind, State
from yichuang.catalogue.models import HandlingItem
from yichuang.kernel.actor import Role
from yichuang.kernel.canonical import canonical_record
from yichuang.kernel.merkle import is_included, leaf_hash
from yichuang.kernel.sm3 import sm3
from yichuang.ledger.actions import record, seal
from yichuang.ledger.models import Entry
from yichuang.ledger.types import Channel, Fact, Subject

from .conftest import FRIDAY, Write, logged_in, text_of


@pytest.fixture
def case(item: HandlingItem) -> Case:
    """A case received at the window."""
    clerk = actor_for(make_person("qiantai", [Role.FRONT], "D01", name="赵前台"))
    applicant = ApplicantData(ApplicantKind.ORGANISATION, "示范餐饮有限公司", "001", "91350100M000100Y43")
    return receive(item=item.key, applicant=applicant, channel=Channel.WINDOW, actor=clerk, at=FRIDAY)


@pytest.fixture
def consulted(editor: Person, transactional: None) -> int:
    """An entry about something that is no case."""
    fact = Fact(kind=CONSULTED, subject=Subject(CONSULTATION, 5), department="D01", channel=Channel.PHONE)
    return record(fact, actor=actor_for(editor), at=FRIDAY).id


@pytest.fixture
def transactional(db: None) -> None:
    """The test's own transaction serves as the action's."""


def test_all_fields_in_words(client: Client, write: Write, item: HandlingItem) -> None:
    first, second = write(1), write(1, payload={"reason": "材料齐全"})
    page = text_of(client.get(f"/ledger/{second.id}"))
    assert f"第 {second.id} 号条目" in page
    for word in ("受理", "综合窗口", "食品经营许可（首次申请）", "D01厅", "示范省", "王编辑", "材料齐全"):
        assert word in page
    assert second.hash.hex() in page
    assert first.hash.hex() in page  # as the hash before
    assert "尚未封印" in page
    assert f'href="/ledger/{first.id}"' in page


def test_the_chain_is_listed_in_order(client: Client, write: Write) -> None:
    ids = [write(1).id for _step in range(4)]
    write(2)
    chain = text_of(client.get(f"/ledger/{ids[2]}")).split('id="chain-title"')[1]
    listed = re.findall(r'<td class="num">(?:<a href="/ledger/\d+">)?(\d+)', chain)[::2]
    assert listed == [str(number) for number in ids]


def test_a_case_is_one_click_away(client: Client, case: Case) -> None:
    entry = Entry.objects.get(subject_id=case.pk)
    assert f'<a href="/cases/{case.number}">{case.number}</a>' in text_of(client.get(f"/ledger/{entry.pk}"))
    assert f'<a href="/cases/{case.number}">{case.number}</a>' in text_of(client.get("/ledger"))


@pytest.mark.parametrize("sealed", [1, 2, 5, 8])
def test_the_proof_convinces_an_outsider(client: Client, write: Write, sealed: int) -> None:
    written = [write(number % 3) for number in range(sealed)]
    (made,) = seal(at=timezone.now())
    page = text_of(client.get(f"/ledger/{written[0].id}"))
    assert bytes(made.root).hex() in page
    assert f"第 {made.pk} 号（{made.day} 第 1 次）" in page
    for entry in written:
        response = client.get(f"/ledger/{entry.id}/proof.json")
        assert response.headers["Content-Type"] == "application/json"
        assert f'filename="proof-{entry.id}.json"' in response.headers["Content-Disposition"]
        proof = json.loads(response.content)
        digest = sm3(canonical_record(1, proof["fields"]) + bytes.fromhex(proof["previous_hash"]))
        assert digest.hex() == proof["hash"] == entry.hash.hex()
        leaf = leaf_hash(proof["entry"].to_bytes(8, "big") + digest)
        path = [bytes.fromhex(node) for node in proof["path"]]
        assert is_included(leaf, proof["index"], proof["size"], path, bytes(made.root))


def test_no_proof_before_the_seal(client: Client, write: Write) -> None:
    response = client.get(f"/ledger/{write(1).id}/proof.json")
    assert response.status_code == 422
    assert "尚未封印" in response.content.decode()


def test_an_unknown_entry_is_not_found(client: Client) -> None:
    for path in ("/ledger/999", "/ledger/999/proof.json"):
        response = client.get(path)
        assert response.status_code == 404
        assert "没有第 999 号台账条目" in response.content.decode()


def test_reversing_takes_two_steps_and_says_what_happened(client: Client, consulted: int) -> None:
    asked = text_of(client.post(f"/ledger/{consulted}/reverse", {"reason": "重复登记"}))
    assert "确认冲正" in asked
    assert "重复登记" in asked
    assert Entry.objects.filter(corrects=consulted).count() == 0
    done = client.post(f"/ledger/{consulted}/reverse", {"reason": "重复登记", "confirmed": "1"}, follow=True)
    correction = Entry.objects.get(corrects=consulted)
    assert (correction.quantity, correction.occurred_at) == (-1, FRIDAY)
    assert done.redirect_chain == [(f"/ledger/{correction.pk}", 302)]
    page = text_of(done)
    assert f"第 {consulted} 号条目已由第 {correction.pk} 号条目冲正" in page
    assert "重复登记" in page
    original = text_of(client.get(f"/ledger/{consulted}"))
    assert f'href="/ledger/{correction.pk}">第 {correction.pk} 号条目</a> 冲正' in original
    assert "冲正…" not in original
    assert "数量合计 <strong>0</strong>" in text_of(client.get("/ledger?metric=consulted"))


def test_a_reason_is_needed(client: Client, consulted: int) -> None:
    response = client.post(f"/ledger/{consulted}/reverse", {"reason": " ", "confirmed": "1"})
    assert response.status_code == 422
    assert "请填写冲正原因" in response.content.decode()
    assert not Entry.objects.filter(corrects=consulted).exists()


def test_twice_is_refused(client: Client, consulted: int) -> None:
    for status in (302, 422):
        response = client.post(f"/ledger/{consulted}/reverse", {"reason": "错", "confirmed": "1"})
        assert response.status_code == status
    assert "已由第" in response.content.decode()
    assert Entry.objects.filter(corrects=consulted).count() == 1


def test_an_entry_of_a_case_is_reversed_through_the_case(client: Client, case: Case) -> None:
    clerk = actor_for(Person.objects.get(username="qiantai"))
    accept(case.number, actor=clerk, at=FRIDAY)
    accepted = Entry.objects.get(subject_id=case.pk, kind=ACCEPTED.code)
    response = client.post(f"/ledger/{accepted.pk}/reverse", {"reason": "收错", "confirmed": "1"})
    assert response.status_code == 302
    assert Entry.objects.get(corrects=accepted.pk).quantity == -1
    case.refresh_from_db()
    assert case.state == State.RECEIVED


@pytest.mark.parametrize("role", [Role.MIDDLE, Role.CHIEF, Role.CATALOGUE])
def test_those_who_only_look_are_not_offered_a_correction(consulted: int, role: Role) -> None:
    browser = logged_in(make_person("kankan", [role], "D01"))
    assert "冲正…" not in text_of(browser.get(f"/ledger/{consulted}"))
    refused = browser.post(f"/ledger/{consulted}/reverse", {"reason": "错", "confirmed": "1"})
    assert refused.status_code == 403
    assert not Entry.objects.filter(corrects=consulted).exists()


def test_few_queries_however_long_the_chain(
    client: Client, write: Write, item: HandlingItem, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_region()
    make_department("D01")
    ids = [write(1).id for _step in range(20)]
    seal(at=timezone.now())
    client.get("/ledger")  # prolongs the session and looks up the regions, both once a minute
    with django_assert_max_num_queries(12):
        text_of(client.get(f"/ledger/{ids[3]}"))


def test_english(client: Client, consulted: int) -> None:
    client.cookies["django_language"] = "en"
    response = client.get(f"/ledger/{consulted}")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "en"

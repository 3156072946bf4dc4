"""Tampering behind the ORM's back: each way, at the start, in the middle, at the tail, sealed and unsealed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from yichuang.kernel.canonical import canonical_record
from yichuang.kernel.errors import Refusal
from yichuang.kernel.merkle import is_included
from yichuang.kernel.sm3 import sm3
from yichuang.ledger import triggers
from yichuang.ledger.actions import fold, seal
from yichuang.ledger.models import CoarseCounter, Entry, Head, Seal
from yichuang.ledger.queries import proof_of, recount, verify
from yichuang.ledger.queries.proofs import canonical_fields
from yichuang.ledger.rules import ids_of, ranges_of

from .conftest import Write

pytestmark = pytest.mark.django_db

Chains = dict[int, list[int]]
POSITIONS = pytest.mark.parametrize("position", [0, 1, 2], ids=["start", "middle", "tail"])
SEALED = pytest.mark.parametrize("sealed", [False, True], ids=["unsealed", "sealed"])


def tamper(statement: str, *params: object) -> None:
    """What someone with the database's password could do: triggers down, one statement, triggers up."""
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
    triggers.install(connection)


def rehash(entry_id: int) -> bytes:
    """Give an altered entry the hash that fits its new content."""
    entry = Entry.objects.get(pk=entry_id)
    digest = sm3(canonical_record(1, canonical_fields(entry)) + bytes(entry.previous_hash))
    tamper("UPDATE ledger_entry SET hash = %s WHERE id = %s", digest, entry_id)
    return digest


def maybe_seal(sealed: bool) -> None:
    if sealed:
        assert seal(at=timezone.now())


def found() -> list[tuple[int | None, str]]:
    return [(finding.entry, finding.fault) for finding in verify()]


@SEALED
def test_an_untouched_ledger_has_no_findings(chains: Chains, sealed: bool) -> None:
    maybe_seal(sealed)
    assert found() == []


@SEALED
@POSITIONS
@pytest.mark.parametrize(
    "change",
    [
        "quantity = 5",
        "payload = '{\"step\":99}'",
        "department = 'D2'",
        "actor = 99",
        "kind = 9002",
        "occurred_at = '2024-09-01 01:00:00+00'",
        "corrects = 1",
    ],
)
def test_an_altered_field_names_its_entry(chains: Chains, position: int, sealed: bool, change: str) -> None:
    maybe_seal(sealed)
    victim = chains[2][position]
    zone = "" if connection.vendor == "sqlite" else "+00"
    tamper(f"UPDATE ledger_entry SET {change.replace('+00', zone)} WHERE id = %s", victim)  # noqa: S608
    assert found() == [(victim, "altered")]


@SEALED
@POSITIONS
def test_an_altered_entry_with_a_fitting_hash_is_still_named(chains: Chains, position: int, sealed: bool) -> None:
    maybe_seal(sealed)
    victim = chains[2][position]
    tamper("UPDATE ledger_entry SET quantity = 5 WHERE id = %s", victim)
    rehash(victim)
    assert found() == [(victim, "altered")]


def test_a_chain_forged_to_its_head_is_caught_by_the_seal(chains: Chains) -> None:
    maybe_seal(True)
    tamper("UPDATE ledger_entry SET quantity = 5 WHERE id = %s", chains[2][1])
    digest = rehash(chains[2][1])
    tamper("UPDATE ledger_entry SET previous_hash = %s WHERE id = %s", digest, chains[2][2])
    digest = rehash(chains[2][2])
    Head.objects.filter(subject_id=2).update(hash=digest)
    assert found() == [(chains[2][1], "altered"), (chains[2][2], "altered")]


@SEALED
@POSITIONS
def test_a_removed_entry_is_named(chains: Chains, position: int, sealed: bool) -> None:
    maybe_seal(sealed)
    victim = chains[2][position]
    tamper("DELETE FROM ledger_entry WHERE id = %s", victim)
    assert found() == [(victim, "removed")]


@SEALED
def test_every_entry_of_a_run_that_was_removed_is_named(chains: Chains, sealed: bool) -> None:
    maybe_seal(sealed)
    tamper("DELETE FROM ledger_entry WHERE id IN (%s, %s, %s)", *chains[2])
    assert found() == [(victim, "removed") for victim in chains[2]]


def test_a_whole_sealed_chain_removed_with_its_head_is_named(chains: Chains) -> None:
    maybe_seal(True)
    tamper("DELETE FROM ledger_entry WHERE subject_id = 2")
    Head.objects.filter(subject_id=2).delete()
    assert found() == [(victim, "removed") for victim in chains[2]]


@SEALED
def test_an_inserted_entry_is_named(chains: Chains, sealed: bool) -> None:
    """A copy of the last entry of a chain, with a hash that fits, appended by hand."""
    maybe_seal(sealed)
    model = Entry.objects.get(pk=chains[2][2])
    forged = chains[3][2] + 1
    tamper(
        "INSERT INTO ledger_entry SELECT %s, kind, occurred_at, recorded_at, actor, position, region, department, "
        "item, channel, subject_type, subject_id, quantity, payload, corrects, %s, hash, hash "
        "FROM ledger_entry WHERE id = %s",
        forged,
        model.pk,
        model.pk,
    )
    rehash(forged)
    assert (forged, "inserted") in found()
    assert {entry for entry, _ in found()} == {forged}


def test_an_entry_slipped_into_a_sealed_gap_is_named(write: Write, chains: Chains) -> None:
    triggers.remove(connection)
    with connection.cursor() as cursor:  # a gap, as a rolled-back transaction leaves on PostgreSQL
        cursor.execute("UPDATE ledger_entry SET id = id + 10 WHERE id = %s", [chains[3][2]])
        cursor.execute("UPDATE ledger_head SET entry = entry + 10 WHERE subject_id = 3")
    triggers.install(connection)
    maybe_seal(True)
    forged = chains[3][2]
    tamper(
        "INSERT INTO ledger_entry SELECT %s, kind, occurred_at, recorded_at, actor, position, region, department, "
        "item, channel, subject_type, 77, quantity, payload, corrects, NULL, %s, hash FROM ledger_entry WHERE id = %s",
        forged,
        b"",
        chains[2][2],
    )
    rehash(forged)
    assert found() == [(forged, "inserted")]


@SEALED
def test_entries_that_changed_places_are_named(chains: Chains, sealed: bool) -> None:
    maybe_seal(sealed)
    one, other = chains[1][1], chains[2][1]
    triggers.remove(connection)
    with connection.cursor() as cursor:
        for old, new in ((one, -1), (other, one), (-1, other)):
            cursor.execute("UPDATE ledger_entry SET id = %s WHERE id = %s", [new, old])
    triggers.install(connection)
    named = dict(found())
    assert {one, other} <= named.keys()
    assert set(named.values()) <= {"reordered", "altered"}


def test_an_altered_seal_is_told(chains: Chains) -> None:
    maybe_seal(True)
    tamper("UPDATE ledger_seal SET root = %s", b"\x00" * 32)
    assert found() == [(None, "seal_altered")]


@pytest.mark.parametrize(
    "change", ["sealed_at = '2024-01-01 00:00:00'", "entries = 5", "prefixes = ids", "ids = '1-2'"]
)
def test_any_field_of_a_seal_is_covered(chains: Chains, change: str) -> None:
    maybe_seal(True)
    if connection.vendor == "postgresql":
        change = change.replace("= ids", "= ids::bytea")
    tamper(f"UPDATE ledger_seal SET {change}")  # noqa: S608
    assert "seal_altered" in {fault for _, fault in found()}


def test_a_seal_that_is_gone_is_told_and_blames_no_entry(write: Write, chains: Chains) -> None:
    for _ in range(3):
        seal(at=timezone.now())
        write()
    second = Seal.objects.order_by("pk")[1]
    tamper("DELETE FROM ledger_seal WHERE id = %s", second.pk)
    assert found() == [(None, "seal_chain_broken")]


def test_a_forged_chain_of_seals_is_caught_by_a_printed_one(chains: Chains) -> None:
    maybe_seal(True)
    printed = bytes(Seal.objects.get().hash).hex()
    assert verify(printed=[printed]) == []
    tamper("DELETE FROM ledger_seal")
    tamper("DELETE FROM ledger_entry WHERE subject_id = 2")
    Head.objects.filter(subject_id=2).delete()
    maybe_seal(True)
    assert [finding.fault for finding in verify(printed=[printed])] == ["printed_seal_unknown"]


def test_missing_triggers_are_a_finding(chains: Chains) -> None:
    triggers.remove(connection)
    assert {fault for _, fault in found()} == {"trigger_missing"}


def test_seals_link_by_day_and_take_what_is_new(write: Write, chains: Chains) -> None:
    (first,) = seal(at=timezone.now())
    assert seal(at=timezone.now()) == []
    write()
    (second,) = seal(at=timezone.now() + timedelta(seconds=1))
    assert bytes(second.previous_hash) == bytes(first.hash)
    assert (first.number, second.number, second.entries) == (1, 2, 1)
    assert found() == []


@pytest.mark.parametrize("ids", [[], [1], [1, 2, 3], [1, 3, 4, 9], [5, 6, 8]])
def test_ranges_tell_just_the_ids(ids: list[int]) -> None:
    assert list(ids_of(ranges_of(ids))) == ids


@pytest.mark.parametrize("folded", [False, True])
def test_recount_agrees_before_and_after_folding(chains: Chains, folded: bool) -> None:
    if folded:
        assert fold() == chains[3][2]
    assert recount()["ok"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: CoarseCounter.objects.update(quantity=1),
        lambda: CoarseCounter.objects.all().delete(),
        lambda: tamper("DELETE FROM ledger_entry WHERE subject_id = 2"),
    ],
    ids=["counter changed", "counter gone", "entries gone"],
)
def test_recount_names_a_counter_that_differs(chains: Chains, spoil: Callable[[], object]) -> None:
    fold()
    spoil()
    result = recount()
    assert not result["ok"]
    assert result["differences"][0]["key"]["kind"] == "9001"


def test_a_proof_can_be_checked_with_sm3_alone(chains: Chains) -> None:
    """Fields to hash, hash to leaf, leaf to root, root to the seal that a bulletin prints (canonical-form.md)."""
    maybe_seal(True)
    for entry in chains[2]:
        proof = proof_of(entry)
        digest = sm3(canonical_record(1, proof["fields"]) + bytes.fromhex(proof["previous_hash"]))
        leaf = sm3(b"\x00" + entry.to_bytes(8, "big") + digest)
        assert (digest.hex(), leaf.hex()) == (proof["hash"], proof["leaf"])
        root, path = bytes.fromhex(proof["root"]), [bytes.fromhex(node) for node in proof["path"]]
        assert is_included(leaf, proof["index"], proof["size"], path, root)
        sealed = proof["seal"]
        record = [sealed[name] for name in ("day", "number", "first_entry", "last_entry", "ids", "sealed_at")]
        assert sm3(canonical_record(1, record) + root + bytes.fromhex(sealed["previous_hash"])).hex() == sealed["hash"]


def test_a_proof_needs_a_seal(chains: Chains) -> None:
    with pytest.raises(Refusal) as refused:
        proof_of(chains[1][0])
    assert refused.value.code == "not_sealed"


@pytest.mark.django_db(transaction=True)
def test_other_processes_find_the_same(shared_database: BaseDatabaseWrapper, chains: Chains) -> None:
    maybe_seal(True)
    assert verify(processes=2) == []
    tamper("UPDATE ledger_entry SET quantity = 5 WHERE id = %s", chains[2][1])
    assert [(one.entry, one.fault) for one in verify(processes=2)] == [(chains[2][1], "altered")]

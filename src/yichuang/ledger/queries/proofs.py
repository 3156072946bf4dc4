"""Inclusion proofs: that an entry is under a seal, checkable with SM3 alone."""

from typing import Any

from yichuang.kernel.canonical import canonical_instant
from yichuang.kernel.errors import Refusal
from yichuang.kernel.merkle import inclusion_path

from ..models import Entry, Seal
from ..rules import entry_leaf


def latest_seal() -> Seal | None:
    """The newest seal."""
    return Seal.objects.order_by("-pk").first()


def seal_of(entry: int) -> Seal | None:
    """The seal that covers an entry; None while it is not sealed."""
    return Seal.objects.filter(last_entry__gte=entry).order_by("pk").defer("prefixes", "ids").first()


def proof_of(entry: int) -> dict[str, Any]:
    """Everything an outsider needs: the entry's canonical fields, leaf, path, root and the seal's links.

    Raises :class:`Refusal` for an entry that does not exist or is not sealed yet.
    """
    found = Entry.objects.filter(pk=entry).first()
    if found is None:
        raise Refusal(f"没有第 {entry} 号台账条目", code="not_found", field="entry")
    seal = seal_of(entry)
    if seal is None:
        raise Refusal(f"第 {entry} 号条目尚未封印，次日首笔业务后自动封印", code="not_sealed", field="entry")
    covered = list(
        Entry.objects.filter(pk__gte=seal.first_entry, pk__lte=seal.last_entry).order_by("pk").values_list("pk", "hash")
    )
    leaves = [entry_leaf(pk, bytes(digest)) for pk, digest in covered]
    index = [pk for pk, _ in covered].index(entry)
    return {
        "entry": entry,
        "fields": canonical_fields(found),
        "previous_hash": bytes(found.previous_hash).hex(),
        "hash": bytes(found.hash).hex(),
        "leaf": leaves[index].hex(),
        "index": index,
        "size": len(leaves),
        "path": [node.hex() for node in inclusion_path(leaves, index)],
        "root": bytes(seal.root).hex(),
        "seal": {
            "day": seal.day.isoformat(),
            "number": seal.number,
            "first_entry": seal.first_entry,
            "last_entry": seal.last_entry,
            "ids": Seal.objects.values_list("ids", flat=True).get(pk=seal.pk),
            "sealed_at": canonical_instant(seal.sealed_at),
            "previous_hash": bytes(seal.previous_hash).hex(),
            "hash": bytes(seal.hash).hex(),
        },
    }


def canonical_fields(entry: Entry) -> list[str | int | None]:
    """The fields of the canonical form, in its order."""
    return [
        entry.kind,
        canonical_instant(entry.occurred_at),
        canonical_instant(entry.recorded_at),
        entry.actor,
        entry.position,
        entry.region,
        entry.department,
        entry.item,
        entry.channel,
        entry.subject_type,
        entry.subject_id,
        entry.quantity,
        entry.payload,
        entry.corrects,
        entry.previous,
    ]

"""Whether every accepted case was counted once: what the clerks were told against ledger, counters and notices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Min
from django.utils import timezone

from yichuang.cases.models import Case, Material, Notice, Sequence
from yichuang.cases.types import ACCEPTED, ACCEPTED_FLOW, CASE, NoticeKind
from yichuang.ledger.models import Entry
from yichuang.ledger.queries import flow, recount, verify
from yichuang.ledger.types import Period


@dataclass(frozen=True, slots=True)
class Mark:
    """The ledger before the work: its last entry, and what the counters said of the days of the work."""

    entry: int
    since: date
    counted: int


def mark() -> Mark:
    """Taken before anybody begins."""
    since = timezone.localdate()
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Mark(last or 0, since, _counted(since))


def differences(before: Mark, accepted: Iterable[tuple[str, str]], *, processes: int = 1) -> list[str]:
    """What does not agree, in words; ``accepted``: form key and case number of every answer that told of one.

    ``processes`` beside this one check the ledger's hashes.
    """
    pairs = set(map(tuple, accepted))
    numbers = {number for _, number in pairs}
    ids = set(Case.objects.filter(number__in=numbers).values_list("pk", flat=True))
    entries = list(
        Entry.objects.filter(pk__gt=before.entry, kind=ACCEPTED.code, subject_type=CASE.code).values_list(
            "subject_id", flat=True
        )
    )
    papers = Notice.objects.filter(case__in=ids, kind=NoticeKind.ACCEPTANCE).values_list("case", flat=True)
    without = ids - set(Material.objects.filter(case__in=ids).values_list("case", flat=True))
    compared = {
        "cases told for the forms sent": (len(numbers), len({key for key, _ in pairs})),
        "cases in the database": (len(ids), len(numbers)),
        "entries of acceptance": (len(entries), len(ids)),
        "cases with an entry of acceptance": (len(ids & set(entries)), len(ids)),
        "counted": (_counted(before.since) - before.counted, len(ids)),
        "notices of acceptance": (len(papers), len(ids)),
        "cases with a notice of acceptance": (len(set(papers)), len(ids)),
        "cases without materials": (len(without), 0),
    }
    found = [f"{what}: {is_} instead of {wanted}" for what, (is_, wanted) in compared.items() if is_ != wanted]
    found += [f"ledger verify: {finding}" for finding in verify(processes=processes)]
    found += [f"counters: {cell}" for cell in recount()["differences"]]
    return found + _gaps()


def _counted(since: date) -> int:
    return flow(ACCEPTED_FLOW, Period(since, since + timedelta(days=1)))


def _gaps() -> list[str]:
    """Series of notices, by department and year, that do not run from 1 to the last number drawn."""
    last_drawn = dict(Sequence.objects.values_list("series", "last"))
    series = Notice.objects.order_by().values("department", "year")
    return [
        f"notices of {one['department']} in {one['year']}: {one['many']} from {one['first']} to {one['last']}"
        for one in series.annotate(many=Count("pk"), first=Min("number"), last=Max("number"))
        if (one["first"], one["many"]) != (1, one["last"])
        or one["last"] != last_drawn.get(f"notice:{one['department']}:{one['year']}", one["last"])
    ]

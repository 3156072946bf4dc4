"""Finding one of many items at the desk: ``python -m bench.searching ITEMS ROUNDS``.

The items are the demonstration's, each said again for other places and applicants.
"""

import sys
import time
from collections.abc import Iterator
from itertools import islice, product
from random import Random
from typing import Any

import django

from .children import say, tell
from .report import percentile

QUERIES = {
    "one letter": ("s", "x", "g", "j", "z"),
    "two Chinese characters": ("食品", "许可", "变更", "道路", "医疗", "证明"),
    "pinyin": ("shipin", "jianzhu", "xukezheng", "daoluyunshu", "zhuxiao"),
    "initials": ("sp", "xkz", "dlys", "jzyqy", "bg", "zx"),
    "two words": ("食品 变更", "食品 xk", "gat 注销", "建设 shouci", "许可 成都"),
    "code": ("5101", "GAT01", "SCJ0102", "510000"),
    "nothing found": ("没有这样的", "qqqqq", "xkzvv", "食品 zzzz"),
}
APPLICANTS = ("个人", "企业", "合作社", "社会组织")
SEED = 7


def main(items: int, rounds: int) -> None:
    """Fill an empty database, search, and print milliseconds by sort of query."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from yichuang.catalogue.queries import search_items  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    index_seconds = _found(items)
    say(f"{items:,} items in {time.perf_counter() - started:.0f} s")
    for texts in QUERIES.values():
        search_items(texts[0])
    times: dict[str, list[float]] = {sort: [] for sort in QUERIES}
    lines: dict[str, int] = {}
    for _ in range(rounds):
        for sort, texts in QUERIES.items():
            for text in texts:
                began = time.perf_counter()
                found = search_items(text)
                times[sort].append((time.perf_counter() - began) * 1000)
                lines[text] = len(found)
    tell({"items": items, "index_seconds": index_seconds, "found": lines} | {"queries": _told(times)})


def _told(times: dict[str, list[float]]) -> dict[str, Any]:
    return {
        sort: {"p50_ms": percentile(each, 0.5), "p95_ms": percentile(each, 0.95), "searches": len(each)}
        for sort, each in times.items()
    }


def _found(count: int) -> float:
    """Regions, departments and ``count`` items; returns the seconds that their search rows took."""
    from django.db import connection  # noqa: PLC0415

    from yichuang.accounts.models import Region  # noqa: PLC0415
    from yichuang.catalogue.actions import index_items  # noqa: PLC0415
    from yichuang.demo import founding, world  # noqa: PLC0415

    founding.found_regions()
    places = list(Region.objects.values_list("name", flat=True))
    founding.found_departments(world.departments())
    founding.found_items(list(islice(_varied(world.items(), places), count)), Random(SEED))  # noqa: S311
    started = time.perf_counter()
    index_items()
    seconds = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return seconds


def _varied(items: list[Any], places: list[str]) -> Iterator[Any]:
    """The items, then each again under other names and codes."""
    number = 0
    for round_number, (place, applicant) in enumerate([("", ""), *product(places, APPLICANTS)]):
        for item in items:
            number += 1
            said = {name: getattr(item, name) for name in item.__slots__} | {
                "id": number,
                "key": f"{item.key}{round_number or ''}",
                "code": f"{item.code}{round_number:02d}",
                "variant": f"{item.variant}，{place}{applicant}" if place else item.variant,
            }
            yield type(item)(**said)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

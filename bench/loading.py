"""Loads a made-up history, verifies and recounts it: ``python -m bench.loading ENTRIES``.

The database is that of the settings; it stays, for :mod:`bench.figures`.
"""

import os
import sys
import time
from pathlib import Path
from typing import Any

import django

from .children import say, tell


def main(entries: int) -> None:
    """Load and check, and print seconds."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from yichuang.ledger.actions import bulk_load  # noqa: PLC0415
    from yichuang.ledger.queries import recount, verify  # noqa: PLC0415

    from .rows import history  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    result: dict[str, Any] = {}
    started = time.perf_counter()
    result["entries"] = bulk_load(history(entries))
    result["load_seconds"] = time.perf_counter() - started
    say(f"{result['entries']:,} entries loaded in {result['load_seconds']:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")
    if connection.vendor == "sqlite":
        result["bytes"] = Path(str(connection.settings_dict["NAME"])).stat().st_size
    started = time.perf_counter()
    findings = verify(processes=os.cpu_count() or 1)  # as the command does
    result["verify_seconds"] = time.perf_counter() - started
    say(f"verified in {result['verify_seconds']:.0f} s")
    started = time.perf_counter()
    recounted = recount()
    result["recount_seconds"] = time.perf_counter() - started
    if findings or not recounted["ok"]:
        raise SystemExit(f"bench: the history is not sound: {findings[:3]} {recounted['differences'][:3]}")
    tell(result)


if __name__ == "__main__":
    main(int(sys.argv[1]))

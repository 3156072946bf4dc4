"""Ledgers of several sizes in databases of their own, then their figures side by side: ``python -m bench.sizes N...``.

On SQLite they are files in the workplace; on PostgreSQL (DATABASE_URL is set) databases beside the one given.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .children import tell
from .machine import ROOT

ROUNDS = 40


def main(sizes: list[int]) -> None:
    """Print what was measured of each size."""
    results, names = [], []
    for entries in sizes:
        name, address = _database(entries)
        names.append(name)
        results.append(_run({"DATABASE_URL": address}, "bench.loading", str(entries)))
    figures = _run({"DATABASE_URL": _database(sizes[0])[1]}, "bench.figures", str(ROUNDS), *names)
    tell({"sizes": [size | shown for size, shown in zip(results, figures["databases"], strict=True)]})


def _database(entries: int) -> tuple[str, str]:
    """Name and address of the database of this size; made when it is not there."""
    given = os.environ.get("DATABASE_URL")
    if not given:
        path = str(Path(os.environ["YICHUANG_VAR"]) / f"{entries}.sqlite3")
        return path, f"sqlite:///{path}"
    server, name = given.rsplit("/", 1)[0], f"bench_{entries}"
    _create(given, name)
    return name, f"{server}/{name}"


def _create(address: str, name: str) -> None:
    import psycopg  # noqa: PLC0415

    with psycopg.connect(address.replace("postgres://", "postgresql://", 1), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"'.encode())


def _run(environment: dict[str, str], module: str, *words: str) -> dict[str, Any]:
    command = [sys.executable, "-m", module, *words]
    child = subprocess.run(command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(child.stdout)
    return told


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])

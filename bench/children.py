"""Each measurement runs in a process of its own, on a database of its own that is deleted afterwards."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .machine import ROOT

SETTINGS = "yichuang.config.settings.base"
WITH_POSTGRES = [sys.executable, str(ROOT / "bin" / "with-postgres")]


@contextmanager
def workplace() -> Iterator[Path]:
    """A temporary ``var/`` with the static files and fonts of the real one; it goes with everything in it."""
    with tempfile.TemporaryDirectory(prefix="yichuang-bench-") as name:
        place = Path(name)
        for part in ("static", "fonts"):
            if (ROOT / "var" / part).is_dir():
                (place / part).symlink_to(ROOT / "var" / part)
        yield place


def environment(place: Path) -> dict[str, str]:
    """What a process needs to work in ``place`` instead of on the real data."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"YICHUANG_VAR": str(place), "DJANGO_SETTINGS_MODULE": SETTINGS}


def measure(module: str, *words: object, place: Path, on_postgresql: bool = False) -> dict[str, Any]:
    """Run ``python -m bench.<module>`` and return the JSON that it prints; its progress goes to standard error."""
    command = [sys.executable, "-m", f"bench.{module}", *map(str, words)]
    if on_postgresql:
        command = [*WITH_POSTGRES, "--durable", *command]
    child = subprocess.run(command, cwd=ROOT, env=environment(place), stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(child.stdout)
    return told


def has_postgresql() -> bool:
    """PostgreSQL's server programs are installed."""
    return subprocess.run([*WITH_POSTGRES, "--available"], capture_output=True, check=False).returncode == 0


def tell(result: dict[str, Any]) -> None:
    """Hand the result to the parent."""
    json.dump(result, sys.stdout, ensure_ascii=False)


def say(text: str) -> None:
    """Progress."""
    sys.stderr.write(f"bench: {text}\n")
    sys.stderr.flush()

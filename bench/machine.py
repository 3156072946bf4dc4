"""Where and of what a run was made: commit, processor, memory, versions; no paths, no names of machines."""

import os
import platform
import re
import sqlite3
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def about() -> dict[str, Any]:
    """Date, commit (``is_modified``: the working tree differs from it), machine and versions."""
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day on the wall beside the machine
        "commit": _output("git", "rev-parse", "--short", "HEAD") or "nocommit",
        "is_modified": bool(_output("git", "status", "--porcelain", "--", "src")),
        "cpu": _found(Path("/proc/cpuinfo"), r"model name\s*:\s*(.+)") or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(int(_found(Path("/proc/meminfo"), r"MemTotal:\s*(\d+)") or 0) / 2**20, 1),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": _postgresql(),
    }


def load() -> float:
    """Processes that wanted to run in the last minute; above the number of cores they waited for each other."""
    return round(os.getloadavg()[0], 2)


def _postgresql() -> str | None:
    servers = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parents[1].name))
    told = _output(str(servers[-1]) if servers else "postgres", "--version")
    found = re.search(r"\d+(\.\d+)+", told)
    return found[0] if found else None


def _output(*command: str) -> str:
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        return ""


def _found(path: Path, pattern: str) -> str | None:
    match = re.search(pattern, path.read_text()) if path.exists() else None
    return match[1].strip() if match else None

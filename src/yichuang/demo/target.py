"""Where the demonstration is built: on SQLite in a file beside the target, which takes its place when complete."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection

from yichuang.kernel.errors import Refusal

_BUILDING = (
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=MEMORY; "
    "PRAGMA cache_size=-400000;"
)
_COMPANIONS = ("", "-wal", "-shm", "-journal")


def database_path() -> Path:
    """The SQLite file of the settings."""
    return Path(str(connection.settings_dict["NAME"]))


@contextmanager
def built_beside(target: Path) -> Iterator[None]:
    """Let the connection write to a side file; put it in the place of ``target`` at the end, or remove it.

    A file left by a killed process is removed first. Raises :class:`Refusal` while another process is building.
    """
    side = target.with_name(f"{target.name}.loading")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.with_name(f"{target.name}.lock")):
        _remove(side)
        settings = connection.settings_dict
        kept = settings["NAME"], settings["OPTIONS"]
        connection.close()
        settings["NAME"] = str(side)
        settings["OPTIONS"] = {**kept[1], "init_command": _BUILDING}
        try:
            yield
            connection.close()
            _finish(side)
            _replace(side, target)
        finally:
            connection.close()
            settings["NAME"], settings["OPTIONS"] = kept
            _remove(side)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refusal("另一个进程正在装入演示数据，请等它完成", code="loading_elsewhere") from None
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _finish(side: Path) -> None:
    """Statistics for the planner, the journal that the server uses, and everything on the disk."""
    with sqlite3.connect(side) as base:
        base.execute("ANALYZE")
        base.execute("PRAGMA journal_mode=WAL")
    base.close()
    with side.open("rb") as file:
        os.fsync(file.fileno())


def _replace(side: Path, target: Path) -> None:
    """The old file's log must not be taken for the new file's."""
    if target.exists():
        with suppress(sqlite3.DatabaseError):
            old = sqlite3.connect(target)
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            old.close()
    for companion in _COMPANIONS[1:]:
        target.with_name(target.name + companion).unlink(missing_ok=True)
    side.replace(target)


def _remove(path: Path) -> None:
    for companion in _COMPANIONS:
        path.with_name(path.name + companion).unlink(missing_ok=True)

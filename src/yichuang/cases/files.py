"""Where uploaded files lie: encrypted, outside the database, written to the disk before their row."""

import os
from pathlib import Path
from typing import IO, Any, cast
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from .sealing import sealer


class DurableStorage(FileSystemStorage):
    """Django's storage of files, which also waits until file and folder are on the disk."""

    def _save(self, name: str, content: IO[Any]) -> str:
        saved = cast("str", super()._save(name, content))  # type: ignore[misc]
        path = Path(self.path(saved))
        _sync(path)
        _sync(path.parent)
        return saved


def keep(content: bytes) -> str:
    """Write ``content`` encrypted under a new random path, bound to that path; the path."""
    name = uuid4().hex
    path = f"{name[:2]}/{name}"
    return storages["files"].save(path, ContentFile(sealer.seal_bytes(content, associated=path.encode())))


def read(path: str) -> bytes:
    """What :func:`keep` was given; FileNotFoundError when the file is gone."""
    with storages["files"].open(path) as file:
        return sealer.open_bytes(file.read(), associated=path.encode())


def remove(path: str) -> None:
    """Delete the file, if it is there."""
    storages["files"].delete(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

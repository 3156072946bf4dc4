"""How far an export has come, kept in the cache for the page that asks while the browser downloads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.core.cache import cache

from ..types import Progress

REPORT_EVERY = 2_000  # rows
KEPT_SECONDS = 600

T = TypeVar("T")


class Tracker:
    """Counts rows as they pass and reports under a key of the person and the page's token."""

    def __init__(self, actor: int, token: str, total: int) -> None:
        self._key = _key(actor, token) if token else ""
        self._total = total
        self._done = 0
        self._report("running")

    def counted(self, rows: Iterator[T]) -> Iterator[T]:
        """``rows`` as they are."""
        for row in rows:
            yield row
            self._done += 1
            if self._done % REPORT_EVERY == 0:
                self._report("running")

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Reports done when the block ends, failed when it breaks off (also when the browser goes away)."""
        try:
            yield
        except BaseException:
            self._report("failed")
            raise
        self._total = self._done
        self._report("done")

    def _report(self, state: str) -> None:
        if self._key:
            cache.set(self._key, Progress(self._done, self._total, state), KEPT_SECONDS)


def progress_of(actor: int, token: str) -> Progress | None:
    """What was reported last; None for an export that is not known (not yet begun, or long over)."""
    found: Progress | None = cache.get(_key(actor, token))
    return found


def _key(actor: int, token: str) -> str:
    return f"portal.export.{actor}.{token}"

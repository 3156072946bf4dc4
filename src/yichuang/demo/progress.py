"""How far the loading is: bars on a terminal, a line now and then elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Report = Callable[[int], None]
Stage = Callable[[str, int | None], AbstractContextManager[Report]]
_QUIET = 10  # seconds between lines


@contextmanager
def stages() -> Iterator[Stage]:
    """Gives a function that opens a stage (title, total or None) and yields what hears the running number."""
    if not sys.stdout.isatty():
        yield _lines
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:

        @contextmanager
        def bar(title: str, total: int | None) -> Iterator[Report]:
            task = progress.add_task(title, total=total)
            yield lambda done: progress.update(task, completed=done)
            reached = int(progress.tasks[task].completed) or 1
            progress.update(task, total=total or reached, completed=total or reached)

        yield bar


@contextmanager
def _lines(title: str, total: int | None) -> Iterator[Report]:
    started = said = monotonic()
    of_all = f" / {total:,}" if total else ""

    def report(done: int) -> None:
        nonlocal said
        if monotonic() - said >= _QUIET:
            said = monotonic()
            _say(f"{title}：{done:,}{of_all}")

    yield report
    _say(f"{title}：完成（{monotonic() - started:.0f} 秒）")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()

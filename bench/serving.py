"""The demonstration and the server as users start them, in the workplace of this process."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .machine import ROOT

COMMAND = str(Path(sys.executable).with_name("yichuang"))
START_SECONDS = 60


def load_demonstration() -> float:
    """``yichuang demo load``; returns its seconds."""
    started = time.perf_counter()
    subprocess.run([COMMAND, "demo", "load"], cwd=ROOT, stdout=sys.stderr, check=True)
    return time.perf_counter() - started


@contextmanager
def served() -> Iterator[str]:
    """``yichuang serve`` on a free port of the loopback address; yields where."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([COMMAND, "serve", "--port", str(port)], cwd=ROOT, stdout=sys.stderr)
    host = f"http://127.0.0.1:{port}"
    try:
        _wait_until_answers(f"{host}/accounts/login/")
        yield host
    finally:
        server.terminate()
        server.wait(timeout=30)


def run_locust(file: str, *, host: str, people: int, seconds: int, environment: dict[str, str]) -> None:
    """``people`` at work as ``bench/<file>`` describes them; one a second arrives, then ``seconds`` of all of them.

    Checking a password costs the server half a second, so that they cannot all come at once.
    """
    words = ["--headless", "--only-summary", "--loglevel", "WARNING", "--host", host, "--users", str(people)]
    words += ["--spawn-rate", "1", "--run-time", f"{people + 5 + seconds}s", "--stop-timeout", "20"]
    subprocess.run(
        [sys.executable, "-m", "locust", "-f", str(ROOT / "bench" / file), *words],
        cwd=ROOT,
        env=environment,
        stdout=sys.stderr,
        check=False,  # answers that were errors are counted by who asked
    )


def _wait_until_answers(address: str) -> None:
    patience = time.monotonic() + START_SECONDS
    while time.monotonic() < patience:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise SystemExit("bench: the server did not start")

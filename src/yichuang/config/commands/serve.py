"""``yichuang serve``: granian, WSGI, four blocking threads."""

import argparse
import io
import os
import sys
from typing import Any


def add_to(groups: Any) -> None:
    """Add the parser."""
    parser = groups.add_parser("serve", help="启动服务")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2)
    parser.set_defaults(run=run_serve)


def run_serve(arguments: argparse.Namespace) -> int:  # noqa: RET503 - execv does not return
    """Check the database, then become the server."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415

    try:
        call_command("check", databases=["default"], fail_level="ERROR", stdout=io.StringIO())
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"服务地址：http://{arguments.host}:{arguments.port}/ （按 Ctrl-C 停止）", flush=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    command += ["--host", arguments.host, "--port", str(arguments.port)]
    # Ctrl-C reaches the workers as well as their parent, and one of them may then not hear the parent's call to stop.
    command += ["--workers-kill-timeout", "2"]
    command += ["--workers", str(arguments.workers), "--blocking-threads", "4", "yichuang.config.wsgi:application"]
    os.execv(sys.executable, command)  # noqa: S606

"""The ``yichuang`` command: JSON alone on standard output; a wrong argument prints one line and exits 2."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from yichuang.kernel.errors import Refusal


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Print and leave with 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yichuang.config.settings.base")
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["manage"]:
        _manage(words[1:])
    parsed = build_parser().parse_args(words)
    import django  # noqa: PLC0415 - the parser answers without it
    from django.db import DatabaseError  # noqa: PLC0415

    django.setup()
    try:
        code = parsed.run(parsed)
    except Refusal as refusal:
        print(refusal.message, file=sys.stderr)
        code = 2
    except DatabaseError as error:
        print(f"数据库不可用（{error}）：请先运行 make demo，或 yichuang manage migrate", file=sys.stderr)
        code = 1
    except BrokenPipeError:  # whoever read the output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr)
        code = 130
    sys.exit(code)


def build_parser() -> Parser:
    """Every command with its arguments."""
    from .commands import bulletin, catalogue, demo, ledger, serve  # noqa: PLC0415

    parser = Parser(prog="yichuang", description="一窗 · 政务服务一体化平台")
    groups = parser.add_subparsers(dest="group", required=True, metavar="COMMAND", parser_class=Parser)
    for module in (bulletin, ledger, catalogue, demo, serve):
        module.add_to(groups)
    groups.add_parser("manage", help="Django's management commands (migrate, createsuperuser, …)")
    return parser


def _manage(words: list[str]) -> NoReturn:
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["yichuang manage", *words])
    sys.exit(0)

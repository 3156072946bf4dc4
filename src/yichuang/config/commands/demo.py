"""``yichuang demo load``: the demonstration province, and the bulletins of its four known weeks."""

import argparse
import sys
from pathlib import Path
from typing import Any


def add_to(groups: Any) -> None:
    """Add the parsers."""
    commands = groups.add_parser("demo", help="演示数据").add_subparsers(required=True, metavar="COMMAND")
    parser = commands.add_parser("load", help="装入演示数据；已有则保留")
    parser.add_argument("--reset", action="store_true", help="重新装入")
    parser.add_argument("--out", type=Path, metavar="DIR", help="把四期已知周报写入此文件夹（HTML、DOCX、PDF）")
    parser.set_defaults(run=run_load)


def run_load(arguments: argparse.Namespace) -> int:
    """Load unless it is there, then write the bulletins."""
    from django.conf import settings  # noqa: PLC0415

    from yichuang.bulletins.publishing import write_files  # noqa: PLC0415
    from yichuang.bulletins.queries import weekly_of  # noqa: PLC0415
    from yichuang.demo.commands import load  # noqa: PLC0415
    from yichuang.demo.figures import KNOWN_WEEKS  # noqa: PLC0415
    from yichuang.ledger.types import Period  # noqa: PLC0415

    from . import OPERATOR  # noqa: PLC0415

    code = load(reset=arguments.reset)
    if code or not arguments.out:
        return code
    for week in KNOWN_WEEKS:
        document = weekly_of(OPERATOR, Period(week.first, week.last)).document
        for path in write_files(document, arguments.out, settings.FONT_DIR):
            print(path, file=sys.stdout)
    return 0

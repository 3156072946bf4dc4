"""``yichuang catalogue``: import and index."""

import argparse
from pathlib import Path
from typing import Any

from . import OPERATOR, add_json, print_json


def add_to(groups: Any) -> None:
    """Add the parsers."""
    commands = groups.add_parser("catalogue", help="事项").add_subparsers(required=True, metavar="COMMAND")
    parser = commands.add_parser("import", help="导入事项：CSV、JSON 或 JSON Lines；逐行报告")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="只报告，不写入")
    add_json(parser)
    parser.set_defaults(run=run_import_file)
    parser = commands.add_parser("index", help="重建事项检索（拼音、首字母、代码）")
    add_json(parser)
    parser.set_defaults(run=run_index)


def run_import_file(arguments: argparse.Namespace) -> int:
    """Import and report; refused rows are listed, and the exit code is still 0."""
    from django.utils import timezone  # noqa: PLC0415

    from yichuang.catalogue.actions import run_import  # noqa: PLC0415

    report = run_import(arguments.file, dry_run=arguments.dry_run, actor=OPERATOR, at=timezone.now())
    print_json(report.as_json())
    return 0


def run_index(arguments: argparse.Namespace) -> int:
    """Write the search rows of all items anew."""
    from yichuang.catalogue.actions import index_items  # noqa: PLC0415

    print_json({"items": index_items()})
    return 0

"""One module for each group of commands; each adds its parsers and names the function that runs."""

import argparse
import json
from datetime import date
from typing import Any

from yichuang.kernel.actor import Actor, Post, Role
from yichuang.kernel.chinese import parse_date
from yichuang.kernel.errors import Refusal

OPERATOR = Actor(id=0, name="命令行", posts=frozenset(Post(role) for role in (Role.ADMIN, Role.EDITOR, Role.CATALOGUE)))
"""Whoever may run commands on the server."""


def day(text: str) -> date:
    """An argument that is a day; there is no 31 April."""
    try:
        return parse_date(text)
    except Refusal as refusal:
        raise argparse.ArgumentTypeError(refusal.message) from refusal


def add_period(parser: argparse.ArgumentParser) -> None:
    """``--from`` and ``--to``, both days included."""
    parser.add_argument("--from", dest="first", type=day, required=True, metavar="YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=day, required=True, metavar="YYYY-MM-DD")


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json``: the only output there is, named so that scripts read well."""
    parser.add_argument("--json", action="store_true", help="print JSON (the default)")


def print_json(value: Any) -> None:
    """One document on standard output, with unescaped Chinese."""
    print(json.dumps(value, ensure_ascii=False, indent=2))

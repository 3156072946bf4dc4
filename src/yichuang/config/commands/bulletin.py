"""``yichuang bulletin weekly``: the figures of a week, and its documents."""

import argparse
from pathlib import Path
from typing import Any

from . import OPERATOR, add_json, add_period, print_json


def add_to(groups: Any) -> None:
    """Add the parsers."""
    commands = groups.add_parser("bulletin", help="周报").add_subparsers(required=True, metavar="COMMAND")
    weekly = commands.add_parser("weekly", help="一期周报的数字；给出 --out 时写出 HTML、DOCX、PDF")
    add_period(weekly)
    add_json(weekly)
    weekly.add_argument("--out", type=Path, metavar="DIR")
    weekly.set_defaults(run=run_weekly)


def run_weekly(arguments: argparse.Namespace) -> int:
    """Print the bulletin of a period, numbered or not."""
    from django.conf import settings  # noqa: PLC0415

    from yichuang.bulletins.publishing import write_files  # noqa: PLC0415
    from yichuang.bulletins.queries import weekly_of  # noqa: PLC0415
    from yichuang.ledger.types import Period  # noqa: PLC0415

    weekly = weekly_of(OPERATOR, Period(arguments.first, arguments.last))
    bulletin = weekly.bulletin
    result = {
        "year": arguments.last.year,
        "issue": bulletin.issue if bulletin else None,
        "serial": bulletin.serial if bulletin else None,
        "from": arguments.first.isoformat(),
        "to": arguments.last.isoformat(),
        "figures": dict(weekly.figures.period),
        "ytd": dict(weekly.figures.ytd),
        "state": weekly.state,
        "seal": bulletin.seal_hash or None if bulletin else None,
        "text": "".join(part.text for part in weekly.document.paragraphs if not part.level),
    }
    if arguments.out:
        result["files"] = [str(path) for path in write_files(weekly.document, arguments.out, settings.FONT_DIR)]
    print_json(result)
    return 0

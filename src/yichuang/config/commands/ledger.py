"""``yichuang ledger``: verify, recount, seal, prove and count."""

import argparse
import os
from typing import Any

from . import OPERATOR, add_json, add_period, print_json


def add_to(groups: Any) -> None:
    """Add the parsers."""
    commands = groups.add_parser("ledger", help="台账").add_subparsers(required=True, metavar="COMMAND")
    verify = commands.add_parser("verify", help="验证：指出被改动、删除、插入、调换的条目；有发现时退出码为 1")
    verify.add_argument("--printed", action="append", default=[], metavar="SEAL", help="印发件上的封印值，可给多个")
    recount = commands.add_parser("recount", help="复核：计数器与条目是否一致；不一致时退出码为 1")
    seal = commands.add_parser("seal", help="加封：为尚未封印的条目加封")
    proof = commands.add_parser("proof", help="存证：一条条目的包含证明")
    proof.add_argument("entry", type=int, metavar="ENTRY")
    count = commands.add_parser("count", help="合计：按类别、渠道、部门、期间加总数量")
    count.add_argument("--kind", required=True)
    count.add_argument("--channel")
    count.add_argument("--department")
    add_period(count)
    runs = {verify: run_verify, recount: run_recount, seal: run_seal, proof: run_proof, count: run_count}
    for parser, run in runs.items():
        add_json(parser)
        parser.set_defaults(run=run)


def run_verify(arguments: argparse.Namespace) -> int:
    """Findings; 1 when there are any."""
    from yichuang.ledger.queries import verify  # noqa: PLC0415

    findings = verify(printed=arguments.printed, processes=os.cpu_count() or 1)
    print_json({"ok": not findings, "findings": [finding.as_json() for finding in findings]})
    return 1 if findings else 0


def run_recount(arguments: argparse.Namespace) -> int:
    """Differences between counters and entries; 1 when there are any."""
    from yichuang.ledger.queries import recount  # noqa: PLC0415

    result = recount()
    print_json(result)
    return 0 if result["ok"] else 1


def run_seal(arguments: argparse.Namespace) -> int:
    """Seal what is not sealed yet."""
    from django.utils import timezone  # noqa: PLC0415

    from yichuang.ledger.actions import seal  # noqa: PLC0415

    made = [
        {
            "day": one.day.isoformat(),
            "number": one.number,
            "entries": one.entries,
            "last_entry": one.last_entry,
            "root": one.root.hex(),
            "hash": one.hash.hex(),
        }
        for one in seal(at=timezone.now())
    ]
    print_json({"seals": made})
    return 0


def run_proof(arguments: argparse.Namespace) -> int:
    """The inclusion proof of an entry."""
    from yichuang.ledger.queries import proof_of  # noqa: PLC0415

    print_json(proof_of(arguments.entry))
    return 0


def run_count(arguments: argparse.Namespace) -> int:
    """The sum of quantities."""
    from yichuang.ledger.queries import count_entries  # noqa: PLC0415
    from yichuang.ledger.types import Period, channel_of, kind_of  # noqa: PLC0415

    kind = kind_of(arguments.kind)
    channel = channel_of(arguments.channel) if arguments.channel else None
    entries, quantity = count_entries(
        OPERATOR, kind, Period(arguments.first, arguments.last), channel=channel, department=arguments.department
    )
    print_json(
        {
            "kind": kind.slug,
            "label": kind.label,
            "unit": kind.unit,
            "channel": channel.slug if channel else None,
            "department": arguments.department,
            "from": arguments.first.isoformat(),
            "to": arguments.last.isoformat(),
            "quantity": quantity,
            "entries": entries,
        }
    )
    return 0

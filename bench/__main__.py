"""``python -m bench``: all measurements, one table, one file in ``bench/results``; exits 1 when a target is missed."""

import argparse
import shutil
import sys
from pathlib import Path
from statistics import median
from typing import Any

from .children import has_postgresql, measure, say, workplace
from .machine import about, load
from .report import Report, keep, ratio, ratios, show, spoken

RESULTS = Path(__file__).resolve().parent / "results"
PARTS = ("accept", "ledger", "pages", "desk", "search", "clerks")
ENTRIES, QUICK_ENTRIES = [1_000_000, 10_000_000], [100_000, 400_000]
BYTES_PER_ENTRY = 600  # on disk while loading, with its log; found by measuring
ROUNDS = 12
WRITERS = 8
OPEN_CASES = 100_000
ITEMS = 20_000
MANY = 9_000_000  # the target against GROUP BY is for ten million entries
NO_POSTGRESQL = "PostgreSQL is not installed"


def main() -> int:
    """Measure what was asked for."""
    wanted = _arguments()
    reports: dict[str, Report] = {}
    for part in wanted.parts:
        reports[part] = report = Report(about={"words": sys.argv[1:], "load_before": load()})
        _MEASURES[part](report, wanted)
        report.about["load_after"] = load()
    show([line for report in reports.values() for line in report.lines])
    if wanted.keep:
        say(f"kept in bench/results/{keep(reports, RESULTS, about()).name}")
    return 0 if all(report.is_met for report in reports.values()) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--entries", type=int, nargs="+", metavar="N", help="sizes of ledger (1 and 10 million)")
    parser.add_argument("--postgresql", type=int, nargs="*", metavar="N", help="the same on PostgreSQL (1 million)")
    parser.add_argument("--people", type=int, default=20, help="at work at once (20)")
    parser.add_argument("--seconds", type=int, default=60, help="of people at work (60)")
    parser.add_argument("--quick", action="store_true", help="small sizes and few rounds, for a first look")
    parser.add_argument("--no-keep", dest="keep", action="store_false", help="print the table only")
    wanted = parser.parse_args()
    if strange := set(wanted.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(strange))}")
    wanted.parts = [part for part in PARTS if part in wanted.parts] or list(PARTS)
    wanted.entries = sorted(wanted.entries or (QUICK_ENTRIES if wanted.quick else ENTRIES))
    if wanted.postgresql is None:
        wanted.postgresql = wanted.entries[:1]
    return wanted


def measure_accept(report: Report, wanted: argparse.Namespace) -> None:
    """One accept over one bare insert of the same two rows."""
    rounds = 3 if wanted.quick else ROUNDS
    with workplace() as place:
        alone = measure("accepting", 1, rounds, 500, place=place)
    _tell_accept(report, "accept over a bare insert, SQLite", alone)
    if not has_postgresql():
        report.left_out("accept over a bare insert, PostgreSQL", NO_POSTGRESQL)
        return
    with workplace() as place:
        together = measure("accepting", WRITERS, rounds, 125, place=place, on_postgresql=True)
    _tell_accept(report, f"accept over a bare insert, PostgreSQL, {WRITERS} writers", together)


def _tell_accept(report: Report, what: str, result: dict[str, Any]) -> None:
    report.raw[what] = result
    accepts, bare = result["accept_seconds"], result["bare_seconds"]
    report.most(what, ratio(accepts, bare), 4, "×")
    each = sorted(ratios(accepts, bare))
    rates = [result["actions_per_block"] / median(seconds) for seconds in (accepts, bare)]
    report.note(
        "  rounds; accepts and bare inserts a second",
        f"{each[0]:.1f}–{each[-1]:.1f}×; {rates[0]:,.0f}, {rates[1]:,.0f}",
    )


def measure_ledger(report: Report, wanted: argparse.Namespace) -> None:
    """Loading, checking, and figures at each size."""
    for vendor, sizes in (("SQLite", wanted.entries), ("PostgreSQL", sorted(wanted.postgresql))):
        if not sizes:
            continue
        if vendor == "PostgreSQL" and not has_postgresql():
            report.left_out("ledger on PostgreSQL", NO_POSTGRESQL)
            continue
        with workplace() as place:
            room, needed = shutil.disk_usage(place).free, sum(sizes) * BYTES_PER_ENTRY
            if room < needed:
                report.left_out(f"ledger, {vendor}", f"needs {needed / 2**30:.0f} GB free")
                continue
            result = measure("sizes", *sizes, place=place, on_postgresql=vendor == "PostgreSQL")
        report.raw[f"ledger, {vendor}"] = result
        _tell_ledger(report, vendor, result["sizes"])


def _tell_ledger(report: Report, vendor: str, sizes: list[dict[str, Any]]) -> None:
    for size in sizes:
        label = f"{size['entries'] / 1e6:.2g} million entries, {vendor}"
        report.most(f"week and year to date, {label}", size["figures_ms"], 50, " ms")
        report.most("  with 1,000 entries not folded", size["tail_ms"], 50, " ms")
        times = size["group_by_ms"] / size["figures_ms"]
        if size["entries"] >= MANY:
            report.least("  than by GROUP BY, faster", times, 100, "×")
        else:
            report.note("  than by GROUP BY, faster", spoken(times, "×"))
        rates = {name: size["entries"] / size[f"{name}_seconds"] for name in ("load", "verify", "recount")}
        if vendor == "SQLite":
            report.least("  bulk load", rates["load"], 15_000, "/s")
            report.least("  ledger verify", rates["verify"], 100_000, "/s")
            report.note("  ledger recount; size", f"{rates['recount']:,.0f}/s; {size['bytes'] / 2**20:,.0f} MB")
        else:
            report.note("  load, verify, recount", ", ".join(f"{rate:,.0f}/s" for rate in rates.values()))
    if len(sizes) > 1:
        growth = sizes[-1]["entries"] / sizes[0]["entries"]
        report.most(
            f"figures at {growth:.0f} times the entries, {vendor}",
            ratio(sizes[-1]["figures_by_round_ms"], sizes[0]["figures_by_round_ms"]),
            1.5,
            "×",
        )


def measure_pages(report: Report, wanted: argparse.Namespace) -> None:
    """The demonstration with people at work."""
    with workplace() as place:
        result = measure("pages", wanted.people, 15 if wanted.quick else wanted.seconds, place=place)
    report.raw["pages"] = result
    for page, times in result["pages"].items():
        report.most(f"{page}, p95 with {wanted.people} people", times["p95_ms"], 100, " ms")
        queries = result["queries"].get(page)
        told = f"{times['p50_ms']:.0f}, {times['p99_ms']:.0f} ms; {times['requests']:,}"
        report.note(
            "  p50, p99; requests" + ("; queries" if queries else ""), f"{told}; {queries}" if queries else told
        )
    for page, queries in result["queries"].items():
        report.most(f"{page}, queries", queries, 12, "")
    if result["failed"]:
        report.left_out("pages that failed", ", ".join(result["failed"]))
    report.most("demonstration on disk", result["bytes"] / 2**20, 900, " MB")
    report.most("demonstration loaded in", result["load_seconds"], 240, " s")
    report.note("  entries", f"{result['entries']:,}")


def measure_desk(report: Report, wanted: argparse.Namespace) -> None:
    """The lists that people work from, with very many open cases."""
    open_cases, rounds = (10_000, 5) if wanted.quick else (OPEN_CASES, 25)
    for vendor in ("SQLite", "PostgreSQL"):
        if vendor == "PostgreSQL" and not has_postgresql():
            report.left_out("desk on PostgreSQL", NO_POSTGRESQL)
            continue
        with workplace() as place:
            result = measure("inbox", open_cases, rounds, place=place, on_postgresql=vendor == "PostgreSQL")
        report.raw[f"lists, {vendor}"] = result
        _tell_lists(report, vendor, result)


def _tell_lists(report: Report, vendor: str, result: dict[str, Any]) -> None:
    for name, told in result["lists"].items():
        report.note(f"{name}, {vendor}: query alone", f"{told['p50_ms']:.1f} ms, {told['queries']} queries")
    for address, told in result["pages"].items():
        if "status" in told:
            report.left_out(f"{address}, {vendor}", f"answers {told['status']}")
            continue
        report.most(f"{address}, {vendor}, p50", told["p50_ms"], 60, " ms")
        report.most("  queries", told["queries"], 8 if address.startswith("/inbox") else 12, "")


def measure_search(report: Report, wanted: argparse.Namespace) -> None:
    """Finding one of very many items at the desk."""
    items, rounds = (2_000, 5) if wanted.quick else (ITEMS, 20)
    for vendor in ("SQLite", "PostgreSQL"):
        if vendor == "PostgreSQL" and not has_postgresql():
            report.left_out("search on PostgreSQL", NO_POSTGRESQL)
            continue
        with workplace() as place:
            result = measure("searching", items, rounds, place=place, on_postgresql=vendor == "PostgreSQL")
        report.raw[f"search, {vendor}"] = result
        for sort, told in result["queries"].items():
            report.most(f"search among {items:,} items, {vendor}: {sort}, p50", told["p50_ms"], 50, " ms")
            report.note("  p95", f"{told['p95_ms']:.1f} ms")


def measure_clerks(report: Report, wanted: argparse.Namespace) -> None:
    """The demonstration's desk: one clerk alone, then many at once."""
    seconds, rounds, size = (15, 4, ["small"]) if wanted.quick else (wanted.seconds, 40, [])
    for vendor in ("SQLite", "PostgreSQL"):
        if vendor == "PostgreSQL" and not has_postgresql():
            report.left_out("clerks on PostgreSQL", NO_POSTGRESQL)
            continue
        words = [wanted.people, seconds, rounds, *size]
        with workplace() as place:
            result = measure("clerks", *words, place=place, on_postgresql=vendor == "PostgreSQL")
        report.raw[f"clerks, {vendor}"] = result
        _tell_clerks(report, vendor, wanted.people, result)


def _tell_clerks(report: Report, vendor: str, people: int, result: dict[str, Any]) -> None:
    for name, alone in result["alone"].items():
        report.most(f"{name}, one clerk, {vendor}, p50", alone["p50_ms"], 60, " ms")
        told = f"{alone['p95_ms']:.0f} ms; {alone['requests']}; {result['queries'][name]}"
        if at_once := result["at_once"].get(name):
            told += f"; {at_once['p50_ms']:.0f}, {at_once['p95_ms']:.0f}, {at_once['p99_ms']:.0f} ms"
        report.note(f"  p95; requests; queries; with {people} p50, p95, p99", told)
    everything = result["everything"]
    report.most(f"{people} clerks at once, {vendor}, p95", everything["p95_ms"], 100, " ms")
    told = f"{everything['p50_ms']:.0f}, {everything['p99_ms']:.0f} ms; {everything['requests']:,}"
    report.note("  p50, p99; requests", told)
    report.most("  answers that were errors", len(result["errors"]), 0, "")
    report.most("  disagreements of ledger, counters, notices", len(result["differences"]), 0, "")
    report.note("  accepted; demonstration loaded in", f"{result['accepted']:,}; {result['load_seconds']:.0f} s")


_MEASURES = {
    "accept": measure_accept,
    "ledger": measure_ledger,
    "pages": measure_pages,
    "desk": measure_desk,
    "search": measure_search,
    "clerks": measure_clerks,
}


if __name__ == "__main__":
    sys.exit(main())

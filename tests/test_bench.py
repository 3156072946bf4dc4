"""The measurements' own parts: the made-up history is a sound ledger, and the arithmetic of the table is right."""

import json
from pathlib import Path
from typing import Any

import pytest
from bench import clerks, inbox, searching
from bench.auditing import differences, mark
from bench.report import Report, keep, percentile, ratio, ratios, spoken
from bench.rows import STEPS, history, working_days
from bench.visits import Done

from yichuang.cases.tests.factories import make_item
from yichuang.ledger.actions import bulk_load
from yichuang.ledger.models import Entry, Head, Seal
from yichuang.ledger.queries import recount, verify

ENTRIES = 10_000


@pytest.mark.django_db
def test_the_history_is_a_sound_ledger() -> None:
    loaded = bulk_load(history(ENTRIES))
    assert abs(loaded - ENTRIES) < ENTRIES * 0.1
    assert verify() == []
    assert recount()["ok"]
    assert Seal.objects.count() == len(working_days())
    assert Entry.objects.values("department").distinct().count() == 45
    assert Entry.objects.values("item").distinct().count() == 420
    assert Entry.objects.values("channel").distinct().count() == 3
    finished = Head.objects.filter(entries=len(STEPS) - 1)  # the consultation is a chain of its own
    assert finished.count() == Entry.objects.filter(kind=STEPS[-1].code).count()


def test_the_history_comes_in_the_order_of_recording() -> None:
    instants = [row.recorded_at for row in history(ENTRIES)]
    assert instants == sorted(instants)


def test_ratios_are_of_neighbours_and_their_median_stands() -> None:
    assert ratios([2, 6, 40], [1, 2, 4]) == [2, 3, 10]
    assert ratio([2, 6, 40], [1, 2, 4]) == 3
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        ratio([1, 2], [1])


@pytest.mark.parametrize(("share", "value"), [(0.95, 95), (0.5, 50), (1, 100), (0.001, 1)])
def test_a_percentile_is_one_of_the_values(share: float, value: int) -> None:
    assert percentile(range(100, 0, -1), share) == value


@pytest.mark.parametrize(
    ("value", "text"), [(4, "4×"), (3.456, "3.46×"), (15_000, "15,000×"), (99.94, "99.9×"), (0.5, "0.5×")]
)
def test_numbers_as_people_read_them(value: float, text: str) -> None:
    assert spoken(value, "×") == text


def test_targets_are_met_at_their_limit_and_missed_beyond() -> None:
    report = Report()
    report.most("ratio", 4.0, 4, "×")
    report.least("rate", 15_000, 15_000, "/s")
    report.note("size", "1 MB")
    assert report.is_met
    report.least("rate", 14_999, 15_000, "/s")
    assert [line.is_met for line in report.lines] == [True, True, None, False]
    assert not report.is_met


def test_what_could_not_be_measured_is_not_met() -> None:
    report = Report()
    report.left_out("PostgreSQL", "not installed")
    assert not report.is_met


def test_parts_of_one_day_and_commit_are_kept_together(tmp_path: Path) -> None:
    about = {"date": "2024-09-20", "commit": "abc1234"}
    first, second, again = Report(), Report(), Report()
    first.most("ratio", 3, 4, "×")
    again.most("ratio", 5, 4, "×")
    second.note("size", "1 MB")
    keep({"accept": first}, tmp_path / "results", about)
    keep({"pages": second}, tmp_path / "results", about)
    kept = keep({"accept": again}, tmp_path / "results", about)
    assert kept.name == "2024-09-20-abc1234.json"
    parts = json.loads(kept.read_text(encoding="utf-8"))["parts"]
    assert [line["measured"] for part in ("accept", "pages") for line in parts[part]["table"]] == ["5×", "1 MB"]
    assert parts["accept"]["table"][0]["is_met"] is False


@pytest.mark.django_db
def test_clerks_serve_their_visitors_and_every_case_is_counted_once() -> None:
    for number in range(3):
        make_item(f"K{number:04d}", materials=("申请书", "身份证明", "场地证明"))
    stage, before, done = clerks.make_stage(1), mark(), Done()
    queries = clerks.queries_of(stage, "bench-00", done)
    assert {"desk", "search items", "accept", "result", "notice as PDF", "consult", "undo", "case"} <= queries.keys()
    told = set(done.accepted)
    assert len(told) == clerks.COUNTED + 1 < len(done.accepted)  # some forms were sent twice
    assert differences(before, done.accepted) == []
    one = min(told)
    assert "entries of acceptance: 13 instead of 12" in differences(before, told - {one})
    assert "cases in the database: 13 instead of 14" in differences(before, [*told, ("key", "nowhere")])
    assert "cases told for the forms sent: 13 instead of 14" in differences(before, [*told, ("twice", one[1])])


def test_times_are_told_by_name() -> None:
    told = clerks.summary([("desk", 3.0, 200), ("accept", 50.0, 200), ("desk", 1.0, 200), ("desk", 2.0, 200)])
    assert told["desk"] == {"requests": 3, "p50_ms": 2.0, "p95_ms": 3.0, "p99_ms": 3.0}
    assert told["accept"]["requests"] == 1


@pytest.mark.django_db(transaction=True)
def test_lists_of_the_desk_are_opened_and_their_queries_counted(capsys: pytest.CaptureFixture[str]) -> None:
    inbox.main(60, 1)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["pages"].keys() >= {"/inbox", "/dispatch", "/issue"}
    assert all("status" not in page for page in told["pages"].values())
    assert told["pages"]["/inbox"]["queries"] <= 8
    assert all(0 < one["queries"] <= 5 for one in told["lists"].values())


@pytest.mark.django_db(transaction=True)
def test_items_are_searched_for_in_every_way(capsys: pytest.CaptureFixture[str]) -> None:
    searching.main(600, 1)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["queries"].keys() == searching.QUERIES.keys()
    nothing = searching.QUERIES["nothing found"]
    assert [text for text, lines in told["found"].items() if (lines == 0) != (text in nothing)] == []

"""The whole demonstration, as ``make demo`` loads it: the printed figures by command, in DOCX and in PDF."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from docx import Document

from yichuang.demo.figures import KNOWN_WEEKS

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seed-figures.json"
FIGURES = ("consulted", "accepted", "issued", "handed_over")
pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite"),
        reason="the whole province is loaded once, into SQLite as make demo does",
    ),
    pytest.mark.xdist_group("province"),
]


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the loaded database and, in ``out``, the bulletins."""
    folder = tmp_path_factory.mktemp("province")
    loaded = yichuang(folder, "demo", "load", "--out", str(folder / "out"))
    assert loaded.returncode == 0, loaded.stderr
    yield folder
    (folder / "yichuang.sqlite3").unlink()


def yichuang(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "YICHUANG_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "yichuang.config.settings.base",
    }
    command = [sys.executable, "-c", "from yichuang.config.cli import main; main()", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def weeks() -> list[dict[str, Any]]:
    """The printed weeks: from the figures beside the project where they are, else from the project's own."""
    if SEEDS.exists():
        known: list[dict[str, Any]] = json.loads(SEEDS.read_text())["weekly"]
        return known
    return [
        {"from": str(week.first), "to": str(week.last), "issue": None, **week.period, "ytd": dict(week.ytd)}
        for week in KNOWN_WEEKS
    ]


def sentence(week: dict[str, Any]) -> str:
    def told(values: dict[str, int]) -> str:
        consulted, accepted, issued, handed_over = (values[name] for name in FIGURES)
        return f"咨询{consulted}人次、受理{accepted}件、颁发{issued}件、流转{handed_over}件次。"

    return f"本周，共计{told(week)}今年以来，累计{told(week['ytd'])}"


@pytest.mark.parametrize("week", weeks(), ids=lambda week: str(week["from"]))
def test_a_known_week_comes_out_exactly(province: Path, week: dict[str, Any]) -> None:
    answer = yichuang(province, "bulletin", "weekly", "--from", week["from"], "--to", week["to"], "--json")
    told = json.loads(answer.stdout)
    assert told["figures"] == {name: week[name] for name in FIGURES}
    assert told["ytd"] == week["ytd"]
    if week["issue"]:
        assert (told["year"], told["issue"], told["serial"]) == (week["year"], week["issue"], week["serial"])

    stem = province / "out" / f"weekly-{week['from']}-{week['to']}"
    docx = "".join(paragraph.text for paragraph in Document(f"{stem}.docx").paragraphs)
    assert sentence(week) in docx
    with pdfplumber.open(f"{stem}.pdf") as pdf:
        text = "".join(page.extract_text() or "" for page in pdf.pages)
    assert sentence(week) in re.sub(r"\s", "", text)
    assert sentence(week) in re.sub(r"<[^>]+>", "", Path(f"{stem}.html").read_text())


def test_each_figure_is_the_sum_of_its_entries(province: Path) -> None:
    week = weeks()[1]
    for name, channel in (("consulted", None), ("accepted", "window"), ("issued", None), ("handed_over", None)):
        words = ["ledger", "count", "--kind", name, "--from", week["from"], "--to", week["to"]]
        words += ["--channel", channel] if channel else []
        assert json.loads(yichuang(province, *words).stdout)["quantity"] == week[name]


def test_the_ledger_verifies_and_the_counters_agree(province: Path) -> None:
    verified = yichuang(province, "ledger", "verify", "--json")
    assert (verified.returncode, json.loads(verified.stdout)) == (0, {"ok": True, "findings": []})
    recounted = yichuang(province, "ledger", "recount", "--json")
    assert (recounted.returncode, json.loads(recounted.stdout)["ok"]) == (0, True)


def test_it_is_small_enough_and_a_second_run_keeps_it(province: Path) -> None:
    database = province / "yichuang.sqlite3"
    assert database.stat().st_size < 900 * 10**6
    before = database.stat().st_ino
    again = yichuang(province, "demo", "load")
    assert (again.returncode, "保留不动" in again.stdout) == (0, True)
    assert database.stat().st_ino == before


def test_april_has_no_thirty_first(province: Path) -> None:
    refused = yichuang(province, "bulletin", "weekly", "--from", "2024-04-29", "--to", "2024-04-31", "--json")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr.count("\n") == 1
    assert "没有 2024年4月31日" in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["ledger"],
        ["ledger", "proof", "abc"],
        ["ledger", "proof", "999999999"],
        ["ledger", "count", "--kind", "nothing", "--from", "2024-01-01", "--to", "2024-01-02"],
        ["ledger", "count", "--kind", "issued", "--channel", "pigeon", "--from", "2024-01-01", "--to", "2024-01-02"],
        ["bulletin", "weekly", "--from", "2024-03-02", "--to", "2024-03-01"],
        ["catalogue", "import", "no-such-file.csv"],
        ["no-such-command"],
    ],
    ids=" ".join,
)
def test_a_wrong_argument_prints_one_line_and_exits_2(province: Path, words: list[str]) -> None:
    refused = yichuang(province, *words)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1), refused.stderr

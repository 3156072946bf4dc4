"""``demo load`` as a process of its own: loaded once, kept, interrupted, out of room."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from yichuang.accounts.models import Person
from yichuang.demo import commands
from yichuang.demo.commands import load
from yichuang.demo.models import Edition
from yichuang.ledger.models import Entry
from yichuang.ledger.queries import verify

from .small import SMALL

SCRIPT = """
import django, sys
django.setup()
from yichuang.demo import target
from yichuang.demo import commands
from yichuang.demo.commands import load
from yichuang.demo.tests.small import SMALL
from yichuang.kernel.errors import Refusal
pages, reset = int(sys.argv[1]), sys.argv[2] == "reset"
if pages:
    target._BUILDING += f"PRAGMA max_page_count={pages};"
try:
    sys.exit(load(reset=reset, parts=() if sys.argv[3:] else SMALL))
except Refusal as refusal:
    sys.exit(refusal.code)
"""


def command(pages: int = 0, *, reset: bool = False) -> list[str]:
    return [sys.executable, "-c", SCRIPT, str(pages), "reset" if reset else "keep"]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YICHUANG_VAR", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "yichuang.config.settings.base")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def run(pages: int = 0, *, reset: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(pages, reset=reset), capture_output=True, text=True, timeout=120, check=False)


def databases(var: Path) -> set[str]:
    return {path.name for path in var.iterdir() if "sqlite3" in path.name}


def ask(var: Path, question: str) -> object:
    base = sqlite3.connect(var / "yichuang.sqlite3")
    try:
        return base.execute(question).fetchone()[0]
    finally:
        base.close()


def test_loads_once_keeps_and_resets(var: Path) -> None:
    (var / "yichuang.sqlite3.loading").write_bytes(b"left by a killed process")
    first = run()
    assert first.returncode == 0, first.stderr
    assert "qiantai" in first.stdout
    assert databases(var) == {"yichuang.sqlite3"}
    assert ask(var, "PRAGMA journal_mode") == "wal"
    assert ask(var, "PRAGMA integrity_check") == "ok"
    assert ask(var, "SELECT count(*) FROM pragma_foreign_key_check") == 0
    tip = ask(var, "SELECT hex(hash) FROM ledger_entry WHERE id = (SELECT entries FROM demo_edition)")

    base = sqlite3.connect(var / "yichuang.sqlite3")
    with base:
        base.execute("UPDATE accounts_person SET phone = '028-12345678' WHERE username = 'qiantai'")
    base.close()
    second = run()
    assert second.returncode == 0, second.stderr
    assert "保留不动" in second.stdout
    assert ask(var, "SELECT phone FROM accounts_person WHERE username = 'qiantai'") == "028-12345678"

    third = run(reset=True)
    assert third.returncode == 0, third.stderr
    assert ask(var, "SELECT phone FROM accounts_person WHERE username = 'qiantai'") == ""
    assert ask(var, "SELECT hex(hash) FROM ledger_entry WHERE id = (SELECT entries FROM demo_edition)") == tip


def test_older_and_foreign_data_are_not_touched(var: Path) -> None:
    assert run().returncode == 0
    base = sqlite3.connect(var / "yichuang.sqlite3")
    with base:
        base.execute("UPDATE demo_edition SET number = number - 1")
    assert "old_edition" in run().stderr
    with base:
        base.execute("DELETE FROM demo_edition")
    base.close()
    for reset in (False, True):
        assert "not_a_demo" in run(reset=reset).stderr
    assert ask(var, "SELECT count(*) FROM accounts_person") == 131


def test_interrupted_leaves_nothing(var: Path) -> None:
    process = subprocess.Popen([*command(), "whole"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert "完成" in process.stdout.readline()  # people and items are there, entries follow
    assert "yichuang.sqlite3.loading" in databases(var)
    assert run().stderr.strip() == "loading_elsewhere"
    os.kill(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "没有留下" in output
    assert databases(var) == set()


def test_a_full_disk_is_told_and_leaves_what_was_there(var: Path) -> None:
    full = run(pages=300)
    assert full.returncode == 1, full.stderr
    assert "磁盘空间不足" in full.stdout
    assert databases(var) == set()
    assert run().returncode == 0
    before = (var / "yichuang.sqlite3").stat().st_ino
    assert run(pages=300, reset=True).returncode == 1
    assert databases(var) == {"yichuang.sqlite3"}
    assert (var / "yichuang.sqlite3").stat().st_ino == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only a file's folder can be asked for its room")
def test_too_little_room_is_told_before_the_work(
    var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", str(var / "yichuang.sqlite3"))
    monkeypatch.setattr(commands, "_ROOM", 2**60)
    assert load() == 1
    assert "磁盘空间不足" in capsys.readouterr().out
    assert databases(var) == set()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is loaded into a file, tested above")
@pytest.mark.django_db(transaction=True)
def test_postgresql_in_one_transaction(capsys: pytest.CaptureFixture[str]) -> None:
    assert load(parts=SMALL) == 0
    tip = Entry.objects.get(pk=Edition.objects.get().entries).hash
    Person.objects.filter(username="qiantai").update(phone="028-12345678")
    assert load(parts=SMALL) == 0
    assert "保留不动" in capsys.readouterr().out
    assert Person.objects.get(username="qiantai").phone
    assert load(reset=True, parts=SMALL) == 0
    assert Person.objects.get(username="qiantai").phone == ""
    assert bytes(Entry.objects.get(pk=Edition.objects.get().entries).hash) == bytes(tip)
    assert verify() == []

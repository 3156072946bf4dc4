"""What must not be written anywhere, and how files must not be called."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .sources import ROOT, Source, sources, text_files

# Put together here, or this file would name what it forbids.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs"),
        ("npmjs", "org"),
        ("registry", "yarnpkg"),
        ("npmmirror", "com"),
        ("tuna", "tsinghua"),
        ("mirrors", "aliyun"),
        ("deb", "debian", "org"),
    )
]
UNFINISHED = re.compile(rf"\b({'TO' + 'DO'}|{'FIX' + 'ME'}|{'X' * 3})\b")
OPTIONS = re.compile(r"^\s*--?(index|extra|find|trusted)|^\s*-[if]\b|://|\s@\s", re.MULTILINE)
VAGUE = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc"}
NAMED = re.compile(r"^\d{4}_[a-z][a-z0-9_]*$")


def word_complaints(files: Iterable[tuple[str, str]]) -> list[str]:
    """Texts that name a package registry or leave something to be done."""
    found = []
    for path, text in files:
        lower = text.lower()
        found += [f"{path}: names {host}" for host in HOSTS if host in lower]
        found += [f"{path}: {match[0]}" for match in UNFINISHED.finditer(text)]
    return found


def lock_complaints(path: str, text: str) -> list[str]:
    """Addresses in a lock file; who funds a package may have one, where it comes from may not."""
    if not path.endswith(".json"):
        return [f"{path}: {match[0].strip()}" for match in OPTIONS.finditer(text)]
    return [f"{path}: {where}" for where, value in strings(json.loads(text)) if "resolved" in where or "://" in value]


def strings(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a JSON value, with the way to it; what lies under ``funding`` is left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "funding":
                yield from strings(inner, f"{where}/{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, where)
    elif isinstance(value, str):
        yield where, value


def name_complaints(files: list[Source]) -> list[str]:
    """Modules whose name says nothing, and migrations that nobody named."""
    found = []
    for file in files:
        if vague := VAGUE & set(file.parts):
            found.append(f"{file.path}: {', '.join(vague)} is no name for a module")
        name = file.parts[-1]
        is_auto = "_auto" in name or name.endswith("_and_more") or not NAMED.match(name)
        if file.is_migration and name != "migrations" and is_auto:
            found.append(f"{file.path}: name the migration after what it does")
    return found


def test_words() -> None:
    assert word_complaints(text_files()) == []


@pytest.mark.parametrize("name", ["requirements.lock", "package-lock.json", ".npmrc"])
def test_locks_name_no_address(name: str) -> None:
    assert lock_complaints(name, (ROOT / name).read_text(encoding="utf-8")) == []


def test_names() -> None:
    assert name_complaints(sources()) == []


def test_there_is_no_other_lock() -> None:
    assert not (ROOT / "uv.lock").exists()


@pytest.mark.parametrize("host", HOSTS)
def test_a_registry_is_found(host: str, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("var/\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(f"see https://{host.upper()}/x")
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "b.txt").write_text(host)
    assert word_complaints(text_files(tmp_path)) == [f"docs/a.md: names {found}" for found in HOSTS if found in host]


def test_what_is_looked_at() -> None:
    paths = [path for path, _ in text_files()]
    assert {"Makefile", "conftest.py", "package-lock.json"} <= set(paths)
    assert not [path for path in paths if path.startswith(("var/", "node_modules/", ".venv/"))]


def test_something_left_to_do_is_found() -> None:
    assert word_complaints([("a.py", "# " + "TO" + "DO: later")])
    assert word_complaints([("a.py", "method, toDoor, XXXL")]) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index" + "-url https://example.test/simple",
        "--extra-index" + "-url file:///x",
        "--find" + "-links /wheels",
        "-i https://example.test",
        "django @ https://example.test/django.whl",
    ],
)
def test_an_address_in_a_python_lock_is_found(line: str) -> None:
    good = "asgiref==3.13.0 \\\n    --hash=sha256:034c\n"
    assert lock_complaints("requirements.lock", good) == []
    assert lock_complaints("requirements.lock", f"{line}\n{good}")


def test_an_address_in_an_npm_lock_is_found() -> None:
    entry = {"version": "1", "integrity": "sha512-x", "funding": {"url": "https://example.test"}}
    assert lock_complaints("package-lock.json", json.dumps({"packages": {"a": entry}})) == []
    entry["resolved"] = "https://example.test/a.tgz"
    assert lock_complaints("package-lock.json", json.dumps({"packages": {"a": entry}}))


@pytest.mark.parametrize(
    "path", ["cases/utils.py", "cases/helpers/x.py", "cases/services.py", "cases/migrations/0002_auto_20240101_0101.py",
             "cases/migrations/0002_case_state_and_more.py"],
)  # fmt: skip
def test_a_bad_name_is_found(path: str) -> None:
    assert name_complaints([Source(f"yichuang/{path}", "")])
    assert name_complaints([Source("yichuang/cases/migrations/0001_initial.py", "")]) == []
    assert name_complaints([Source("yichuang/cases/migrations/__init__.py", "")]) == []

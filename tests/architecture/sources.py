"""The repository as the checks see it: Python files with their syntax trees, and text files."""

import ast
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP = "yichuang"


@dataclass(frozen=True)
class Source:
    """A Python file: ``path`` is relative to ``src`` and written with slashes, as in ``yichuang/cases/rules.py``."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text, self.path)

    @property
    def lines(self) -> int:
        """How long the file is."""
        return len(self.text.splitlines())

    @property
    def parts(self) -> tuple[str, ...]:
        """``("yichuang", "cases", "rules")``; the module a package's ``__init__`` stands for is the package."""
        parts = tuple(self.path.removesuffix(".py").split("/"))
        return parts[:-1] if parts[-1] == "__init__" else parts

    @property
    def app(self) -> str:
        """The package on whose floor the file stands; empty for the top itself."""
        return self.parts[1] if len(self.parts) > 1 else ""

    @property
    def role(self) -> str:
        """``actions`` for ``cases/actions.py`` as well as for anything in ``cases/actions/``."""
        return self.parts[2] if len(self.parts) > 2 else ""

    @property
    def is_test(self) -> bool:
        """Belongs to an app's tests."""
        return "tests" in self.parts

    @property
    def is_migration(self) -> bool:
        """Belongs to an app's migrations."""
        return "migrations" in self.parts

    def at(self, node: ast.stmt | ast.expr) -> str:
        """``path:line`` of a node, for complaints."""
        return f"{self.path}:{node.lineno}"


def sources(root: Path = ROOT) -> list[Source]:
    """Every Python file of the package."""
    src = root / "src"
    return [
        Source(path.relative_to(src).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((src / TOP).rglob("*.py"))
    ]


def imported(file: Source) -> Iterator[tuple[ast.stmt, str]]:
    """Every module or name that the file imports, in full: ``yichuang.cases.models.Case``."""
    package = file.parts if file.path.endswith("/__init__.py") else file.parts[:-1]
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            prefix = ".".join((*base, *(node.module.split(".") if node.module else ())))
            for alias in node.names:
                yield node, f"{prefix}.{alias.name}"


def ignored_folders(root: Path) -> set[str]:
    """Names of folders that are never committed."""
    lines = (root / ".gitignore").read_text(encoding="utf-8").split()
    return {".git"} | {line.rstrip("/") for line in lines if line.endswith("/") and "*" not in line}


def committable(root: Path) -> Iterator[Path]:
    """Every file that is or could be committed: by git, or by ``.gitignore`` alone in a copy without history."""
    if (root / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        if listed.returncode == 0:  # git refuses a clone that belongs to somebody else
            yield from (root / name for name in sorted(set(listed.stdout.split("\0"))) if (root / name).is_file())
            return
    ignored = ignored_folders(root)
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in ignored and not name.endswith(".egg-info")]
        yield from (Path(folder) / name for name in sorted(names))


def text_files(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Relative path and text of every file that is or could be committed, except binary ones."""
    for path in committable(root):
        try:
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue

"""Files and functions stay small enough to be read at one go."""

import ast
from statistics import median, quantiles

from .sources import Source, sources

LONGEST_FILE, FILE_MEDIAN, FILE_95 = 500, 80, 350
FUNCTION_95, LONGEST_FUNCTION = 45, 90


def file_complaints(files: list[Source]) -> list[str]:
    """Over 500 lines; or as a whole over a median of 80 or a 95th percentile of 350. Empty files do not count."""
    counted = [file for file in files if not file.is_migration and file.text.strip()]
    found = [f"{file.path}: {file.lines} lines" for file in counted if file.lines > LONGEST_FILE]
    lengths = [file.lines for file in counted]
    if (middle := median(lengths)) >= FILE_MEDIAN:
        found.append(f"median file: {middle:.0f} lines")
    if (high := percentile_95(lengths)) >= FILE_95:
        found.append(f"95th percentile of files: {high:.0f} lines")
    return found


def function_complaints(files: list[Source]) -> list[str]:
    """More than one function in twenty of 45 lines or over, or any over 90."""
    lengths: list[tuple[int, str]] = []
    for file in files:
        for node in ast.walk(file.tree):
            if not file.is_migration and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                lengths.append((lines, f"{file.at(node)} {node.name}"))
    found = [f"{name}: {lines} lines" for lines, name in lengths if lines > LONGEST_FUNCTION]
    if (high := percentile_95([lines for lines, _ in lengths])) >= FUNCTION_95:
        longest = sorted(lengths, reverse=True)[:10]
        found.append(f"95th percentile of functions: {high:.0f} lines; the longest: {longest}")
    return found


def percentile_95(values: list[int]) -> float:
    """The value that 95 % do not exceed."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else float(values[0])


def test_files() -> None:
    assert file_complaints(sources()) == []


def test_functions() -> None:
    assert function_complaints(sources()) == []


def sized(lines: int, name: str = "a") -> Source:
    return Source(f"yichuang/cases/{name}.py", "x = 1\n" * lines)


def function(lines: int) -> Source:
    return Source("yichuang/cases/rules.py", "def f():\n" + "    x = 1\n" * (lines - 1))


def test_a_file_too_long_is_found() -> None:
    small = [sized(10)] * 99
    assert file_complaints([*small, sized(500)]) == []
    assert file_complaints([*small, sized(501, "b")]) == ["yichuang/cases/b.py: 501 lines"]


def test_files_too_long_on_the_whole_are_found() -> None:
    assert file_complaints([sized(79)] * 20) == []
    assert file_complaints([sized(80)] * 20) == ["median file: 80 lines"]
    assert file_complaints([sized(10)] * 90 + [sized(400)] * 10) == ["95th percentile of files: 400 lines"]


def test_functions_too_long_are_found() -> None:
    assert function_complaints([function(44)] * 20) == []
    assert "95th percentile of functions: 45 lines" in function_complaints([function(45)] * 20)[0]
    assert function_complaints([function(5)] * 99 + [function(91)]) == ["yichuang/cases/rules.py:1 f: 91 lines"]

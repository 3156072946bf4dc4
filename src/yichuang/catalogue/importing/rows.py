"""Lines to rows: CSV, JSON Lines and JSON arrays, each row with its line, and broken rows set apart."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from yichuang.catalogue.types import Refused, UnreadableFile

from .decoding import MAX_ROWS, Line, lines_of

MAX_CELL_LINES = 300  # a quoted cell that runs over more lines is taken for a missing quote
BROKEN_QUOTE = "引号不成对，或列数与表头不符，请检查该行的引号与逗号"


@dataclass(frozen=True, slots=True)
class Row:
    """One record by column name; ``line`` is where it begins."""

    line: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds, before anyone asks what it means. ``columns`` are in the file's own words."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: tuple[Refused, ...]


def table_of(content: bytes) -> Table:
    """Read a file's content; raises :class:`UnreadableFile` when no row of it can be read."""
    lines = list(lines_of(content))
    first = next((line.text.lstrip() for line in lines if line.text.strip()), "")
    if first.startswith("["):
        found = _json_array(lines)
    elif first.startswith("{"):
        found = _json_lines(lines)
    else:
        return _csv_table(lines)
    rows, broken = _parted(found)
    columns = dict.fromkeys(name for row in rows for name in row.values)
    if not columns:
        raise UnreadableFile("没有读到任何一条完整的 JSON 记录，请检查文件", "no_rows")
    return Table(tuple(columns), rows, broken)


def _parted(found: Iterator[Row | Refused]) -> tuple[tuple[Row, ...], tuple[Refused, ...]]:
    rows: list[Row] = []
    broken: list[Refused] = []
    for one in found:
        (rows if isinstance(one, Row) else broken).append(one)  # type: ignore[arg-type]
        if len(rows) + len(broken) > MAX_ROWS:
            raise UnreadableFile(f"文件超过 {MAX_ROWS:,} 行，请拆分后分批导入", "too_many_rows")
    return tuple(rows), tuple(broken)


def _csv_table(lines: list[Line]) -> Table:
    start = next((i for i, line in enumerate(lines) if line.text.strip()), None)
    if start is None:
        raise UnreadableFile("没有读到表头，请检查文件编码", "no_header")
    try:
        header = [name.strip() for name in next(csv.reader([lines[start].text], strict=True))]
    except (csv.Error, StopIteration):
        raise UnreadableFile("表头的引号不成对，请检查第一行", "no_header") from None
    twice = {name for name in header if header.count(name) > 1}
    if twice:
        raise UnreadableFile(f"列名重复：{'、'.join(sorted(twice))}，请保留一列", "duplicate_columns")
    rows, broken = _parted(_csv_rows(lines[start + 1 :], header))
    return Table(tuple(header), rows, broken)


def _csv_rows(lines: Sequence[Line], header: list[str]) -> Iterator[Row | Refused]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.fault:
            yield line.fault.at(line.number)
            at += 1
            continue
        if not line.text.strip(" ,\t"):
            at += 1
            continue
        cells, used = _csv_record(lines, at, len(header))
        if cells is None:
            yield Refused(line.number, "", line.text[:80], BROKEN_QUOTE)
            at += 1
            continue
        yield Row(line.number, dict(zip(header, cells, strict=True)))
        at += used


def _csv_record(lines: Sequence[Line], at: int, width: int) -> tuple[list[str] | None, int]:
    """The cells of the record that begins at ``at`` and how many lines it takes; None when it is broken."""
    used = 1
    is_open = lines[at].text.count('"') % 2 == 1
    while is_open:
        if used >= MAX_CELL_LINES or at + used >= len(lines) or lines[at + used].fault:
            return None, 1
        is_open ^= lines[at + used].text.count('"') % 2 == 1
        used += 1
    try:
        cells = next(csv.reader([f"{line.text}\n" for line in lines[at : at + used]], strict=True))
    except (csv.Error, StopIteration):
        return None, 1
    return (cells, used) if len(cells) == width else (None, 1)


def _json_lines(lines: list[Line]) -> Iterator[Row | Refused]:
    for line in lines:
        if line.fault:
            yield line.fault.at(line.number)
        elif line.text.strip():
            try:
                value = json.loads(line.text)
            except (ValueError, RecursionError):
                yield Refused(line.number, "", line.text[:80], "不是完整的 JSON 对象，请检查该行的引号、逗号与括号")
            else:
                yield _json_row(line.number, value)


def _json_row(line: int, value: Any) -> Row | Refused:
    if isinstance(value, dict):
        return Row(line, value)
    return Refused(line, "", str(value)[:80], "应为 JSON 对象（花括号），请检查该条记录")


def _json_array(lines: list[Line]) -> Iterator[Row | Refused]:
    """Elements one by one; after a broken one, goes on at the next line that begins one at the same depth."""
    # An unreadable line becomes NUL, which JSON allows nowhere: its element breaks instead of losing a field.
    text = "\n".join("\0" if line.fault else line.text for line in lines)
    starts = _LineFinder(text)
    decoder = json.JSONDecoder()
    at = text.index("[") + 1
    while True:
        at = _skip(text, at)
        if at >= len(text) or text[at] == "]":
            return
        try:
            value, at_end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            line = starts.number(at)
            following = _next_element(text, at)
            lost = "；其后的记录未能读取" if following == len(text) else ""
            reason = f"JSON 记录不完整，请检查该条记录的编码、引号、逗号与括号{lost}"
            yield Refused(line, "", text[at : at + 80].replace("\0", "�"), reason)
            at = following
            continue
        yield _json_row(starts.number(at), value)
        at = at_end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n,":
        at += 1
    return at


def _next_element(text: str, at: int) -> int:
    """Where the next element begins that is indented like the one at ``at``; the end when there is none."""
    line_start = text.rfind("\n", 0, at) + 1
    indent = re.match(r"[ \t]*", text[line_start:at])
    found = text.find("\n" + (indent.group() if indent else "") + "{", at)
    return found + 1 if found >= 0 else len(text)


class _LineFinder:
    """Line numbers of rising positions in a text, without counting from the start each time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.line = 1

    def number(self, position: int) -> int:
        self.line += self.text.count("\n", self.position, position)
        self.position = position
        return self.line

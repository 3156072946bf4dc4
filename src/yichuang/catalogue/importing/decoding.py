"""Bytes to lines of text: finds the encoding by majority, so that one broken line does not spoil the file."""

from collections.abc import Iterator
from dataclasses import dataclass

from yichuang.catalogue.types import RowFault, UnreadableFile

MAX_BYTES = 50 * 1024 * 1024
MAX_LINE_BYTES = 256 * 1024
MAX_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line, from 1; ``fault`` is set instead of the text when it cannot be read."""

    number: int
    text: str
    fault: RowFault | None = None


def lines_of(content: bytes) -> Iterator[Line]:
    """The file's lines without their ends; raises :class:`UnreadableFile` for what is no text file of ours."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆分后分批导入", "too_large")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("文件为 UTF-16 编码，请另存为 UTF-8 或 GB18030 编码", "encoding")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFile("这是 Excel 文件，请另存为 CSV（UTF-8）后导入", "not_text")
    raw = content.removeprefix(b"\xef\xbb\xbf")
    if not raw.strip():
        raise UnreadableFile("文件是空的，请检查是否选错了文件", "empty")
    chunks = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return _decoded(chunks, _encoding_of(chunks))


def _decoded(chunks: list[bytes], encoding: str) -> Iterator[Line]:
    for number, chunk in enumerate(chunks, start=1):
        if len(chunk) > MAX_LINE_BYTES:
            reason = f"该行超过 {MAX_LINE_BYTES // 1024} KB，请检查是否缺少换行"
            yield Line(number, "", RowFault("", f"{len(chunk)} 字节", reason))
            continue
        try:
            yield Line(number, chunk.decode(encoding))
        except UnicodeDecodeError as error:
            bad = chunk[error.start : error.start + 4].hex(" ")
            reason = f"第 {error.start + 1} 字节处不是有效的 {encoding.upper()} 编码，请以同一编码重新保存"
            yield Line(number, "", RowFault("", bad, reason))


def _encoding_of(chunks: list[bytes]) -> str:
    """The encoding that reads more of the lines that are not plain ASCII.

    Chinese text in GB18030 is hardly ever valid UTF-8, while the reverse happens, so UTF-8 wins a tie.
    """
    telling = [chunk for chunk in chunks if not chunk.isascii()]
    utf8 = sum(_reads(chunk, "utf-8") for chunk in telling)
    if 2 * utf8 >= len(telling):
        return "utf-8"
    gb = sum(_reads(chunk, "gb18030") for chunk in telling)
    if 2 * gb < len(telling):
        raise UnreadableFile("文件既不是 UTF-8 也不是 GB18030 编码的文本，请另存为其中一种编码", "encoding")
    return "gb18030"


def _reads(chunk: bytes, encoding: str) -> bool:
    try:
        chunk.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True

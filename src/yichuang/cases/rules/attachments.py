"""What an uploaded file is: told from its content, never from its name."""

import re
import unicodedata
import warnings
import zipfile
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from yichuang.kernel.errors import Refusal

from ..types import MOST_BYTES

MOST_PIXELS = 50_000_000  # some 200 MB when decoded; an A4 page scanned at 600 dpi has 35 million
MOST_PARTS = 20_000  # of a packed document
MOST_UNPACKED = 400 * 1024 * 1024
LONGEST_NAME = 200
ALLOWED = "PDF、JPG、PNG、OFD、DOCX、XLSX"
PACKED = {
    "OFD.xml": "application/ofd",  # GB/T 33190
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PICTURES = frozenset({"image/jpeg", "image/png"})
SHOWN_IN_PLACE = PICTURES | {"application/pdf"}


def check_file(name: str, content: bytes) -> tuple[str, str]:
    """The name to keep and the media type by content; refuses what is empty, too big, damaged or of another sort."""
    shown = file_name(name)
    if not content:
        raise Refusal(f"文件“{shown}”是空的，请重新选择", code="empty_file", field="file")
    if len(content) > MOST_BYTES:
        raise Refusal(f"文件“{shown}”超过20 MB，请压缩或分成几份后上传", code="file_too_big", field="file")
    media_type = _media_type(content)
    if media_type is None:
        raise Refusal(
            f"文件“{shown}”的内容不是可以上传的类型，请上传{ALLOWED}（只改扩展名无效）", code="bad_type", field="file"
        )
    if media_type in PICTURES and _has_too_many_pixels(content):
        raise Refusal(
            f"图片“{shown}”的像素太多，请按300 dpi重新扫描，或存成PDF后上传", code="too_many_pixels", field="file"
        )
    if not _is_whole(content, media_type):
        raise Refusal(f"文件“{shown}”已损坏或不完整，请重新扫描或导出后上传", code="damaged_file", field="file")
    return shown, media_type


def file_name(name: str) -> str:
    """The last part of a path, without what a file system or a header would trip over; its last 200 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    return plain.strip(" .")[-LONGEST_NAME:] or "未命名"


def _media_type(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return _packed_type(content) if content.startswith(b"PK\x03\x04") else None


def _packed_type(content: bytes) -> str | None:
    """By the part that each sort of packed document must have; none for other archives, and for those with macros."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts.values()) > MOST_UNPACKED:
        return None
    if any(name.endswith("vbaProject.bin") or part.flag_bits & 1 for name, part in parts.items()):
        return None
    return next((media_type for name, media_type in PACKED.items() if name in parts), None)


def _is_whole(content: bytes, media_type: str) -> bool:
    if media_type == "application/pdf":
        return b"%%EOF" in content[-2048:]
    return _is_picture(content) if media_type in PICTURES else True


def _has_too_many_pixels(content: bytes) -> bool:
    """By the head alone; what has none that can be read is left to :func:`_is_picture`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit is ours
            with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
                return picture.width * picture.height > MOST_PIXELS
    except Image.DecompressionBombError:
        return True
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
        return False


def _is_picture(content: bytes) -> bool:
    """Whether the picture can be decoded: a PNG by its check sums, a JPEG by decoding it at an eighth of its size."""
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.format == "PNG":
                picture.verify()
            else:
                picture.draft("L", (picture.width // 8, picture.height // 8))
                picture.load()
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
        return False
    return True

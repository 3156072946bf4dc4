"""The verification code on a paper: how it is printed, and how people type it."""

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32
LENGTH = 16
_MISREAD = str.maketrans("OIL", "011")
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def grouped(code: str) -> str:
    """``7K3M 9QXW 2BCD 4F5G``."""
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))


def clean_code(typed: str) -> str:
    """The code in what was typed or scanned (also a whole address), or nothing.

    Lower case, full-width signs, blanks and dashes do not matter; O is read as 0, I and L as 1.
    """
    last = unicodedata.normalize("NFKC", typed).strip().rstrip("/").rpartition("/")[2]
    code = re.sub(r"[\s\-‐–—_.·]", "", last).upper().translate(_MISREAD)
    return code if _CODE.fullmatch(code) else ""


def address_of(paper_address: str, code: str) -> str:
    """Where the QR code leads."""
    return f"{paper_address}/{code}"


def how_to_verify(address: str) -> str:
    """The line beside the QR code."""
    return f"扫描二维码，或者登录 {address} 输入验证码，可以核验本文书的真伪和效力。"

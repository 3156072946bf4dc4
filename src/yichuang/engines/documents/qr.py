"""QR codes (GB/T 18284) for papers: SVG for screen and PDF, PNG for Word."""

from functools import lru_cache
from io import BytesIO

import segno

QUIET = 4  # modules left white around, as the standard asks


def qr_svg(text: str) -> str:
    """The code as an SVG element that scales; a quarter of it may be damaged (level Q)."""
    return _code(text).svg_inline(border=QUIET, omitsize=True)


def qr_data_uri(text: str) -> str:
    """The same as the ``src`` of an image, for pages without inline parts."""
    return _code(text).svg_data_uri(border=QUIET, omitsize=True)


def qr_png(text: str) -> bytes:
    """The same as a PNG of 8 pixels a module."""
    output = BytesIO()
    _code(text).save(output, kind="png", border=QUIET, scale=8)
    return output.getvalue()


@lru_cache(256)  # choosing the mask takes milliseconds, and a paper is shown, printed and shown again
def _code(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="q")

"""A QR code's picture has just the modules of its matrix, with the white border that scanners need."""

import re
from io import BytesIO
from urllib.parse import unquote

import pytest
import segno
from PIL import Image

from yichuang.engines.documents.qr import QUIET, qr_data_uri, qr_png, qr_svg

ADDRESS = "https://zw.example.gov.cn/verify/7K3M9QXW2BCD4F5G"


def modules(text: str) -> list[list[int]]:
    return [list(row) for row in segno.make_qr(text, error="q").matrix_iter(border=QUIET)]


def drawn(svg: str) -> list[list[int]]:
    """The modules that the SVG's strokes cover: moves and horizontal lines, each row along its middle."""
    box, path = re.search(r"viewBox=.0 0 (\d+)", svg), re.search(r" d=.([^\"']+)", svg)
    assert box
    assert path
    grid = [[0] * int(box[1]) for _ in range(int(box[1]))]
    x = y = 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path[1]):
        if command == "h":
            grid[int(y)][int(x) : int(x + float(first))] = [1] * int(float(first))
            x += float(first)
        else:
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second))
    return grid


def test_png_is_the_matrix() -> None:
    image = Image.open(BytesIO(qr_png(ADDRESS))).convert("1")
    expected = modules(ADDRESS)
    scale = image.width // len(expected)
    assert image.size == (len(expected) * scale, len(expected) * scale)
    seen = [
        [int(not image.getpixel((x * scale + scale // 2, y * scale + scale // 2))) for x in range(len(expected))]
        for y in range(len(expected))
    ]
    assert seen == expected


def test_svg_is_the_matrix() -> None:
    assert drawn(qr_svg(ADDRESS)) == modules(ADDRESS)


def test_data_uri_is_the_svg() -> None:
    head, _, body = qr_data_uri(ADDRESS).partition(",")
    assert head.startswith("data:image/svg+xml")
    assert drawn(unquote(body)) == modules(ADDRESS)


@pytest.mark.parametrize("text", ["A", ADDRESS, ADDRESS * 3])
def test_the_border_is_white(text: str) -> None:
    grid = modules(text)
    edge = [*grid[:QUIET], *grid[-QUIET:], *[row[:QUIET] + row[-QUIET:] for row in grid]]
    assert not any(any(row) for row in edge)

"""The PDF is read back and measured against GB/T 9704—2012."""

import io
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from django.conf import settings

from yichuang.bulletins.documents import render_pdf
from yichuang.bulletins.types import Document

from .documents_samples import (
    DRAFT,
    HAN,
    PERIOD_SENTENCE,
    PROSE,
    SEAL,
    SHORT,
    SPECIAL,
    SPECIAL_DOCUMENT,
    YTD_SENTENCE,
    with_text,
)

MM = 25.4 / 72
LEFT, RIGHT, TOP, BOTTOM = 28, 210 - 26, 37, 297 - 35
LINE = 225 / 22 / MM  # points
NO_LINE_START = "，。、；：！？）》”’』」】％—…"
FANDOL = Path(settings.FONT_DIR)


@pytest.fixture(params=["noto", "fandol"])
def fonts(request: pytest.FixtureRequest) -> list[Path]:
    """The form must hold in the fallback fonts as well as in Fandol."""
    if request.param == "noto":
        return []
    if not (FANDOL / "FandolFang-Regular.otf").exists():
        pytest.skip(reason="Fandol is not installed; bin/fetch-fonts gets it")
    return [FANDOL]


def open_pdf(document: Document, fonts: list[Path] | None = None) -> pdfplumber.PDF:
    return pdfplumber.open(io.BytesIO(render_pdf(document, font_paths=fonts or [])))


def lines(page: Any) -> list[list[dict[str, Any]]]:
    """Characters by line, from the top; a line is what shares a baseline."""
    rows: dict[float, list[dict[str, Any]]] = defaultdict(list)
    for char in page.chars:
        rows[round(char["matrix"][5], 0)].append(char)
    return [sorted(rows[y], key=lambda char: char["x0"]) for y in sorted(rows, reverse=True)]


def body(page: Any) -> list[list[dict[str, Any]]]:
    """The page's lines without its number."""
    return [row for row in lines(page) if not words(row).startswith("— ")]


def words(row: list[dict[str, Any]]) -> str:
    return "".join(char["text"] for char in row)


def baseline(row: list[dict[str, Any]], page: Any) -> float:
    return page.height - row[0]["matrix"][5]


def printed(pdf: pdfplumber.PDF) -> str:
    """All text in reading order, line ends removed."""
    return "".join(words(row) for page in pdf.pages for row in body(page))


def body_lines(pdf: pdfplumber.PDF) -> Iterator[str]:
    for page in pdf.pages:
        yield from (words(row) for row in body(page))


def test_figures_and_masthead_are_printed(fonts: list[Path]) -> None:
    content = printed(open_pdf(SHORT, fonts))
    assert PERIOD_SENTENCE in content
    assert YTD_SENTENCE in content
    head = "2024年第33期（总第504期）窗口工作周报（9月18日—9月20日）某省政务服务和公共资源交易服务中心2024年10月6日"
    assert content.startswith(head)
    assert "报：省政务管理办公室" in content
    assert "送：" not in content
    assert "发：省级相关部门" in content
    assert "（共印100份）" in content
    assert content.endswith(SEAL)


def test_text_block_is_156_by_225_mm_with_22_lines_of_28_characters(fonts: list[Path]) -> None:
    pdf = open_pdf(with_text(HAN * 200), fonts)
    page = pdf.pages[1]
    assert (page.width * MM, page.height * MM) == pytest.approx((210, 297), abs=0.01)
    rows = body(page)
    assert len(rows) == 22
    assert {len(row) for row in rows} == {28}
    assert min(row[0]["x0"] for row in rows) * MM == pytest.approx(LEFT, abs=0.05)
    assert max(row[-1]["x1"] for row in rows) * MM == pytest.approx(RIGHT, abs=0.12)
    pitches = [baseline(below, page) - baseline(above, page) for above, below in pairwise(rows)]
    assert min(pitches) == pytest.approx(28.95, abs=0.1)
    assert max(pitches) == pytest.approx(28.95, abs=0.1)
    # A line's em square (0.88 above the baseline) stands in the middle of its pitch.
    first = baseline(rows[0], page) - 0.88 * 16 - (LINE - 16) / 2
    last = baseline(rows[-1], page) + 0.12 * 16 + (LINE - 16) / 2
    assert first * MM == pytest.approx(TOP, abs=0.1)
    assert last * MM == pytest.approx(BOTTOM, abs=0.1)


def test_characters_are_16_points_at_a_pitch_of_15_8(fonts: list[Path]) -> None:
    row = body(open_pdf(with_text(HAN * 60), fonts).pages[1])[0]
    assert {round(char["size"], 2) for char in row} == {16}
    steps = [after["x0"] - before["x0"] for before, after in pairwise(row)]
    assert min(steps) == pytest.approx(15.79, abs=0.03)
    assert max(steps) == pytest.approx(15.79, abs=0.03)


def test_punctuation_keeps_28_characters_and_never_begins_a_line(fonts: list[Path]) -> None:
    rows = list(body_lines(open_pdf(with_text(*[PROSE * 3] * 4), fonts)))
    assert not [row for row in rows if row[0] in NO_LINE_START]
    full = [row for row in rows[4:-6] if not row.endswith("。") and not row.startswith("本周")]
    assert len(full) > 20
    assert {len(row) for row in full} <= {27, 28, 29}  # a line's last sign may be half wide
    assert sum(len(row) == 28 for row in full) >= 0.8 * len(full)


def test_every_full_line_ends_at_the_right_edge(fonts: list[Path]) -> None:
    page = open_pdf(with_text(*[PROSE * 3] * 4), fonts).pages[1]
    half = 8  # the blank half of a closing sign may stand outside
    ends = [row[-1]["x1"] for row in body(page) if not words(row).endswith("。")]
    assert len(ends) > 15
    assert all(RIGHT / MM - 0.5 <= end <= RIGHT / MM + half + 0.5 for end in ends)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(fonts: list[Path]) -> None:
    pages = open_pdf(with_text(HAN * 200), fonts).pages
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        row = lines(page)[-1]
        assert words(row) == f"— {number} —"
        assert {round(char["size"], 1) for char in row} == {14}
        one_character = 14 * MM
        if number % 2:
            assert row[-1]["x1"] * MM == pytest.approx(RIGHT - one_character, abs=0.5)
        else:
            assert row[0]["x0"] * MM == pytest.approx(LEFT + one_character, abs=0.5)
        assert row[0]["top"] * MM > BOTTOM + 6


def test_faces_of_the_heads() -> None:
    if not (FANDOL / "FandolFang-Regular.otf").exists():
        pytest.skip(reason="Fandol is not installed; bin/fetch-fonts gets it")
    rows = {words(row): row for page in open_pdf(SHORT, [FANDOL]).pages for row in lines(page)}
    faces = {
        "窗口工作周报": ("FandolSong-Bold", 22),
        "一、综窗改革攻坚行动": ("FandolHei-Regular", 16),
        "（一）省本级综窗办件情况": ("FandolKai-Regular", 16),
    }
    for line, (face, size) in faces.items():
        assert {(char["fontname"].split("+")[1], round(char["size"], 1)) for char in rows[line]} == {(face, size)}
    title = rows["窗口工作周报"]
    assert title[0]["x0"] + title[-1]["x1"] == pytest.approx((LEFT + RIGHT) / MM, abs=3)
    red, green, blue = title[0]["non_stroking_color"]
    assert red > 0.6
    assert max(green, blue) < 0.2


def test_red_line_crosses_the_text_block() -> None:
    page = open_pdf(SHORT).pages[0]
    red_lines = [rect for rect in page.rects if rect["non_stroking_color"] and rect["non_stroking_color"][0] > 0.6]
    assert len(red_lines) == 1
    assert red_lines[0]["x0"] * MM == pytest.approx(LEFT, abs=0.1)
    assert red_lines[0]["x1"] * MM == pytest.approx(RIGHT, abs=0.1)


def test_special_characters_print_literally(fonts: list[Path]) -> None:
    content = printed(open_pdf(SPECIAL_DOCUMENT, fonts)).replace(" ", "")
    expected = SPECIAL.replace(" ", "")
    assert content.count(expected) == 5  # four levels and a recipient
    assert SPECIAL[:12].replace(" ", "") in content


def test_draft_is_marked_on_every_page_and_an_issued_bulletin_is_not() -> None:
    draft = Document(DRAFT.masthead, with_text(HAN * 100).paragraphs, is_draft=True)
    pages = open_pdf(draft).pages
    assert len(pages) > 1
    assert all(words(lines(page)[0]) == "草稿" for page in pages)
    assert "草稿" not in printed(open_pdf(SHORT))


def test_numbers_not_given_leave_their_place_empty() -> None:
    first = open_pdf(DRAFT).pages[0]
    rows = [words(row) for row in lines(first)]
    assert "".join(rows[1].split()) == "2024年第期（总第期）"
    ends = [char for row in lines(first) if words(row).startswith("2024") for char in row if char["text"] == "期"]
    assert ends[0]["x0"] - lines(first)[1][5]["x1"] > 20  # room for the number
    assert "某省政务服务和公共资源交易服务中心" in rows
    assert "共印" not in "".join(rows)


def test_long_bulletin_closes_at_the_foot_of_its_fifth_page() -> None:
    document = Document(SHORT.masthead, (*SHORT.paragraphs, *[with_text(PROSE * 4).paragraphs[0]] * 5), False)
    pdf = open_pdf(document)
    assert len(pdf.pages) == 5
    last = body(pdf.pages[-1])
    assert words(last[-1]) == "（共印100份）"
    assert last[-1][0]["bottom"] * MM == pytest.approx(BOTTOM, abs=4)
    assert not any("报：" in words(row) for page in pdf.pages[:-1] for row in body(page))


def test_properties_and_bookmarks() -> None:
    pdf = open_pdf(SHORT)
    assert pdf.metadata["Title"] == "窗口工作周报 2024年第33期（总第504期）（9月18日—9月20日）"
    assert pdf.metadata["Author"] == SHORT.masthead.issuer
    assert pdf.metadata["CreationDate"].startswith("D:20241006")
    outline = [(level, title) for level, title, *_ in pdf.doc.get_outlines()]
    assert outline == [(1, "一、综窗改革攻坚行动"), (2, "（一）省本级综窗办件情况")]


def test_same_document_gives_the_same_bytes() -> None:
    assert render_pdf(SHORT) == render_pdf(SHORT)
    assert render_pdf(DRAFT) == render_pdf(DRAFT)

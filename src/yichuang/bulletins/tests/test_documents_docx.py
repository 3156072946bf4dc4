"""The Word file is read back with python-docx and checked against GB/T 9704—2012."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from lxml import etree

from yichuang.bulletins.documents import render_docx
from yichuang.bulletins.types import Document

from .documents_samples import (
    DRAFT,
    PERIOD_SENTENCE,
    SEAL,
    SHORT,
    SPECIAL,
    SPECIAL_DOCUMENT,
    YTD_SENTENCE,
    with_text,
)


def open_docx(document: Document) -> Any:
    return docx.Document(io.BytesIO(render_docx(document)))


def texts(file: Any) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs]


def east_asian_font(style: Any) -> str:
    """The style's own face for Chinese, or what it inherits."""
    while style is not None:
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is not None and fonts.get(qn("w:eastAsia")):
            return str(fonts.get(qn("w:eastAsia")))
        style = style.base_style
    return ""


def test_figures_and_masthead_are_printed() -> None:
    lines = texts(open_docx(SHORT))
    assert lines[:3] == ["2024年第33期（总第504期）", "窗口工作周报", "（9月18日—9月20日）"]
    assert lines[4] == "某省政务服务和公共资源交易服务中心\t2024年10月6日"
    assert any(PERIOD_SENTENCE in line and YTD_SENTENCE in line for line in lines)


def test_page_is_a4_with_the_standard_text_block_and_grid() -> None:
    section = open_docx(SHORT).sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.05)
    margins = (section.top_margin.mm, section.bottom_margin.mm, section.left_margin.mm, section.right_margin.mm)
    assert margins == pytest.approx((37, 35, 28, 26), abs=0.05)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    height, width = (297 - 37 - 35) / 25.4 * 72, (210 - 28 - 26) / 25.4 * 72
    line = int(grid.get(qn("w:linePitch"))) / 20
    assert line == pytest.approx(28.95, abs=0.1)
    assert height // line == 22
    character = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert character == pytest.approx(15.8, abs=0.05)
    assert round(width / character) == 28


def test_a_body_line_holds_28_characters_at_an_exact_pitch() -> None:
    file = open_docx(SHORT)
    normal = file.styles["Normal"]
    assert normal.font.size.pt == 16
    spacing = int(normal.element.find(f"{qn('w:rPr')}/{qn('w:spacing')}").get(qn("w:val"))) / 20
    assert (210 - 28 - 26) / 25.4 * 72 // (16 + spacing) == 28
    assert normal.paragraph_format.line_spacing.pt == pytest.approx(28.95)
    assert normal.paragraph_format.widow_control is False
    assert normal.element.find(f"{qn('w:pPr')}/{qn('w:kinsoku')}") is not None
    indent = file.styles["Body Text"].element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_faces_and_levels() -> None:
    file = open_docx(SHORT)
    found = {paragraph.text: paragraph.style for paragraph in file.paragraphs if paragraph.text}
    body = next(style for words, style in found.items() if PERIOD_SENTENCE in words)
    faces = {
        body.name: "仿宋_GB2312",
        found["一、综窗改革攻坚行动"].name: "黑体",
        found["（一）省本级综窗办件情况"].name: "楷体_GB2312",
        found["1.进展"].name: "仿宋_GB2312",
        found["窗口工作周报"].name: "方正小标宋简体",
    }
    assert list(faces) == ["Body Text", "Heading 1", "Heading 2", "Heading 3", "Title"]
    assert {name: east_asian_font(file.styles[name]) for name in faces} == faces
    title = file.styles["Title"]
    assert title.font.size.pt == 22
    assert title.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert str(title.font.color.rgb) == "B3261E"


def test_every_font_names_its_substitute() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(SHORT))) as package:
        fonts = etree.fromstring(package.read("word/fontTable.xml"))
    substitutes = {
        font.get(qn("w:name")): alternative.get(qn("w:val"))
        for font in fonts
        if isinstance(font.tag, str) and (alternative := font.find(qn("w:altName"))) is not None
    }
    assert substitutes["仿宋_GB2312"] == "FangSong"
    assert substitutes["楷体_GB2312"] == "KaiTi"
    assert {east_asian_font(style) for style in open_docx(SHORT).styles if style.type == 1} <= set(substitutes)


def test_page_numbers_are_fields_right_on_odd_and_left_on_even_pages() -> None:
    file = open_docx(SHORT)
    assert file.settings.odd_and_even_pages_header_footer is True
    section = file.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert paragraph.alignment == side
        assert [field.text for field in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert paragraph.style.font.size.pt == 14
        assert east_asian_font(paragraph.style) == "宋体"


def test_closing_stands_between_two_rules_and_the_seal_ends_it() -> None:
    paragraphs = open_docx(SHORT).paragraphs[-6:]
    assert [paragraph.style.name for paragraph in paragraphs] == [
        "Closing Rule",
        "Closing Line",
        "Closing Line",
        "Closing Rule",
        "Copies",
        "Seal",
    ]
    assert paragraphs[1].text == "报：省政务管理办公室、省级相关部门（单位）、中心领导。"
    assert paragraphs[2].text.startswith("发：省级相关部门（单位）窗口")
    assert paragraphs[4].text == "（共印100份）"
    assert paragraphs[4].style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert paragraphs[5].text == SEAL


def test_special_characters_print_literally() -> None:
    lines = texts(open_docx(SPECIAL_DOCUMENT))
    assert lines.count(SPECIAL) == 4
    assert f"报：{SPECIAL}" in lines
    assert SPECIAL[:12] in lines


def test_what_xml_cannot_hold_is_left_out() -> None:
    lines = texts(open_docx(with_text("政务\x00服\x0b务\n大厅\ud800")))
    assert "政务服务 大厅" in lines


def test_draft_is_marked_on_odd_and_even_pages() -> None:
    section = open_docx(DRAFT).sections[0]
    assert [section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text] == ["\u00a0草稿\u00a0"] * 2
    issued = open_docx(SHORT).sections[0]
    assert "草稿" not in issued.header.paragraphs[0].text + issued.even_page_header.paragraphs[0].text


def test_numbers_not_given_leave_their_place_empty() -> None:
    lines = texts(open_docx(DRAFT))
    assert lines[0] == "2024年第　　期（总第　　期）"
    assert lines[4] == "某省政务服务和公共资源交易服务中心\t"
    assert not any("共印" in line or "封印" in line for line in lines)


def test_properties() -> None:
    properties = open_docx(SHORT).core_properties
    assert properties.title == "窗口工作周报 2024年第33期（总第504期）（9月18日—9月20日）"
    assert properties.author == SHORT.masthead.issuer
    assert properties.created.date() == SHORT.masthead.published_on

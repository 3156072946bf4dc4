"""The Word files say what the PDFs say, and are read back with python-docx."""

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from yichuang.engines.documents.qr import qr_png

from ..documents import Paper, Table, render_docx
from ..types import NoticeKind
from .papers_samples import ADDRESS, ALL, CODE, RARE, notice, sheet


def open_docx(paper: Paper) -> Any:
    return docx.Document(io.BytesIO(render_docx(paper)))


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("name", list(ALL))
def test_every_paper_says_what_its_content_says(name: str) -> None:
    paper = ALL[name]
    file = open_docx(paper)
    lines = [paragraph.text for paragraph in file.paragraphs]
    assert [block for block in paper.blocks if isinstance(block, str) and block not in lines] == []
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    expected = [[list(row) for row in ([block.head] if block.head else []) + list(block.rows)] for block in tables]
    assert [cells(table) for table in file.tables if table.style.name == "Paper Grid"] == expected
    assert {paper.title, paper.number} <= set(lines)
    if paper.addressee:
        assert paper.addressee in lines
        assert RARE in paper.addressee
    if paper.issuer:
        assert lines[:3] == [paper.issuer, paper.number, paper.title]
        assert "（印章）" in lines


def test_page_and_properties() -> None:
    file = open_docx(ALL["acceptance"])
    section = file.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.05)
    assert file.core_properties.title == "受理通知书 省市监局〔2026〕912号"
    assert file.core_properties.created.date().isoformat() == "2026-11-21"


def test_the_qr_code_and_the_code_in_groups_stand_at_the_end() -> None:
    file = open_docx(ALL["acceptance"])
    pictures = [part.target_part.blob for part in file.part.rels.values() if "image" in part.reltype]
    assert pictures == [qr_png(f"{ADDRESS}/{CODE}")]
    assert "验证码：7K3M 9QXW 2BCD 4F5G" in file.tables[-1].rows[0].cells[1].text
    assert f"{ADDRESS} " in file.tables[-1].rows[0].cells[1].text


def test_the_head_of_a_table_repeats_and_rows_stay_whole() -> None:
    table = open_docx(sheet(60)).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert len(table.rows) == 61


def test_a_voided_notice_is_marked_on_every_page() -> None:
    section = open_docx(notice(NoticeKind.ACCEPTANCE, is_voided=True)).sections[0]
    assert "已作废" in section.header.paragraphs[0].text
    assert "已作废" in section.even_page_header.paragraphs[0].text
    assert "已作废" not in open_docx(ALL["acceptance"]).sections[0].header.paragraphs[0].text


def test_every_style_used_is_defined() -> None:
    for paper in ALL.values():
        file = open_docx(paper)
        known = {style.style_id for style in file.styles}
        used = {element.get(qn("w:val")) for element in file.element.iter(qn("w:pStyle"), qn("w:tblStyle"))}
        assert used <= known

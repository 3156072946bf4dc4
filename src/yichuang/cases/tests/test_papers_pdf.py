"""Every paper is printed and read back: its words, its one page, its rare characters, its QR code."""

import io
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
import segno
from django.conf import settings

from yichuang.engines.documents.qr import QUIET

from ..documents import Paper, render_pdf
from ..types import ApplicantKind, DeliveryWay, NoticeKind
from .papers_samples import ADDRESS, ALL, CODE, RARE, notice, sheet

FANDOL = Path(settings.FONT_DIR)
LAW = "《中华人民共和国行政许可法》"


@pytest.fixture(params=["noto", "fandol"])
def fonts(request: pytest.FixtureRequest) -> list[Path]:
    """Rare characters must be there in the fallback fonts as well as beside Fandol."""
    if request.param == "fandol" and not (FANDOL / "FandolFang-Regular.otf").exists():
        pytest.skip(reason="Fandol is not installed; bin/fetch-fonts gets it")
    return [FANDOL] if request.param == "fandol" else []


def open_pdf(paper: Paper, fonts: list[Path] | None = None) -> Any:
    return pdfplumber.open(io.BytesIO(render_pdf(paper, font_paths=fonts or [])))


def printed(paper: Paper, fonts: list[Path] | None = None) -> str:
    """All text in the order of the file, without blanks and line ends."""
    return "".join(char["text"] for page in open_pdf(paper, fonts).pages for char in page.chars if char["text"].strip())


@pytest.mark.parametrize("name", [name for name in ALL if name != "sheet"])
def test_every_notice_keeps_to_one_page(name: str, fonts: list[Path]) -> None:
    pdf = open_pdf(ALL[name], fonts)
    assert len(pdf.pages) == 1
    text = printed(ALL[name], fonts)
    assert "验证码：7K3M9QXW2BCD4F5G" in text
    assert "某省市场监督管理局" in text
    assert "年" in text
    assert RARE in text
    assert "印章" in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (NoticeKind.RECEIPT, ["收件凭证", "序号材料名称形式份数情况", "2营业执照复印件2已收", "待补", "不表示已经受理",
                              "第三十二条第一款第（四）项", "逾期不告知的，自收到申请材料之日起即为受理"]),
        (NoticeKind.ACCEPTANCE, ["受理通知书", "第三十二条第一款第（五）项", "自2026年11月21日起予以受理", "10个工作日",
                                 "2026年12月4日", "取件码382910", "第四十五条"]),
        (NoticeKind.CORRECTION, ["补正告知书", "第三十二条第一款第（四）项", "全部内容一次告知", "法定代表人未签字",
                                 "联系电话停机", "说明：布局图可以手绘。"]),
        (NoticeKind.DECLINE, ["不予受理决定书", "第三十二条第一款第（二）项", "请向某市市场监督管理局申请"]),
        (NoticeKind.REDIRECT, ["不受理告知书", "第三十二条第一款第（一）项", "不需要取得行政许可"]),
        (NoticeKind.REFUSAL, ["不予许可决定书", "第三十八条第二款", "六十日内向某省人民政府申请行政复议",
                              "六个月内向某市中级人民法院提起行政诉讼", "已于2026年11月2日受理"]),
    ],
)  # fmt: skip
def test_what_each_kind_says(kind: NoticeKind, words: list[str]) -> None:
    text = printed(notice(kind))
    always = ["省市监局〔2026〕912号", "居民身份证110***********002X", "K0001202611210001"]
    assert [word for word in [*words, *always] if word not in text] == []


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind is not NoticeKind.DELIVERY])
def test_what_is_no_licence_cites_no_licensing_law(kind: NoticeKind) -> None:
    text = printed(notice(kind, applied={"is_licence": False, "item": "企业登记档案查询"}))
    assert LAW in printed(notice(kind))
    assert "行政许可" not in text
    assert "不予许可" not in text
    if kind is NoticeKind.REFUSAL:
        assert "不予办理决定书" in text


def test_a_day_that_nobody_knows_yet_and_none_promised() -> None:
    assert "待国务院放假安排公布后告知" in printed(notice(NoticeKind.ACCEPTANCE, due_on=None))
    text = printed(notice(NoticeKind.ACCEPTANCE, limit="", due_on=None))
    assert "没有承诺办结时限" in text
    assert "待国务院" not in text


@pytest.mark.parametrize(
    ("way", "words"),
    [(DeliveryWay.COUNTER, "取件码382910到政务服务大厅领取"), (DeliveryWay.AGENT, "由代理人凭"),
     (DeliveryWay.POST, "邮寄到申请时登记的地址"), (DeliveryWay.ELECTRONIC, "以电子方式送达")],
)  # fmt: skip
def test_how_to_fetch_the_result(way: DeliveryWay, words: str) -> None:
    assert words in printed(notice(NoticeKind.ACCEPTANCE, delivery_way=way))


def test_an_organisation_is_spoken_to_as_one() -> None:
    applied = {"kind": ApplicantKind.ORGANISATION, "agent": "经办人李四（介绍信）"}
    text = printed(notice(NoticeKind.ACCEPTANCE, applied=applied))
    assert "你单位于2026年11月20日由经办人李四（介绍信）提出的" in text


def missing(paper: Paper, fonts: list[Path]) -> int:
    """How many characters are drawn as the box of a font that lacks them (glyph 0)."""
    return sum(char["text"] == "(cid:0)" for page in open_pdf(paper, fonts).pages for char in page.chars)


def test_rare_characters_are_drawn_by_fonts_that_have_them(fonts: list[Path]) -> None:
    chars = {char["text"]: char for char in open_pdf(notice(NoticeKind.ACCEPTANCE), fonts).pages[0].chars}
    assert all(chars[character]["width"] > 0 for character in RARE)
    assert "NotoSerifCJK" in chars["𬭎"]["fontname"]
    assert {name: missing(paper, fonts) for name, paper in ALL.items()} == dict.fromkeys(ALL, 0)
    nowhere = notice(NoticeKind.ACCEPTANCE, applied={"name": "\U000f1234"})
    assert missing(nowhere, fonts) == 1


def test_a_voided_notice_says_so_in_large_red_letters() -> None:
    valid, voided = notice(NoticeKind.ACCEPTANCE), notice(NoticeKind.ACCEPTANCE, is_voided=True)
    assert "已作废" not in printed(valid)
    marks = [char for char in open_pdf(voided).pages[0].chars if char["text"] in "已作废" and char["size"] > 40]
    assert "".join(char["text"] for char in marks) == "已作废"
    assert all(char["non_stroking_color"][0] > 0.6 for char in marks)


def test_the_qr_code_is_drawn_module_by_module() -> None:
    page = open_pdf(notice(NoticeKind.ACCEPTANCE)).pages[0]
    expected = [list(row) for row in segno.make_qr(f"{ADDRESS}/{CODE}", error="q").matrix_iter(border=QUIET)]
    foot = 230 / 25.4 * 72
    dark = [shape for shape in page.curves + page.lines + page.rects if shape["top"] > foot and shape["width"] < 100]
    left, right = min(shape["x0"] for shape in dark), max(shape["x1"] for shape in dark)
    side = len(expected) - 2 * QUIET
    module = (right - left) / side
    top = min(shape["top"] for shape in dark) - module / 2  # each row is a stroke along its middle
    bottom = top + (right - left)
    image = page.crop((left, top, right, bottom)).to_image(resolution=600).original.convert("L")
    step = image.width / side
    assert image.width == pytest.approx(image.height, abs=2)
    seen = [
        [int(image.getpixel((int((x + 0.5) * step), int((y + 0.5) * image.height / side))) < 128) for x in range(side)]
        for y in range(side)
    ]
    assert seen == [row[QUIET:-QUIET] for row in expected[QUIET:-QUIET]]


def test_a_long_sheet_repeats_its_head_and_closes_with_places_to_sign() -> None:
    pdf = open_pdf(sheet(120))
    assert len(pdf.pages) > 3
    texts = ["".join(page.extract_text().split()) for page in pdf.pages]
    full = [text for text in texts if "K00012026" in text]
    assert all("序号办件编号事项申请人材料承诺办结" in text for text in full)
    assert texts[0].startswith("办件交接单交接单号：JJ20261121003")
    assert "移交人（综合窗口统筹流转岗）：接收人（省市监局）：" in texts[-1]
    assert f"第{len(texts)}页共{len(texts)}页" in texts[-1]
    assert "120件" in texts[0]
    assert "验证码" not in "".join(texts)


def test_the_same_content_gives_the_same_bytes() -> None:
    for name, paper in ALL.items():
        assert render_pdf(paper) == render_pdf(paper), name


def test_content_is_never_markup() -> None:
    special = "#let *x* = [@a] $y$ <b> \\ 「」"
    text = printed(notice(NoticeKind.DECLINE, reason=special, owner=special))
    assert text.count("".join(special.split())) == 2


def test_long_text_flows_on() -> None:
    pdf = open_pdf(notice(NoticeKind.REFUSAL, reason="理由很长，" * 400))
    assert len(pdf.pages) == 3
    assert "".join(pdf.pages[-1].extract_text().split()).endswith("第3页共3页")


@pytest.mark.parametrize(("length", "lines"), [(9, 1), (20, 1), (22, 1), (40, 2)])
def test_a_long_department_name_is_set_smaller_and_then_breaks(length: int, lines: int) -> None:
    name = ("某省政务服务管理和公共资源交易监督" * 3)[:length]
    page = open_pdf(notice(NoticeKind.REDIRECT, issuer=name)).pages[0]
    head = [char for char in page.chars if char["top"] < 150 and char["non_stroking_color"][0] > 0.6]
    assert "".join(char["text"] for char in head) == name
    assert len({round(char["top"]) for char in head}) == lines
    assert min(char["size"] for char in head) >= 17.9
    assert max(char["x1"] for char in head) < (210 - 26) / 25.4 * 72 + 3


def test_properties() -> None:
    metadata = open_pdf(notice(NoticeKind.ACCEPTANCE)).metadata
    assert metadata["Title"] == "受理通知书 省市监局〔2026〕912号"
    assert metadata["Author"] == "某省市场监督管理局"
    assert metadata["CreationDate"].startswith("D:20261121")

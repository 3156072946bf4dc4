"""Bulletins that the document tests print."""

from dataclasses import replace
from datetime import date

from yichuang.bulletins.types import Document, Masthead, Paragraph, Run

FIGURES = {
    "period": {"consulted": "748", "accepted": "392", "issued": "3948", "handed_over": "5848"},
    "ytd": {"consulted": "59712", "accepted": "23911", "issued": "138039", "handed_over": "300503"},
}
PERIOD_SENTENCE = "咨询748人次、受理392件、颁发3948件、流转5848件次"
YTD_SENTENCE = "咨询59712人次、受理23911件、颁发138039件、流转300503件次"
# Each of these means something to typst, XML or HTML.
SPECIAL = '#eval("1") $x$ *星* _下_ @甲 \\n <乙> & &amp; \' ` ~ // -- [丙] {丁} /* 戊 */ = + {{ 己 }} {% 庚 %}'
HAN = "政务服务大厅综合窗口"
PROSE = (
    "本周，综合窗口严格落实首问负责、一次性告知等制度，主动为群众和企业提供咨询引导、材料预审、帮办代办等服务；"
    "针对“高效办成一件事”办理量较大的事项，增设了专门窗口（含夜间窗口），并安排业务骨干值守。"
)
SEAL = "台账封印 第214号 " + "9f3a" * 16


def text(words: str, level: int = 0) -> Paragraph:
    return Paragraph((Run(words),), level)


def figures_paragraph() -> Paragraph:
    units = (
        ("咨询", "consulted", "人次、"),
        ("受理", "accepted", "件、"),
        ("颁发", "issued", "件、"),
        ("流转", "handed_over", "件次"),
    )
    runs: list[Run] = []
    for opening, span in (("本周，共计", "period"), ("。今年以来，累计", "ytd")):
        runs.append(Run(opening))
        for verb, figure, unit in units:
            runs += [Run(verb), Run(FIGURES[span][figure], figure, span), Run(unit)]
    return Paragraph((*runs, Run("。")))


MASTHEAD = Masthead(
    title="窗口工作周报",
    issuer="某省政务服务和公共资源交易服务中心",
    first=date(2024, 9, 18),
    last=date(2024, 9, 20),
    published_on=date(2024, 10, 6),
    year=2024,
    issue=33,
    serial=504,
    report_to="省政务管理办公室、省级相关部门（单位）、中心领导。",
    distribute_to="省级相关部门（单位）窗口，省直部门办事大厅，中心各处（室）、直属单位。",
    copies=100,
)
SHORT = Document(
    MASTHEAD,
    (
        text("一、综窗改革攻坚行动", 1),
        text("（一）省本级综窗办件情况", 2),
        figures_paragraph(),
        text("1.进展", 3),
        text(PROSE),
    ),
    is_draft=False,
    seal=SEAL,
)
DRAFT = Document(
    replace(MASTHEAD, issue=None, serial=None, published_on=None, copies=None), SHORT.paragraphs, is_draft=True
)
SPECIAL_DOCUMENT = Document(
    replace(MASTHEAD, title=SPECIAL[:12], issuer=SPECIAL[12:30], report_to=SPECIAL),
    tuple(text(SPECIAL, level) for level in range(4)),
    is_draft=False,
)


def with_text(*words: str) -> Document:
    return replace(SHORT, paragraphs=tuple(text(part) for part in words))

"""The HTML file is parsed again: what it says, and that it needs nothing from outside."""

import re
from html.parser import HTMLParser

from yichuang.bulletins.documents import render_html
from yichuang.bulletins.types import Document

from .documents_samples import (
    DRAFT,
    FIGURES,
    PERIOD_SENTENCE,
    SEAL,
    SHORT,
    SPECIAL,
    SPECIAL_DOCUMENT,
    YTD_SENTENCE,
)


class Reader(HTMLParser):
    """Text by element, and every tag with its attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag  # every element is closed in its order

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1], data))

    def text(self, *tags: str) -> str:
        return "".join(data for tag, data in self.texts if tag in tags or (not tags and tag != "style"))


def read(document: Document) -> Reader:
    return Reader(render_html(document))


def test_figures_and_masthead_are_printed() -> None:
    page = read(SHORT)
    content = page.text()
    for words in (
        PERIOD_SENTENCE,
        YTD_SENTENCE,
        "2024年第33期（总第504期）",
        "（9月18日—9月20日）",
        "2024年10月6日",
        SEAL,
    ):
        assert words in content
    assert page.text("h1") == "窗口工作周报"
    assert page.text("h2") == "一、综窗改革攻坚行动"
    assert page.text("h3") == "（一）省本级综窗办件情况"
    assert "报：省政务管理办公室" in content
    assert "（共印100份）" in content


def test_figures_carry_their_metric_and_span() -> None:
    found = {
        tuple(str(attributes["class"]).split()): attributes["value"]
        for tag, attributes in read(SHORT).tags
        if tag == "data"
    }
    assert found == {(figure, span): value for span, row in FIGURES.items() for figure, value in row.items()}


def test_page_needs_nothing_from_outside_and_runs_nothing() -> None:
    source = render_html(SHORT)
    page = Reader(source)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert not [
        name
        for _, attributes in page.tags
        for name in attributes
        if name in {"src", "href", "style"} or name[:2] == "on"
    ]
    assert not re.search(r"url\(|@import|https?:", source)


def test_special_characters_print_literally() -> None:
    page = read(SPECIAL_DOCUMENT)
    assert [page.text(tag) for tag in ("h2", "h3", "h4")] == [SPECIAL] * 3
    assert page.text().count(SPECIAL) == 5
    assert "乙" not in {tag for tag, _ in page.tags}


def test_draft_is_marked() -> None:
    assert "草稿" in read(DRAFT).text()
    assert "草稿" not in read(SHORT).text()


def test_numbers_not_given_leave_their_place_empty() -> None:
    content = read(DRAFT).text()
    assert "2024年第　　期（总第　　期）" in content
    assert "共印" not in content

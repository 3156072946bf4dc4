"""Every template compiles and keeps to the strict CSP."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import Engine, TemplateSyntaxError, engines

from .sources import ROOT, TOP

INLINE = {
    "style attribute": re.compile(r"<[^>{}]*\sstyle\s*="),
    "event attribute": re.compile(r"<[^>{}]*\son[a-z]+\s*="),
    "script without src": re.compile(r"<script(?![^>]*\b(src=|type=.application/json))[^>]*>"),
    "style element": re.compile(r"<style\b"),
    "address of another host": re.compile(r"\b(src|href|action)\s*=\s*[\"'](https?:)?//"),
}
PRINTED = {"bulletins/print.html"}
"""Pages for a file, not for a browser: they carry their style with them."""


def templates(root: Path = ROOT) -> Iterator[tuple[str, Path]]:
    """Name and file of every template of ours."""
    for path in sorted((root / "src" / TOP).glob("*/templates/**/*.html")):
        yield path.as_posix().split("/templates/", 1)[1], path


def inline_complaints(name: str, text: str) -> list[str]:
    """What the browser would refuse to run or load."""
    return [f"{name}: {what}: {match[0]}" for what, pattern in INLINE.items() for match in pattern.finditer(text)]


def test_all_templates_compile() -> None:
    engine = engines["django"]
    faults = []
    for name, _ in templates():
        try:
            engine.get_template(name)
        except TemplateSyntaxError as error:
            faults.append(f"{name}: {error}")
    assert faults == []


def test_nothing_inline() -> None:
    found = [
        complaint
        for name, path in templates()
        if name not in PRINTED
        for complaint in inline_complaints(name, path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_broken_template_is_found() -> None:
    with pytest.raises(TemplateSyntaxError):
        Engine().from_string("{% if %}")


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        '<button onclick="go()">',
        "<script>go()</script>",
        "<style>p {}</style>",
        '<link href="https://example.test/a.css">',
        "<img src='//example.test/a.png'>",
    ],
)
def test_something_inline_is_found(text: str) -> None:
    assert inline_complaints("a.html", text)


@pytest.mark.parametrize(
    "text", ["<script src=\"{% static 'ui/app.js' %}\" defer></script>", '<a href="/cases/">', "<table class='data'>",
             '<script type="application/json" id="x">{}</script>'],
)  # fmt: skip
def test_what_the_csp_allows_is_fine(text: str) -> None:
    assert inline_complaints("a.html", text) == []

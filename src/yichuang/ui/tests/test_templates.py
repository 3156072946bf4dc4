"""What the content policy forbids stands in no template; components render what they were given."""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string

from yichuang.ui.templatetags.ui import grouped, minutes, percent

TEMPLATES = sorted(Path(settings.PACKAGE_DIR).rglob("templates/**/*.html"))
FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "inline style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "address of another host": re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.PACKAGE_DIR)))
def test_nothing_inline_and_nothing_external(path: Path) -> None:
    text = path.read_text()
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_the_patterns_find_what_they_forbid() -> None:
    bad = """<script>x</script><style></style><p style="a"><a onclick="b"><img src="//x"><a href="javascript:c">"""
    assert [what for what, pattern in FORBIDDEN.items() if not pattern.search(bad)] == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12933, "12,933"),
        ("12933", "12,933"),
        (-7, "-7"),
        (None, "—"),
        (0, "0"),
        (Decimal("1234.50"), "1,234.50"),
        ("待填", "待填"),
    ],
)
def test_grouped(value: object, shown: str) -> None:
    assert grouped(value) == shown


def test_percent_carries_its_sign() -> None:
    assert [percent(3.24), percent(Decimal("-1.05")), percent(None)] == ["+3.2 %", "−1.1 %", "—"]


def test_minutes_round_up() -> None:
    assert minutes(timedelta(minutes=29, seconds=1)) == 30


class Sample(forms.Form):
    name = forms.CharField(label="名称", help_text="全称")
    is_open = forms.BooleanField(label="启用", required=False)


def test_field_names_its_error_and_help_for_screen_readers() -> None:
    text = render_to_string("allauth/elements/fields.html", {"attrs": {"form": Sample({"name": ""})}})
    assert '<label for="id_name">名称' in text
    assert 'aria-invalid="true"' in text
    described = re.search(r'aria-describedby="([^"]+)"', text)
    assert described
    assert all(f'id="{name}"' in text for name in described[1].split())


def test_tick_stands_before_its_label() -> None:
    text = render_to_string("allauth/elements/fields.html", {"attrs": {"form": Sample()}})
    assert text.index('type="checkbox"') < text.index("启用")

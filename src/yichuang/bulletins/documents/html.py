"""A bulletin as one HTML file that needs nothing else: sheets on screen, the form of GB/T 9704—2012 in print."""

from html import escape
from pathlib import Path

from yichuang.bulletins.types import Document, Masthead, Paragraph, Run
from yichuang.engines.documents.text import printable

from .wording import (
    DRAFT_MARK,
    closing_lines,
    copies_text,
    date_text,
    document_name,
    number_line,
    period_line,
)

STYLE = Path(__file__).parent / "data" / "bulletin.css"


def render_html(document: Document) -> str:
    """The bulletin as a standalone page without scripts; figures are marked with their metric and span."""
    masthead = document.masthead
    draft = f'<p class="draft">{DRAFT_MARK}</p>' if document.is_draft else ""
    body = "\n".join(_paragraph(part) for part in document.paragraphs)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(document_name(masthead))}</title>
<style>
{STYLE.read_text(encoding="utf-8")}</style>
</head>
<body>
<article class="sheet">
{draft}{_masthead(masthead)}
<main>
{body}
</main>
{_closing(document)}
</article>
</body>
</html>
"""


def _text(text: str) -> str:
    return escape(printable(text))


def _masthead(masthead: Masthead) -> str:
    return f"""<header>
<p class="number">{_text(number_line(masthead))}</p>
<h1>{_text(masthead.title)}</h1>
<p class="period">{_text(period_line(masthead))}</p>
<p class="issuer"><span>{_text(masthead.issuer)}</span> <span>{_text(date_text(masthead))}</span></p>
</header>"""


def _paragraph(part: Paragraph) -> str:
    runs = "".join(_run(run) for run in part.runs)
    # The page's own title is its h1, so heads begin at h2.
    tag = f"h{part.level + 1}" if part.level in {1, 2, 3} else "p"
    return f"<{tag}>{runs}</{tag}>"


def _run(run: Run) -> str:
    if not run.figure:
        return _text(run.text)
    return f'<data value="{_text(run.text)}" class="{escape(run.figure)} {escape(run.span)}">{_text(run.text)}</data>'


def _closing(document: Document) -> str:
    rows = "".join(
        f"<p><span>{label}</span>{_text(recipients)}</p>" for label, recipients in closing_lines(document.masthead)
    )
    copies, seal = copies_text(document.masthead), _text(document.seal)
    parts = (
        f'<div class="recipients">{rows}</div>' if rows else "",
        f'<p class="copies">{copies}</p>' if copies else "",
        f'<p class="seal">{seal}</p>' if seal else "",
    )
    return f"<footer>{''.join(parts)}</footer>" if any(parts) else ""

"""The words around a bulletin's text that all three renderers print alike."""

from yichuang.bulletins.types import Masthead
from yichuang.engines.documents.text import printable
from yichuang.kernel.chinese import full_date, period

DRAFT_MARK = "草稿"
BLANK = "　　"  # two empty cells: the place of a number that is not given yet


def number_line(masthead: Masthead) -> str:
    """``2024年第8期（总第479期）``; numbers not given yet leave their places empty; no year, no line."""
    if not masthead.year:
        return ""
    issue, serial = (BLANK if number is None else str(number) for number in (masthead.issue, masthead.serial))
    return f"{masthead.year}年第{issue}期（总第{serial}期）"


def period_line(masthead: Masthead) -> str:
    """``（2月26日—3月1日）``."""
    return f"（{period(masthead.first, masthead.last)}）"


def date_text(masthead: Masthead) -> str:
    """``2024年3月12日``; empty before publication."""
    return full_date(masthead.published_on) if masthead.published_on else ""


def closing_lines(masthead: Masthead) -> tuple[tuple[str, str], ...]:
    """Labels and recipients ``报：``, ``送：``, ``发：`` in this order, without those that have no recipient."""
    lines = (("报：", masthead.report_to), ("送：", masthead.send_to), ("发：", masthead.distribute_to))
    return tuple((label, printable(recipients)) for label, recipients in lines if recipients.strip())


def copies_text(masthead: Masthead) -> str:
    """``（共印103份）``; empty where the number of copies is not given."""
    return "" if masthead.copies is None else f"（共印{masthead.copies}份）"


def document_name(masthead: Masthead) -> str:
    """Title, number and period on one line, for a file's properties and a window's title."""
    return f"{printable(masthead.title)} {number_line(masthead)}{period_line(masthead)}".replace(BLANK, "")

"""What the lists of the workplaces share: tabs and pages in the address, a key per form, forms sent twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from yichuang.kernel.errors import Refusal
from yichuang.ui.access import Request

from ..actions import once

MOST_PAGES = 100  # of 50 rows: as far as the lists go


@dataclass(frozen=True, slots=True)
class Tab:
    """A list of a workplace, and what it says when nothing lies in it; ``count`` empty where none is known."""

    key: str
    label: str
    empty_title: str
    empty_text: str
    count: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; ``total`` as a tab shows it, empty when it was not counted."""

    rows: tuple[Any, ...]
    number: int = 1
    has_next: bool = False
    total: str = ""


def page_number(request: Request) -> int:
    """The page in the address; the first for what is no number."""
    given = request.GET.get("page", "1")
    return max(int(given), 1) if given.isdecimal() and len(given) < 6 else 1


def narrowed(request: Request) -> str:
    """The tab and filters of the address, without the page and what is only said once; for exports and ways back."""
    kept = request.GET.copy()
    for name in ("page", "made", "done"):
        kept.pop(name, None)
    return kept.urlencode()


def place_of(request: Request) -> str:
    """The list that a form was sent from: its tab and filters, and which page of it, as in an address."""
    return f"{request.POST.get('list', '')}&{urlencode({'page': request.POST.get('page', '1')})}"


def all_pages(read: Callable[[int], Page]) -> Iterator[Any]:
    """The rows of every page, for exports; refused when there are more than a list is read through."""
    if read(MOST_PAGES).has_next:  # asked first: nobody waits for thousands of rows to be refused
        raise Refusal("超过 5000 行，请先筛选，分几次导出", code="too_many", field="page")
    for number in range(1, MOST_PAGES + 1):
        page = read(number)
        yield from page.rows
        if not page.has_next:
            return


def form_key() -> str:
    """A new key of a form: sent twice, it is carried out once."""
    return str(uuid4())


def carry_out(request: Request, do: Callable[[], str]) -> str:
    """Run ``do`` unless this form was carried out already; its answer, the first one when the form came again."""
    try:
        key = str(UUID(request.POST.get("form_key", "")))
    except ValueError:
        key = form_key()
    return once(request.actor, key, do)

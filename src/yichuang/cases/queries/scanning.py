"""From the code on a paper to its case: what a scanner at the issue counter types."""

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require

from ..documents.codes import clean_code
from ..models import Case, Notice
from .seen import visible_to


def number_of_code(actor: Actor, typed: str) -> str:
    """The number of the case that a scanned notice or result belongs to; empty when the text is no such code.

    A number alone tells nothing about a person; its page checks and logs.
    """
    require(actor, "cases.view_case")
    code = clean_code(typed)
    if not code:
        return ""
    cases = Case.objects.filter(visible_to(actor))
    result = cases.filter(result_code=code).values_list("number", flat=True).first()
    if result:
        return result
    notice = Notice.objects.filter(code=code, case__in=cases).values_list("case__number", flat=True).first()
    return notice or ""

"""Is a paper genuine? For anyone who holds it, and without a word about the person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from yichuang.accounts.queries import department_names
from yichuang.catalogue.types import ItemType
from yichuang.kernel.labels import TextLabels, gettext_noop

from ..documents.codes import clean_code
from ..documents.notices import title_of
from ..models import Case, Notice
from ..types import NoticeKind, State
from .notices import issuer_of, number_of


class Standing(TextLabels):
    """What a genuine paper is worth now."""

    VALID = "valid", gettext_noop("有效")
    VOIDED = "voided", gettext_noop("已作废")
    REVERSED = "reversed", gettext_noop("已被冲正")
    EXPIRED = "expired", gettext_noop("已过有效期")
    NOT_ISSUED = "not_issued", gettext_noop("已办结，尚未颁发")


@dataclass(frozen=True, slots=True)
class Verified:
    """A genuine notice or result as the public may know it; ``issued_on`` is empty until a result is handed out."""

    kind: str
    number: str
    issuer: str
    issued_on: date | None
    standing: Standing
    changed_at: datetime | None = None  # when it was voided or reversed
    valid_until: date | None = None
    is_result: bool = False


def verify(typed: str, *, today: date) -> Verified | None:
    """The paper with this code, however it was typed; None if there is none (at most 2 queries)."""
    code = clean_code(typed)
    return (_notice(code) or _result(code, today)) if code else None


def _notice(code: str) -> Verified | None:
    notice = Notice.objects.select_related("case__item__department").filter(code=code).first()
    if notice is None:
        return None
    standing = Standing.VALID
    if notice.voided_at:
        standing = Standing.VOIDED if notice.case.state == State.VOIDED else Standing.REVERSED
    return Verified(
        kind=title_of(NoticeKind(notice.kind), is_licence=notice.case.item.type == ItemType.LICENCE),
        number=number_of(notice),
        issuer=issuer_of(notice),
        issued_on=timezone.localdate(notice.issued_at),
        standing=standing,
        changed_at=notice.voided_at,
    )


def _result(code: str, today: date) -> Verified | None:
    case = Case.objects.select_related("item__department").filter(result_code=code).first()
    if case is None:
        return None
    department = case.item.department
    # An item that moved to another department since costs one query more.
    is_same = department.code == case.department
    issuer = department.name if is_same else department_names().get(case.department, case.department)
    is_issued = case.state == State.ISSUED
    standing = Standing.VALID if is_issued else Standing.NOT_ISSUED
    if case.state == State.VOIDED:
        standing = Standing.VOIDED
    elif case.result_valid_until and case.result_valid_until < today:
        standing = Standing.EXPIRED
    return Verified(
        kind=case.item.result_name or "办理结果",
        number=case.result_number,
        issuer=issuer,
        issued_on=timezone.localdate(case.moved_at) if is_issued else None,
        standing=standing,
        valid_until=case.result_valid_until,
        is_result=True,
    )

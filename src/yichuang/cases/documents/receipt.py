"""送达回证: proof that a result, or the decision of a refusal, was delivered."""

from yichuang.kernel.chinese import full_date

from ..types import DeliveryWay, NoticeKind, ReceiverCheck
from .types import Paper, ReceiptContent, Table


def receipt_paper(content: ReceiptContent) -> Paper:
    """The receipt as a paper, with places to sign for who received and who delivered."""
    applied = content.applied
    agent = f"，{applied.agent}" if applied.agent else ""
    rows = [
        ("受送达人", f"{applied.name}（{applied.id_label}{applied.id_number}）{agent}"),
        ("事项", applied.item),
        ("办件编号", applied.case_number),
        ("送达文书", content.paper),
        ("送达方式", content.way.label),
        ("送达日期", full_date(content.delivered_on)),
    ]
    if content.way is DeliveryWay.POST:
        rows.append(("邮寄", f"{content.carrier} {content.tracking_number}".strip()))
    if content.receiver:
        check = f"（{content.check.label}）" if content.check is not ReceiverCheck.NONE else ""
        rows.append(("收件人", content.receiver + check))
    if content.delivered_by:
        rows.append(("送达人", content.delivered_by))
    if content.note:
        rows.append(("备注", content.note))
    return Paper(
        title=NoticeKind.DELIVERY.label,
        number=content.number,
        made_on=content.issued_on,
        issuer=content.issuer,
        blocks=(Table((22, 78), tuple(rows)),),
        signatures=("收件人", "送达人"),
        code=content.code,
        address=content.address,
        is_voided=content.is_voided,
    )

"""Papers of every kind for tests; the applicant's name has rare characters."""

from datetime import date
from typing import Any

from ..documents import (
    Applied,
    MaterialLine,
    NoticeContent,
    Paper,
    PointLine,
    ReceiptContent,
    SheetContent,
    SheetRow,
    notice_paper,
    number_line,
    receipt_paper,
    sheet_paper,
)
from ..types import ApplicantKind, DeliveryWay, MaterialState, NoticeKind, ReceiverCheck

RARE = "𬭎·䶮小明"
CODE = "7K3M9QXW2BCD4F5G"
ADDRESS = "https://zw.example.gov.cn/verify"
APPLIED: dict[str, Any] = {
    "kind": ApplicantKind.PERSON,
    "name": RARE,
    "id_label": "居民身份证",
    "id_number": "110***********002X",
    "item": "食品经营许可（新办）",
    "case_number": "K0001202611210001",
    "received_on": date(2026, 11, 20),
    "is_licence": True,
}
MATERIALS = (
    MaterialLine("食品经营许可申请书", 1, True),
    MaterialLine("营业执照", 2, False),
    MaterialLine("与食品经营相适应的主要设备设施布局、操作流程等文件（加盖公章）", 1, True, MaterialState.TO_FOLLOW),
)
POINTS = (PointLine("食品经营许可申请书", "法定代表人未签字"), PointLine("", "联系电话停机，请补充"))
DETAILS: dict[NoticeKind, dict[str, Any]] = {
    NoticeKind.RECEIPT: {"materials": MATERIALS},
    NoticeKind.ACCEPTANCE: {"limit": "10个工作日", "due_on": date(2026, 12, 4), "pickup_code": "382910"},
    NoticeKind.CORRECTION: {"points": POINTS, "note": "布局图可以手绘"},
    NoticeKind.DECLINE: {"reason": "经营场所属于市级登记范围", "owner": "某市市场监督管理局"},
    NoticeKind.REDIRECT: {"reason": "仅销售预包装食品，已按规定备案"},
    NoticeKind.REFUSAL: {
        "reason": "经营场所与有毒、有害场所的距离不符合规定",
        "review_body": "某省人民政府",
        "court": "某市中级人民法院",
        "accepted_on": date(2026, 11, 2),
    },
}


def notice(kind: NoticeKind, *, applied: dict[str, Any] | None = None, **fields: Any) -> Paper:
    """A notice of this kind with everything that it can say."""
    content: dict[str, Any] = {
        "number": number_line("省市监局", 2026, 912),
        "issuer": "某省市场监督管理局",
        "issued_on": date(2026, 11, 21),
        "code": CODE,
        "address": ADDRESS,
    }
    content |= DETAILS[kind] | fields
    return notice_paper(NoticeContent(kind=kind, applied=Applied(**(APPLIED | (applied or {}))), **content))


def receipt() -> Paper:
    """A 送达回证 of what was handed out at the counter."""
    return receipt_paper(
        ReceiptContent(
            number=number_line("省市监局", 2026, 913),
            issuer="某省市场监督管理局",
            issued_on=date(2026, 12, 3),
            code=CODE,
            address=ADDRESS,
            applied=Applied(**APPLIED),
            paper="食品经营许可证（编号JY15100000000001）",
            way=DeliveryWay.COUNTER,
            delivered_on=date(2026, 12, 3),
            receiver=RARE,
            check=ReceiverCheck.ID,
            delivered_by="赵敏",
        )
    )


def sheet(cases: int) -> Paper:
    """A hand-over sheet of so many cases."""
    rows = tuple(
        SheetRow(
            f"K000120261121{place:04d}", "食品经营许可（新办）", "王**", 3, date(2026, 12, 4) if place % 2 else None
        )
        for place in range(1, cases + 1)
    )
    return sheet_paper(
        SheetContent("JJ20261121003", "综合窗口统筹流转岗", "省市监局", date(2026, 11, 21), "钱进", rows)
    )


ALL = {**{kind.name.lower(): notice(kind) for kind in DETAILS}, "delivery": receipt(), "sheet": sheet(45)}

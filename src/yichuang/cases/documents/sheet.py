"""交接单: the paper that goes with a batch of cases."""

from yichuang.kernel.chinese import full_date

from .types import Paper, SheetContent, Table


def sheet_paper(content: SheetContent) -> Paper:
    """The sheet as a paper of as many pages as it takes, with places to sign for both sides."""
    rows = tuple(
        (
            str(place),
            row.case_number,
            row.item,
            row.applicant,
            str(row.materials),
            row.due_on.isoformat() if row.due_on else "未定",
        )
        for place, row in enumerate(content.rows, 1)
    )
    made_by = f"（{content.made_by}）" if content.made_by else ""
    return Paper(
        title="办件交接单",
        number=f"交接单号：{content.number}",
        made_on=content.made_on,
        blocks=(
            f"{content.sender}{made_by}于{full_date(content.made_on)}将下列{len(rows)}件办件及其材料移交{content.receiver}。",
            Table((8, 26, 29, 13, 9, 15), rows, ("序号", "办件编号", "事项", "申请人", "材料", "承诺办结")),
            f"以上共{len(rows)}件，经双方当面清点无误。",
        ),
        signatures=(f"移交人（{content.sender}）", f"接收人（{content.receiver}）"),
    )

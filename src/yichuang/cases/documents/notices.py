"""The words of a notice, each with its article (行政许可法 binds licences only)."""

from collections.abc import Callable

from yichuang.kernel.chinese import full_date

from ..types import AgentAuthority, ApplicantKind, DeliveryWay, MaterialState, NoticeKind
from .types import Applied, NoticeContent, Paper, Table

LAW = "《中华人民共和国行政许可法》"
UNKNOWN_DAY = "待国务院放假安排公布后告知"
VOIDED = "已作废"


def number_line(short_name: str, year: int, number: int) -> str:
    """``省市监局〔2026〕912号`` (GB/T 9704—2012, 7.2.5: no leading zeros)."""
    return f"{short_name}〔{year}〕{number}号"


def title_of(kind: NoticeKind, *, is_licence: bool) -> str:
    """The paper's name; what is no licence is not called one."""
    if kind is NoticeKind.REFUSAL and not is_licence:
        return "不予办理决定书"
    return kind.label


def notice_paper(content: NoticeContent) -> Paper:
    """The notice as a paper; the same content gives the same words."""
    return Paper(
        title=title_of(content.kind, is_licence=content.applied.is_licence),
        number=content.number,
        made_on=content.issued_on,
        issuer=content.issuer,
        addressee=addressee(content.applied),
        blocks=_BLOCKS[content.kind](content),
        code=content.code,
        address=content.address,
        is_voided=content.is_voided,
    )


def addressee(applied: Applied) -> str:
    """``王小明（居民身份证110***********002X）：``."""
    return f"{applied.name}（{applied.id_label}{applied.id_number}）："


def agent_words(name: str, authority: AgentAuthority) -> str:
    """``代理人李四（授权委托书）``, ``经办人李四（介绍信）``, ``法定代理人李四``."""
    match authority:
        case AgentAuthority.STAFF:
            return f"经办人{name}（介绍信）"
        case AgentAuthority.LEGAL:
            return f"法定代理人{name}"
        case AgentAuthority.POWER_OF_ATTORNEY:
            return f"代理人{name}（授权委托书）"
        case _:
            return f"代理人{name}"


def _receipt(content: NoticeContent) -> tuple[str | Table, ...]:
    applied, given = content.applied, content.materials
    if not given:
        blocks: list[str | Table] = [f"{_application(applied)}本窗口已经收到，没有收取材料。"]
    else:
        rows = [
            (
                str(place),
                material.name,
                "原件" if material.is_original else "复印件",
                str(material.copies),
                material.state.label,
            )
            for place, material in enumerate(given, 1)
        ]
        blocks = [
            f"{_application(applied)}本窗口已经收到，收取材料情况如下：",
            Table((9, 56, 12, 11, 12), tuple(rows), ("序号", "材料名称", "形式", "份数", "情况")),
        ]
    follow = sum(material.state is MaterialState.TO_FOLLOW for material in given)
    to_follow = f"标明“待补”的{follow}项材料，请尽快补交。" if follow else ""
    blocks.append(f"本凭证只证明收到上述申请和材料，不表示已经受理。{to_follow}")
    if applied.is_licence:
        blocks.append(
            f"根据{LAW}第三十二条第一款第（四）项，申请材料不齐全或者不符合法定形式的，本机关当场或者在五日内一次告知"
            "需要补正的全部内容；逾期不告知的，自收到申请材料之日起即为受理。"
        )
    return tuple(blocks)


def _acceptance(content: NoticeContent) -> tuple[str | Table, ...]:
    applied = content.applied
    day = full_date(content.accepted_on or content.issued_on)
    if applied.is_licence:
        decision = (
            "经审查，申请事项属于本机关职权范围，申请材料齐全、符合法定形式。"
            f"根据{LAW}第三十二条第一款第（五）项，本机关决定自{day}起予以受理。"
        )
    else:
        decision = f"经审查，申请材料齐全、符合要求，本机关决定自{day}起予以受理。"
    return (_application(applied) + decision, _promise(content), _fetching(content))


def _promise(content: NoticeContent) -> str:
    if not content.limit:
        return "本事项没有承诺办结时限，本机关将在法定期限内办结。"
    due = full_date(content.due_on) if content.due_on else UNKNOWN_DAY
    excluded = (
        f"依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需时间不计算在内（{LAW}第四十五条），"
        "本机关将另行书面告知。"
        if content.applied.is_licence
        else ""
    )
    return f"承诺办结时限：{content.limit}。承诺办结日期：{due}。{excluded}"


def _fetching(content: NoticeContent) -> str:
    code = f"取件码{content.pickup_code}" if content.pickup_code else "本通知书"
    match content.delivery_way:
        case DeliveryWay.AGENT:
            how = f"办结后由代理人凭本人有效身份证件或者{code}到政务服务大厅领取。"
        case DeliveryWay.POST:
            how = "办结后邮寄到申请时登记的地址。"
        case DeliveryWay.ELECTRONIC:
            how = "办结后以电子方式送达。"
        case _:
            how = f"办结后凭有效身份证件或者{code}到政务服务大厅领取。"
    return f"领取方式：{content.delivery_way.label}。{how}"


def _correction(content: NoticeContent) -> tuple[str | Table, ...]:
    basis = f"根据{LAW}第三十二条第一款第（四）项，" if content.applied.is_licence else ""
    form = "法定形式" if content.applied.is_licence else "要求"
    rows = [(str(place), point.name or "其他", point.text) for place, point in enumerate(content.points, 1)]
    blocks: list[str | Table] = [
        f"{_application(content.applied)}经审查，申请材料不齐全或者不符合{form}。{basis}现将需要补正的全部内容一次告知如下："
    ]
    if rows:
        blocks.append(Table((9, 41, 50), tuple(rows), ("序号", "材料名称", "需要补正的内容")))
    if content.note:
        blocks.append(f"说明：{_sentence(content.note)}")
    blocks.append(
        f"请按上述要求补正后交到政务服务大厅综合窗口，并报办件编号{content.applied.case_number}。"
        "全部补正材料提交后，本机关予以受理。"
    )
    return tuple(blocks)


def _decline(content: NoticeContent) -> tuple[str | Table, ...]:
    basis = f"根据{LAW}第三十二条第一款第（二）项，" if content.applied.is_licence else ""
    decision = (
        f"{_application(content.applied)}经审查，{_sentence(content.reason)}"
        f"申请事项依法不属于本机关职权范围，{basis}本机关决定不予受理。"
    )
    where = f"请向{content.owner}申请。" if content.owner else "请向有关行政机关申请。"
    return (decision, where, _remedies(content))


def _redirect(content: NoticeContent) -> tuple[str | Table, ...]:
    if content.applied.is_licence:
        why = f"申请事项依法不需要取得行政许可，根据{LAW}第三十二条第一款第（一）项，本机关不受理，"
    else:
        why = "申请事项依法不需要办理，本机关不受理，"
    return (f"{_application(content.applied)}经审查，{_sentence(content.reason)}{why}特此告知。",)


def _refusal(content: NoticeContent) -> tuple[str | Table, ...]:
    accepted = f"本机关已于{full_date(content.accepted_on)}受理。" if content.accepted_on else ""
    decision = (
        f"根据{LAW}第三十八条第二款，本机关决定不予行政许可。" if content.applied.is_licence else "本机关决定不予办理。"
    )
    return (
        f"{_application(content.applied)}{accepted}经审查，{_sentence(content.reason)}{decision}",
        _remedies(content),
    )


def _remedies(content: NoticeContent) -> str:
    """行政复议法 (2023) art. 20: sixty days; 行政诉讼法 art. 46: six months."""
    body = f"向{content.review_body}" if content.review_body else "依法"
    court = f"向{content.court}" if content.court else "依法向人民法院"
    return (
        f"如不服本决定，可以自收到本决定书之日起六十日内{body}申请行政复议，"
        f"也可以自收到本决定书之日起六个月内{court}提起行政诉讼。"
    )


def _application(applied: Applied) -> str:
    """``你于…由代理人…提出的“…”申请（办件编号…），``."""
    you = "你" if applied.kind is ApplicantKind.PERSON else "你单位"
    agent = f"由{applied.agent}" if applied.agent else ""
    day = full_date(applied.received_on)
    return f"{you}于{day}{agent}提出的“{applied.item}”申请（办件编号{applied.case_number}），"


def _sentence(text: str) -> str:
    """``text`` closed by a full stop; nothing stays nothing."""
    bare = text.strip().rstrip("。；;.")
    return f"{bare}。" if bare else ""


_BLOCKS: dict[NoticeKind, Callable[[NoticeContent], tuple[str | Table, ...]]] = {
    NoticeKind.RECEIPT: _receipt,
    NoticeKind.ACCEPTANCE: _acceptance,
    NoticeKind.CORRECTION: _correction,
    NoticeKind.DECLINE: _decline,
    NoticeKind.REDIRECT: _redirect,
    NoticeKind.REFUSAL: _refusal,
}

"""What a clerk tells the applicant: where the case is, since when, by when it will be done, what to bring."""

from dataclasses import dataclass
from datetime import date

from yichuang.kernel.chinese import full_date, short_date
from yichuang.kernel.labels import gettext_noop

from ..types import DeliveryWay, State

ENDED = frozenset({
    State.DECLINED, State.REDIRECTED, State.ISSUED, State.SERVED, State.WITHDRAWN, State.VOIDED
})  # fmt: skip
_PLACES = {
    State.RECEIVED: gettext_noop("综合窗口，待受理"),
    State.CORRECTING: gettext_noop("等申请人补正"),
    State.ACCEPTED: gettext_noop("中台，待流转"),
    State.GRANTED: gettext_noop("后台，制作结果"),
    State.REFUSED: gettext_noop("后台，制作决定书"),
    State.CONCLUDED: gettext_noop("出件窗口，待领取"),
    State.DECLINED: gettext_noop("已结束，不予受理"),
    State.REDIRECTED: gettext_noop("已结束，不受理"),
    State.ISSUED: gettext_noop("已送达申请人"),
    State.SERVED: gettext_noop("决定已送达申请人"),
    State.WITHDRAWN: gettext_noop("申请人已撤回"),
    State.VOIDED: gettext_noop("已作废"),
}
_SENTENCES = {
    (State.RECEIVED, ""): gettext_noop("材料已于{since}收下，窗口正在核对，还没有受理。"),
    (State.CORRECTING, ""): gettext_noop("已于{since}一次告知需要补正的全部内容，补正后到综合窗口报办件编号即可。"),
    (State.ACCEPTED, ""): gettext_noop("已于{since}由综合窗口交中台，正转交审批部门。"),
    (State.REVIEWING, ""): gettext_noop("已于{since}转交{holder}，等待该部门签收。"),
    (State.REVIEWING, "signed"): gettext_noop("{holder}正在审查，办件于{since}转到该部门。"),
    (State.GRANTED, ""): gettext_noop("{holder}已于{since}作出准予的决定，正在制作结果。"),
    (State.REFUSED, ""): gettext_noop("{holder}已于{since}作出不予许可的决定，正在制作决定书。"),
    (State.CONCLUDED, ""): gettext_noop("结果已于{since}做好。"),
    (State.CONCLUDED, "refused"): gettext_noop("不予许可决定书已于{since}做好。"),
    (State.DECLINED, ""): gettext_noop("已于{since}不予受理，理由见不予受理决定书。"),
    (State.DECLINED, "owner"): gettext_noop("已于{since}不予受理，请向{owner}申请。"),
    (State.REDIRECTED, ""): gettext_noop("已于{since}告知：此事依法不需要取得许可，不用再办。"),
    (State.ISSUED, ""): gettext_noop("结果已于{since}送达。"),
    (State.SERVED, ""): gettext_noop("不予许可决定书已于{since}送达；不服的可以申请行政复议或提起行政诉讼。"),
    (State.WITHDRAWN, ""): gettext_noop("申请人已于{since}撤回申请，需要时可重新申请。"),
    (State.VOIDED, ""): gettext_noop("此办件已于{since}作废，需要时请重新申请。"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a case when the applicant asks; offices are named for people.

    ``to_bring`` names missing materials, ``to_put_right`` says whatever else was told to be corrected.
    """

    state: State
    since: date
    holder: str = ""
    is_signed: bool = False
    is_granted: bool | None = None
    is_promised: bool = False  # a limit in days, months or years runs
    due_on: date | None = None
    to_bring: tuple[str, ...] = ()
    to_put_right: tuple[str, ...] = ()
    delivery_way: DeliveryWay = DeliveryWay.COUNTER
    posted: str = ""  # carrier and tracking number of what was posted
    is_mail_returned: bool = False
    owner: str = ""  # whose it is, when it was declined


def where(state: State, *, is_signed: bool = False) -> str:
    """The office that a case lies with, in a few words; the name of the back office stands beside it."""
    if state is State.REVIEWING:
        return gettext_noop("后台，审查中") if is_signed else gettext_noop("后台，待签收")
    return _PLACES[state]


def sentences(case: Standing) -> tuple[str, ...]:
    """Plain sentences to say to the applicant, the most important first."""
    since = short_date(case.since)
    told = [_where_it_is(case, since)]
    if case.state in {State.RECEIVED, State.CORRECTING}:
        told += _what_to_bring(case)
    if case.state in {State.ACCEPTED, State.REVIEWING, State.GRANTED, State.REFUSED}:
        told += _promise(case)
    if case.state is State.CONCLUDED:
        told.append(_how_to_fetch(case))
    if case.state in {State.ISSUED, State.SERVED} and case.posted:
        told.append(gettext_noop(f"由{case.posted}寄出。"))
        if case.is_mail_returned:
            told.append(gettext_noop("邮件已退回，请核对地址后重新寄送，或到窗口领取。"))
    return tuple(told)


def _where_it_is(case: Standing, since: str) -> str:
    variant = ""
    if case.state is State.REVIEWING and case.is_signed:
        variant = "signed"
    elif case.state is State.CONCLUDED and case.is_granted is False:
        variant = "refused"
    elif case.state is State.DECLINED and case.owner:
        variant = "owner"
    return _SENTENCES[case.state, variant].format(since=since, holder=case.holder, owner=case.owner)


def _what_to_bring(case: Standing) -> list[str]:
    told = []
    if case.to_bring:
        names = "、".join(case.to_bring)
        told.append(gettext_noop(f"请带来：{names}。"))
    if case.to_put_right:
        points = "；".join(point.rstrip("。；;.") for point in case.to_put_right)
        told.append(gettext_noop(f"另请：{points}。"))
    return told


def _promise(case: Standing) -> list[str]:
    if case.due_on:
        day = full_date(case.due_on)
        return [gettext_noop(f"承诺在{day}前办结。")]
    if case.is_promised:
        return [gettext_noop("承诺办结日待国务院放假安排公布后确定。")]
    return []


def _how_to_fetch(case: Standing) -> str:
    match case.delivery_way:
        case DeliveryWay.POST:
            return gettext_noop("将寄到申请时登记的地址。")
        case DeliveryWay.ELECTRONIC:
            return gettext_noop("将以电子方式送达。")
        case DeliveryWay.AGENT:
            return gettext_noop("请代理人带本人证件到出件窗口领取。")
        case _:
            return gettext_noop("请带有效证件，或凭受理通知书上的取件码，到出件窗口领取。")

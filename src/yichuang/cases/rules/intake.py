"""At the window: what an application must have, and why one is turned away."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from yichuang.kernel.errors import Refusal

from ..types import CorrectionPoint, DeliveryWay, MaterialGiven

MOST_COPIES = 999
LONGEST_REASON = 500
NOT_HANDED_IN = "未提交，请补交"


def check_reasons(text: str, verb: str) -> str:
    """Refusing, declining and redirecting say why (行政许可法 arts. 32, 38)."""
    if not text.strip():
        raise Refusal(f"{verb}须写明理由", code="no_reason", field="reason")
    return text.strip()


def check_short_reason(text: str, verb: str) -> str:
    """A reason that is kept in a row of its own, of at most 500 characters."""
    reason = check_reasons(text, verb)
    if len(reason) > LONGEST_REASON:
        raise Refusal(f"理由最多{LONGEST_REASON}个字，请精简", code="reason_too_long", field="reason")
    return reason


def check_materials(missing: Iterable[str]) -> None:
    """Everything required is there; otherwise all that is missing is told at once (art. 32(1)(四))."""
    names = "、".join(missing)
    if names:
        raise Refusal(f"缺少必备材料：{names}。请补齐后受理", code="materials_missing", field="materials")


def check_given(given: Sequence[MaterialGiven], specs: Iterable[int]) -> None:
    """The materials belong to the item, each is named once, and their numbers can be."""
    known = set(specs)
    if strange := [material.spec for material in given if material.spec not in known]:
        raise Refusal(f"材料 {strange} 不属于此办理项，请从清单中选择", code="wrong_material", field="materials")
    if len({material.spec for material in given}) < len(given):
        raise Refusal("同一份材料登记了两次，请合并后重试", code="material_twice", field="materials")
    if any(not 0 < material.copies <= MOST_COPIES for material in given):
        raise Refusal(f"材料份数应为1至{MOST_COPIES}，请核对", code="bad_copies", field="materials")


def check_points(
    points: Sequence[CorrectionPoint], names: Mapping[int, str], given: Collection[int] = ()
) -> list[dict[str, object]]:
    """What is to be corrected, as the notice keeps it; everything is told at once (art. 32(1)(四)).

    ``names`` are the item's materials by their specs' ids, ``given`` those that were handed in. Of a missing one no
    more need be said; what was handed in, and the rest, is refused without words.
    """
    if not points:
        raise Refusal("请列出需要补正的全部内容", code="no_points", field="points")
    told: list[dict[str, object]] = []
    for point in points:
        if point.spec is not None and point.spec not in names:
            raise Refusal("补正的材料不属于此办理项，请从清单中选择", code="wrong_material", field="points")
        is_missing = point.spec is not None and point.spec not in given
        text = point.text.strip() or (NOT_HANDED_IN if is_missing else "")
        if not text:
            what = f"“{names[point.spec]}”" if point.spec is not None else ""
            raise Refusal(f"请写明{what}需要补正什么", code="empty_point", field="points")
        told.append({"spec": point.spec, "material": names[point.spec] if point.spec is not None else "", "text": text})
    return told


def check_first_correction(is_told: bool) -> None:
    """Corrections are asked for once, all together (art. 32(1)(四))."""
    if is_told:
        raise Refusal(
            "补正只能一次告知（行政许可法第三十二条），此办件已告知过；请受理，或依法不予受理",
            code="told_already",
            field="points",
        )


def check_way(way: DeliveryWay, address: str) -> str:
    """The address, which a result that is to be posted needs."""
    if way == DeliveryWay.POST and not address.strip():
        raise Refusal("选择邮寄，请填写收件地址", code="no_address", field="address")
    return address.strip()


def check_originals(count: int) -> None:
    """There are originals to give back."""
    if not count:
        raise Refusal("此办件没有待退还的原件", code="no_originals", field="materials")

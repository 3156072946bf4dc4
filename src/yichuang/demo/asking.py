"""What the demonstration's items ask of an applicant: conditions, fees, materials. By the sort of item; invented."""

from functools import cache
from random import Random
from typing import NamedTuple

from yichuang.catalogue.types import ItemType

from .world import DATA, DemoItem

_GENERAL_FEE = "按省级行政事业性收费标准执行，以收费目录为准"
_FEES = {  # by a word in the main item
    "取水": "水资源费由征收机关另行核定，以收费目录为准",
    "林地": "森林植被恢复费按占用面积计算，以收费目录为准",
    "草原": "草原植被恢复费按占用面积计算，以收费目录为准",
    "水土保持": "水土保持补偿费按占地面积计算，以收费目录为准",
    "无线电": "频率占用费按年缴纳，以收费目录为准",
    "采矿": _GENERAL_FEE,
    "医疗器械注册": "注册费在受理后按通知缴纳，以收费目录为准",
    "农药": _GENERAL_FEE,
    "普通话": "测试费在报名时缴纳，以收费目录为准",
    "作业人员": "考试费由考试机构收取，以收费目录为准",
    "计量标准": _GENERAL_FEE,
    "药品生产": _GENERAL_FEE,
}
_GIVES_BACK = ("注销", "撤销", "变更", "延续", "延期", "续展", "换证", "换发", "增项")


class Asked(NamedTuple):
    """A material of an item."""

    name: str
    is_required: bool
    originals: int
    copies: int
    note: str


class _Line(NamedTuple):
    words: tuple[str, ...]
    cells: tuple[str, ...]

    def fits(self, text: str) -> bool:
        return any(word in text for word in self.words)


@cache
def _lines(name: str, at: int) -> tuple[_Line, ...]:
    """The lines of a file of ``demo/data``; the words stand in column ``at``."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("|")) for line in lines if not line.startswith("#")]
    return tuple(_Line(tuple(row[at].split(",")), row) for row in rows)


def conditions_of(item: DemoItem) -> str:
    """One to three sentences: by what is applied for, else by who applies; a first application has one of its field."""
    lines = _lines("conditions.tsv", 1)

    def first(column: str, text: str) -> str:
        found = (line.cells[2] for line in lines if line.cells[0] == column and line.fits(text))
        return next(found, "").replace("{证}", item.result)

    if said := first("变", item.variant):
        return said
    return first("类", f"{item.type.label}{_who(item)}") + first("主", item.main)


def fee_of(item: DemoItem) -> tuple[bool, str]:
    """Whether it is charged for, and by what; changes and copies are free."""
    if item.is_immediate or any(word in item.variant for word in ("变更", "注销")):
        return False, ""
    note = next((note for word, note in _FEES.items() if word in item.main), "")
    return bool(note), note


def materials_of(item: DemoItem, rng: Random) -> list[Asked]:
    """Three to seven: the form, who applies, the old certificate, what its field asks for, an agent's authority."""
    asked = [Asked(f"{item.main}申请表（{item.variant}）", True, 1, 0, "签名或盖章；可在窗口填写"), _identity(item)]
    if any(word in item.variant for word in _GIVES_BACK):
        asked.append(Asked(f"原{item.result}", True, 1, 0, "交回原件；电子证照不必交"))
    if not item.is_immediate:
        asked += _of_the_field(item, rng)
        if item.type is ItemType.LICENCE and item.for_organisations:
            asked.append(Asked("法定代表人身份证明", True, 0, 1, "加盖公章"))
    asked.append(Asked("授权委托书（委托他人办理时）", False, 1, 1, "写明事项、权限和期限，附受托人身份证复印件"))
    return asked


def _who(item: DemoItem) -> str:
    return "企" if item.for_organisations else "人"


def _identity(item: DemoItem) -> Asked:
    if item.for_people and item.for_organisations:
        return Asked("居民身份证（个人）或营业执照（单位）", True, 1, 1, "核对原件后退还，收复印件")
    if item.for_people:
        return Asked("居民身份证", True, 1, 1, "核对原件后退还，收复印件")
    return Asked("营业执照或法人登记证书", True, 0, 1, "加盖公章；能查到电子证照的免予提交")


def _of_the_field(item: DemoItem, rng: Random) -> list[Asked]:
    """Up to two that its field asks for, made up to one or two with general ones."""
    lines = _lines("materials.tsv", 0)
    wanted = rng.randint(1, 2)
    fitting = [line.cells for line in lines if line.words not in {("企",), ("人",)} and line.fits(item.main)][:2]
    general = [line.cells for line in lines if line.words == (_who(item),)]
    chosen = fitting + rng.sample(general, max(0, wanted - len(fitting)))
    return [Asked(name, True, int(originals), int(copies), note) for _, name, originals, copies, note in chosen]

"""Invented names, and the people who work in the demonstration."""

from random import Random

from yichuang.kernel.actor import Role

from .world import DepartmentRow, Member

SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"  # fmt: skip # noqa: E501
_FIRST = "文明志建国晓雨思子嘉俊宇浩天佳欣梓雅静丽娟秀慧玉海春晨永成立中世泽润锦若语诗可心清"
_SECOND = "华军强伟勇杰涛磊鹏飞斌波辉刚平健峰毅超琳洁婷雪梅兰英芳燕玲娜敏霞丹萍莉颖怡然瑶萱悦宁安琪"

POSITIONS = {
    Role.FRONT: "综合窗口受理岗",
    Role.MIDDLE: "统筹流转岗",
    Role.BACK: "行政审批岗",
    Role.CHIEF: "首席代表",
    Role.HALL: "大厅管理岗",
    Role.CATALOGUE: "事项管理岗",
    Role.EDITOR: "信息编辑岗",
    Role.ADMIN: "系统管理岗",
}
_OF_CENTRE = {
    Role.FRONT: ("qiantai", 14),
    Role.MIDDLE: ("zhongtai", 5),
    Role.HALL: ("dating", 3),
    Role.CATALOGUE: ("shixiang", 2),
    Role.EDITOR: ("bianji", 2),
    Role.ADMIN: ("admin", 1),
}
LOGINS = {
    Role.FRONT: "qiantai",
    Role.MIDDLE: "zhongtai",
    Role.BACK: "houtai",
    Role.CHIEF: "daibiao",
    Role.HALL: "dating",
    Role.CATALOGUE: "shixiang",
    Role.EDITOR: "bianji",
    Role.ADMIN: "admin",
}
SHOWN_DEPARTMENT = "SCJ"  # of the two demonstration logins that belong to a department
_SECOND_REVIEWER = 14  # so many of the largest departments have two reviewers


def person_name(rng: Random) -> str:
    """An invented name of two or three characters."""
    surname = SURNAMES[int(len(SURNAMES) * rng.random() ** 1.6)]
    return surname + (rng.choice(_FIRST) if rng.random() < 0.8 else "") + rng.choice(_SECOND)


def members(rows: list[DepartmentRow], rng: Random) -> list[Member]:
    """Everyone who works here; positions are numbered in the order of :func:`positions`."""
    numbers = {key: number for number, key in enumerate(positions(rows), start=1)}
    wanted: list[tuple[str, Role, str]] = []
    for role, (stem, count) in _OF_CENTRE.items():
        wanted += [(stem if n == 1 else f"{stem}{n:02d}", role, "") for n in range(1, count + 1)]
    for rank, row in enumerate(rows):
        shown = row.code == SHOWN_DEPARTMENT
        stem = row.code.lower()
        wanted.append((LOGINS[Role.BACK] if shown else f"{stem}-1", Role.BACK, row.code))
        if rank < _SECOND_REVIEWER:
            wanted.append((f"{stem}-2", Role.BACK, row.code))
        wanted.append((LOGINS[Role.CHIEF] if shown else f"{stem}-daibiao", Role.CHIEF, row.code))
    names: set[str] = set()
    made = []
    for number, (username, role, department) in enumerate(wanted, start=1):
        name = person_name(rng)
        while name in names:
            name = person_name(rng)
        names.add(name)
        made.append(Member(number, username, name, role, department, numbers[role, department]))
    return made


def positions(rows: list[DepartmentRow]) -> list[tuple[Role, str]]:
    """Role and department ("" is the centre) of every position."""
    centre = [(role, "") for role in _OF_CENTRE]
    return centre + [(role, row.code) for row in rows for role in (Role.BACK, Role.CHIEF)]

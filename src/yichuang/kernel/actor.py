"""Who acts: the frozen value that every action, rule and permission predicate receives."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a position is for (domain: the centre's people)."""

    FRONT = "front"  # 综合窗口（前台）
    MIDDLE = "middle"  # 统筹流转（中台）
    BACK = "back"  # 部门后台审批
    CHIEF = "chief"  # 首席代表
    HALL = "hall"  # 大厅管理
    CATALOGUE = "catalogue"  # 事项管理
    EDITOR = "editor"  # 信息编辑
    ADMIN = "admin"  # 系统管理


@dataclass(frozen=True, slots=True)
class Post:
    """One hat a person wears: a role in a department (``""`` is the centre itself)."""

    role: Role
    department: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the system, id 0) at the moment of acting, with own and deputised posts."""

    id: int
    name: str = ""
    position: int = 0
    department: str = ""
    region: str = ""
    posts: frozenset[Post] = field(default_factory=frozenset)

    def holds(self, *roles: Role) -> bool:
        """True when any post has one of ``roles``, in whatever department."""
        return any(post.role in roles for post in self.posts)

    def holds_in(self, department: str, *roles: Role) -> bool:
        """True when a post has one of ``roles`` in just this ``department``."""
        return any(post.role in roles and post.department == department for post in self.posts)


SYSTEM = Actor(id=0, name="系统")

"""Values and refusals of the accounts app, and what its entries are about."""

from dataclasses import dataclass
from datetime import date

from yichuang.kernel.actor import Role
from yichuang.kernel.errors import Refusal
from yichuang.kernel.labels import NumberLabels, TextLabels, gettext_noop
from yichuang.ledger.types import Kind, SubjectType, declare_kinds, declare_subject_types


class RegionLevel(NumberLabels):
    """Levels of exercise (GB/T 39046—2020 annex A, 行使层级)."""

    PROVINCE = 2, gettext_noop("省")
    CITY = 3, gettext_noop("市（州）")
    COUNTY = 4, gettext_noop("县（市、区）")
    TOWN = 5, gettext_noop("乡镇（街道）")


class RoleLabel(TextLabels):
    """Chinese names of the kernel's roles."""

    FRONT = Role.FRONT.value, gettext_noop("综合窗口（前台）")
    MIDDLE = Role.MIDDLE.value, gettext_noop("统筹流转（中台）")
    BACK = Role.BACK.value, gettext_noop("部门审批（后台）")
    CHIEF = Role.CHIEF.value, gettext_noop("首席代表")
    HALL = Role.HALL.value, gettext_noop("大厅管理")
    CATALOGUE = Role.CATALOGUE.value, gettext_noop("事项管理")
    EDITOR = Role.EDITOR.value, gettext_noop("信息编辑")
    ADMIN = Role.ADMIN.value, gettext_noop("系统管理")


class PersonState(TextLabels):
    """Whether someone can log in."""

    ACTIVE = "active", gettext_noop("在用")
    INACTIVE = "inactive", gettext_noop("已停用")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What rules and predicates need to know of a person; ``department`` is a code, or empty for the centre."""

    id: int
    department: str = ""
    is_active: bool = True
    is_administrator: bool = False


@dataclass(frozen=True, slots=True)
class Leave:
    """Days (both included) on which ``principal`` is away and ``deputy`` stands in; both are people's ids."""

    principal: int
    deputy: int
    starts_on: date
    ends_on: date

    def overlaps(self, other: "Leave") -> bool:
        """True when some day belongs to both."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What a list of people is narrowed by; empty means no matter. ``search`` is part of a name or login name."""

    search: str = ""
    department: str = ""
    role: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who holds a role in a department today, or stands in for people (by id) who do."""

    id: int
    name: str
    position: str
    stands_in_for: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TemporaryPassword:
    """Handed to the administrator once, never stored in the clear; must be changed at the next login."""

    person: int
    username: str
    password: str


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department in the tree; ``depth`` is 0 for a department, 1 for an office of one, and so on."""

    code: str
    name: str
    short_name: str
    parent: str
    region: str
    depth: int
    is_in_hall: bool
    is_authorised: bool
    is_active: bool
    people: int  # active ones


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region; ``parent`` is a code, empty for the province."""

    code: str
    name: str
    level: RegionLevel
    parent: str


class NotFound(Refusal):
    """Nothing of that name or number is known; the page answers 404."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="not_found")


PERSON = SubjectType(3, "person", "人员")
POSITION = SubjectType(7, "position", "岗位")

PERSON_CREATED = Kind(101, "person_created", "新建人员", "次")
PERSON_TRANSFERRED = Kind(102, "person_transferred", "人员调动", "次")
PERSON_DEACTIVATED = Kind(103, "person_deactivated", "停用人员", "次")
PERSON_REACTIVATED = Kind(104, "person_reactivated", "恢复人员", "次")
PASSWORD_RESET = Kind(105, "password_reset", "重置密码", "次")
POSITION_ASSIGNED = Kind(106, "position_assigned", "任岗", "次")
POSITION_ENDED = Kind(107, "position_ended", "离岗", "次")
DEPUTY_NAMED = Kind(108, "deputy_named", "指定代理", "次")
DEPUTY_ENDED = Kind(109, "deputy_ended", "结束代理", "次")
PERSON_EDITED = Kind(110, "person_edited", "修改人员资料", "次")
PASSWORD_CHANGED = Kind(111, "password_changed", "修改密码", "次")
POSITION_CREATED = Kind(112, "position_created", "新建岗位", "次")

declare_subject_types(PERSON, POSITION)
declare_kinds(
    PERSON_CREATED,
    PERSON_TRANSFERRED,
    PERSON_DEACTIVATED,
    PERSON_REACTIVATED,
    PASSWORD_RESET,
    POSITION_ASSIGNED,
    POSITION_ENDED,
    DEPUTY_NAMED,
    DEPUTY_ENDED,
    PERSON_EDITED,
    PASSWORD_CHANGED,
    POSITION_CREATED,
)

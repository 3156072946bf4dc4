"""Who may do what with people and posts, and what is refused to everyone: pure decisions over facts."""

import re
from collections.abc import Iterable
from datetime import date

import rules as permission_rules
from rules.predicates import Predicate

from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.errors import Refusal
from yichuang.kernel.labels import gettext_noop
from yichuang.kernel.permissions import holds, holds_own

from .types import Leave, PersonFacts

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")
RESERVED_USERNAMES = frozenset({"new", "me", "system"})


def _is_oneself(actor: Actor, target: PersonFacts | None = None) -> bool:
    return actor.id != 0 and (target is None or target.id == actor.id)


is_oneself = Predicate(_is_oneself, name="is_oneself")
is_signed_in = Predicate(lambda actor: actor.id != 0, name="is_signed_in")

permission_rules.add_perm("accounts.manage_people", holds(Role.ADMIN))
permission_rules.add_perm("accounts.configure", holds(Role.ADMIN))
permission_rules.add_perm("accounts.view_people", holds(Role.ADMIN, Role.HALL) | holds_own(Role.CHIEF))
permission_rules.add_perm("accounts.view_departments", holds(*Role))
permission_rules.add_perm("accounts.view_self", is_signed_in)
permission_rules.add_perm("accounts.change_own_password", is_oneself)
permission_rules.add_perm("accounts.name_deputy", holds(Role.ADMIN) | is_oneself)
permission_rules.add_perm("accounts.view_access_log", holds(Role.ADMIN) | is_oneself)


def refuse_username(username: str) -> Refusal | None:
    """Login names: 2 to 40 small letters, digits, points, hyphens and underlines, a letter first, none reserved."""
    if not USERNAME.fullmatch(username):
        return Refusal(
            "登录名须以小写字母开头，由 2 至 40 个小写字母、数字、点、横线或下划线组成",
            code="username_form",
            field="username",
        )
    if username in RESERVED_USERNAMES:
        return Refusal(f"“{username}”由系统保留，请换一个登录名", code="username_reserved", field="username")
    return None


def refuse_deactivation(person: PersonFacts, *, actor: int, other_administrators: int) -> Refusal | None:
    """Not oneself, not twice, and never the last active administrator."""
    if person.id == actor:
        return Refusal("不能停用自己的账号，请由另一位系统管理员办理", code="deactivate_oneself")
    if not person.is_active:
        return Refusal("该账号已经停用，无需再次停用", code="already_inactive")
    return refuse_losing_administrator(person, other_administrators=other_administrators)


def refuse_losing_administrator(person: PersonFacts, *, other_administrators: int) -> Refusal | None:
    """The centre keeps at least one active administrator."""
    if person.is_administrator and other_administrators == 0:
        return Refusal("这是最后一位在用的系统管理员，请先指定另一位系统管理员", code="last_administrator")
    return None


def refuse_reactivation(person: PersonFacts) -> Refusal | None:
    """Only an account that is deactivated."""
    return Refusal("该账号正在使用，无需恢复", code="already_active") if person.is_active else None


def refuse_inactive(person: PersonFacts) -> Refusal | None:
    """Posts and passwords are given to active people only."""
    return None if person.is_active else Refusal("该账号已停用，请先恢复账号", code="person_inactive")


def refuse_transfer(person: PersonFacts, *, department: str, is_department_active: bool) -> Refusal | None:
    """To another department that is in use."""
    if refusal := refuse_inactive(person):
        return refusal
    if person.department == department:
        return Refusal("该人员已在此部门，请另选部门", code="same_department", field="department")
    if not is_department_active:
        return Refusal("该部门已停用，请另选部门", code="department_inactive", field="department")
    return None


def refuse_assignment(
    person: PersonFacts, *, is_position_active: bool, is_held: bool, starts_on: date, ends_on: date | None
) -> Refusal | None:
    """Active person, position in use and not held by that person already in these days, days in order."""
    if refusal := refuse_inactive(person):
        return refusal
    if not is_position_active:
        return Refusal("该岗位已停用，请另选岗位", code="position_inactive", field="position")
    if ends_on is not None and ends_on < starts_on:
        return Refusal(f"止日 {ends_on} 早于起日 {starts_on}，请改正", code="days_reversed", field="ends_on")
    if is_held:
        return Refusal("该人员在这些天已任此岗，请另选岗位或先结束原任岗", code="already_assigned", field="position")
    return None


def refuse_leave(leave: Leave, *, is_deputy_active: bool, others: Iterable[Leave], today: date) -> Refusal | None:
    """Days in order and not past; the deputy is someone else, active and at work on these days; one deputy at a time.

    A deputy who is at work has no deputy of their own on these days, so deputies can never form a ring.
    """
    if refusal := _refuse_days(leave, today):
        return refusal
    if leave.deputy == leave.principal:
        return Refusal("不能由本人代理本人，请另选代理人", code="deputy_is_oneself", field="deputy")
    if not is_deputy_active:
        return Refusal("代理人的账号已停用，请另选代理人", code="deputy_inactive", field="deputy")
    return _refuse_overlaps(leave, [other for other in others if other.overlaps(leave)])


def _refuse_days(leave: Leave, today: date) -> Refusal | None:
    if leave.ends_on < leave.starts_on:
        message = gettext_noop(f"止日 {leave.ends_on} 早于起日 {leave.starts_on}，请改正")
        return Refusal(message, code="days_reversed", field="ends_on")
    if leave.ends_on < today:
        return Refusal("代理期限已经过去，请改为今天或以后", code="days_past", field="ends_on")
    return None


def _refuse_overlaps(leave: Leave, overlapping: Iterable[Leave]) -> Refusal | None:
    for other in overlapping:
        if other.principal == leave.principal:
            return Refusal("这些天已经指定了代理人，请先结束原代理", code="deputy_already_named", field="starts_on")
        if other.principal == leave.deputy and other.deputy == leave.principal:
            message = gettext_noop("对方在这些天正由此人代理，不能互相代理，请另选代理人")
            return Refusal(message, code="deputy_ring", field="deputy")
        if other.principal == leave.deputy:
            message = gettext_noop("代理人在这些天也不在岗（已另有人代理），请另选代理人")
            return Refusal(message, code="deputy_away", field="deputy")
    return None

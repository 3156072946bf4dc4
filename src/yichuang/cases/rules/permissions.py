"""Who may do what to a case."""

import rules
from rules.predicates import Predicate

from yichuang.kernel.actor import Actor, Role
from yichuang.kernel.permissions import holds, holds_own

from ..types import CaseFacts


def _concerns(*roles: Role) -> Predicate:
    """One of ``roles`` in the department of the item, or in the one that has the case now."""

    def concerned(actor: Actor, case: CaseFacts | None = None) -> bool:
        if case is None:
            return actor.holds(*roles)
        return actor.holds_in(case.department, *roles) or (bool(case.holder) and actor.holds_in(case.holder, *roles))

    return Predicate(concerned, name=f"concerns:{'|'.join(roles)}")


def _has_it(*roles: Role) -> Predicate:
    """One of ``roles`` in the department that has the case now."""

    def has_it(actor: Actor, case: CaseFacts | None = None) -> bool:
        return actor.holds(*roles) if case is None else bool(case.holder) and actor.holds_in(case.holder, *roles)

    return Predicate(has_it, name=f"has_it:{'|'.join(roles)}")


_counter = holds(Role.FRONT) | holds_own(Role.BACK, Role.CHIEF)
rules.add_perm("cases.consult", _counter)
rules.add_perm("cases.receive", _counter)
rules.add_perm("cases.accept", _counter)
rules.add_perm("cases.hand_over", holds(Role.MIDDLE) | _has_it(Role.BACK))
rules.add_perm("cases.decide", _has_it(Role.BACK))
rules.add_perm("cases.issue_result", _counter)
rules.add_perm("cases.withdraw", _counter)
rules.add_perm(
    "cases.view_case",
    holds(Role.FRONT, Role.MIDDLE, Role.HALL, Role.EDITOR, Role.ADMIN) | _concerns(Role.BACK, Role.CHIEF),
)
rules.add_perm("cases.view_identity", holds(Role.FRONT, Role.MIDDLE) | _concerns(Role.BACK, Role.CHIEF))
rules.add_perm("cases.ask_void", _counter)
rules.add_perm("cases.decide_void", holds(Role.HALL) | holds_own(Role.CHIEF))
rules.add_perm("cases.dispatch", holds(Role.MIDDLE))
rules.add_perm("cases.review", holds(Role.BACK, Role.CHIEF))  # the inbox; each case by cases.handle
rules.add_perm("cases.handle", _has_it(Role.BACK))  # sign for, return, take, give back, pass on, write opinions
rules.add_perm("cases.undo", holds(Role.FRONT, Role.MIDDLE, Role.BACK, Role.CHIEF))  # one's own entry of today
rules.add_perm("cases.attach", holds(Role.FRONT) | _concerns(Role.BACK, Role.CHIEF))
rules.add_perm("cases.view_sheet", holds(Role.MIDDLE) | holds_own(Role.BACK, Role.CHIEF))

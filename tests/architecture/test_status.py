"""Only an app's own actions assign its status fields."""

import ast
import re
from collections.abc import Iterator

import pytest

from .sources import Source, imported, sources

STATUS = {"cases": {"state", "is_granted"}, "bulletins": {"state"}}
MODELS = {"Case": "cases", "Bulletin": "bulletins"}
WRITERS = {"create", "acreate", "update", "aupdate", "get_or_create", "update_or_create", "update_fields"}
MAKERS = {"demo"}
"""May make new rows with a status, past the actions: the demonstration is loaded in bulk, and plans its cases as
plain values in modules that know no model."""
FIELDS = set().union(*STATUS.values())
SQL = re.compile(r"\bupdate\s+\"?(cases_case|bulletins_bulletin)\b", re.IGNORECASE)


def assigned(tree: ast.AST) -> Iterator[tuple[ast.stmt | ast.expr, str, bool]]:
    """Every place that gives a status to an object: node, field, and whether the object is new."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.For | ast.NamedExpr):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for part in ast.walk(target):
                    if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store) and part.attr in FIELDS:
                        yield part, part.attr, False
        elif isinstance(node, ast.Call):
            yield from given(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and (match := SQL.search(node.value)):
            yield node, match[0], False


def given(call: ast.Call) -> Iterator[tuple[ast.expr, str, bool]]:
    """Statuses that a call gives: as keyword of a constructor or a writing method, in ``defaults``, by name."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if called == "setattr" and len(call.args) > 1 and constant(call.args[1]) in FIELDS:
        yield call, constant(call.args[1]), False
    if called == "bulk_update":
        for word in ast.walk(call):
            if constant(word) in FIELDS:
                yield call, constant(word), False
    if called in WRITERS or called in MODELS:
        is_new = called in MODELS or called in {"create", "acreate"}
        for keyword in call.keywords:
            if keyword.arg in FIELDS:
                yield call, keyword.arg, is_new
            elif keyword.arg in (None, "defaults", "create_defaults"):
                for word in ast.walk(keyword.value):
                    if constant(word) in FIELDS:
                        yield call, constant(word), False


def constant(node: ast.AST) -> str:
    """The text that a node spells out, or nothing."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def status_complaints(files: list[Source]) -> list[str]:
    """Statuses assigned elsewhere than in the actions of the app they belong to."""
    found = []
    for file in files:
        if file.is_test or file.is_migration:
            continue
        for node, name, is_new in assigned(file.tree):
            is_own_action = file.role == "actions" and (name in STATUS.get(file.app, ()) or file.app in name)
            is_plan = file.app in MAKERS and (is_new or not knows_models(file))
            if not is_own_action and not is_plan:
                found.append(f"{file.at(node)}: assigns {name}")
    return found


def knows_models(file: Source) -> bool:
    """The file can get hold of a row as an object."""
    return any("models" in name.split(".") or "apps" in name.split(".") for _, name in imported(file))


def test_status_is_assigned_in_actions() -> None:
    assert status_complaints(sources()) == []


@pytest.mark.parametrize(
    "line",
    [
        "case.state = State.ACCEPTED",
        "case.is_granted: bool = True",
        "case.state, case.number = State.ACCEPTED, ''",
        "for case.state in states: pass",
        "setattr(case, 'state', state)",
        "Case.objects.filter(pk=1).update(state=state)",
        "Case.objects.filter(pk=1).update(**{'state': state})",
        "Case.objects.update_or_create(pk=1, defaults={'state': state})",
        "Case.objects.bulk_update(cases, ['number', 'state'])",
        "Bulletin(state=State.ISSUED)",
        "cursor.execute('UPDATE cases_case SET number = 1')",
        "Bulletin.objects.create(state=State.ISSUED)",
    ],
)
def test_a_status_assigned_elsewhere_is_found(line: str) -> None:
    for path in ("cases/web/views.py", "cases/queries.py", "portal/actions.py", "bulletins/rules.py"):
        assert status_complaints([Source(f"yichuang/{path}", line)]), path
    assert status_complaints([Source("yichuang/cases/actions/accept.py", line)]) == []
    assert status_complaints([Source("yichuang/cases/tests/test_actions.py", line)]) == []


def test_another_apps_action_may_not() -> None:
    assert status_complaints([Source("yichuang/bulletins/actions.py", "case.is_granted = True")])


def test_the_demonstration_makes_but_does_not_change() -> None:
    assert status_complaints([Source("yichuang/demo/load.py", "Case(state=state)")]) == []
    assert status_complaints([Source("yichuang/demo/story.py", "self.state = state")]) == []
    row = "from yichuang.cases.models import Case\ncase.state = state"
    assert status_complaints([Source("yichuang/demo/load.py", row)])


@pytest.mark.parametrize(
    "line", ["x = case.state", "Case.objects.filter(state=s)", "replace(facts, state=s)", "CaseFacts(state=s)"]
)
def test_reading_and_pure_values_are_fine(line: str) -> None:
    assert status_complaints([Source("yichuang/cases/rules.py", line)]) == []

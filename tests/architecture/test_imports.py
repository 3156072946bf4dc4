"""Across apps only actions, queries and types are imported; types and rules know no Django."""

import pytest

from .sources import TOP, Source, imported, sources

OPEN = {"actions", "queries", "types"}
"""What an app shows to others."""
FLOORS_FOR_ALL = {"kernel", "ui", "engines"}
"""Below the apps: whoever stands above may use any module of theirs."""
EXCEPTIONS = {
    ("config", "*"): "puts everything together",
    ("demo", "models"): "loads the demonstration province in bulk, past the actions",
    ("demo", "sealing"): "and leaves personal data and papers as the actions would",
}
PURE = {"types", "rules"}


def crossing_complaints(files: list[Source]) -> list[str]:
    """Imports of another app's inside."""
    found = []
    for file in files:
        if file.is_test or not file.app:
            continue
        for node, name in imported(file):
            parts = name.split(".")
            if parts[0] != TOP or len(parts) < 2 or parts[1] in {file.app, *FLOORS_FOR_ALL}:
                continue
            role = parts[2] if len(parts) > 2 else ""
            if role in OPEN or (file.app, role) in EXCEPTIONS or (file.app, "*") in EXCEPTIONS:
                continue
            found.append(f"{file.at(node)}: imports {name}")
    return found


def purity_complaints(files: list[Source]) -> list[str]:
    """``types`` and ``rules`` that import Django."""
    return [
        f"{file.at(node)}: imports {name}"
        for file in files
        if file.role in PURE and not file.is_test
        for node, name in imported(file)
        if name.split(".")[0] == "django"
    ]


def test_across_apps() -> None:
    assert crossing_complaints(sources()) == []


def test_types_and_rules() -> None:
    assert purity_complaints(sources()) == []


@pytest.mark.parametrize(
    ("path", "line", "is_fine"),
    [
        ("cases/actions.py", "from yichuang.ledger.actions import record", True),
        ("cases/actions.py", "from yichuang.ledger import actions", True),
        ("cases/actions/accept.py", "from ..models import Case", True),
        ("cases/actions.py", "from yichuang.kernel.errors import Refusal", True),
        ("cases/web/views.py", "from yichuang.ui.access import requires", True),
        ("cases/actions.py", "from yichuang.ledger.models import Entry", False),
        ("cases/actions.py", "from yichuang.ledger import models", False),
        ("cases/actions.py", "import yichuang.catalogue.rules", False),
        ("cases/actions.py", "from ..ledger.models import Entry", False),
        ("cases/actions/accept.py", "from ...ledger.models import Entry", False),
        ("cases/__init__.py", "from ..ledger.models import Entry", False),
        ("cases/web/views.py", "def f():\n    from yichuang.accounts.web.forms import Form", False),
        ("cases/tests/test_rules.py", "from yichuang.accounts.models import Person", True),
        ("config/urls.py", "from yichuang.accounts.web import urls", True),
        ("demo/load.py", "from yichuang.cases.models import Case", True),
        ("demo/load.py", "from yichuang.cases.rules import may_accept", False),
        ("bulletins/queries.py", "from yichuang.cases.models import Case", False),
    ],
)
def test_an_import_of_an_inside_is_found(path: str, line: str, is_fine: bool) -> None:
    assert (crossing_complaints([Source(f"yichuang/{path}", line)]) == []) is is_fine


@pytest.mark.parametrize("path", ["cases/types.py", "cases/rules.py", "cases/rules/accept.py"])
def test_django_in_rules_is_found(path: str) -> None:
    assert purity_complaints([Source(f"yichuang/{path}", "from django.utils import timezone")])
    assert purity_complaints([Source(f"yichuang/{path}", "import django.db.models as m")])
    assert purity_complaints([Source(f"yichuang/{path}", "from datetime import date\nimport rules")]) == []

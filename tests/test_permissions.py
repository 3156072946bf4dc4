"""Every role at every page, in its own department and in another's: who gets in, who is told whom to ask."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import make_person
from yichuang.bulletins.actions import draft
from yichuang.cases.tests.factories import EDITOR, START, issued_case, make_item
from yichuang.kernel.actor import Role
from yichuang.ledger.models import Entry
from yichuang.ledger.types import Period

pytestmark = pytest.mark.django_db

EVERYONE = frozenset(Role)
LEDGER = frozenset({Role.EDITOR, Role.HALL, Role.ADMIN, Role.CHIEF, Role.MIDDLE, Role.CATALOGUE})
CASES = frozenset({Role.FRONT, Role.MIDDLE, Role.HALL, Role.EDITOR, Role.ADMIN})
OF_DEPARTMENT = frozenset({Role.BACK, Role.CHIEF})
REVERSE = frozenset({Role.EDITOR, Role.HALL, Role.ADMIN})
IMPORT = frozenset({Role.CATALOGUE, Role.ADMIN})
ADMIN = frozenset({Role.ADMIN})
WRITE = frozenset({Role.EDITOR})

# name of the address: (roles let in anywhere, roles let in besides when the page is of their own department)
PAGES: dict[str, tuple[frozenset[Role], frozenset[Role]]] = {
    "front": (EVERYONE, frozenset()),
    "me": (EVERYONE, frozenset()),
    "calendar": (EVERYONE, frozenset()),
    "calendar_year": (EVERYONE, frozenset()),
    "items": (EVERYONE, frozenset()),
    "items_export": (EVERYONE, frozenset()),
    "item": (EVERYONE, frozenset()),
    "departments": (EVERYONE, frozenset()),
    "bulletins": (EVERYONE, frozenset()),
    "bulletin_preview": (EVERYONE, frozenset()),
    "bulletin": (EVERYONE, frozenset()),
    "bulletin_download": (EVERYONE, frozenset()),
    "ledger": (LEDGER, frozenset()),
    "ledger_csv": (LEDGER, frozenset()),
    "ledger_xlsx": (LEDGER, frozenset()),
    "ledger_export_progress": (LEDGER, frozenset()),
    "entry": (LEDGER, frozenset()),
    "entry_proof": (LEDGER, frozenset()),
    "case_find": (CASES | OF_DEPARTMENT, frozenset()),
    "case": (CASES, OF_DEPARTMENT),
    "items_import": (IMPORT, frozenset()),
    "people": (ADMIN | {Role.HALL, Role.CHIEF}, frozenset()),
    "person": (ADMIN | {Role.HALL}, frozenset({Role.CHIEF})),
    "person_new": (ADMIN, frozenset()),
    "positions": (ADMIN, frozenset()),
    "person_edit": (ADMIN, frozenset()),
    "person_access_log": (ADMIN, frozenset()),
    "items_import_check": (IMPORT, frozenset()),
    "items_check_refused": (IMPORT, frozenset()),
    "items_import_done": (IMPORT, frozenset()),
    "items_done_refused": (IMPORT, frozenset()),
}
POSTED: dict[str, frozenset[Role]] = {  # addresses that only take a POST
    "entry_reverse": REVERSE,
    "bulletin_draft": WRITE,
    "bulletin_edit": WRITE,
    "bulletin_issue": WRITE,
    "bulletin_discard": WRITE,
    "calendar_amend": ADMIN,
    "calendar_announce": ADMIN,
    "item_activity": IMPORT,
    "person_transfer": ADMIN,
    "person_deactivate": ADMIN,
    "person_reactivate": ADMIN,
    "person_reset_password": ADMIN,
    "person_assign": ADMIN,
    "assignment_end": ADMIN,
    "person_deputy": ADMIN,
    "deputy_end": ADMIN,
}
FOR_ALL = {"set_language", "renew_session", "favicon", "password_change", None}  # public, or about oneself alone


@pytest.fixture
def place() -> dict[str, Any]:
    """One thing of each sort, of department D01, and a colleague there."""
    item = make_item()
    case = issued_case(item)
    colleague = make_person("colleague", [Role.BACK], "D01")
    bulletin = draft(Period(START.date(), START.date()), actor=EDITOR, at=START.replace(day=23))
    return {
        "number": case.number,
        "key": item.key,
        "serial": bulletin.serial,
        "form": "html",
        "username": colleague.username,
        "entry": Entry.objects.earliest("pk").pk,
        "year": 2024,
        "upload_id": 1,
        "import_id": 1,
        "assignment": 1,
        "deputyship": 1,
    }


def addresses() -> Iterator[tuple[str, str | None]]:
    """Path pattern and name of every address that the project's own views answer."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str | None]]:
        for pattern in patterns:
            path = f"{before}{pattern.pattern}"
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, path)
            elif pattern.callback.__module__.startswith("yichuang."):
                yield path, pattern.name

    yield from walk(get_resolver().url_patterns, "/")


def path_of(name: str, place: dict[str, Any]) -> str:
    """The address with this name, about the things of ``place``."""
    path = next(path for path, known in addresses() if known == name)
    if name in {"entry", "entry_proof", "entry_reverse"}:
        place = place | {"number": place["entry"]}
    for part, value in place.items():
        for sort in ("int", "str"):
            path = path.replace(f"<{sort}:{part}>", str(value))
    return path


def log_in(client: Client, role: Role, department: str) -> Person:
    is_centre = role in {Role.FRONT, Role.MIDDLE, Role.HALL, Role.CATALOGUE, Role.EDITOR, Role.ADMIN}
    person = make_person("someone", [role], "" if is_centre else department)
    client.force_login(person)
    return person


def test_the_tables_name_every_address() -> None:
    assert {name for _, name in addresses()} - FOR_ALL == PAGES.keys() | POSTED.keys()


@pytest.mark.parametrize("department", ["D01", "D02"], ids=["own", "other"])
@pytest.mark.parametrize("role", Role)
def test_pages(client: Client, place: dict[str, Any], role: Role, department: str) -> None:
    log_in(client, role, department)
    surprises = {}
    for name, (anywhere, own) in PAGES.items():
        response = client.get(path_of(name, place))
        status = response.status_code
        allowed = role in anywhere or (role in own and department == "D01")
        if (status == 403) == allowed or status >= 500 or status == 302:
            surprises[name] = status
    assert surprises == {}


@pytest.mark.parametrize("role", Role)
def test_what_is_posted(client: Client, place: dict[str, Any], role: Role) -> None:
    log_in(client, role, "D01")
    before = Entry.objects.count()
    surprises = {}
    for name, allowed in POSTED.items():
        status = client.post(path_of(name, place), {}).status_code
        if (status == 403) == (role in allowed) or status >= 500:
            surprises[name] = status
    assert surprises == {}
    if not any(role in allowed for allowed in POSTED.values()):
        assert Entry.objects.count() == before


def test_visitors_are_sent_to_log_in(client: Client, place: dict[str, Any]) -> None:
    for name in PAGES:
        response = client.get(path_of(name, place))
        assert (name, response.status_code) == (name, 302)
        assert response["Location"].startswith("/accounts/login/?next=")

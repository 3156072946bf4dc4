"""Every role at every page, in its own department and in another's: who gets in, who is told whom to ask."""

from base64 import b64decode
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import make_person
from yichuang.bulletins.actions import draft
from yichuang.cases.actions import hand_over_batch, upload
from yichuang.cases.models import Notice
from yichuang.cases.tests.factories import CLERK, DISPATCHER, EDITOR, START, accepted_case, issued_case, make_item
from yichuang.cases.types import NoticeKind
from yichuang.kernel.actor import Role
from yichuang.ledger.models import Entry
from yichuang.ledger.types import Period

pytestmark = pytest.mark.django_db

PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
NOBODY: frozenset[Role] = frozenset()
EVERYONE = frozenset(Role)
LEDGER = frozenset({Role.EDITOR, Role.HALL, Role.ADMIN, Role.CHIEF, Role.MIDDLE, Role.CATALOGUE})
CASES = frozenset({Role.FRONT, Role.MIDDLE, Role.HALL, Role.EDITOR, Role.ADMIN})
OF_DEPARTMENT = frozenset({Role.BACK, Role.CHIEF})
FRONT = frozenset({Role.FRONT})
COUNTER = FRONT | OF_DEPARTMENT
MIDDLE = frozenset({Role.MIDDLE})
PAPERS = FRONT | MIDDLE  # who may see whose they are
REVERSE = frozenset({Role.EDITOR, Role.HALL, Role.ADMIN})
IMPORT = frozenset({Role.CATALOGUE, Role.ADMIN})
ADMIN = frozenset({Role.ADMIN})
WRITE = frozenset({Role.EDITOR})

Table = dict[str, tuple[frozenset[Role], frozenset[Role]]]
# name of the address: (roles let in anywhere, roles let in besides when it is about their own department)
PAGES: Table = {
    "front": (EVERYONE, NOBODY),
    "me": (EVERYONE, NOBODY),
    "calendar": (EVERYONE, NOBODY),
    "calendar_year": (EVERYONE, NOBODY),
    "items": (EVERYONE, NOBODY),
    "items_export": (EVERYONE, NOBODY),
    "item": (EVERYONE, NOBODY),
    "departments": (EVERYONE, NOBODY),
    "bulletins": (EVERYONE, NOBODY),
    "bulletin_preview": (EVERYONE, NOBODY),
    "bulletin": (EVERYONE, NOBODY),
    "bulletin_download": (EVERYONE, NOBODY),
    "ledger": (LEDGER, NOBODY),
    "ledger_csv": (LEDGER, NOBODY),
    "ledger_xlsx": (LEDGER, NOBODY),
    "ledger_export_progress": (LEDGER, NOBODY),
    "entry": (LEDGER, NOBODY),
    "entry_proof": (LEDGER, NOBODY),
    "statistics": (EVERYONE, NOBODY),
    "statistics_csv": (EVERYONE, NOBODY),
    "statistics_xlsx": (EVERYONE, NOBODY),
    "case_find": (CASES | OF_DEPARTMENT, NOBODY),
    "case_search": (CASES | OF_DEPARTMENT, NOBODY),
    "case": (CASES, OF_DEPARTMENT),
    "attachment": (PAPERS, OF_DEPARTMENT),
    "notice": (CASES, OF_DEPARTMENT),
    "notice_file": (CASES, OF_DEPARTMENT),
    "sheet_file": (MIDDLE, OF_DEPARTMENT),
    "desk": (COUNTER, NOBODY),
    "desk_items": (COUNTER, NOBODY),
    "desk_form": (COUNTER, NOBODY),
    "desk_case": (FRONT, OF_DEPARTMENT),
    "voids": (frozenset({Role.HALL, Role.CHIEF}), NOBODY),
    "dispatch": (MIDDLE, NOBODY),
    "dispatch_export": (MIDDLE, NOBODY),
    "dispatch_sheet": (MIDDLE, NOBODY),
    "inbox": (OF_DEPARTMENT, NOBODY),
    "inbox_export": (OF_DEPARTMENT, NOBODY),
    "inbox_case": (NOBODY, OF_DEPARTMENT),
    "issue": (COUNTER, NOBODY),
    "issue_export": (COUNTER, NOBODY),
    "issue_case": (FRONT, OF_DEPARTMENT),
    "my_day": (EVERYONE, NOBODY),
    "my_day_bell": (EVERYONE, NOBODY),
    "items_import": (IMPORT, NOBODY),
    "items_import_check": (IMPORT, NOBODY),
    "items_check_refused": (IMPORT, NOBODY),
    "items_import_done": (IMPORT, NOBODY),
    "items_done_refused": (IMPORT, NOBODY),
    "people": (ADMIN | {Role.HALL, Role.CHIEF}, NOBODY),
    "person": (ADMIN | {Role.HALL}, frozenset({Role.CHIEF})),
    "person_new": (ADMIN, NOBODY),
    "positions": (ADMIN, NOBODY),
    "person_edit": (ADMIN, NOBODY),
    "person_access_log": (ADMIN, NOBODY),
}
FRAGMENTS = {"desk_items", "desk_form", "desk_case"}  # asked for by the page itself
HIDDEN = {"sheet_file"}  # another department's is said not to exist
POSTED: Table = {  # addresses that take a POST; sent without the fields that they ask for
    "entry_reverse": (REVERSE, NOBODY),
    "bulletin_draft": (WRITE, NOBODY),
    "bulletin_edit": (WRITE, NOBODY),
    "bulletin_issue": (WRITE, NOBODY),
    "bulletin_discard": (WRITE, NOBODY),
    "calendar_amend": (ADMIN, NOBODY),
    "calendar_announce": (ADMIN, NOBODY),
    "item_activity": (IMPORT, NOBODY),
    "person_transfer": (ADMIN, NOBODY),
    "person_deactivate": (ADMIN, NOBODY),
    "person_reactivate": (ADMIN, NOBODY),
    "person_reset_password": (ADMIN, NOBODY),
    "person_assign": (ADMIN, NOBODY),
    "assignment_end": (ADMIN, NOBODY),
    "person_deputy": (ADMIN, NOBODY),
    "deputy_end": (ADMIN, NOBODY),
    "statistics_save": (EVERYONE, NOBODY),
    "statistics_change": (EVERYONE, NOBODY),
    "statistics_delete": (EVERYONE, NOBODY),
    "case_accept": (FRONT, OF_DEPARTMENT),
    "case_decline": (FRONT, OF_DEPARTMENT),
    "case_redirect": (FRONT, OF_DEPARTMENT),
    "case_correction": (FRONT, OF_DEPARTMENT),
    "case_supplement": (FRONT, OF_DEPARTMENT),
    "case_withdraw": (FRONT, OF_DEPARTMENT),
    "case_originals": (FRONT, OF_DEPARTMENT),
    "case_ask_void": (FRONT, OF_DEPARTMENT),
    "case_decide_void": (frozenset({Role.HALL}), frozenset({Role.CHIEF})),
    "void_decide": (frozenset({Role.HALL}), frozenset({Role.CHIEF})),
    "undo": (COUNTER | MIDDLE, NOBODY),
    "attach": (COUNTER, NOBODY),
    "attachment_discard": (COUNTER, NOBODY),
    "desk_applicant": (COUNTER, NOBODY),
    "desk_receive": (COUNTER, NOBODY),
    "desk_consult": (COUNTER, NOBODY),
    "desk_cases": (COUNTER, NOBODY),
    "desk_carry_on": (FRONT, OF_DEPARTMENT),
    "desk_undo": (COUNTER, NOBODY),
    "desk_void": (FRONT, OF_DEPARTMENT),
    "desk_upload": (COUNTER, NOBODY),
    "desk_draft": (COUNTER, NOBODY),
    "dispatch_hand_over": (MIDDLE, NOBODY),
    "inbox_sign": (OF_DEPARTMENT, NOBODY),
    "inbox_act": (NOBODY, frozenset({Role.BACK})),
    "issue_act": (FRONT, OF_DEPARTMENT),
    "my_day_read_all": (EVERYONE, NOBODY),
    "my_day_read": (EVERYONE, NOBODY),
    "my_day_write_note": (EVERYONE, NOBODY),
    "my_day_take_note": (EVERYONE, NOBODY),
}
OPEN = {"verify", "verify_code"}  # for everyone, logged in or not
FOR_ALL = {"set_language", "renew_session", "favicon", "password_change", None}  # public, or about oneself alone


@pytest.fixture
def place() -> dict[str, Any]:
    """One thing of each sort, of department D01, and a colleague there."""
    item = make_item()
    case = issued_case(item)
    colleague = make_person("colleague", [Role.BACK], "D01")
    bulletin = draft(Period(START.date(), START.date()), actor=EDITOR, at=START.replace(day=23))
    file = upload(name="收据.png", content=PIXEL, number=case.number, actor=CLERK, at=START.replace(day=19))
    notice = Notice.objects.get(case=case, kind=NoticeKind.ACCEPTANCE)
    moves = [(accepted_case(item).number, "D01")]
    sheet = hand_over_batch(moves, actor=DISPATCHER, at=START.replace(day=19))[0]
    return {
        "number": case.number,
        "file": file.pk,
        "sheet": sheet.number,
        "notice": notice.pk,
        "code": notice.code,
        "key": item.key,
        "serial": bulletin.serial,
        "form": "csv",
        "username": colleague.username,
        "entry": Entry.objects.earliest("pk").pk,
        "year": 2024,
        "upload_id": 1,
        "import_id": 1,
        "assignment": 1,
        "deputyship": 1,
        "message": 1,
        "note": 1,
        "verb": "take",
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
    number = {
        "entry": "entry",
        "attachment": "file",
        "sheet_file": "sheet",
        "dispatch_sheet": "sheet",
        "statistics_change": "entry",
        "statistics_delete": "entry",
    }.get(name.partition("_")[0] if name.startswith(("entry", "attachment")) else name, "number")
    form = {"bulletin_download": "html", "notice_file": "docx", "sheet_file": "docx"}.get(name, place["form"])
    verb = "receipt" if name == "issue_act" else place["verb"]
    for part, value in (place | {"number": place[number], "form": form, "verb": verb}).items():
        for sort in ("int", "str"):
            path = path.replace(f"<{sort}:{part}>", str(value))
    return path


def log_in(client: Client, role: Role, department: str) -> Person:
    is_centre = role in {Role.FRONT, Role.MIDDLE, Role.HALL, Role.CATALOGUE, Role.EDITOR, Role.ADMIN}
    person = make_person("someone", [role], "" if is_centre else department)
    client.force_login(person)
    return person


def test_the_tables_name_every_address() -> None:
    assert {name for _, name in addresses()} - FOR_ALL == PAGES.keys() | POSTED.keys() | OPEN


def is_surprise(
    name: str, response: HttpResponseBase, access: tuple[frozenset[Role], frozenset[Role]], role: Role, *, own: bool
) -> bool:
    """Let in who should stay out, or kept out who should get in; a crash; a login asked for again."""
    anywhere, besides = access
    is_allowed = role in anywhere or (role in besides and own)
    refusal = 404 if name in HIDDEN and role in besides else 403
    status = response.status_code
    is_login = response.headers.get("Location", "").startswith("/accounts/login/")
    return (status == refusal) == is_allowed or status >= 500 or is_login


@pytest.mark.parametrize("department", ["D01", "D02"], ids=["own", "other"])
@pytest.mark.parametrize("role", Role)
def test_pages(client: Client, place: dict[str, Any], role: Role, department: str) -> None:
    log_in(client, role, department)
    surprises = {}
    for name, access in PAGES.items():
        response = client.get(path_of(name, place), headers={"hx-request": "true"} if name in FRAGMENTS else {})
        if is_surprise(name, response, access, role, own=department == "D01"):
            surprises[name] = response.status_code
    assert surprises == {}


@pytest.mark.parametrize("department", ["D01", "D02"], ids=["own", "other"])
@pytest.mark.parametrize("role", Role)
def test_what_is_posted(client: Client, place: dict[str, Any], role: Role, department: str) -> None:
    """Who is refused leaves no trace in the ledger."""
    log_in(client, role, department)
    surprises = {}
    for name, access in POSTED.items():
        before = Entry.objects.count()
        response = client.post(path_of(name, place), {"form_key": str(uuid4())})
        if is_surprise(name, response, access, role, own=department == "D01"):
            surprises[name] = response.status_code
        if response.status_code == 403:
            assert Entry.objects.count() == before
    assert surprises == {}


def test_visitors_are_sent_to_log_in(client: Client, place: dict[str, Any]) -> None:
    for name in PAGES:
        response = client.get(path_of(name, place))
        assert (name, response.status_code) == (name, 302)
        assert response["Location"].startswith("/accounts/login/?next=")


def test_visitors_post_nothing(client: Client, place: dict[str, Any]) -> None:
    before = Entry.objects.count()
    for name in POSTED:
        response = client.post(path_of(name, place), {})
        assert (name, response.status_code) == (name, 302)
        assert response["Location"].startswith("/accounts/login/?next=")
    assert Entry.objects.count() == before


@pytest.mark.parametrize("name", sorted(OPEN))
def test_what_is_open_asks_nobody_to_log_in(client: Client, place: dict[str, Any], name: str) -> None:
    response = client.get(path_of(name, place))
    assert response.status_code == 200
    assert place["number"] not in response.content.decode()

"""A small hall: people who log in, departments, items, and entries of the cases' kinds."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from yichuang.accounts.models import Person
from yichuang.accounts.tests.factories import actor_for, make_department, make_person, make_region
from yichuang.calendars.actions import fill_from_library
from yichuang.cases.types import ACCEPTED, CASE
from yichuang.catalogue.models import HandlingItem, MainItem
from yichuang.kernel.actor import SYSTEM, Role
from yichuang.ledger.actions import record
from yichuang.ledger.types import Channel, Fact, Kind, Recorded, Subject

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FRIDAY = datetime(2024, 9, 20, 10, 0, tzinfo=timezone.get_default_timezone())

Write = Callable[..., Recorded]


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Ids begin anew in every test, so nothing kept under them may stay."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def editor(db: None) -> Person:
    """Sees the ledger, and reverses."""
    return make_person("bianji", [Role.EDITOR], "D01", name="王编辑")


@pytest.fixture
def client(editor: Person) -> Client:
    """The editor's browser."""
    return logged_in(editor)


def logged_in(person: Person) -> Client:
    """A browser in which ``person`` is logged in."""
    browser = Client()
    browser.force_login(person, backend=BACKEND)
    return browser


@pytest.fixture
def write(editor: Person) -> Write:
    """Records one acceptance at the comprehensive window on 20 September 2024, or what is asked instead."""
    clerk = actor_for(editor)

    def write(about: int = 1, *, kind: Kind = ACCEPTED, at: datetime = FRIDAY, **given: Any) -> Recorded:
        fact = {"department": "D01", "item": "KEY1", "region": "510000000000", "channel": Channel.WINDOW}
        actor = given.pop("actor", clerk)
        with transaction.atomic():
            return record(Fact(kind=kind, subject=Subject(CASE, about), **(fact | given)), actor=actor, at=at)

    return write


@pytest.fixture
def item(db: None) -> HandlingItem:
    """The item with key KEY1 of department D01."""
    return make_item("KEY1", "食品经营许可（首次申请）")


def make_item(key: str, name: str, department: str = "D01") -> HandlingItem:
    """A handling item in use."""
    home = make_department(department)
    main = MainItem.objects.create(department=home, name=name, type="01")
    return HandlingItem.objects.create(
        key=key, code=f"51{key}", main_item=main, department=home, region=make_region(), name=name, type="01"
    )


@pytest.fixture
def working_calendar(db: None) -> None:
    """The calendar as installed."""
    fill_from_library(SYSTEM, FRIDAY)


def text_of(response: Any) -> str:
    """The page's text with blanks run together; fails on any status but 200."""
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())

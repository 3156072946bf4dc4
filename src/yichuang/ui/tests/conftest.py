"""People with and without the one permission of these tests."""

import datetime
from collections.abc import Iterator

import pytest
import rules
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client

from yichuang.kernel.actor import Role
from yichuang.kernel.permissions import holds


@pytest.fixture(autouse=True)
def permission() -> Iterator[None]:
    rules.add_perm("ui_tests.look", holds(Role.EDITOR))
    yield
    rules.remove_perm("ui_tests.look")


def login(client: Client, role: Role) -> Client:
    person = get_user_model().objects.create(username=f"u_{role}", name="李明")
    position = apps.get_model("accounts", "Position").objects.create(name="试岗", role=role)
    apps.get_model("accounts", "Assignment").objects.create(
        person=person, position=position, starts_on=datetime.date(2020, 1, 1)
    )
    client.force_login(person)
    return client


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    return login(client, Role.EDITOR)


@pytest.fixture
def clerk(client: Client, db: None) -> Client:
    return login(client, Role.FRONT)

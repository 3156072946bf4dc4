"""Drafts: encrypted, for their writer alone, and gone once the form was carried out."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from yichuang.accounts.tests.factories import make_person
from yichuang.cases.tests.factories import CLERK, DISPATCHER
from yichuang.kernel.actor import Role
from yichuang.kernel.errors import Refusal

from ..actions import drop_draft, once, save_draft
from ..models import Draft
from ..queries.desk import draft_of

pytestmark = pytest.mark.django_db
TYPED = {"item": "K0001", "fields": {"form_key": ["key-1"], "name": ["王小明"]}}


def save(content: dict[str, object] | str = "", key: str = "key-1") -> None:
    typed = content or (TYPED | {"fields": {"form_key": [key], "name": ["王小明"]}})
    save_draft(typed if isinstance(typed, str) else json.dumps(typed), actor=CLERK, at=timezone.now())


def test_it_is_kept_encrypted_and_replaced() -> None:
    save()
    save(key="key-2")
    assert "王小明".encode() not in bytes(Draft.objects.get().sealed)
    kept = draft_of(CLERK)
    assert kept is not None
    assert kept["fields"]["form_key"] == ["key-2"]


def test_nobody_else_reads_it() -> None:
    save()
    assert draft_of(DISPATCHER) is None
    Draft.objects.update(person=DISPATCHER.id)  # nor does it open in another's row
    with pytest.raises(Refusal):
        draft_of(DISPATCHER)


def test_a_form_carried_out_is_no_draft_even_if_saved_a_moment_later() -> None:
    once(CLERK, "key-1", lambda: "K00012024")
    save()
    assert draft_of(CLERK) is None


def test_only_the_sent_form_is_dropped() -> None:
    save()
    drop_draft(actor=CLERK, form_key="another")
    assert draft_of(CLERK) is not None
    drop_draft(actor=CLERK, form_key="key-1")
    assert not Draft.objects.exists()


@pytest.mark.parametrize("content", ["{", "[1]", json.dumps({"fields": "长" * 30_000}, ensure_ascii=False)])
def test_what_is_no_draft_is_refused(content: str) -> None:
    with pytest.raises(Refusal):
        save(content)
    assert not Draft.objects.exists()


def test_page_keeps_gives_back_and_forgets() -> None:
    client = Client()
    client.force_login(make_person("liming", [Role.FRONT]))
    assert client.get("/desk/draft").json() == {"draft": None}
    assert client.post("/desk/draft", {"content": json.dumps(TYPED)}).status_code == 204
    assert client.get("/desk/draft").json() == {"draft": TYPED}
    other = Client()
    other.force_login(make_person("other", [Role.FRONT]))
    assert other.get("/desk/draft").json() == {"draft": None}
    assert client.post("/desk/draft", {"content": "nonsense"}).status_code == 422
    assert client.post("/desk/draft", {}).status_code == 204
    assert client.get("/desk/draft").json() == {"draft": None}

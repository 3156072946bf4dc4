"""Passwords: a temporary one from an administrator, then one's own."""

import secrets
from datetime import datetime

from axes.utils import reset as unlock
from django.db import transaction
from django.utils.timezone import localdate

from yichuang.kernel.actor import Actor
from yichuang.kernel.permissions import require

from .. import rules
from ..queries import facts_of
from ..types import PASSWORD_CHANGED, PASSWORD_RESET, PersonFacts, TemporaryPassword
from .entries import record_of
from .locks import lock_person

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread on paper: no i, l, o, 0, 1
LENGTH = 12


def temporary_password() -> str:
    """Twelve letters and digits (59 bits), in groups of four for reading out."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(drawn[start : start + 4] for start in range(0, LENGTH, 4))


@transaction.atomic
def reset_password(person_id: int, *, actor: Actor, at: datetime) -> TemporaryPassword:
    """A new temporary password, returned this once; the person's sessions end, and so does a lock after wrong tries."""
    require(actor, "accounts.manage_people")
    person = lock_person(person_id)
    if refusal := rules.refuse_inactive(facts_of(person, localdate(at))):
        raise refusal
    password = temporary_password()
    person.set_password(password)
    person.must_change_password = True
    person.session_round += 1
    person.save(update_fields=["password", "must_change_password", "session_round"])
    unlock(username=person.username)
    record_of(PASSWORD_RESET, person, actor=actor, at=at)
    return TemporaryPassword(person.pk, person.username, password)


@transaction.atomic
def change_password(person_id: int, password: str, *, actor: Actor, at: datetime) -> None:
    """One's own new password, checked by the form already; other sessions of the person end."""
    require(actor, "accounts.change_own_password", PersonFacts(person_id))
    person = lock_person(person_id)
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    record_of(PASSWORD_CHANGED, person, actor=actor, at=at)

"""Predicates over actors."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import rules

from yichuang.kernel.actor import SYSTEM, Actor, Post, Role
from yichuang.kernel.errors import NotPermitted, Refusal
from yichuang.kernel.permissions import holds, holds_own, may, require

ANY = "kernel_tests.any"
OWN = "kernel_tests.own"


@dataclass(frozen=True)
class Thing:
    department: str


@pytest.fixture(autouse=True)
def _permissions() -> Iterator[None]:
    rules.add_perm(ANY, holds(Role.EDITOR, Role.ADMIN))
    rules.add_perm(OWN, holds(Role.MIDDLE) | holds_own(Role.BACK, Role.CHIEF))
    yield
    rules.remove_perm(ANY)
    rules.remove_perm(OWN)


def acting(*posts: Post) -> Actor:
    return Actor(id=1, name="测试", posts=frozenset(posts))


@pytest.mark.parametrize("role", Role)
def test_holds_looks_at_the_role_alone(role: Role) -> None:
    expected = role in (Role.EDITOR, Role.ADMIN)
    assert may(acting(Post(role, "D01")), ANY) is expected
    assert may(acting(Post(role)), ANY, Thing("D02")) is expected


@pytest.mark.parametrize(
    ("post", "department", "expected"),
    [
        (Post(Role.BACK, "D01"), "D01", True),
        (Post(Role.BACK, "D01"), "D02", False),
        (Post(Role.CHIEF, "D02"), "D02", True),
        (Post(Role.MIDDLE), "D02", True),
        (Post(Role.FRONT, "D01"), "D01", False),
    ],
)
def test_holds_own_looks_at_the_department_too(post: Post, department: str, expected: bool) -> None:
    assert may(acting(post), OWN, Thing(department)) is expected


def test_roles_of_two_posts_do_not_mix() -> None:
    actor = acting(Post(Role.BACK, "D01"), Post(Role.FRONT, "D02"))
    assert may(actor, OWN, Thing("D01"))
    assert not may(actor, OWN, Thing("D02"))


def test_without_a_target_own_means_anywhere() -> None:
    assert may(acting(Post(Role.BACK, "D01")), OWN)
    assert not may(acting(Post(Role.FRONT, "D01")), OWN)


def test_without_posts_nothing_is_allowed() -> None:
    assert not may(acting(), ANY)
    assert not may(SYSTEM, OWN, Thing("D01"))


def test_an_unknown_permission_is_never_granted() -> None:
    assert not may(acting(*(Post(role) for role in Role)), "kernel_tests.unknown")


def test_require_refuses_and_says_whom_to_ask() -> None:
    require(acting(Post(Role.ADMIN)), ANY)
    with pytest.raises(NotPermitted) as caught:
        require(acting(Post(Role.FRONT)), ANY)
    assert isinstance(caught.value, Refusal)
    assert caught.value.code == "not_permitted"
    assert "系统管理员" in caught.value.message

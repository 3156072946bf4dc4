"""SM3 by the standard's vectors; Merkle trees by proof of every leaf, and by what altered proofs do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.kernel import sm3 as sm3_module
from yichuang.kernel.merkle import EMPTY_ROOT, inclusion_path, is_included, leaf_hash, root_of
from yichuang.kernel.sm3 import sm3

SIZES = range(1, 34)


@pytest.mark.parametrize(
    ("data", "digest"),
    [  # GM/T 0004—2012, annex A
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3(data: bytes, digest: str) -> None:
    assert sm3(data).hex() == digest
    assert sm3_module._through_cryptography(data).hex() == digest


def leaves_of(size: int) -> list[bytes]:
    return [leaf_hash(b"entry %d" % number) for number in range(size)]


def node(left: bytes, right: bytes) -> bytes:
    return sm3(b"\x01" + left + right)


def test_small_roots_by_hand() -> None:
    a, b, c, d, e = leaves_of(5)
    assert root_of([]) == EMPTY_ROOT == sm3(b"")
    assert root_of([a]) == a
    assert root_of([a, b]) == node(a, b)
    assert root_of([a, b, c]) == node(node(a, b), c)
    assert root_of([a, b, c, d, e]) == node(node(node(a, b), node(c, d)), e)


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1 word for word: split at the largest power of two below the size."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


@pytest.mark.parametrize("size", SIZES)
def test_roots_follow_the_definition(size: int) -> None:
    assert root_of(leaves_of(size)) == recursive_root(leaves_of(size))


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proved_and_only_in_its_place(size: int) -> None:
    leaves = leaves_of(size)
    root = root_of(leaves)
    for index, leaf in enumerate(leaves):
        path = inclusion_path(leaves, index)
        assert is_included(leaf, index, size, path, root)
        assert not is_included(leaf_hash(b"another"), index, size, path, root)
        for wrong in {(index + 1) % size, 0, size - 1} - {index}:
            assert not is_included(leaf, wrong, size, path, root)
        assert not is_included(leaf, index, size, [*path, root], root)
        assert not is_included(leaf, size, size, path, root)
        assert not is_included(leaf, -1, size, path, root)
        for place in range(len(path)):
            altered = [*path[:place], bytes([path[place][0] ^ 1]) + path[place][1:], *path[place + 1 :]]
            assert not is_included(leaf, index, size, altered, root)
            assert not is_included(leaf, index, size, path[:place] + path[place + 1 :], root)


def test_there_is_no_proof_of_a_leaf_that_is_not_there() -> None:
    for index in (-1, 3):
        with pytest.raises(IndexError):
            inclusion_path(leaves_of(3), index)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_any_changed_leaf_changes_the_root(contents: list[bytes], data: st.DataObject) -> None:
    leaves = [leaf_hash(content) for content in contents]
    index = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves[:index], leaf_hash(contents[index] + b"!"), *leaves[index + 1 :]]
    assert root_of(changed) != root_of(leaves)


def test_a_node_cannot_pass_for_a_leaf() -> None:
    a, b = leaves_of(2)
    assert leaf_hash(a + b) != node(a, b)

"""Merkle trees over SM3, after RFC 9162 §2.1: leaves hashed with prefix 0x00, nodes with 0x01."""

from collections.abc import Sequence

from .sm3 import sm3

EMPTY_ROOT = sm3(b"")


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf's content."""
    return sm3(b"\x00" + data)


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Root over leaf hashes in order (§2.1.1); of no leaves, the hash of nothing."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        pairs = [sm3(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            pairs.append(level[-1])
        level = pairs
    return level[0]


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The sibling hashes that lead from leaf ``index`` to the root, lowest first (§2.1.3)."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    path: list[bytes] = []
    level = list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        level = [
            sm3(b"\x01" + level[i] + level[i + 1]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)
        ]
        index //= 2
    return path


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether ``path`` proves ``leaf`` to be number ``index`` of the ``size`` leaves under ``root`` (§2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last = index, size - 1
    running = leaf
    for sibling in path:
        if last == 0:
            return False
        if node % 2 or node == last:
            running = sm3(b"\x01" + sibling + running)
            while node % 2 == 0 and node:
                node //= 2
                last //= 2
        else:
            running = sm3(b"\x01" + running + sibling)
        node //= 2
        last //= 2
    return last == 0 and running == root

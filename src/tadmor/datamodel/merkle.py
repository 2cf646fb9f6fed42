"""The Merkle tree of RFC 6962 (section 2.1) over a list that only grows: roots, and proofs that fit on a page.

A root stands for all leaves in their order. An inclusion proof shows that a leaf stands at its place under a root, a
consistency proof that a later root has all leaves of an earlier one, unchanged, at its beginning; each is about one
hash a level. Hashes are SHA-256, 32 bytes; leaves and nodes are told apart by their first byte, so that neither passes
for the other. https://www.rfc-editor.org/rfc/rfc6962#section-2.1
"""

import hashlib
from collections.abc import Callable, Sequence

#: Asked for the hash over leaves `start` to `end` (half-open): a range that proofs speak of, or half of one.
RangeHash = Callable[[int, int], bytes]
Range = tuple[int, int]

#: The root of no leaves.
EMPTY = hashlib.sha256().digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """How many of `size` leaves (two or more) stand in the left subtree: the largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over the hashes of leaves, or of complete subtrees of one size."""
    if not hashes:
        return EMPTY
    level = list(hashes)
    while len(level) > 1:
        paired = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]  # one left over goes up as it is
    return level[0]


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The subtrees whose hashes prove the leaf at `index` (from 0) of a tree of `size`, the nearest first.

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < size:
        message = f"no leaf {index} in a tree of {size}"
        raise ValueError(message)
    start, end, found = 0, size, []
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """The subtrees whose hashes prove that a tree of `new` leaves begins with one of `old`, in the order of RFC 6962.

    None where the trees are one, or where the old one is empty: any tree begins with that.

    Raises:
        ValueError: the old tree is the larger.
    """
    if not 0 <= old <= new:
        message = f"a tree of {new} cannot begin with one of {old}"
        raise ValueError(message)
    if old in {0, new}:
        return []
    start, end, found, whole = 0, new, [], True
    while old != end:
        middle = start + split(end - start)
        if old <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start, whole = middle, False
    if not whole:  # else the old root itself is the first subtree, and whoever checks has it
        found.append((start, end))
    return found[::-1]


def inclusion_proof(index: int, size: int, range_hash: RangeHash) -> list[bytes]:
    """The hashes that lead from a leaf to the root; fails as `inclusion_ranges` does."""
    return [range_hash(start, end) for start, end in inclusion_ranges(index, size)]


def consistency_proof(old: int, new: int, range_hash: RangeHash) -> list[bytes]:
    """The hashes that lead from an old root to a new one; fails as `consistency_ranges` does."""
    return [range_hash(start, end) for start, end in consistency_ranges(old, new)]


def ranges_over(hashes: Sequence[bytes]) -> RangeHash:
    """Hashes of ranges of leaves whose hashes are all at hand."""
    return lambda start, end: root_of(hashes[start:end])


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Does the leaf with this hash stand at `index` of the tree of `size` with this root?"""
    if not 0 <= index < size:
        return False
    ranges = inclusion_ranges(index, size)
    if len(ranges) != len(proof):
        return False
    for (start, _), other in zip(ranges, proof, strict=True):
        leaf = node_hash(other, leaf) if start < index else node_hash(leaf, other)
    return leaf == root


def consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Does the tree of `new` leaves with its root begin with the tree of `old` leaves with its root?"""
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not proof and old_root == EMPTY
    if old == new:
        return not proof and old_root == new_root
    ranges = consistency_ranges(old, new)
    if len(ranges) != len(proof):
        return False
    known = dict(zip(ranges, proof, strict=True))
    first = ranges[0]
    if first[1] != old:  # the old tree is itself a subtree
        before, after = old_root, old_root
        rest = ranges
    else:
        before = after = known[first]
        rest = ranges[1:]
    for start, end in rest:
        other = known[start, end]
        if end <= old:
            before, after = node_hash(other, before), node_hash(other, after)
        else:
            after = node_hash(after, other)
    return (before, after) == (old_root, new_root)

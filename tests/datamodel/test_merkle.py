"""The tree of RFC 6962 against its definition, taken word for word, and against Certificate Transparency's own values."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.merkle import (
    EMPTY,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
    leaf_hash,
    node_hash,
    ranges_over,
    root_of,
)

#: Inputs and roots of the reference implementation of Certificate Transparency (its merkle tree tests).
CT_LEAVES = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def mth(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash as RFC 6962 defines it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """The audit path as RFC 6962 defines it."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], *, whole: bool) -> list[bytes]:
    """The consistency proof as RFC 6962 defines it."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*subproof(m, leaves[:k], whole=whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], whole=False), mth(leaves[:k])]


def made(size: int) -> list[bytes]:
    return [b"revision %d" % one for one in range(size)]


def hashes(leaves: list[bytes]) -> list[bytes]:
    return [leaf_hash(one) for one in leaves]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size):
    assert root_of(hashes(CT_LEAVES[:size])).hex() == CT_ROOTS[size - 1]


@given(st.integers(0, 300))
def test_a_root_is_the_tree_hash_of_its_definition(size):
    assert root_of(hashes(made(size))) == mth(made(size))


@given(st.data())
def test_inclusion_proofs_are_those_of_the_definition_and_hold(data):
    size = data.draw(st.integers(1, 200))
    index = data.draw(st.integers(0, size - 1))
    leaves = made(size)
    proof = inclusion_proof(index, size, ranges_over(hashes(leaves)))
    assert proof == path(index, leaves)
    assert included(leaf_hash(leaves[index]), index, size, proof, mth(leaves))


@given(st.data())
def test_consistency_proofs_are_those_of_the_definition_and_hold(data):
    new = data.draw(st.integers(1, 200))
    old = data.draw(st.integers(1, new))
    leaves = made(new)
    proof = consistency_proof(old, new, ranges_over(hashes(leaves)))
    assert proof == subproof(old, leaves, whole=True)
    assert consistent(old, mth(leaves[:old]), new, mth(leaves), proof)


@given(st.data())
def test_an_inclusion_proof_holds_for_nothing_else(data):
    size = data.draw(st.integers(2, 70))
    index = data.draw(st.integers(0, size - 1))
    leaves = made(size)
    proof, root = inclusion_proof(index, size, ranges_over(hashes(leaves))), mth(leaves)
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
    leaf = leaf_hash(leaves[index])
    assert not included(leaf_hash(leaves[other]), index, size, proof, root)
    assert not included(leaf, other, size, proof, root)
    assert not included(leaf, index, size, proof, mth([*leaves, b"one more"]))
    assert not included(leaf, index, size, proof[:-1], root)
    assert not included(leaf, index, size, [*proof, root], root)
    assert not included(leaf, size, size, proof, root)
    at = data.draw(st.integers(0, len(proof) - 1))
    assert not included(leaf, index, size, [*proof[:at], EMPTY, *proof[at + 1 :]], root)


@given(st.data())
def test_no_consistency_proof_joins_a_rewritten_history(data):
    new = data.draw(st.integers(2, 70))
    old = data.draw(st.integers(1, new - 1))
    leaves = made(new)
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*leaves[:changed], b"rewritten", *leaves[changed + 1 :]]
    over = ranges_over(hashes(rewritten))
    proof = consistency_proof(old, new, over)
    assert consistent(old, mth(rewritten[:old]), new, mth(rewritten), proof)
    assert not consistent(old, mth(leaves[:old]), new, mth(rewritten), proof)
    assert not consistent(old, mth(rewritten[:old]), new, mth(leaves), proof)
    assert not consistent(old, mth(rewritten[:old]), new, mth(rewritten), proof[1:])
    assert not consistent(new, mth(rewritten), old, mth(rewritten[:old]), proof)


def test_trees_of_one_size_are_consistent_only_if_they_are_one():
    one, other = mth(made(5)), mth(made(6)[1:])
    assert consistent(5, one, 5, one, [])
    assert not consistent(5, one, 5, other, [])
    assert not consistent(5, one, 5, one, [one])


def test_every_tree_begins_with_the_empty_one():
    assert consistent(0, EMPTY, 5, mth(made(5)), [])
    assert not consistent(0, mth(made(1)), 5, mth(made(5)), [])


def test_a_node_never_passes_for_a_leaf():
    left, right = hashes(made(2))
    assert node_hash(left, right) != leaf_hash(left + right)


def test_what_is_not_in_the_tree_has_no_proof():
    with pytest.raises(ValueError, match="no leaf 5 in a tree of 5"):
        inclusion_proof(5, 5, ranges_over(hashes(made(5))))
    with pytest.raises(ValueError, match="a tree of 4 cannot begin with one of 5"):
        consistency_proof(5, 4, ranges_over(hashes(made(4))))

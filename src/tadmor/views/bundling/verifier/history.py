"""The history: revisions in a chain, a Merkle tree over them (RFC 6962), and proofs that revisions stand in it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from tadmor.views.bundling.verifier.members import Bundle
from tadmor.views.bundling.verifier.rows import TOLD, Written, digest_of, redacted

REVISIONS, TREE = "history/revisions.jsonl", "history/tree.json"
_GENESIS = "0" * 64
_LINK = ("number", "made", "what", "subject", "content", "previous")


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf(digest: str) -> bytes:
    """The hash of a revision as a leaf."""
    return hashlib.sha256(b"\x00" + bytes.fromhex(digest)).digest()


class Growing:
    """The tree's root as leaves come in, by the complete subtrees so far: one hash a level is held."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []

    def add(self, hashed: bytes) -> None:
        """One leaf more."""
        number = self.size
        while number & 1:
            hashed = node(self._whole.pop(), hashed)
            number >>= 1
        self._whole.append(hashed)
        self.size += 1

    @property
    def root(self) -> str:
        """The root of all leaves so far."""
        if not self._whole:
            return hashlib.sha256().hexdigest()
        *others, found = self._whole
        for one in reversed(others):
            found = node(one, found)
        return found.hex()


def included(hashed: bytes, index: int, size: int, proof: Sequence[str], root: str) -> bool:
    """Does a leaf stand at `index` of the tree of that size and root? RFC 9162, 2.1.3.2."""
    at, last = index, size - 1
    if not 0 <= at <= last:
        return False
    for other in map(bytes.fromhex, proof):
        if last == 0:
            return False
        if at & 1 or at == last:
            hashed = node(other, hashed)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            hashed = node(hashed, other)
        at, last = at >> 1, last >> 1
    return last == 0 and hashed.hex() == root


def consistent(old: int, old_root: str, new: int, new_root: str, proof: Sequence[str]) -> bool:
    """Does the new tree begin with the old one? RFC 9162, 2.1.4.2."""
    if old in {0, new}:
        return not proof and (old == 0 or old_root == new_root)
    path = [bytes.fromhex(one) for one in ([old_root, *proof] if old & (old - 1) == 0 else proof)]
    at, last = old - 1, new - 1
    if not path or not 0 < old < new:
        return False
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node(other, before), node(other, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = node(after, other)
        at, last = at >> 1, last >> 1
    return last == 0 and (before.hex(), after.hex()) == (old_root, new_root)


class History:
    """The revisions of a bundle: all of the case's, or those that tell of what the bundle holds."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self.tree: dict[str, Any] = bundle.json(TREE)
        self.roots: dict[int, str] = {}
        self.heads: dict[int, str] = {}
        self.first: str | None = None
        self._told: Counter[Written] = Counter()

    def check(self, asked: set[int]) -> Iterator[str]:
        """What does not hold of the revisions; roots of the sizes asked for are noted where all of them are here."""
        growing, before, last = Growing(), _GENESIS, 0
        since = redacted(self._bundle)
        for row in self._bundle.lines(REVISIONS):
            number, where = row["number"], f"{REVISIONS}, revision {row['number']}"
            content, link = since.get(number, (row["content"], row["digest"]))
            if digest_of(str(row[name]).encode() for name in _LINK) != link:
                yield f"{where}: is not what its digest was made of ({row['what']} {row['subject']}, {row['made']})"
            if number <= last or (number == last + 1 and row["previous"] != before):
                yield f"{where}: does not follow the revision before it"
            if self.tree["complete"]:
                growing.add(leaf(row["digest"]))
                if growing.size in asked:
                    self.roots[growing.size], self.heads[growing.size] = growing.root, row["digest"]
                if number != growing.size:
                    yield f"{where}: stands where revision {growing.size} should"
            elif not included(leaf(row["digest"]), number - 1, self.tree["size"], row["proof"], self.tree["root"]):
                yield f"{where}: its proof does not lead to the root of the history"
            if row["what"] in TOLD:
                what = "claims" if row["what"] == "groundings" else row["what"]
                self._told[what, row["subject"], content] += 1
            self.first = row["digest"] if number == 1 else self.first
            before, last = row["digest"], number
        if self.tree["complete"] and (growing.size, growing.root) != (self.tree["size"], self.tree["root"]):
            yield f"{TREE}: the {growing.size} revisions have the root {growing.root}, and it says {self.tree['root']}"
        if last == self.tree["size"] and before != self.tree["head"]:
            yield f"{TREE}: the last revision has the digest {before}, and it says {self.tree['head']}"

    def tells(self, written: Written, where: str) -> Iterator[str]:
        """Is there a revision that says so, for this row and no other?"""
        if self._told[written] > 0:
            self._told[written] -= 1
        else:
            yield f"{where}: is not what the history says was written ({written[0]} {written[1]})"

    def left(self) -> Iterator[str]:
        """Revisions of which the bundle has no row."""
        for what, subject, _ in sorted(self._told.elements()):
            yield f"{REVISIONS}: tells of {what} {subject}, which the bundle does not have as it was written"

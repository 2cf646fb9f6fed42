"""Proofs on a page, checked without the case: that something stands in its history, or that this only grew."""

import hashlib
from collections.abc import Sequence

import msgspec

from tadmor.datamodel.checkpoints import Checkpoint, SignedCheckpoint, VerifierKey
from tadmor.datamodel.merkle import consistent, included, leaf_hash

FORMAT = "tadmor-proof/1"


class ProvenRevision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A revision as it stands in the history, each field as written; `parts` are what `content` is the digest of.

    Left out are the parts of what a redaction changed, or what is no text.
    """

    number: int
    made: str
    what: str
    subject: str
    content: str
    previous: str
    digest: str
    parts: tuple[str, ...] = ()


class Proof(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="proves", tag="inclusion"):
    """That a revision is the `number`-th of the first `size`, under their root.

    `signed` is the checkpoint of that root; `None` where the history was not signed since.
    """

    format: str = FORMAT
    revision: ProvenRevision
    size: int
    root: str
    path: tuple[str, ...]
    signed: SignedCheckpoint | None = None

    def amiss(self) -> list[str]:
        """What does not hold, in words; nothing where all does."""
        row, found = self.revision, []
        if row.parts and netstrings(tuple(part.encode() for part in row.parts)) != row.content:
            found.append("the parts are not those whose digest the revision has as content")
        told = (str(row.number), row.made, row.what, row.subject, row.content, row.previous)
        if netstrings(tuple(part.encode() for part in told)) != row.digest:
            found.append("the revision's digest is not that of its fields")
        leaf, path = leaf_hash(_bytes(row.digest)), [_bytes(one) for one in self.path]
        if not included(leaf, row.number - 1, self.size, path, _bytes(self.root)):
            found.append(f"revision {row.number} does not stand under the root of {self.size} revisions")
        return found + _unsigned(self.signed, self.size, self.root)


class Growth(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="proves", tag="consistency"
):
    """That a history of `size` revisions begins with one of `old_size`."""

    format: str = FORMAT
    old_size: int
    old_root: str
    size: int
    root: str
    path: tuple[str, ...]
    signed: SignedCheckpoint | None = None

    def amiss(self) -> list[str]:
        """What does not hold, in words; nothing where all does."""
        path = [_bytes(one) for one in self.path]
        holds = consistent(self.old_size, _bytes(self.old_root), self.size, _bytes(self.root), path)
        told = f"the history of {self.size} revisions does not begin with that of {self.old_size}"
        return ([] if holds else [told]) + _unsigned(self.signed, self.size, self.root)


def netstrings(parts: Sequence[bytes]) -> str:
    """SHA-256 over length-prefixed parts: how the history digests what it tells of."""
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(b"%d:" % len(part))
        hasher.update(part)
    return hasher.hexdigest()


def _unsigned(signed: SignedCheckpoint | None, size: int, root: str) -> list[str]:
    """What does not hold of the checkpoint that a proof leans on."""
    if signed is None:
        return []
    try:
        key, told = VerifierKey.of(signed.key), Checkpoint.of(signed.note)
    except ValueError as error:
        return [str(error)]
    found = [] if key.signed(signed.note) else [f"the checkpoint is not signed by the key {key.name}"]
    return found if (told.size, told.root) == (size, root) else [*found, "the checkpoint is of another root"]


def _bytes(coded: str) -> bytes:
    try:
        return bytes.fromhex(coded)
    except ValueError:
        return b""

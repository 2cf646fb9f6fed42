"""Checkpoints: signed statements of how long a case's history was and which root its Merkle tree had.

They are written as signed notes, the format in which transparency logs publish their heads, so that other programs can
check them: https://github.com/C2SP/C2SP/blob/main/tlog-checkpoint.md and signed-note.md, signatures Ed25519.
"""

import base64
import binascii
import hashlib
import re
from datetime import datetime
from typing import Self

import msgspec

#: Before the digest of a case's first revision: the case's name in a checkpoint, which no other case has.
ORIGIN = "tadmor/"
#: A key's name: what stands between spaces and plus signs of a note.
_NAME = re.compile(r"[^\s+]{1,100}")
#: The number of Ed25519 among the algorithms of signed notes.
_ED25519 = b"\x01"
_DASH = "\u2014 "


class VerifierKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A public key with the name of who signs: what others need to check a signature."""

    name: str
    public: bytes  # 32 bytes

    @property
    def id(self) -> str:
        """What signatures name it by: 8 hexadecimal characters."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).hexdigest()[:8]

    def __str__(self) -> str:
        """As it is handed to others: name, id and key, joined by plus signs."""
        return f"{self.name}+{self.id}+{_base64(_ED25519 + self.public)}"

    @classmethod
    def of(cls, written: str) -> Self:
        """The key as `str` gives it.

        Raises:
            ValueError: it is none, or its id is another's.
        """
        name, _, rest = written.strip().partition("+")
        identity, _, coded = rest.partition("+")
        key = _bytes(coded)
        if not _NAME.fullmatch(name) or len(key) != 33 or key[:1] != _ED25519:
            message = f"{written.strip()[:80]!r} is no Ed25519 key of a signed note (NAME+ID+KEY)"
            raise ValueError(message)
        found = cls(name=name, public=key[1:])
        if found.id != identity:
            message = f"the key of {name} has the id {found.id}, not {identity[:20]}"
            raise ValueError(message)
        return found

    def signed(self, note: str) -> bool:
        """Did this key sign the note? False also where the note is none."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - only where signatures are checked
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

        text, _, lines = note.partition("\n\n")
        mine = f"{_DASH}{self.name} "
        for line in lines.splitlines():
            found = _bytes(line.removeprefix(mine)) if line.startswith(mine) else b""
            if found[:4].hex() == self.id:
                try:
                    Ed25519PublicKey.from_public_bytes(self.public).verify(found[4:], f"{text}\n".encode())
                except (InvalidSignature, ValueError):
                    return False
                return True
        return False


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The head of a case's history at one moment: how many revisions, the root over them and the last one's digest."""

    origin: str
    size: int
    root: str  # hexadecimal
    head: str  # the digest of the last revision, hexadecimal
    made: datetime  # as the clock of who signed said

    def text(self) -> str:
        """What is signed: lines, the last one too ended."""
        root = _base64(bytes.fromhex(self.root))
        return f"{self.origin}\n{self.size}\n{root}\nhead {self.head}\nmade {self.made.isoformat()}\n"

    def note(self, key: VerifierKey, signature: bytes) -> str:
        """The signed note."""
        return f"{self.text()}\n{_DASH}{key.name} {_base64(bytes.fromhex(key.id) + signature)}\n"

    @classmethod
    def of(cls, note: str) -> Self:
        """What a note says, whoever signed it.

        Raises:
            ValueError: it is no checkpoint of a case.
        """
        lines = note.partition("\n\n")[0].split("\n")
        try:
            origin, size, root, head, made = lines
            found = cls(
                origin=origin,
                size=int(size),
                root=_bytes(root).hex(),
                head=head.removeprefix("head "),
                made=datetime.fromisoformat(made.removeprefix("made ")),
            )
        except ValueError as error:
            message = "this is no checkpoint of a case: its lines are not origin, size, root, head and time"
            raise ValueError(message) from error
        if found.text() != "\n".join(lines) + "\n" or not origin.startswith(ORIGIN):
            message = "this is no checkpoint of a case: it is not written as one"
            raise ValueError(message)
        return found


class SignedCheckpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A checkpoint as kept: the note, and the key (as `VerifierKey` is written) that signed it."""

    note: str
    key: str

    @property
    def checkpoint(self) -> Checkpoint:
        """What the note says.

        Raises:
            ValueError: it is no checkpoint.
        """
        return Checkpoint.of(self.note)


class Token(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time-stamping authority's word that a note was there at a time (RFC 3161), over the SHA-256 of the note."""

    checkpoint: int  # its number among the case's, from 1
    authority: str  # the address asked; empty where the reply was brought in a file
    time: datetime  # as the authority says
    reply: bytes  # the answer as it came, DER
    certificates: str  # the authority's certificates as given then, PEM: what the signature was checked with


def key_name(given: str) -> str:
    """A name that a key may have.

    Raises:
        ValueError: it is empty, too long, or holds a space or a plus sign.
    """
    if not _NAME.fullmatch(given) or not given.isprintable() or "/" in given or given.startswith("."):
        message = f"{given!r} cannot name a key: up to 100 characters without spaces, plus signs and slashes"
        raise ValueError(message)
    return given


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(coded: str) -> bytes:
    """Decoded; nothing where it is no base64 as we write it."""
    try:
        found = base64.b64decode(coded, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return found if _base64(found) == coded else b""

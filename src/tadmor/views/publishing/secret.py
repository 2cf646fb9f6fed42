"""Ids that lead back to nothing: keyed digests, the same at each publication of a case, by a key that stays in it."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from tadmor.datamodel.keys import LENGTH
from tadmor.errors import CaseNotWritableError

#: The file of the key in a case's folder. Whoever has it and the documents can tell which published id is whose.
NAME = "publishing.key"
_BYTES = 32


class Secret:
    """A key, and what is made with it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def name(self, kind: str, identity: str) -> str:
        """The published id of a thing: as long as any other id."""
        return self._digest(kind, identity)[:LENGTH]

    def shift(self, document: str) -> int:
        """How far all offsets in a document are moved, so that ids made of them cannot be guessed from its text."""
        return int(self._digest("shift", document)[:15], 16)

    def _digest(self, kind: str, identity: str) -> str:
        return hmac.new(self._key, f"{kind}\0{identity}".encode(), hashlib.sha256).hexdigest()


def secret_of(case: Path) -> Secret:
    """The secret of a case, made where it has none.

    Raises:
        CaseNotWritableError: there is none, and it cannot be written.
    """
    path = case / NAME
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise CaseNotWritableError(case, error.strerror or str(error)) from error
    if len(key) != _BYTES:
        raise CaseNotWritableError(case, f"{NAME} is not as tadmor wrote it")
    return Secret(key)


def _make(path: Path) -> None:
    """Write a key whole or not at all; of two that do so at once the first stands."""
    passing = path.with_name(f".{NAME}.{os.getpid()}")
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(passing, path)
    except FileExistsError:
        pass
    finally:
        passing.unlink()

"""What a case concluded before, kept beside it: made anew where it is missing, damaged or out of date; no evidence.

A file a key, each with the digest of what it holds in front of it. Whoever cannot write to the case does without.
"""

import hashlib
from contextlib import suppress
from pathlib import Path

from tadmor.errors import CaseNotWritableError
from tadmor.ledger.case import CaseFolder

#: Files kept: the record of today and as of a few days that somebody goes back to.
KEPT = 8
#: The file of the parts of the case: one, which the last record replaces.
_PARTS = "parts"
_DIGEST = hashlib.sha256().digest_size


class Remembered:
    """What a case concluded before."""

    def __init__(self, case: CaseFolder) -> None:
        self._case = case

    def recall(self, key: str) -> bytes | None:
        """What was remembered under a key; `None` where nothing was, or where its bytes are not as written."""
        return _told(self._path(key))

    def remember(self, key: str, data: bytes) -> None:
        """Keep what was concluded under a key, and forget what was used longest ago."""
        self._keep(self._path(key), data)
        with suppress(OSError):  # another process may forget the same
            for old in sorted(self._case.concluded.glob("*.bin"), key=_age)[KEPT:]:
                old.unlink()

    def recall_parts(self) -> bytes | None:
        """What was remembered of the parts of the case, as `recall` gives it."""
        return _told(self._case.concluded / _PARTS)

    def remember_parts(self, data: bytes) -> None:
        """Keep what was concluded of the parts of the case, in place of what was kept before."""
        self._keep(self._case.concluded / _PARTS, data)

    def _keep(self, path: Path, data: bytes) -> None:
        with suppress(CaseNotWritableError):  # a full disk, a case of somebody else: what is slower is still right
            self._case.write(path, hashlib.sha256(data).digest() + data, mode=0o644)

    def _path(self, key: str) -> Path:
        return self._case.concluded / f"{key}.bin"


def _told(path: Path) -> bytes | None:
    try:
        told = path.read_bytes()
    except OSError:  # whatever keeps it from being read, it can be concluded anew
        return None
    return told[_DIGEST:] if hashlib.sha256(told[_DIGEST:]).digest() == told[:_DIGEST] else None


def _age(path: Path) -> float:
    return -path.stat().st_mtime

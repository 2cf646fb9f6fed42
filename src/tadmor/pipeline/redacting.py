"""Taking names out of a case: the ledger does it, and compares documents anew by the texts that are left."""

from collections.abc import Sequence
from pathlib import Path

from tadmor.datamodel.documents import Document
from tadmor.datamodel.withholding import Withheld
from tadmor.documents.copies import fingerprint
from tadmor.errors import UsageError
from tadmor.ledger import redacting
from tadmor.ledger.redacting import Found, Redacted


def redact(folder: Path, names: Sequence[str], *, author: str, reason: str) -> Redacted:
    """Take names out of a case for good; fails as `ledger.redacting.redact` does, and where a name is too short."""
    return redacting.redact(folder, _withheld(names), author=author, reason=reason, shingling=_shingles)


def to_redact(folder: Path, names: Sequence[str]) -> Found:
    """What that would touch; nothing is changed."""
    return redacting.found(folder, _withheld(names))


def _shingles(document: Document) -> bytes:
    return fingerprint(document).shingles


def _withheld(names: Sequence[str]) -> Withheld:
    try:
        return Withheld(names)
    except ValueError as error:
        raise UsageError(str(error)) from error

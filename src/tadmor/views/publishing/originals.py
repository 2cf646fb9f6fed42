"""Originals that a policy asks for: plain texts alone, since nobody can read a picture again for a face."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from tadmor.ledger import Ledger
from tadmor.views.exports import Row
from tadmor.views.publishing.composing import Composed
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.site import file_of

FOLDER = "originals"


def published_originals(ledger: Ledger, folder: Path, found: Composed, policy: Policy) -> Mapping[str, Row]:
    """Write the originals that may leave, and tell by their digest where they lie and whether they are graphic."""
    if policy.documents_originals != "publish":
        return {}
    written: dict[str, Row] = {}
    for sha256, (name, document) in found.originals.items():
        graphic = any(fnmatchcase(name, pattern) for pattern in policy.documents_graphic)
        data = ledger.original(sha256)
        if (graphic and policy.documents_graphic_media != "warn") or not _is_plain(name, data):
            continue
        path = folder / FOLDER / f"{file_of(document)}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        written[sha256] = {"path": f"{FOLDER}/{path.name}", "graphic": graphic}
    return written


def _is_plain(name: str, data: bytes) -> bool:
    """Is it a plain text by its name and its bytes?"""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return name.endswith((".txt", ".md")) and "\0" not in text and not text.lstrip().startswith("<")

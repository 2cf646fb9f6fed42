"""A file with a table -> its bytes and its text, or why it has none."""

import gzip
import hashlib
import io
import zlib
from pathlib import Path

import msgspec

from tadmor.datamodel.documents import Original
from tadmor.datamodel.issues import Issue, Severity
from tadmor.documents.decoding import decode
from tadmor.documents.sniffing import look_at

#: Bytes of a table as text: it is held in memory about four times while it is read (UCDP's events of 35 years have
#: 250 MB, those of one country at most 30).
LARGEST = 100_000_000
_GZIP = b"\x1f\x8b"


class Obtained(msgspec.Struct, frozen=True, kw_only=True):
    """A file's bytes and the text in them, with what was doubtful about it."""

    original: Original
    data: bytes
    text: str
    issues: tuple[Issue, ...] = ()


def obtain(path: Path) -> Obtained | Issue:
    """The text of a CSV or TSV file, also of one packed with gzip; its bytes stay as they are."""
    try:
        if path.is_dir():
            return _refused(path, "folder", "is a folder; name the files in it")
        if path.stat().st_size > LARGEST:
            return _refused(path, "too-big", _too_big())
        data = path.read_bytes()
    except OSError as error:
        return _refused(path, "missing", f"cannot be read ({error.strerror}); check its name and permissions")
    packed = data.startswith(_GZIP)
    try:
        plain = _unpacked(data) if packed else data
    except (OSError, EOFError, zlib.error):
        return _refused(path, "packed", "is a damaged gzip archive; get it again")
    if len(plain) > LARGEST:
        return _refused(path, "too-big", _too_big())
    look = look_at(plain, path.name)
    if look.refused is not None:
        return _refused(path, "binary", f"looks like {look.refused}; unpack it, or save its table as CSV in UTF-8")
    media = "application/gzip" if packed else "text/csv"
    original = Original(sha256=hashlib.sha256(data).hexdigest(), name=path.name, media_type=media, size=len(data))
    decoded = decode(plain)
    doubt = () if decoded.doubt is None else (_issue(path, "encoding", decoded.doubt, Severity.WARNING),)
    return Obtained(original=original, data=data, text=decoded.text, issues=doubt)


def _unpacked(data: bytes) -> bytes:
    """At most one byte more than is taken: an archive can hold a thousand times its size."""
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        return file.read(LARGEST + 1)


def _too_big() -> str:
    return f"has more than {LARGEST // 1_000_000} MB; import it in pieces: a country's rows, or some years'"


def _refused(path: Path, rule: str, message: str) -> Issue:
    return _issue(path, f"table-{rule}", message, Severity.ERROR)


def _issue(path: Path, rule: str, message: str, severity: Severity) -> Issue:
    return Issue(where=path.name or str(path), rule=rule, message=message, severity=severity)

"""One file to its documents, or to the reason why there are none."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from tadmor.datamodel.documents import Document, Original
from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.dictionaries.sources import SourceTable, load_sources
from tadmor.documents.archives.mailbox import read_letter
from tadmor.documents.dating import date_together
from tadmor.documents.decoding import decode
from tadmor.documents.docx import MEDIA as DOCX
from tadmor.documents.docx import read_docx
from tadmor.documents.language import identify
from tadmor.documents.plain import Known, read_text
from tadmor.documents.publishers import Publishers
from tadmor.documents.sniffing import look_at

MEGABYTE = 1_000_000
#: Largest files read: a year of a daily paper as text is about 50 MB, a scanned book as PDF about 100 MB.
LARGEST_TEXT, LARGEST_PDF = 50 * MEGABYTE, 100 * MEGABYTE
#: A word of more characters is encoded data or a table without spaces.
LONGEST_WORD = 5_000
#: Names by which text files usually go; others are read all the same, and said.
_TEXT_NAMES = frozenset(
    {"", ".txt", ".text", ".md", ".markdown", ".rst", ".asc", ".article", ".html", ".htm", ".xhtml"}
)
_LONG_WORD = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD},}}+")


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gave. `data` is `None` where nothing was read; `documents` may be empty: see `issues`."""

    original: Original | None
    data: bytes | None
    documents: tuple[Document, ...]
    issues: tuple[Issue, ...]


def load(
    path: Path | str, *, source: str | None = None, published: date | None = None, sources: SourceTable | None = None
) -> Loaded:
    """Read one file.

    Args:
        path: a text, HTML or PDF file; what it is called does not decide what it is.
        source: the outlet, where the caller knows it; goes before the one printed.
        published: the publication day, where the caller knows it; goes before the one printed.
        sources: whose names count as publishers where they stand in a head; the table that ships with tadmor, if none.

    Returns:
        Never raises for bad data: every problem is an `Issue` that names the file and says what to do.
    """
    path = Path(path)
    problem = _closed(path)
    if problem is not None:
        return _nothing(path, *problem)
    try:
        data = path.read_bytes()
    except OSError as error:
        return _nothing(path, "unreadable", f"cannot be read ({_why(error)}); check its permissions")
    return load_bytes(data, path, source=source, published=published, sources=sources)


def load_bytes(
    data: bytes,
    path: Path | str,
    *,
    source: str | None = None,
    published: date | None = None,
    sources: SourceTable | None = None,
    known: Known | None = None,
    otherwise: Known | None = None,
) -> Loaded:
    """Read bytes as if they stood in the file `path`.

    Args:
        data: the bytes.
        path: what they are called.
        source: as of `load`.
        published: as of `load`.
        sources: as of `load`.
        known: what is known of them besides; goes before what they say.
        otherwise: the publisher and the day that count where they say none themselves, or the day is only inferred.
    """
    path = Path(path)
    if not data.strip():
        return _nothing(path, "empty", "the file is empty; nothing to read", data=data)
    look = look_at(data, path.name)
    if look.refused is not None:
        message = f"looks like {look.refused}; save its text as .txt, .html, .docx or .pdf and read that"
        return _nothing(path, "binary", message, data=data, media_type=look.media_type)
    largest = LARGEST_PDF if look.media_type == "application/pdf" else LARGEST_TEXT
    if len(data) > largest:
        return _nothing(path, "too-big", _too_big(len(data), largest))
    original = Original(
        sha256=hashlib.sha256(data).hexdigest(), name=path.name, media_type=look.media_type, size=len(data)
    )
    told = known or Known()
    told = msgspec.structs.replace(told, outlet=source or told.outlet, published=_given(published) or told.published)
    documents, issues = _READERS[look.media_type](data, path, original, told, Publishers(sources or load_sources()))
    documents = tuple(_completed(document, otherwise or Known()) for document in documents)
    return _finished(original, data, documents, issues, path)


def _completed(document: Document, otherwise: Known) -> Document:
    """With the publisher and the day that count where the document gives none."""
    unsure = document.published is None or document.published.basis is Basis.INFERRED
    return msgspec.structs.replace(
        document,
        outlet=document.outlet or otherwise.outlet,
        published=(otherwise.published or document.published) if unsure else document.published,
    )


def _text(
    data: bytes, path: Path, original: Original, known: Known, publishers: Publishers
) -> tuple[tuple[Document, ...], list[Issue]]:
    decoded = decode(data)
    issues = [_warning(path, "encoding", decoded.doubt)] if decoded.doubt else []
    issues.extend(_oddities(decoded.text, path))
    return read_text(
        decoded.text, original=original.sha256, name=original.name, known=known, publishers=publishers
    ), issues


def _html(
    data: bytes, path: Path, original: Original, known: Known, publishers: Publishers
) -> tuple[tuple[Document, ...], list[Issue]]:
    from tadmor.documents.html import read_html  # noqa: PLC0415 - trafilatura takes 0.3-0.5 s to import

    documents, problems = read_html(
        data, original=original.sha256, name=original.name, known=known, publishers=publishers
    )
    return documents, [_issue(path, rule, message) for rule, message in problems]


def _pdf(
    data: bytes, path: Path, original: Original, known: Known, publishers: Publishers
) -> tuple[tuple[Document, ...], list[Issue]]:
    from tadmor.documents.pdf import read_pdf  # noqa: PLC0415 - PDFium is loaded only where there is a PDF

    documents, problems = read_pdf(
        data, original=original.sha256, name=original.name, known=known, publishers=publishers
    )
    return documents, [_issue(path, rule, message) for rule, message in problems]


def _docx(
    data: bytes, path: Path, original: Original, known: Known, publishers: Publishers
) -> tuple[tuple[Document, ...], list[Issue]]:
    documents, problems = read_docx(
        data, original=original.sha256, name=original.name, known=known, publishers=publishers
    )
    return documents, [_issue(path, rule, message) for rule, message in problems]


def _mail(
    data: bytes, path: Path, original: Original, known: Known, publishers: Publishers
) -> tuple[tuple[Document, ...], list[Issue]]:
    """The text of a message: its plain text, else its HTML; the sender is the publisher."""
    letter = read_letter(data)
    if letter is None:
        return (), [
            _issue(path, "mail-broken", "no text was found in the message; save its text as .txt and read that")
        ]
    told = Known(
        title=known.title or letter.subject,
        outlet=known.outlet or letter.sender,
        author=known.author,
        published=known.published or _sent(letter.sent),
    )
    documents, issues = (_html if letter.html else _text)(
        letter.body, path.with_suffix(".txt"), original, told, publishers
    )
    if letter.attached:
        message = f"{letter.attached} attached to it not read: save what they show as text and read that"
        issues.append(_warning(path, "mail-attached", message))
    return documents, issues


def of_mail(data: bytes) -> Known:
    """What counts of an attached file that names no publisher and no day itself: the sender and the message's day."""
    letter = read_letter(data)
    return Known(outlet=letter.sender, published=_sent(letter.sent)) if letter is not None else Known()


def _sent(day: date | None) -> When | None:
    if day is None:
        return None
    reasons = ("the message's Date header says so",)
    return When(interval=Interval.of_days(day, day), grain=Grain.DAY, basis=Basis.STATED, reasons=reasons)


_READERS = {
    "text/plain": _text,
    "text/html": _html,
    "application/pdf": _pdf,
    "message/rfc822": _mail,
    DOCX: _docx,
}


def _finished(
    original: Original, data: bytes, documents: Sequence[Document], issues: list[Issue], path: Path
) -> Loaded:
    """Dated, with their languages; a file that gave no document says so."""
    dated = date_together([_in_language(document, path, issues) for document in documents])
    if not dated and not any(issue.severity is Severity.ERROR for issue in issues):
        issues.append(_issue(path, "no-text", "no readable text was found in it; check that it is the right file"))
    return Loaded(original=original, data=data, documents=dated, issues=tuple(issues))


def _in_language(document: Document, path: Path, issues: list[Issue]) -> Document:
    language = identify(document.text)
    if language is None or language == document.language:
        return document
    message = (
        f"the text seems to be in another language than English ({language}); few claims will be found: translate it"
    )
    issues.append(_warning(path, "language", message))
    return msgspec.structs.replace(document, language=language)


def _closed(path: Path) -> tuple[str, str] | None:
    """Why a path cannot be opened at all, as a rule and a message; size is checked before anything is read."""
    try:
        if path.is_dir():
            return "empty-folder", "the folder holds no file that can be read; name a folder with documents"
        size = path.stat().st_size
        regular = path.is_file()
    except FileNotFoundError:
        return "missing", "no such file or folder; check the path"
    except (OSError, ValueError) as error:
        return "unreadable", f"cannot be read ({_why(error)}); check its permissions"
    if not regular:
        return "unreadable", "is no regular file; name a text, HTML or PDF file"
    if size > LARGEST_TEXT and not (_starts_as_pdf(path) and size <= LARGEST_PDF):
        return "too-big", _too_big(size, LARGEST_PDF if _starts_as_pdf(path) else LARGEST_TEXT)
    return None


def _starts_as_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"%PDF-" in file.read(1024)
    except OSError:
        return False


def _too_big(size: int, largest: int) -> str:
    return f"{size / MEGABYTE:.0f} MB, over the limit of {largest // MEGABYTE} MB; split it and read the pieces"


def _oddities(text: str, path: Path) -> list[Issue]:
    found = []
    if path.suffix.lower() not in _TEXT_NAMES:
        found.append(
            _warning(path, "extension", f"read as plain text though it is named {path.suffix}; rename it if so")
        )
    if (count := text.count("\0")) > 0:
        what = "1 NUL character" if count == 1 else f"{count} NUL characters"
        found.append(_warning(path, "nul", f"{what} left out; check how the file was made"))
    if (match := _LONG_WORD.search(text)) is not None:
        message = (
            f"over {LONGEST_WORD} characters without a space at character {match.start()}; it may hold encoded data"
        )
        found.append(_warning(path, "long-word", message))
    return found


def _given(published: date | None) -> When | None:
    if published is None:
        return None
    interval = Interval.of_days(published, published)
    return When(interval=interval, grain=Grain.DAY, basis=Basis.STATED, reasons=("given when the file was read",))


def _nothing(
    path: Path, rule: str, message: str, *, data: bytes | None = None, media_type: str = "text/plain"
) -> Loaded:
    original = None
    if data is not None:
        digest = hashlib.sha256(data).hexdigest()
        original = Original(sha256=digest, name=path.name, media_type=media_type, size=len(data))
    return Loaded(original=original, data=data, documents=(), issues=(_issue(path, rule, message),))


def _issue(path: Path, rule: str, message: str) -> Issue:
    return Issue(where=str(path), rule=rule, message=message)


def _warning(path: Path, rule: str, message: str) -> Issue:
    return Issue(where=str(path), rule=rule, message=message, severity=Severity.WARNING)


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)

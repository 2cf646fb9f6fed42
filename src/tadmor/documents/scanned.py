"""Scanned PDFs and pictures as documents: their text recognised, and marked as such."""

from datetime import date
from pathlib import Path

import msgspec

from tadmor.datamodel.issues import Issue, Severity
from tadmor.dictionaries.sources import SourceTable
from tadmor.documents.loading import Loaded, load_bytes
from tadmor.documents.recognising import UnrecognisedError, picture_type, recognised, recogniser


def read_scanned(
    loaded: Loaded,
    path: Path,
    languages: str,
    *,
    source: str | None = None,
    published: date | None = None,
    sources: SourceTable | None = None,
) -> Loaded:
    """A file as loaded, with the text recognised in it where it is a picture or a PDF of pictures.

    The media type of its original says what recognised it, and a warning that letters may be wrong.

    Args:
        loaded: what `load` gave.
        path: the file.
        languages: as tesseract names them ("eng+ara").
        source: as of `load`.
        published: as of `load`.
        sources: as of `load`.
    """
    media = _scanned(loaded)
    if media is None or loaded.data is None or loaded.original is None:
        return loaded
    try:
        text = recognised(loaded.data, languages)
        by = f"{recogniser()}, {languages}"
    except UnrecognisedError as error:
        return msgspec.structs.replace(loaded, issues=(_issue(path, "unrecognised", str(error), Severity.ERROR),))
    read = load_bytes(text.encode(), path.with_suffix(".txt"), source=source, published=published, sources=sources)
    original = msgspec.structs.replace(loaded.original, media_type=f"{media}; recognised={by.replace(' ', '_')}")
    documents = tuple(
        msgspec.structs.replace(one, original=original.sha256, name=original.name) for one in read.documents
    )
    message = f"its text was recognised ({by}): letters and figures may be wrong; compare quotes with the picture"
    issues = (_issue(path, "recognised", message, Severity.WARNING), *read.issues)
    return Loaded(original=original, data=loaded.data, documents=documents, issues=issues)


def _scanned(loaded: Loaded) -> str | None:
    """The media type of what is a picture, or holds only pictures; `None` for anything else."""
    if loaded.documents or loaded.data is None:
        return None
    if any(issue.rule == "pdf-scanned" for issue in loaded.issues):
        return "application/pdf"
    return picture_type(loaded.data)


def _issue(path: Path, rule: str, message: str, severity: Severity) -> Issue:
    return Issue(where=str(path), rule=rule, message=message, severity=severity)

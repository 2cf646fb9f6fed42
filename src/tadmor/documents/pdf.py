"""PDF files: text in reading order, read in a process of its own.

PDFium is not thread-safe and can be brought down by a broken file, so each file is read by a child process with a limit
on its memory and its time. `raw` is the text in reading order, without running heads and page numbers; what those say
of publisher and day counts where the articles do not say it.
"""

import subprocess
import sys
from collections.abc import Sequence

import msgspec

from tadmor.datamodel.documents import Document
from tadmor.documents.dating import date_document, date_printed
from tadmor.documents.masthead import publisher_of
from tadmor.documents.pdfreader import PdfText
from tadmor.documents.plain import Known, Problem, read_text
from tadmor.documents.publishers import Publishers

#: Seconds for one file: the slowest pages take 10 ms, so this is a book of 10,000 pages or a trap.
TIME_LIMIT = 120


def read_pdf(
    data: bytes, *, original: str, name: str, known: Known, publishers: Publishers
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The documents in a PDF, and what was wrong with it.

    Args:
        data: the file as obtained.
        original: SHA-256 of the bytes.
        name: file name as given.
        known: what the caller knows.
        publishers: who may be named in a head.
    """
    found = _in_child(data)
    if isinstance(found, str):
        return (), ((_rule(found), found),)
    problems: list[Problem] = []
    if found.failed:
        problems.append(("pdf-pages", f"{len(found.failed)} of its pages could not be read: {_listed(found.failed)}"))
    if not found.text.strip():
        message = (
            "the PDF holds no text, only pictures (a scan?); read it with --ocr eng, or run text recognition on it"
        )
        return (), (*problems, ("pdf-scanned", message))
    documents = read_text(found.text, original=original, name=name, publishers=publishers, known=known)
    return _with_margins(documents, found.margins, publishers), tuple(problems)


def _with_margins(
    documents: Sequence[Document], margins: Sequence[str], publishers: Publishers
) -> tuple[Document, ...]:
    """What the articles themselves do not say of publisher and day, from the running heads and feet."""
    outlet = next((name for line in margins if (name := publisher_of(line, publishers))), None)
    printed = next((when for line in margins if (when := date_printed(line))), None)
    return tuple(
        msgspec.structs.replace(
            document,
            outlet=document.outlet or outlet,
            published=document.published or date_document(document, guess=False) or printed,
        )
        for document in documents
    )


def _in_child(data: bytes) -> PdfText | str:
    """The text, or the message that says why there is none."""
    command = [sys.executable, "-m", "tadmor.documents.pdfreader"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=TIME_LIMIT, check=False)  # noqa: S603 - our own module
    except subprocess.TimeoutExpired:
        return f"the PDF took longer than {TIME_LIMIT} seconds and was given up; print it to a new PDF and read that"
    try:
        found = msgspec.json.decode(done.stdout, type=PdfText)
    except msgspec.DecodeError:
        return "the PDF brought its reader down (broken, or too much memory); print it to a new PDF and read that"
    return found.problem or found


def _rule(message: str) -> str:
    return "pdf-password" if "password" in message else "pdf-broken"


def _listed(pages: tuple[int, ...]) -> str:
    shown = ", ".join(str(page) for page in pages[:5])
    return f"page {shown}" + (" and others" if len(pages) > 5 else "")

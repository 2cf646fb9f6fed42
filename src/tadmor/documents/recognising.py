"""Text recognition of pictures and scanned PDFs, by the program `tesseract` where it is installed.

What it reads is a guess: every document of it is marked, in the media type of its original and by a warning.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

#: Seconds and bytes of address space for one page: a dense page of a newspaper takes 20 s.
TIME_LIMIT, MEMORY_LIMIT = 120, 2_000_000_000
#: Pages of one PDF that are recognised.
MOST_PAGES = 200
#: First bytes of the pictures that are taken, with their media types.
PICTURES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_LANGUAGES = re.compile(r"[A-Za-z_]{3,20}(?:\+[A-Za-z_]{3,20}){0,4}")
_LENGTH = 8


class UnrecognisedError(Exception):
    """No text could be recognised; the message says why and what to do."""


def picture_type(data: bytes) -> str | None:
    """The media type of a picture that can be recognised; `None` for anything else."""
    return next((media for start, media in PICTURES.items() if data.startswith(start)), None)


@cache
def recogniser() -> str:
    """What recognises, with its version.

    Raises:
        UnrecognisedError: it is not installed.
    """
    program = shutil.which("tesseract")
    if program is None:
        message = "text recognition needs the program tesseract (on Debian: apt install tesseract-ocr); it is not here"
        raise UnrecognisedError(message)
    told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    return " ".join((told.stdout or told.stderr).split()[:2]) or "tesseract"


def recognised(data: bytes, languages: str) -> str:
    """The text of a picture, or of all pages of a PDF.

    Args:
        data: PNG, JPEG, TIFF or PDF.
        languages: as tesseract names them, joined by plus signs ("eng+ara").

    Raises:
        UnrecognisedError: tesseract or a language is missing, or it was ended by a limit.
    """
    recogniser()
    if not _LANGUAGES.fullmatch(languages):
        message = f"{languages[:40]!r} names no languages; write them as eng or eng+ara"
        raise UnrecognisedError(message)
    pictures = _pages(data) if data.startswith(b"%PDF-") else iter([data])
    return "\n\n".join(filter(None, (_of_picture(one, languages) for one in pictures)))


def _of_picture(picture: bytes, languages: str) -> str:
    # one thread: its own would take all processors for little gain
    command = ["tesseract", "stdin", "stdout", "-l", languages]
    told = _run(command, picture, {**os.environ, "OMP_THREAD_LIMIT": "1"})
    lines = (line.rstrip() for line in told.decode("utf-8", "replace").replace("\f", "").splitlines())
    return "\n".join(lines).strip()


def _pages(data: bytes) -> Iterator[bytes]:
    """The pages of a PDF as pictures, drawn by a process of its own."""
    told = _run([sys.executable, "-m", "tadmor.documents.pdfpictures", str(MOST_PAGES)], data, dict(os.environ))
    at = 0
    while at + _LENGTH <= len(told):
        size = int.from_bytes(told[at : at + _LENGTH], "big")
        yield told[at + _LENGTH : at + _LENGTH + size]
        at += _LENGTH + size


def _run(command: list[str], data: bytes, environment: dict[str, str]) -> bytes:
    """What a program makes of bytes, within limits.

    Raises:
        UnrecognisedError: it fails, or is ended.
    """
    process = subprocess.Popen(  # noqa: S603 - fixed programs, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    _limit(process.pid)
    try:
        told, said = process.communicate(data, timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        message = f"text recognition took longer than {TIME_LIMIT} seconds and was given up"
        raise UnrecognisedError(message) from None
    if process.returncode:
        why = " ".join(said.decode("utf-8", "replace").split())[-160:] or f"exit code {process.returncode}"
        message = f"text recognition failed ({why})"
        raise UnrecognisedError(message)
    return told


def _limit(process: int) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    if hasattr(resource, "prlimit"):
        try:
            resource.prlimit(process, resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        except ProcessLookupError:
            return  # it has ended already

"""What bytes look like, whatever the file is called."""

import re

import msgspec

from tadmor.documents.archives.mailbox import is_message
from tadmor.documents.docx import MEDIA as DOCX
from tadmor.documents.docx import is_docx

# First bytes of files that people drop beside documents, and what to do with them.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an Office file (xlsx, pptx, odt)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls)"),
    (b"{\\rtf", "a rich text file (rtf)"),
    (b"\x89PNG", "a PNG picture (--ocr eng recognises its text)"),
    (b"\xff\xd8\xff", "a JPEG picture (--ocr eng recognises its text)"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture or a sound or video file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"ID3", "an MP3 sound file"),
    (b"ftyp", "a video or sound file (mp4, mov)"),
    (b"OggS", "an Ogg sound or video file"),
    (b"PAR1", "a Parquet table"),
)
_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
#: Lines that programs put into the head of a mail, and people into no report.
_MAIL = re.compile(rb"^(?:message-id|mime-version|received|return-path|dkim-signature):", re.IGNORECASE | re.MULTILINE)
_HTML_NAMES = (".html", ".htm", ".xhtml", ".shtml")
#: How many of the first bytes are looked at.
LOOKED_AT = 65_536
#: A text has hardly any control bytes; more than one in a hundred is data.
CONTROL_SHARE = 0.01


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """A media type, or what the bytes seem to be where they cannot be read."""

    media_type: str
    refused: str | None = None


def look_at(data: bytes, name: str) -> Look:
    """What the bytes are: PDF, HTML, Word, mail, text, or something else."""
    start = data[:LOOKED_AT]
    if b"%PDF-" in start[:1024]:
        return Look(media_type="application/pdf")
    if is_docx(data):
        return Look(media_type=DOCX)
    if not _has_wide_text_mark(start):
        for signature, what in _SIGNATURES:
            if _begins(start, signature) and (signature not in {b"MZ", b"ID3", b"BZh"} or _is_binary(start)):
                return Look(media_type="application/octet-stream", refused=what)
        if _is_binary(start) and wide_order(start) is None:
            return Look(media_type="application/octet-stream", refused="no text: too many control characters")
    if is_message(start[:4096]) and (name.lower().endswith(".eml") or _MAIL.search(start[:4096])):
        return Look(media_type="message/rfc822")
    if _HTML.search(start[:4096].lstrip(b"\xef\xbb\xbf")) or (name.lower().endswith(_HTML_NAMES) and b"<" in start):
        return Look(media_type="text/html")
    return Look(media_type="text/plain")


def _begins(start: bytes, signature: bytes) -> bool:
    return start.startswith(signature) or (signature == b"ftyp" and start[4:8] == signature)


def _has_wide_text_mark(start: bytes) -> bool:
    return start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))


def _is_binary(start: bytes) -> bool:
    control = sum(start.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32), 127))
    return control > CONTROL_SHARE * len(start)


def wide_order(start: bytes) -> str | None:
    """The byte order of UTF-16 text without a mark: every other byte of Latin or Cyrillic text is nearly always small.

    Returns:
        "utf-16-le", "utf-16-be", or `None` where the bytes are no such text.
    """
    if len(start) < 8:
        return None
    even, odd = start[::2], start[1::2]
    for high, low, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if high.count(0) > 0.4 * len(high) and low.count(0) < 0.05 * len(low):
            return name
    return None

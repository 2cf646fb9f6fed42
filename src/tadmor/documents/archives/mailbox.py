"""Mail: the messages of a mailbox (RFC 4155), and the readable text of one (RFC 5322)."""

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from typing import IO

import msgspec

#: The deepest nesting of parts that is looked into.
DEEPEST = 20
#: Attachments of one message that are read, by the endings of their names or by their media type.
MOST = 50
READABLE = {
    "text/plain": ".txt",
    "text/html": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_PIECE = 65_536
#: The line between two messages: an address, and when it came; "From" at the head of a sentence names neither.
_FROM = re.compile(rb"From \S+ .*\d")
_HEADERS = (b"from:", b"date:", b"subject:", b"to:", b"message-id:", b"received:", b"return-path:", b"mime-version:")


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file attached to a message: which of them from 1, what it is called there, and its bytes."""

    number: int
    name: str
    data: bytes


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What a message says of itself, its text, and whether that is HTML."""

    body: bytes
    html: bool
    subject: str | None = None
    sender: str | None = None
    sent: date | None = None
    attached: int = 0  # files attached that are not read


def is_mbox(start: bytes) -> bool:
    """Do these first bytes begin a mailbox?"""
    first, newline, rest = start.partition(b"\n")
    return _FROM.match(first) is not None and bool(newline) and is_message(rest)


def is_message(start: bytes) -> bool:
    """Do these first bytes begin with the head of a message: two lines that every message has?"""
    head = start.replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    lines = head.split(b"\n")
    if not lines or b":" not in lines[0] or b" " in lines[0].partition(b":")[0]:
        return False
    return sum(line.startswith(_HEADERS) for line in lines) >= 2


def messages(file: IO[bytes], most: int) -> Iterator[bytes | None]:
    """The messages of a mailbox, each without its separating line; `None` for one of more bytes than that."""
    found, over, began, blank = bytearray(), False, False, True
    while line := file.readline(_PIECE):
        if blank and _FROM.match(line):
            if began:
                yield None if over else bytes(found)
            found, over, began = bytearray(), False, True
        elif not over:
            found += line
            over = len(found) > most
        blank = line in {b"\n", b"\r\n"}
    if began:
        yield None if over else bytes(found)


def read_letter(data: bytes) -> Letter | None:
    """The readable part of a message: its plain text, else its HTML; `None` where it has neither, or is broken."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = list(_parts(message, 0))
        chosen = next((part for part in parts if part.get_content_type() == "text/plain"), None)
        chosen = chosen or next((part for part in parts if part.get_content_type() == "text/html"), None)
        if chosen is None:
            return None
        body = chosen.get_payload(decode=True)
        html = chosen.get_content_type() == "text/html"
        attached = sum(1 for _ in _attached(message, 0)) - len(attachments(data))
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError, AssertionError):
        return None  # what the standard library's parser raises for heads and parts that contradict themselves
    if not isinstance(body, bytes):
        return None
    return Letter(
        body=_as_utf8(body, chosen, html=html),
        html=html,
        subject=_header(data, "subject"),
        sender=_sender(data),
        sent=_sent(message),
        attached=attached,
    )


def attachments(data: bytes) -> tuple[Attachment, ...]:
    """What is attached to a message and is read: texts, HTML, PDF and Word, at most `MOST`; of a broken one none."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        found = [
            Attachment(number=number, name=name, data=body)
            for number, part in enumerate(_attached(message, 0), start=1)
            if number <= MOST
            and (name := _named(part, number)) is not None
            and isinstance(body := part.get_payload(decode=True), bytes)
            and body.strip()
        ]
    except (RecursionError, LookupError, ValueError, AttributeError, TypeError, AssertionError):
        return ()  # as above
    return tuple(found)


def _attached(message: Message, depth: int) -> Iterator[Message]:
    """The parts that are to be saved, not read: not those of messages that are attached themselves."""
    if depth > DEEPEST:
        return
    if depth and message.get_content_disposition() == "attachment":
        yield message
    elif message.is_multipart() and message.get_content_maintype() == "multipart":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _attached(part, depth + 1)


def _named(part: Message, number: int) -> str | None:
    """A name for a file that is read, in letters, figures, points and dashes; `None` for one that is not."""
    said = "".join(letter if letter.isalnum() or letter in ".-" else "_" for letter in part.get_filename() or "")
    said, ending = said.lstrip("._")[-80:], READABLE.get(part.get_content_type(), "")
    if said.lower().endswith((*READABLE.values(), ".htm")):
        return said
    return f"{said or number}{ending}" if ending else None


def _parts(message: Message, depth: int) -> Iterator[Message]:
    """The parts that are to be read, not saved."""
    if depth > DEEPEST:
        return
    payload = message.get_payload()
    if isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)
    elif message.get_content_disposition() != "attachment":
        yield message


def _as_utf8(body: bytes, part: Message, *, html: bool) -> bytes:
    """Plain text in UTF-8; HTML as it came, as it names its own encoding."""
    named = part.get_content_charset()
    if html or named is None:
        return body
    try:
        return body.decode(named).encode("utf-8", "replace")
    except (LookupError, UnicodeError):
        return body


def _header(data: bytes, name: str) -> str | None:
    """A header in words, its encodings undone."""
    try:
        message = email.message_from_bytes(_head(data), _class=EmailMessage, policy=email.policy.default)
        value = message[name]
        return " ".join(str(value).split()) or None if value is not None else None
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError, AssertionError):
        return None  # as above


def _sender(data: bytes) -> str | None:
    """The name that the sender goes by, else the host of the address."""
    said = _header(data, "from")
    if said is None:
        return None
    name, angle, rest = said.rpartition("<")
    if angle and name.strip(' "'):
        return name.strip(' "')
    return rest.strip("> ").rpartition("@")[2] or None


def _sent(message: Message) -> date | None:
    try:
        return parsedate_to_datetime(str(message["date"])).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _head(data: bytes) -> bytes:
    """The head alone: its fields are parsed anew, without the body."""
    for end in (b"\r\n\r\n", b"\n\n"):
        if end in data[:_PIECE]:
            return data[: data.index(end)] + end
    return data[:_PIECE]

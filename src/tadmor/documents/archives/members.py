"""What is inside a file that holds others, each with how it got there.

Members are read from where they lie, one at a time and each within the limits of a file of its own; no path inside an
archive is ever opened, so that it cannot lead anywhere.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

import msgspec

from tadmor.datamodel.captures import WITHDRAWN
from tadmor.datamodel.documents import Original
from tadmor.datamodel.issues import Issue, Severity
from tadmor.documents.archives import mailbox, rows, wacz, warc
from tadmor.documents.archives.answers import Answer, read_answer
from tadmor.documents.plain import Known

#: The largest archive that is read; its members are read one at a time.
LARGEST = 8_000_000_000
#: Bytes of a member: the largest file that is read.
LARGEST_MEMBER = 100_000_000
#: What is read of a web archive, by media type, and the ending that such a file has.
READ = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
}
_START = 4096


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One thing in an archive: its bytes, what is known of it, and how it got there, where it is an answer of a page.

    `data` is `None` where there is nothing to read: the page was no more.
    """

    name: str
    position: str
    data: bytes | None
    known: Known = Known()
    made: datetime | None = None
    url: str | None = None
    answer: Answer | None = None
    address: str | None = None
    notes: tuple[str, ...] = ()


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """A file that holds others."""

    path: Path
    original: Original
    kind: str

    def members(self) -> Iterator[Member | Issue]:
        """What is inside, in order, and what is wrong with it; nothing here raises for bad data."""
        with self.path.open("rb") as file:
            yield from _KINDS[self.kind](file, self.path)


def open_archive(path: Path) -> Archive | Issue | None:
    """The archive in a file; `None` where it is none, an issue where it is too large or cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            kind = _kind(file.read(_START), path)
            if kind is None:
                return None
            size = path.stat().st_size
            if size > LARGEST:
                message = f"{size / 1e9:.1f} GB, over the limit of {LARGEST // 10**9} GB; split it and read the pieces"
                return Issue(where=str(path), rule="too-big", message=message)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None  # whoever loads it as a file says why
    return Archive(
        path=path, kind=kind, original=Original(sha256=digest, name=path.name, media_type=MEDIA[kind], size=size)
    )


#: The media types of archives.
MEDIA = {
    "warc": "application/warc",
    "wacz": "application/wacz",
    "mbox": "application/mbox",
    "csv": "text/csv",
    "jsonl": "application/jsonl",
}


def _kind(start: bytes, path: Path) -> str | None:
    if warc.is_warc(start):
        return "warc"
    if start.startswith(b"PK\x03\x04"):
        return "wacz" if wacz.is_wacz(path) else None
    if mailbox.is_mbox(start):
        return "mbox"
    return rows.kind_of(start, path.name)


# -- web archives ---------------------------------------------------------------------------------------------------


def _of_warc(file: IO[bytes], path: Path) -> Iterator[Member | Issue]:
    yield from _answers(file, str(path), "")


def _of_wacz(file: IO[bytes], path: Path) -> Iterator[Member | Issue]:
    for found in wacz.archives(file, str(path)):
        if isinstance(found, Issue):
            yield found
        else:
            yield from _answers(found.file, f"{path}", found.name)


def _answers(file: IO[bytes], where: str, within: str) -> Iterator[Member | Issue]:
    """The answers of a WARC file that can be read, and a note of those of other kinds."""
    passed: Counter[str] = Counter()
    try:
        for record in warc.records(file):
            found = _answer(record, where, within)
            if isinstance(found, str):
                passed[found] += 1
            elif found is not None:
                yield found
    except warc.BrokenArchiveError as error:
        message = f"{error}; what stands before is read: get the file again"
        yield Issue(where=where, rule="archive-broken", message=message)
    except wacz.BROKEN as error:
        yield Issue(where=where, rule="archive-broken", message=f"cannot be read on ({error}); get the file again")
    if passed:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in passed.most_common(6))
        message = f"{passed.total():,} records of other kinds were passed over: {kinds}"
        yield Issue(where=where, rule="archive-passed", message=message, severity=Severity.NOTE)


def _answer(record: warc.Record, where: str, within: str) -> Member | Issue | str | None:
    """The member that a record gives; a word where it is passed over, `None` where it is no answer at all."""
    if record.type == "revisit":
        return "revisit"
    if record.type not in {"response", "resource"}:
        return None
    position = f"{within}#{record.number}"
    if record.block is None:
        message = f"record {record.number} ({record.url}) is larger than is read"
        return Issue(where=where, rule="too-big", message=message, severity=Severity.WARNING)
    if not record.whole:
        return None  # the break is told of
    if record.type == "resource":
        head = (("Content-Type", record.headers.get("content-type", "")),)
        answer: Answer | None = Answer(status=200, headers=head, body=record.block)
    else:
        answer = read_answer(record.block, LARGEST_MEMBER)
    if answer is None or record.url is None or not record.url.lower().startswith(("http://", "https://")):
        return "no answer of a page"
    return _of_page(record, answer, where, position)


def _of_page(record: warc.Record, answer: Answer, where: str, position: str) -> Member | Issue | str:
    url, media = record.url or "", media_of(answer)
    if answer.status not in WITHDRAWN:
        if answer.status != 200:
            return f"status {answer.status}"
        if media not in READ or url.partition("?")[0].endswith("/robots.txt"):
            return media or "no media type"
        if answer.body is None:
            message = f"record {record.number} ({url}): {answer.doubt}"
            return Issue(where=where, rule="archive-packed", message=message, severity=Severity.WARNING)
    return Member(
        name=name_of(url, media),
        position=position,
        data=answer.body if answer.status == 200 else None,
        made=record.made,
        url=url,
        answer=answer,
        address=record.headers.get("warc-ip-address"),
    )


def media_of(answer: Answer) -> str:
    """The media type that a server names; of an answer without one, what its bytes are like."""
    said = (answer.header("Content-Type") or "").partition(";")[0].strip().lower()
    if not said and answer.body is not None:
        return "text/html" if b"<" in answer.body[:512] else ""
    return said


def name_of(url: str, media: str) -> str:
    """A file name for a page: its host and path in letters, figures, points and dashes, with an ending that fits."""
    bare = url.partition("://")[2].partition("#")[0].strip("/")
    name = "".join(letter if letter.isalnum() or letter in ".-" else "_" for letter in bare)[:120].strip("._") or "page"
    ending = READ.get(media, "")
    return name if name.lower().endswith(ending) else name + ending


# -- mailboxes and tables of texts ----------------------------------------------------------------------------------


def _of_mbox(file: IO[bytes], path: Path) -> Iterator[Member | Issue]:
    for number, data in enumerate(mailbox.messages(file, LARGEST_MEMBER), start=1):
        if data is None:
            message = f"message {number} is larger than is read"
            yield Issue(where=str(path), rule="too-big", message=message, severity=Severity.WARNING)
        else:
            yield Member(name=f"{path.name}#{number}.eml", position=f"#{number}", data=data)


def _of_rows(file: IO[bytes], path: Path) -> Iterator[Member | Issue]:
    for found in rows.texts(file, path):
        if isinstance(found, Issue):
            yield found
        else:
            yield Member(
                name=f"{path.name}#{found.number}.txt",
                position=f"#{found.number}",
                data=found.text.encode("utf-8", "replace"),
                known=found.known,
                notes=() if found.url is None else (f"the table gives the address {found.url}",),
            )


_KINDS = {"warc": _of_warc, "wacz": _of_wacz, "mbox": _of_mbox, "csv": _of_rows, "jsonl": _of_rows}

"""WACZ packages (1.1.1), written: captured pages in one file that replay tools open.

The same captures give the same bytes: files in a fixed order, their times taken from the captures.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, Any, Self
from urllib.parse import urlsplit

import msgspec

from tadmor.documents.archives.answers import read_answer
from tadmor.documents.archives.warc import LARGEST_BLOCK, Record, records

VERSION = "1.1.1"
_ARCHIVE, _INDEX, _PAGES = "archive/data.warc.gz", "indexes/index.cdxj", "pages/pages.jsonl"
#: The time of every file in the zip: the earliest that the format has.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class PackedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A capture that goes into a package: its page, when, and its WARC file of gzip members."""

    url: str
    made: datetime
    warc: bytes
    title: str | None = None
    listed: bool = True  # among the pages that a reader is shown; feeds are not


def write_wacz(out: IO[bytes], pages: Iterable[PackedPage], software: str) -> int:
    """Write a package.

    Args:
        out: where to; it can be sought in.
        pages: what goes in, in its order; one is held in memory at a time.
        software: what writes it.

    Returns:
        How many captures it has.
    """
    lines: list[str] = []
    told: list[dict[str, Any]] = []
    count = 0
    last = datetime(1980, 1, 1, tzinfo=UTC)
    with zipfile.ZipFile(out, "w", allowZip64=True) as package:
        described = []
        with _Counted(package, _ARCHIVE) as archive:
            for page in pages:
                lines += _indexed(page.warc, archive.size)
                archive.write(page.warc)
                told += [_page(page)] if page.listed else []
                count += 1
                last = max(last, page.made)
        described.append(archive.described())
        described.append(_put(package, _INDEX, "".join(f"{line}\n" for line in sorted(lines)).encode()))
        head = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
        described.append(_put(package, _PAGES, "".join(f"{_json(one)}\n" for one in (head, *told)).encode()))
        package_json = _json(
            {
                "profile": "data-package",
                "wacz_version": VERSION,
                "software": software,
                "created": _iso(last),
                "resources": described,
            }
        ).encode()
        digest = _put(package, "datapackage.json", package_json)["hash"]
        _put(package, "datapackage-digest.json", _json({"path": "datapackage.json", "hash": digest}).encode())
    return count


class _Counted:
    """A file in a zip that is written in pieces, with its size and digest."""

    def __init__(self, package: zipfile.ZipFile, path: str) -> None:
        self._path = path
        # stored, not packed: replay tools read single records out of it
        self._file = package.open(_info(path, packed=False), "w", force_zip64=True)
        self._hasher = hashlib.sha256()
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> None:
        """Append."""
        self._file.write(data)
        self._hasher.update(data)
        self.size += len(data)

    def described(self) -> dict[str, Any]:
        """As the package describes it."""
        return _resource(self._path, self.size, self._hasher.hexdigest())


def _put(package: zipfile.ZipFile, path: str, data: bytes) -> dict[str, Any]:
    package.writestr(_info(path, packed=True), data)
    return _resource(path, len(data), hashlib.sha256(data).hexdigest())


def _info(path: str, *, packed: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, _NO_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.external_attr = 0o644 << 16
    return info


def _resource(path: str, size: int, digest: str) -> dict[str, Any]:
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest}", "bytes": size}


def _page(page: PackedPage) -> dict[str, Any]:
    identity = hashlib.sha256(f"{page.url} {page.made.isoformat()}".encode()).hexdigest()[:20]
    told = {"id": identity, "url": page.url, "ts": _iso(page.made)}
    return told if page.title is None else {**told, "title": page.title}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# -- the index ------------------------------------------------------------------------------------------------------


def _indexed(warc: bytes, offset: int) -> Iterator[str]:
    """The lines of the index for the answers in one WARC file, each record of which is a gzip member."""
    import io  # noqa: PLC0415 - only where a package is written

    at = 0
    for size in _members(warc):
        record = next(records(io.BytesIO(warc[at : at + size]), frozenset({"response"})), None)
        if record is not None and record.type == "response" and record.url is not None:
            yield _line(record, record.url, offset + at, size)
        at += size


def _members(packed: bytes) -> Iterator[int]:
    """The sizes of the gzip members of a file, one behind the other."""
    view = memoryview(packed)
    while view:
        part = zlib.decompressobj(zlib.MAX_WBITS | 16)
        part.decompress(view)
        size = len(view) - len(part.unused_data)
        yield size
        view = view[size:]


def _line(record: Record, url: str, offset: int, size: int) -> str:
    answer = read_answer(record.block or b"", LARGEST_BLOCK)
    media = (answer.header("Content-Type") or "unk" if answer is not None else "unk").partition(";")[0].strip()
    made = record.made or datetime(1980, 1, 1, tzinfo=UTC)
    told = {
        "url": url,
        "mime": media,
        "status": str(answer.status) if answer is not None else "",
        "digest": record.headers.get("warc-payload-digest", ""),
        "length": str(size),
        "offset": str(offset),
        "filename": _ARCHIVE.rpartition("/")[2],
    }
    return f"{searched(url)} {made:%Y%m%d%H%M%S} {_json(told)}"


def searched(url: str) -> str:
    """An address as indexes sort it: the host from its end, no `www`, small letters ("org,example)/page?a=1")."""
    parts = urlsplit(url.lower())
    host = (parts.hostname or "").removeprefix("www.")
    bare = host.replace(".", "").isdigit() or ":" in host
    turned = host if bare else ",".join(reversed(host.split(".")))
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{parts.port}" if parts.port not in {None, usual} else ""
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{turned}{port}){parts.path or '/'}" + (f"?{query}" if query else "")

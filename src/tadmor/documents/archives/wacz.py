"""WACZ packages (1.1.1), read: a zip with web archives, a list of pages, and the digest of each file."""

import hashlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from tadmor.datamodel.issues import Issue, Severity
from tadmor.documents.archives.warc import LARGEST_PLAIN

#: Files in a package, and bytes of its own description; a crawl of a site has dozens and kilobytes.
MOST_FILES, LARGEST_DESCRIPTION = 10_000, 20_000_000
_DESCRIPTION = "datapackage.json"
_PIECE = 1 << 20
#: What zipfile and what it unpacks with raise for bad files: RuntimeError for a password, the rest for damage.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, ValueError, LookupError),
    *(RuntimeError, NotImplementedError, OverflowError),
)


class Packed(NamedTuple):
    """A web archive in a package: its name there, and its bytes as a stream."""

    name: str
    file: IO[bytes]


class _Resource(msgspec.Struct, frozen=True):
    path: str
    hash: str = ""


class _Description(msgspec.Struct, frozen=True):
    resources: list[_Resource] = []


def is_wacz(path: Path) -> bool:
    """Is this zip a package of web archives?"""
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except BROKEN:
        return False
    return _DESCRIPTION in names and any(_is_archive(name) for name in names)


def archives(file: IO[bytes], where: str) -> Iterator[Packed | Issue]:
    """The web archives of a package, in the order of their names; bytes that are not those described are told of."""
    try:
        with zipfile.ZipFile(file) as package:
            found = package.infolist()
            if len(found) > MOST_FILES:
                message = f"holds {len(found):,} files, more than the {MOST_FILES:,} that are taken"
                yield Issue(where=where, rule="too-big", message=message)
                return
            large = sum(info.file_size for info in found if _is_archive(info.filename))
            if large > LARGEST_PLAIN:
                yield Issue(where=where, rule="too-big", message=f"unpacked it has {large:,} bytes, more than is taken")
                return
            digests = _digests(package)
            for info in sorted(found, key=lambda one: one.filename):
                if _is_archive(info.filename):
                    yield from _altered(package, info, digests, where)
                    with package.open(info) as inside:
                        yield Packed(info.filename, inside)
    except BROKEN as error:
        yield Issue(where=where, rule="archive-broken", message=f"cannot be read ({error}); get the file again")


def _is_archive(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))


def _digests(package: zipfile.ZipFile) -> Mapping[str, str]:
    """What the package says that its files hash to."""
    try:
        with package.open(_DESCRIPTION) as inside:
            described = inside.read(LARGEST_DESCRIPTION + 1)
        if len(described) > LARGEST_DESCRIPTION:
            return {}
        return {one.path: one.hash for one in msgspec.json.decode(described, type=_Description).resources}
    except (KeyError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}


def _altered(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, digests: Mapping[str, str], where: str
) -> Iterator[Issue]:
    named = digests.get(info.filename)
    if named is None or not named.startswith("sha256:"):
        message = f"{info.filename}: the package gives no digest of it, so that nothing shows whether it was altered"
        yield Issue(where=where, rule="package-undescribed", message=message, severity=Severity.WARNING)
        return
    hasher = hashlib.sha256()
    with package.open(info) as inside:
        while piece := inside.read(_PIECE):
            hasher.update(piece)
    if f"sha256:{hasher.hexdigest()}" != named.lower():
        message = f"{info.filename}: its bytes are not those that the package describes; it is read all the same"
        yield Issue(where=where, rule="package-altered", message=message)

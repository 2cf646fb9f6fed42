"""Rows as they stand in the ledger, and the digests by which the history tells of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tadmor.views.bundling.verifier.members import Bundle

#: Sorts of rows that have a member each -> the revision's subject.
PLAIN: dict[str, Callable[[dict[str, Any]], str]] = {
    "run": lambda row: row["id"],
    "capture": lambda row: f"{row['archive']} {row['position']}",
    "original": lambda row: row["sha256"],
    "entity": lambda row: f"{row['type']} {row['id']}@{row['digest']}",
    "review": lambda row: row["subject"],
    "copy": lambda row: f"{row['earlier']} {row['later']} {row['kind']}",
    "issue": lambda row: json.loads(row["value"])["where"],
    "checkpoint": lambda row: str(row["number"]),
    "token": lambda row: str(row["number"]),
}
#: Members of those sorts.
ROWS = {what: f"rows/{what}s.jsonl" for what in PLAIN} | {"entity": "rows/entities.jsonl", "copy": "rows/copies.jsonl"}
#: Sorts whose rows all stand in a bundle where their revisions do.
TOLD = (*PLAIN, "document", "claims", "groundings", "redaction")

#: What was taken out of the case, with the digests that count since.
REDACTIONS = "rows/redactions.jsonl"

Written = tuple[str, str, str]


def digest_of(parts: Iterable[bytes]) -> str:
    """SHA-256 over parts, each with its length before it."""
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(b"%d:" % len(part))
        hasher.update(part)
    return hasher.hexdigest()


def identity(*parts: str) -> str:
    """The id of what such parts identify."""
    return digest_of(part.encode() for part in parts)[:20]


def coded(text: str) -> bytes:
    """A text's bytes."""
    return text.encode("utf-8", "surrogatepass")


def content(row: dict[str, Any]) -> str:
    """What the history says of a row: a digest over all its columns by name, without its number."""
    return digest_of(_part(name, row[name]) for name in sorted(row) if name != "number")


def _part(name: str, value: Any) -> bytes:
    if name == "value":
        return coded(value)
    return b"-" if value is None else b"=" + coded(str(value))


def written(bundle: Bundle) -> Iterator[tuple[Written, str]]:
    """What each plain row says was written (sort, subject, content), and where it stands."""
    for what, member in ROWS.items():
        for number, row in enumerate(bundle.lines(member), start=1):
            yield (what, str(PLAIN[what](row)), content(row)), f"{member}, line {number}"
    for row in bundle.lines(REDACTIONS):
        told = digest_of([coded(row["value"]), *(" ".join(one).encode() for one in row["since"])])
        yield ("redaction", str(row["number"]), told), f"{REDACTIONS}, redaction {row['number']}"


def redacted(bundle: Bundle) -> dict[int, list[str]]:
    """Revisions of what a redaction changed -> the digests that count since: of the content, and of the revision."""
    return {int(one[0]): one[1:] for row in bundle.lines(REDACTIONS) for one in row["since"]}


def check_originals(bundle: Bundle) -> Iterator[str]:
    """Each original against the digest that is its name, and against its row."""
    rows = {row["sha256"]: row for row in bundle.lines(ROWS["original"])}
    members, left_out = bundle.originals(), withheld(bundle) | archives(bundle)
    for sha256 in sorted((rows.keys() | members.keys()) - (left_out - members.keys())):
        row, name = rows.get(sha256), members.get(sha256)
        if row is None or name is None:
            yield f"{name or ROWS['original']}: original {sha256} has {'no row' if row is None else 'no member'}"
            continue
        hasher, size = hashlib.sha256(), 0
        for piece in bundle.held.pieces(name):
            hasher.update(piece)
            size += len(piece)
        if (hasher.hexdigest(), size) != (sha256, row["size"]):
            yield f"{name}: is not the original of that digest, but {hasher.hexdigest()}, {size} bytes"


def withheld(bundle: Bundle) -> set[str]:
    """The originals that a redaction withholds."""
    return {one for row in bundle.lines(REDACTIONS) for one in json.loads(row["value"])["originals"]}


def archives(bundle: Bundle) -> set[str]:
    """The originals that captures came from or brought, but those that a document of the bundle was read from."""
    found = {row[name] for row in bundle.lines(ROWS["capture"]) for name in ("archive", "original") if row[name]}
    return found - {bundle.json(member)["row"]["original"] for member in bundle.below("documents", ".json")}


def check_entities(bundle: Bundle) -> Iterator[str]:
    """Each place, actor and source against the digest in its key."""
    for number, row in enumerate(bundle.lines(ROWS["entity"]), start=1):
        if hashlib.sha256(coded(row["value"])).hexdigest()[: len(row["digest"])] != row["digest"]:
            yield f"{ROWS['entity']}, line {number}: {row['type']} {row['id']} is not the one of its digest"

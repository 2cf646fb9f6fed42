"""Check a proof bundle of tadmor: offline, with nothing but Python 3.9 or later.

    python3 verify.py BUNDLE.zip              the bundle as it was handed over
    python3 verify.py [FOLDER]                the same, unpacked; without a folder, the one that this file lies in
    python3 verify.py BUNDLE.zip --seal HEX   and it is the one whose seal you were told by another way

Each thing that does not hold is one line that names where it is; the exit code is 0 where all holds, 1 where something
does not, 2 where there is no bundle to check. Checked are: every byte of the file and every member, against the
manifest; originals, against their digests; texts, against the maps that lead back to the original, stretch by stretch;
quotes, against the texts; captures of pages, against the archives of what went over the wire; rows, against the
revisions of the history; the history, against its chain, its Merkle tree (RFC 6962), signed checkpoints (Ed25519) and
time stamps (RFC 3161). What is not checked is told at the end, a line each. Whoever rewrites all of a bundle, its
manifest included, makes another bundle that holds: compare the seal, and take this file from a source that you trust.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tadmor.views.bundling.verifier.captures import check_captures
from tadmor.views.bundling.verifier.checkpoints import check_checkpoints, sizes
from tadmor.views.bundling.verifier.history import REVISIONS, History
from tadmor.views.bundling.verifier.layout import MANIFEST, Held, Unpacked, WrongError, Zipped
from tadmor.views.bundling.verifier.members import Bundle
from tadmor.views.bundling.verifier.rows import ROWS, archives, check_entities, check_originals, withheld, written
from tadmor.views.bundling.verifier.texts import check_named, check_pointing, documents_of

#: What a member of another form than was written makes fail.
_BROKEN = (WrongError, ValueError, LookupError, TypeError, AttributeError, OSError)


def check(held: Held) -> Iterator[str]:
    """Everything that does not hold of a bundle, the most basic first."""
    bundle = Bundle(held)
    history = History(bundle)
    for where, found in (
        (MANIFEST, bundle.check()),
        ("originals", check_originals(bundle)),
        (ROWS["entity"], check_entities(bundle)),
        (ROWS["capture"], check_captures(bundle)),
        (REVISIONS, history.check(sizes(bundle))),
        ("rows", _rows(bundle, history)),
        ("documents", _documents(bundle, history)),
        (REVISIONS, history.left()),
        (ROWS["checkpoint"], check_checkpoints(bundle, history)),
        ("findings.jsonl", _findings(bundle)),
        ("ro-crate-metadata.json", _crate(bundle)),
    ):
        yield from _carried_on(where, found)


def _carried_on(where: str, found: Iterator[str]) -> Iterator[str]:
    """The lines of a check, up to where it can be carried on no further."""
    try:
        yield from found
    except _BROKEN as error:
        yield (
            str(error)
            if isinstance(error, WrongError)
            else f"{where}: cannot be read ({type(error).__name__}: {error})"
        )


def _rows(bundle: Bundle, history: History) -> Iterator[str]:
    for one, where in written(bundle):
        yield from history.tells(one, where)


def _documents(bundle: Bundle, history: History) -> Iterator[str]:
    known = {f"{row['id']}@{row['digest']}" for row in bundle.lines(ROWS["entity"])}
    for document in documents_of(bundle):
        yield from document.check()
        yield from check_pointing(bundle, document)
        yield from check_named(document, known)
        for one in document.written():
            yield from history.tells(one, document.member)


def _findings(bundle: Bundle) -> Iterator[str]:
    """Every claim that a finding rests on stands in the bundle."""
    known = {one["id"] for member in bundle.below("documents", ".json") for one in bundle.json(member)["claims"]}
    for number, row in enumerate(bundle.lines("findings.jsonl"), start=1):
        for claim in sorted(set(row["rests_on"]) - known):
            yield f"findings.jsonl, line {number}: rests on claim {claim}, which the bundle does not have"


def _crate(bundle: Bundle) -> Iterator[str]:
    """The files of the RO-Crate are the members, with their digests."""
    for one in bundle.json("ro-crate-metadata.json")["@graph"]:
        was = bundle.listed.get(one["@id"])
        if one["@type"] == "File" and (was is None or one.get("sha256", "") not in ("", was["sha256"])):
            yield f"ro-crate-metadata.json: {one['@id']} is no member of the bundle as it is told there"


def opened(path: Path) -> Held:
    """The bundle at a path: a zip, or the folder that one was unpacked into."""
    return Unpacked(path) if path.is_dir() else Zipped(path)


def unchecked(bundle: Bundle) -> Iterator[str]:
    """What nobody may take for checked: of this bundle, and of every one."""
    tokens = sum(1 for _ in bundle.lines(ROWS["token"]))
    if tokens:
        how = "openssl ts -verify -in token-1.tsr -data checkpoint-1.txt -CAfile token-1.pem, in history/"
        yield f"that whoever is named in each time stamp ({tokens}) signed it, and is to be trusted ({how})"
    keys = sorted({json.loads(row["value"])["key"] for row in bundle.lines(ROWS["checkpoint"])})
    yield from (f"whose the key {key} is" for key in keys)
    if not keys:
        yield "who made this history, and when: nobody signed it"
    rows = {row["sha256"] for row in bundle.lines(ROWS["original"])}
    away = rows & (archives(bundle) | withheld(bundle)) - bundle.originals().keys()
    if away:
        yield f"originals of which the bundle has the digest alone (archives, or what was taken out): {len(away)}"
    yield "that the texts were read rightly from the originals, and that the findings follow from the claims"


class Found(NamedTuple):
    """What a bundle is about, its seal, all that does not hold of it, and what was not checked."""

    about: str
    seal: str
    wrong: list[str]
    unchecked: list[str]


def found_in(path: Path) -> Found:
    """All that is found of the bundle at a path."""
    about = seal = ""
    lines: list[str] = []
    left_open: list[str] = []
    try:
        with closing(opened(path)) as held:
            lines.extend(check(held))
            bundle = Bundle(held)
            about, seal = f"{bundle.manifest.get('about', '')}: {len(bundle.listed)} files", bundle.seal
            left_open.extend(_carried_on("what is not checked", unchecked(bundle)))
    except _BROKEN as error:
        lines.append(f"{path}: {error}")
    return Found(about, seal, lines, left_open)


def main(arguments: list[str]) -> int:
    """Check what the arguments name, and say what was found."""
    asked = arguments.pop(arguments.index("--seal") + 1) if "--seal" in arguments[:-1] else None
    paths = [one for one in arguments if one != "--seal"]
    path = Path(paths[0]) if paths else Path(__file__).parent
    if len(paths) > 1 or (paths and paths[0].startswith("-")) or not path.exists():
        print(f"{path}: no such file" if paths and not paths[0].startswith("-") else __doc__, file=sys.stderr)
        return 2
    about, seal, lines, left_open = found_in(path)
    if asked is not None and asked != seal:
        lines.append(f"{path}: is another bundle: its seal is not {asked}")
    for line in lines:
        print(line, file=sys.stderr)
    print(f"{about}\nseal {seal}")
    print("everything holds" if not lines else f"{len(lines)} thing{'s' * (len(lines) > 1)} found that do not hold")
    for line in left_open:
        print(f"not checked: {line}")
    return 1 if lines else 0

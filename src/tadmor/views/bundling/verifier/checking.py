"""Check a proof bundle of tadmor: offline, with nothing but Python 3.9 or later.

    python3 verify.py BUNDLE.zip              the bundle as it was handed over
    python3 verify.py [FOLDER]                the same, unpacked; without a folder, the one that this file lies in
    python3 verify.py BUNDLE.zip --seal HEX   and it is the one whose seal you were told by another way

Each thing that does not hold is one line that names where it is; the exit code is 0 where all holds, 1 where something
does not, 2 where there is no bundle to check. Checked are: every byte of the file and every member, against the
manifest; originals, against their digests; texts, against the maps that lead back to the original, stretch by stretch;
quotes, against the texts; rows, against the revisions of the history; the history, against its chain, its Merkle tree
(RFC 6962), signed checkpoints (Ed25519) and time stamps (RFC 3161). Whoever rewrites all of a bundle, its manifest
included, makes another bundle that holds: compare the seal, and take this file from a source that you trust.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tadmor.views.bundling.verifier.checkpoints import check_checkpoints, sizes
from tadmor.views.bundling.verifier.history import REVISIONS, History
from tadmor.views.bundling.verifier.layout import MANIFEST, Held, Unpacked, WrongError, Zipped
from tadmor.views.bundling.verifier.members import Bundle
from tadmor.views.bundling.verifier.rows import ROWS, check_entities, check_originals, written
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


def found_in(path: Path) -> tuple[str, str, list[str]]:
    """What a bundle is about, its seal, and all that does not hold of it."""
    about = seal = ""
    lines: list[str] = []
    try:
        with closing(opened(path)) as held:
            lines.extend(check(held))
            bundle = Bundle(held)
            about, seal = f"{bundle.manifest.get('about', '')}: {len(bundle.listed)} files", bundle.seal
    except _BROKEN as error:
        lines.append(f"{path}: {error}")
    return about, seal, lines


def main(arguments: list[str]) -> int:
    """Check what the arguments name, and say what was found."""
    asked = arguments.pop(arguments.index("--seal") + 1) if "--seal" in arguments[:-1] else None
    paths = [one for one in arguments if one != "--seal"]
    path = Path(paths[0]) if paths else Path(__file__).parent
    if len(paths) > 1 or (paths and paths[0].startswith("-")) or not path.exists():
        print(f"{path}: no such file" if paths and not paths[0].startswith("-") else __doc__, file=sys.stderr)
        return 2
    about, seal, lines = found_in(path)
    if asked is not None and asked != seal:
        lines.append(f"{path}: is another bundle: its seal is not {asked}")
    for line in lines:
        print(line, file=sys.stderr)
    print(f"{about}\nseal {seal}")
    print("everything holds" if not lines else f"{len(lines)} thing{'s' * (len(lines) > 1)} found that do not hold")
    return 1 if lines else 0

"""Checkpoints, signed statements of the history's root, and the time stamps on them.

A checkpoint is a signed note (https://github.com/C2SP/C2SP/blob/main/signed-note.md); a token is of its SHA-256.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from tadmor.views.bundling.verifier.history import TREE, History, consistent
from tadmor.views.bundling.verifier.members import Bundle
from tadmor.views.bundling.verifier.rows import ROWS
from tadmor.views.bundling.verifier.signatures import signed
from tadmor.views.bundling.verifier.stamps import stamped

#: Between a note's text and each signature on it: an empty line, then a dash.
_DASH = "\u2014 "
#: Ed25519 among the algorithms of signed notes.
_ED25519 = b"\x01"


def sizes(bundle: Bundle) -> set[int]:
    """How many revisions each checkpoint is of."""
    return {int(row["size"]) for row in bundle.lines(ROWS["checkpoint"])}


def check_checkpoints(bundle: Bundle, history: History) -> Iterator[str]:
    """Each checkpoint against its signature, and against the history; each token against its checkpoint."""
    notes = {}
    for row in bundle.lines(ROWS["checkpoint"]):
        told = json.loads(row["value"])
        where = f"{ROWS['checkpoint']}, checkpoint {row['number']}"
        notes[row["number"]] = told["note"]
        yield from _signature(told["note"], told["key"], where)
        yield from _true(told["note"], row, history, where)
    for row in bundle.lines(ROWS["token"]):
        yield from _token(bundle, row, notes)


def _signature(note: str, key: str, where: str) -> Iterator[str]:
    """Is a note signed by the key that stands beside it, which names itself by its digest?"""
    name, _, rest = key.partition("+")
    identity, _, coded = rest.partition("+")
    public = base64.b64decode(coded, validate=True)
    expected = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    if public[:1] != _ED25519 or identity != expected.hex():
        yield f"{where}: its key {key} is not the one that it says"
    text, _, lines = note.partition("\n\n")
    for line in lines.splitlines():
        if line.startswith(f"{_DASH}{name} "):
            found = base64.b64decode(line[len(f"{_DASH}{name} ") :], validate=True)
            if found[:4] == expected and signed(public[1:], f"{text}\n".encode(), found[4:]):
                return
    yield f"{where}: is not signed by the key {name} ({identity})"


def _true(note: str, row: dict[str, Any], history: History, where: str) -> Iterator[str]:
    """Does the history begin with the one that a checkpoint is of?"""
    origin, told, coded, head = note.split("\n")[:4]
    size, root, tree = int(told), base64.b64decode(coded).hex(), history.tree
    if size != row["size"]:
        yield f"{where}: is of {size} revisions, and its row says {row['size']}"
    if tree["complete"]:
        if history.roots.get(size) != root or history.heads.get(size) != head[len("head ") :]:
            yield f"{where}: the first {size} revisions are not those that were signed"
    elif not consistent(size, root, tree["size"], tree["root"], tree["grown"].get(str(size), [])):
        yield f"{where}: {TREE} does not show that the history begins with the {size} revisions that were signed"
    if history.first is not None and origin != f"tadmor/{history.first}":
        yield f"{where}: is of another case"


def _token(bundle: Bundle, row: dict[str, Any], notes: dict[int, str]) -> Iterator[str]:
    """Is a token of its checkpoint? Whether its authority is one to trust, and signed it, OpenSSL tells."""
    where, told = f"{ROWS['token']}, token {row['number']}", json.loads(row["value"])
    reply = base64.b64decode(told["reply"])
    if bundle.read(f"history/token-{row['number']}.tsr") != reply:
        yield f"history/token-{row['number']}.tsr: is not the token of {where}"
    name, imprint, _ = stamped(reply)
    note = notes.get(row["checkpoint"])
    if note is None or hashlib.new(name, note.encode()).digest() != imprint:
        yield f"{where}: was not made of checkpoint {row['checkpoint']}"

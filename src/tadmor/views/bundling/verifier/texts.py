"""Documents: their texts, the maps between these, the claims that quote them, and the selectors that point at them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from tadmor.views.bundling.verifier.members import Bundle
from tadmor.views.bundling.verifier.rows import ROWS, Written, coded, content, digest_of, identity


class Texts:
    """One document of a bundle with its two texts."""

    def __init__(self, bundle: Bundle, member: str) -> None:
        self.member = member
        told = bundle.json(member)
        self.row: dict[str, Any] = told["row"]
        self.claims: list[dict[str, str]] = told["claims"]
        self.value = json.loads(self.row["value"])
        self.named = f"documents/{self.row['id']}.txt", f"texts/{self.row['original']}.txt"
        self.text, self.raw = map(bundle.text, self.named)
        self.runs: list[list[int]] = self.value["offsets"]["runs"]

    def written(self) -> Iterator[Written]:
        """What the history should tell of it: the document, and its claims as each run understood them."""
        digests = {"text": _sha256(self.text), "raw": _sha256(self.raw)}
        yield "document", self.row["id"], content({**self.row, **digests})
        groups: list[tuple[str, list[bytes]]] = []
        for one in self.claims:
            if not groups or groups[-1][0] != one["run"]:
                groups.append((one["run"], []))
            groups[-1][1].extend((coded(one["claim"]), coded(one["grounding"])))
        for run, parts in groups:
            yield "claims", self.row["id"], digest_of([run.encode(), *parts])

    def check(self) -> Iterator[str]:
        """What does not hold of its map and its quotes."""
        if identity("document", self.row["original"], str(self.row["position"])) != self.row["id"]:
            yield f"{self.member}: its id is not that of its original and position"
        yield from self._mapped()
        for one in self.claims:
            claim = json.loads(one["claim"])
            start, end = claim["start"], claim["end"]
            if claim["document"] != self.row["id"] or self.text[start:end] != claim["quote"]:
                yield f"{self.named[0]}: claim {one['id']} quotes words that do not stand at {start} to {end}"
            raw_start, raw_end = self.source(start, end)
            if not 0 <= raw_start < raw_end <= len(self.raw):
                yield f"{self.member}: claim {one['id']} leads to no words of the raw text"

    def _mapped(self) -> Iterator[str]:
        """Each stretch of the cleaned text against the stretch of the raw one that it stands for."""
        at = 0
        for target, length, source, source_length, copied in self.runs:
            where = f"{self.named[0]}, characters {target} to {target + length}"
            if target != at or length <= 0 or not 0 <= source <= source + source_length <= len(self.raw):
                yield f"{where}: the map has a gap here, or leads outside the raw text"
            here, there = self.text[target : target + length], self.raw[source : source + source_length]
            if copied and here != there:
                yield f"{where}: are not the words at {source} to {source + source_length} of {self.named[1]}"
            at = target + length
        if at != len(self.text):
            yield f"{self.named[0]}: has {len(self.text)} characters, and the map tells of {at}"

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the raw text that a stretch of the cleaned one stands for; (-1, -1): none."""
        starts, ends = [], []
        for target, length, source, source_length, copied in self.runs:
            low, high = max(start, target), min(end, target + length)
            if low < high:
                starts.append(source + low - target if copied else source)
                ends.append(source + high - target if copied else source + source_length)
        return (min(starts), max(ends)) if starts else (-1, -1)


def _sha256(text: str) -> str:
    return hashlib.sha256(coded(text)).hexdigest()


def documents_of(bundle: Bundle) -> Iterator[Texts]:
    """All documents, one in memory at a time."""
    for member in bundle.below("documents", ".json"):
        yield Texts(bundle, member)


def check_pointing(bundle: Bundle, document: Texts) -> Iterator[str]:
    """Each selector of a document's annotations against the text that it points into; and each claim has one."""
    member = f"annotations/{document.row['id']}.jsonld"
    texts = {f"../{document.named[0]}": document.text, f"../{document.named[1]}": document.raw}
    pointed = set()
    for one in bundle.json(member)["items"] if document.claims else ():
        pointed.add(one["id"].rpartition(":")[2])
        for target in one["target"]:
            text, (place, quote) = texts[target["source"]], target["selector"]
            start, end = place["start"], place["end"]
            before, after = quote["prefix"], quote["suffix"]
            near = text[max(start - len(before), 0) : start], text[end : end + len(after)]
            if text[start:end] != quote["exact"] or near != (before, after):
                yield f"{member}: {one['id']} points to {start} to {end} of {target['source']}, where other words stand"
        said, raw = ([target["selector"][0][end] for end in ("start", "end")] for target in one["target"])
        if list(document.source(said[0], said[1])) != raw:
            yield f"{member}: {one['id']} points to two stretches that do not stand for one another"
    for identity_ in sorted(pointed ^ {one["id"] for one in document.claims}):
        yield f"{member}: claim {identity_} stands in the document's rows or in its annotations alone"


def check_named(document: Texts, known: set[str]) -> Iterator[str]:
    """Every place, actor and source that a claim's understanding names stands in the bundle."""
    for one in document.claims:
        how = json.loads(one["grounding"])
        keys = [*how["voices"], *how["places"].values(), *(key for keys in how["actors"].values() for key in keys)]
        for key in sorted(set(keys) - known):
            yield f"{document.member}: claim {one['id']} names {key}, which {ROWS['entity']} does not have"

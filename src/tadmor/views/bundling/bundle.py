"""Making a bundle: what was chosen, with all that it rests on, into one file."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from tadmor import __version__, pipeline
from tadmor.datamodel.checkpoints import SignedCheckpoint, Token
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.ledger import Ledger
from tadmor.ledger.evidence import PLAIN
from tadmor.views.bundling.annotations import annotations_of, raw_member, text_member
from tadmor.views.bundling.chosen import Chosen, choose, id_of, row_of
from tadmor.views.bundling.crate import crate_of
from tadmor.views.bundling.handing import (
    Handed,
    document_member,
    json_bytes,
    json_line,
    original_member,
    readable,
    text_bytes,
)
from tadmor.views.bundling.packing import LARGEST, Packing
from tadmor.views.bundling.proofs import Tree, revision_lines
from tadmor.views.bundling.report import report_of
from tadmor.views.bundling.report_html import as_html
from tadmor.views.bundling.report_pdf import as_pdf
from tadmor.views.bundling.told import Told, ToldDocument
from tadmor.views.bundling.verifier import standalone
from tadmor.views.bundling.verifier.rows import REDACTIONS, ROWS
from tadmor.views.exports import Names

_Value = TypeVar("_Value")
#: Version of the layout of bundles.
LAYOUT = 1


class Bundled(msgspec.Struct, frozen=True, kw_only=True):
    """What was written: what it is about, how many findings, documents and claims it has, and its seal."""

    about: str
    findings: int
    documents: int
    claims: int
    seal: str


def write(what: str | None, ledger: Ledger, path: Path, *, as_of: date | None = None) -> Bundled:
    """Write a bundle; the same case, asked the same, gives the same bytes.

    Args:
        what: a finding's id, a place, or `None` for all of the case.
        ledger: the case, opened for reading: one state of it is bundled.
        path: where to; a file that is there is replaced once the new one is whole.
        as_of: what is concluded from what had been said by that day.

    Raises:
        UsageError: no such finding or place, or the file cannot be written.
    """
    record, standing = pipeline.record(ledger, as_of=as_of)
    chosen = choose(what, record, standing, ledger)
    del standing  # half a gigabyte of 200,000 claims, which come again with those that were rejected
    claims = tuple(ledger.claims(rejected=True))
    tree, names = Tree(ledger), Names(claims)
    told = Told(case=ledger.name, size=tree.size, root=tree.root, head=tree.head, made=tree.made)
    told.signed, told.tokens = _values("checkpoint", SignedCheckpoint, ledger), _values("token", Token, ledger)
    for review in ledger.reviews():
        told.reviews.setdefault(review.subject, []).append(review)
    with Packing(path) as packing:
        handed = _documents(chosen, claims, ledger, told, packing)
        _rows(handed, ledger, packing)
        packing.add("findings.jsonl", (json_line(row_of(one, names, as_of)) for one in chosen.findings))
        _history(handed, ledger, tree, told, packing)
        packing.add("report.html", as_html(report_of(chosen, names, told)))
        packing.add("report.pdf", as_pdf(report_of(chosen, names, told)))
        packing.add("verify.py", standalone())
        packing.add("README.txt", Path(__file__).with_name("README.txt").read_bytes())
        packing.add("ro-crate-metadata.json", json_bytes(crate_of(chosen.about, told, packing.members)))
        seal = packing.finish({"about": chosen.about, "bundle": LAYOUT, "tadmor": __version__})
    return Bundled(
        about=chosen.about,
        findings=len(chosen.findings),
        documents=len(told.documents),
        claims=len(told.claims),
        seal=seal,
    )


def _documents(chosen: Chosen, claims: Sequence[GroundedClaim], ledger: Ledger, told: Told, packing: Packing) -> Handed:
    """Each document with its original, both texts, its rows and its annotations; one is held at a time."""
    handed = Handed(chosen.claims, [id_of(one) for one in chosen.findings])
    by_document: dict[str, list[GroundedClaim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.claim.document].append(claim)
    withheld = _withheld(ledger)
    originals = {one.subject: one.row for one in ledger.evidence.plain("original")}
    for identity in _wanted(chosen, claims, ledger):
        one = ledger.evidence.document(identity)
        document, own = one.document, by_document.pop(identity, [])
        row = originals[document.original]
        member = original_member(document.original, row["media_type"])
        if document.original not in handed.documents.values():
            if document.original not in withheld:
                packing.add(member, ledger.original_pieces(document.original))
            packing.add(raw_member(document.original), text_bytes(document.raw))
        packing.add(text_member(identity), text_bytes(document.text))
        packing.add(f"documents/{identity}.json", document_member(one))
        packing.add(f"annotations/{identity}.jsonld", json_bytes(annotations_of(document, own)))
        handed.take(one)
        told.add(document, own, ToldDocument.of(document, member, row["size"]))
    handed.take_captures(ledger)
    _captured(handed, ledger, {*handed.documents.values(), *withheld}, told, packing)
    return handed


def _captured(handed: Handed, ledger: Ledger, there: set[str], told: Told, packing: Packing) -> None:
    """The archives of captures, and pages that no document was read from; none too large to be a member."""
    for one in ledger.evidence.plain("original"):
        row = one.row
        if one.subject in handed.captured - there and row["size"] <= LARGEST:
            member = original_member(one.subject, row["media_type"])
            told.files[member] = row["name"]
            packing.add(member, ledger.original_pieces(one.subject))


def _values(what: str, kind: type[_Value], ledger: Ledger) -> tuple[_Value, ...]:
    """What the rows of one sort hold, of the state of the case that is bundled."""
    return tuple(msgspec.json.decode(one.row["value"], type=kind) for one in ledger.evidence.plain(what))


def _wanted(chosen: Chosen, claims: Sequence[GroundedClaim], ledger: Ledger) -> list[str]:
    if chosen.claims is None:
        return ledger.evidence.documents()
    return sorted({claim.claim.document for claim in claims if claim.id in chosen.claims})


def _rows(handed: Handed, ledger: Ledger, packing: Packing) -> None:
    for what in PLAIN:  # captures first, then originals, then the runs of both
        packing.add(ROWS[what], map(json_line, handed.rows(what, ledger)))
    packing.add(REDACTIONS, _redactions(ledger))


def _redactions(ledger: Ledger) -> Iterator[bytes]:
    yield from (json_line(readable(row)) for row in ledger.evidence.redactions())


def _withheld(ledger: Ledger) -> set[str]:
    """The originals that a redaction withholds: their digests and texts go along, not their bytes."""
    return {sha256 for row in ledger.evidence.redactions() for sha256 in msgspec.json.decode(row["value"])["originals"]}


def _history(handed: Handed, ledger: Ledger, tree: Tree, told: Told, packing: Packing) -> None:
    sizes = {} if handed.whole else {one.checkpoint.size for one in told.signed}
    ends = {"size": tree.size, "root": tree.root, "head": tree.head, "complete": handed.whole}
    packing.add("history/tree.json", json_bytes(ends | {"grown": {size: tree.growth(size) for size in sizes}}))
    packing.add("history/revisions.jsonl", revision_lines(ledger, tree, handed.tells, whole=handed.whole))
    for number, one in enumerate(told.signed, start=1):
        packing.add(f"history/checkpoint-{number}.txt", one.note.encode())
    for number, token in enumerate(told.tokens, start=1):
        packing.add(f"history/token-{number}.tsr", token.reply)
        packing.add(f"history/token-{number}.pem", token.certificates.encode())

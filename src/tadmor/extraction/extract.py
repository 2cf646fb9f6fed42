"""Document -> claims as said, by the readers in charge of each kind."""

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from tadmor.datamodel.claims import KINDS, Claim, claim_id
from tadmor.datamodel.documents import Document
from tadmor.datamodel.issues import Issue
from tadmor.dictionaries.gazetteer import Gazetteer
from tadmor.dictionaries.sources import SourceTable
from tadmor.extraction.context import Reading
from tadmor.extraction.learned import LearnedReader
from tadmor.extraction.rules import RuleReader


class Reader(Protocol):
    """Whatever turns a document under reading into claims: rules, a learned model, an outside service.

    A reader takes the kinds that it is asked for; kinds are handed out in `READERS`, so that a better reader can take
    over one kind at a time.
    """

    name: str
    kinds: frozenset[str]

    def read(self, reading: Reading, kinds: frozenset[str]) -> Iterator[Claim | Issue]:
        """Claims of the wanted kinds, in text order within a kind, and issues where the reader abstains."""
        ...


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """What was read from one document."""

    claims: tuple[Claim, ...]
    issues: tuple[Issue, ...] = ()


#: Readers in order of preference, by the name under which a user chooses them; each kind is read by the first that
#: offers it.
READERS: dict[str, tuple[Reader, ...]] = {"learned": (LearnedReader(),), "rules": (RuleReader(),)}


def extract(
    document: Document,
    readers: Iterable[Reader] = READERS["learned"],
    *,
    sources: SourceTable | None = None,
    gazetteer: Gazetteer | None = None,
) -> Extraction:
    """Read all kinds of claims from a document.

    Args:
        document: what to read.
        readers: readers in order of preference.
        sources: those that may speak in it, by default the shipped ones.
        gazetteer: the places that it may name, by default the shipped ones.
    """
    reading = Reading(document, sources, gazetteer)
    open_kinds = set(KINDS)
    told: list[Claim | Issue] = []
    for reader in readers:
        kinds = frozenset(open_kinds & reader.kinds)
        open_kinds -= kinds
        if kinds:
            told.extend(reader.read(reading, kinds))
    claims = _unique(one for one in told if not isinstance(one, Issue))
    return Extraction(
        claims=tuple(sorted(claims, key=lambda claim: (claim.start, claim.end))),
        issues=tuple(one for one in told if isinstance(one, Issue)),
    )


def _unique(claims: Iterable[Claim]) -> Iterator[Claim]:
    seen: set[str] = set()
    for claim in claims:
        key = claim_id(claim)
        if key not in seen:
            seen.add(key)
            yield claim

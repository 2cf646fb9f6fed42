"""Which claims may leave, by the policy: as they are, told by the province only, or not at all, and by which rule."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase

import msgspec

from tadmor.datamodel.claims import Status, TollClaim
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.dictionaries.names import fold
from tadmor.views.publishing.policy import Policy


class Rule(StrEnum):
    """Why something was withheld."""

    CONFIDENTIAL = "confidential"
    DOCUMENT = "document"
    YOUNG = "young"
    UNDATED = "undated"
    COARSENED = "coarsened"
    WORDS = "words"
    GIST = "gist"
    LANGUAGE = "language"
    NAMES = "names"
    TITLE = "title"
    ORIGINAL = "original"


class Confidential(msgspec.Struct, frozen=True):
    """Sources that never leave: their ids, and the names, folded, by which they are known."""

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def covers(self, claim: GroundedClaim) -> bool:
        """Does one of them make or carry a claim?"""
        if any(one.id in self.ids or fold(one.name) in self.names or self._of(one.id) for one in claim.voices):
            return True
        return any(fold(one.name) in self.names for one in claim.claim.attribution)

    def _of(self, identity: str) -> bool:
        """Is a source one that only a confidential outlet has ("unnamed:OUTLET:words", "OUTLET/office")?"""
        return any(part in self.ids for part in identity.replace("/", ":").split(":"))

    def wrote(self, document: Document) -> bool:
        """Is a document theirs by its outlet or author?"""
        return any(fold(one) in self.names for one in (document.outlet, document.author) if one)


class Sifted(msgspec.Struct, frozen=True):
    """Claims by what becomes of them; `kept` leave as they are, `coarse` by the province."""

    kept: tuple[GroundedClaim, ...]
    coarse: tuple[GroundedClaim, ...]
    withheld: Mapping[Rule, tuple[GroundedClaim, ...]]


class Sieve:
    """Sorts claims by the policy on a day."""

    def __init__(self, policy: Policy, today: date, confidential: Confidential) -> None:
        self._policy = policy
        self._confidential = confidential
        self.last = today - timedelta(days=policy.delay_days)

    def sift(self, claims: Iterable[GroundedClaim], documents: Mapping[str, Document]) -> Sifted:
        """Sort claims.

        Args:
            claims: claims.
            documents: the documents that they stand in, by id.
        """
        kept, coarse = list[GroundedClaim](), list[GroundedClaim]()
        withheld: dict[Rule, list[GroundedClaim]] = {}
        for claim in claims:
            rule = self._rule(claim, documents[claim.claim.document])
            if rule is not None:
                withheld.setdefault(rule, []).append(claim)
            else:
                (coarse if claim.kind in self._policy.coarsen_kinds else kept).append(claim)
        return Sifted(tuple(kept), tuple(coarse), {rule: tuple(found) for rule, found in withheld.items()})

    def leaves(self, document: Document) -> bool:
        """May a document be spoken of at all?"""
        return not (self._confidential.wrote(document) or self._is_withheld(document))

    def is_young(self, document: Document) -> bool:
        """Is a document younger than the delay, or of no told age?"""
        return document.published is None or document.published.latest > self.last

    def _rule(self, claim: GroundedClaim, document: Document) -> Rule | None:
        if self._confidential.covers(claim) or self._confidential.wrote(document):
            return Rule.CONFIDENTIAL
        if self._is_withheld(document):
            return Rule.DOCUMENT
        if not self._is_delayed(claim):
            return None
        days = [when.latest for when in (claim.when, claim.published) if when is not None]
        if not days:
            return Rule.UNDATED
        return Rule.YOUNG if max(days) > self.last else None

    def _is_withheld(self, document: Document) -> bool:
        return any(fnmatchcase(document.name, pattern) for pattern in self._policy.documents_withhold)

    def _is_delayed(self, claim: GroundedClaim) -> bool:
        kinds = self._policy.delay_kinds
        if claim.kind in kinds:
            return True
        said = claim.claim
        return isinstance(said, TollClaim) and said.status is not Status.CIVILIAN and "combatant_toll" in kinds

"""What an atlas is laid out from: the record, and what was known by its day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.documents import Copy, Document
from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Place
from tadmor.datamodel.sources import Source
from tadmor.views.exports import Names


class Known:
    """A record with the claims and documents that had come out by its day, and look-ups among them."""

    def __init__(
        self, record: Record, claims: Iterable[GroundedClaim], documents: Iterable[Document], copies: Sequence[Copy]
    ) -> None:
        self.record = record
        self.claims = sorted((one for one in claims if record.as_of is None or one.known_by(record.as_of)), key=_by_day)
        self.names = Names(self.claims)
        self.documents = {one.id: one for one in documents if _out(one, record.as_of)}
        self.copies = copies

    @cached_property
    def counted(self) -> frozenset[str]:
        """Ids of the claims that any finding rests on."""
        record = self.record
        spells = (identity for one in record.spells for identity in (*one.supports, *one.opposes))
        happened = (identity for one in record.incidents for identity in one.claims)
        cost = (identity for one in record.tolls for identity in one.claims)
        return frozenset((*spells, *happened, *cost))

    @cached_property
    def read_surely(self) -> Mapping[str, float]:
        """How surely each claim was read, by its id."""
        return {one.id: one.claim.score for one in self.claims}

    @cached_property
    def by_document(self) -> Mapping[str, Sequence[GroundedClaim]]:
        """Claims by document."""
        found = defaultdict[str, list[GroundedClaim]](list)
        for claim in self.claims:
            found[claim.claim.document].append(claim)
        return found

    @property
    def places(self) -> Mapping[str, Place]:
        """Every place that a claim names."""
        return self.names.places

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Every actor that a claim names."""
        return {one.id: one for claim in self.claims for found in claim.actors.values() for one in found}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Everybody who makes or carries a claim."""
        return {one.id: one for claim in self.claims for one in claim.voices}

    @cached_property
    def of_place(self) -> Counter[str]:
        """How many claims name a place."""
        return Counter(key for claim in self.claims for key in {one.id for one in claim.places.values()})

    @cached_property
    def of_actor(self) -> Counter[str]:
        """How many claims name an actor."""
        return Counter(
            key for claim in self.claims for key in {one.id for found in claim.actors.values() for one in found}
        )

    @cached_property
    def of_source(self) -> Counter[str]:
        """How many claims a source makes or carries."""
        return Counter(key for claim in self.claims for key in {one.id for one in claim.voices})

    @cached_property
    def grounds(self) -> Mapping[str, tuple[str, ...]]:
        """The ground of each place: itself, what is told from it, what lies inside; a country's towns are their own."""
        found = {key: [key] for key in self.places}
        for one in self.places.values():
            for above in dict.fromkeys((*one.parents, *([one.relative_to] if one.relative_to else []))):
                place = self.places.get(above)
                if place is not None and above != one.id and (place.level != "country" or above == one.relative_to):
                    found[above].append(one.id)
        return {key: tuple(within) for key, within in found.items()}


def _out(document: Document, as_of: date | None) -> bool:
    """Had it surely come out by the end of that day? As of claims, one that cannot be dated counts always."""
    return document.published is None or as_of is None or document.published.latest <= as_of


def _by_day(claim: GroundedClaim) -> tuple[str, str]:
    """By the day that it speaks of, the undated last."""
    return claim.when.earliest.isoformat() if claim.when is not None else "~", claim.id

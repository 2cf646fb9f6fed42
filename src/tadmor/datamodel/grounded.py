"""As understood: who and where the names of a claim are, with what else they could have been."""

from datetime import date
from functools import cached_property

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import Claim, claim_id, kind_of
from tadmor.datamodel.places import Place
from tadmor.datamodel.sources import Source
from tadmor.datamodel.times import When


class Candidate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that a name could be; `score` is relative within a link, 0..1; `reasons` in words."""

    id: str
    name: str
    score: float
    reasons: tuple[str, ...] = ()


class Link(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reading of one mention: which role of the claim, what was chosen, what else it could be.

    `chosen` is `None` where the name stays ambiguous or unknown; then `candidates` keeps the possibilities.
    """

    role: str  # a field name of the claim (ACTOR_ROLES, PLACE_ROLES), or `source`
    index: int  # position in that role
    expression: str
    chosen: str | None
    candidates: tuple[Candidate, ...] = ()


class GroundedClaim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """A claim with its names resolved.

    `places` and `actors` are keyed by role; `voices` runs publisher first, origin last.

    An unresolved place is absent from `places`; an unresolved actor is an `Actor` of kind generic or one made from its
    words, so that the record can still tell speakers and holders apart. `grade` is the Admiralty letter that a person
    gave whoever really speaks; `said_as` the claim's id as it was read, where a person corrected it.
    """

    claim: Claim
    published: When | None
    when: When | None
    voices: tuple[Source, ...]
    places: dict[str, Place] = {}
    actors: dict[str, tuple[Actor, ...]] = {}
    links: tuple[Link, ...] = ()
    grade: str | None = None
    said_as: str | None = None

    @cached_property  # a digest, asked for over and over
    def id(self) -> str:
        """The claim's id: that of what was said, whatever a person corrected of it."""
        return self.said_as or claim_id(self.claim)

    @property
    def kind(self) -> str:
        """The claim's kind."""
        return kind_of(self.claim)

    @property
    def place(self) -> Place | None:
        """Where it is about."""
        return self.places.get("place")

    @property
    def origin(self) -> Source:
        """Whoever stands at the end of the attribution chain: the one who really speaks."""
        return self.voices[-1]

    @property
    def publisher(self) -> Source:
        """The outlet whose document it is."""
        return self.voices[0]

    def actor(self, role: str) -> Actor | None:
        """The first actor in a role."""
        found = self.actors.get(role, ())
        return found[0] if found else None

    def known_by(self, day: date) -> bool:
        """Had it surely been said by the end of that day? A document dated to a stretch counts from its last day."""
        return self.published is None or self.published.latest <= day

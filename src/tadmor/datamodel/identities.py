"""Which actors and which places are one, by a person's word: a view over what was understood, which stays as it was.

A merge says that one is really the other: every claim that names the one then names the other, whenever it was read.
The words that stand are taken together (`joined`); of several that are one, that counts for all which the latest merge
led to.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from tadmor.datamodel.history import Decision, Review, standing
from tadmor.datamodel.joined import Joined
from tadmor.datamodel.keys import digest

#: Begins the subjects of words on actors and places: by it they are found among all decisions.
IDENTITY = "identity:"
#: What can be merged and parted.
Kind = Literal["actor", "place"]


class Identity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's word on two actors, or two places: is `one` really `other`, or not?

    As a review it has `identity_id` for its subject, kind and both ids in its value, and accepts or rejects.
    """

    kind: Kind
    one: str
    other: str
    same: bool


def identity_id(kind: str, one: str, other: str) -> str:
    """The subject of reviews that say of two actors or places whether they are one, whichever is named first."""
    return f"{IDENTITY}{digest(kind, *sorted((one, other)))}"


def identity_of(review: Review) -> Identity | None:
    """What a review says of two actors or places; `None` for any other review."""
    kind, one, other = (review.value.get(name, "") for name in ("identity", "one", "other"))
    if kind not in ("actor", "place") or review.subject != identity_id(kind, one, other):
        return None
    return Identity(kind="actor" if kind == "actor" else "place", one=one, other=other, same=_accepts(review))


def _accepts(review: Review) -> bool:
    return review.decision is Decision.ACCEPT


def identities_of(reviews: Iterable[Review]) -> tuple[Identity, ...]:
    """What persons say of actors and places, in the order said."""
    found = (identity_of(review) for review in standing(reviews).values())
    return tuple(one for one in found if one is not None)


class Identities:
    """Which actors, or which places, are one.

    Args:
        words: what stands, in the order said; words on the other kind are passed over.
        kind: actors or places.
    """

    def __init__(self, words: Sequence[Identity], kind: Kind) -> None:
        own = [one for one in words if one.kind == kind]
        self.joined = Joined(own)
        self._into: dict[str, str] = {}
        for word in own:
            if word.same and self.joined.same(word.one, word.other):
                one, other = self.of(word.one), self.of(word.other)
                if one != other:
                    self._into[one] = other

    def of(self, identity: str) -> str:
        """The one that counts for all that are one with it: itself, where nothing was said of it."""
        while identity in self._into:
            identity = self._into[identity]
        return identity

    @property
    def merged(self) -> Mapping[str, str]:
        """Those that are really others, by id, each with the one that counts."""
        return {one: self.of(one) for one in self._into}

    def within(self, identity: str) -> tuple[str, ...]:
        """All that are one with it, itself included, in order of id."""
        first = self.of(identity)
        return tuple(sorted({first, *(one for one in self._into if self.of(one) == first)}))

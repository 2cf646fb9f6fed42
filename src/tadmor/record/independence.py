"""Who really speaks: ten outlets that quote one monitor are one voice.

A claim's voice is the origin at the end of its attribution chain, taken up to its owner. An origin without a name ("a
military source") is a voice only within the outlet that quotes it. A document that copies an earlier one speaks with
the earlier one's voice where it names nobody else. Copying is read one way, from the copy to what it copies: one
shared article does not make two outlets one voice for good.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy

import msgspec

from tadmor.datamodel.documents import Copy, CopyKind
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.dictionaries.names import fold

#: Kinds of copy in which all of the later document speaks with the earlier one's voice; a quoting one has its own too.
_WHOLE = frozenset({CopyKind.SAME, CopyKind.REWRITE})


class VoiceGroup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Claims that one voice made, through whichever outlets: `members` are ids of the sources that carried them."""

    key: str
    name: str
    members: tuple[str, ...]
    claims: tuple[str, ...]


class Voices:
    """The voice of every claim of a case.

    Args:
        claims: all claims that may be asked about.
        copies: which documents share words with which.
    """

    def __init__(self, claims: Sequence[GroundedClaim], copies: Sequence[Copy] = ()) -> None:
        self._taken: Mapping[str, str] = {}
        self._again: Collection[str] = ()
        self._owners = _owners(claims)
        publishers = {claim.claim.document: claim.publisher for claim in claims}
        self._roots = _roots([one for one in copies if one.kind in _WHOLE], publishers)
        self._related = _roots(copies, publishers)
        self._publishers = publishers
        self._named: dict[tuple[str, str, str], tuple[bool, str, str]] = {}
        for claim in filter(self._copied, claims):
            slot, told = self._words(claim), (self._root(claim) != claim.claim.document, claim.id, self._own(claim)[0])
            self._named[slot] = min(self._named.get(slot, told), told)

        self._claims = tuple(claims)  # keeps them alive, so that their identities below stay theirs
        self._keys = {id(claim): self._key(claim) for claim in self._claims}

    def taking(self, taken: Mapping[str, str], again: Collection[str] = ()) -> "Voices":
        """The voices, some claims being others' than they seem (`echoes`).

        Args:
            taken: those claims by id, each with whose it is.
            again: those of them that whoever they were taken from had told.
        """
        if not taken:
            return self
        found = copy(self)
        found._taken, found._again = taken, again  # noqa: SLF001 - another of its own class
        found._keys = {id(claim): taken.get(claim.id, key) for claim, key in self._spoken()}  # noqa: SLF001
        return found

    def _spoken(self) -> Iterator[tuple[GroundedClaim, str]]:
        return ((claim, self._keys[id(claim)]) for claim in self._claims)

    def key(self, claim: GroundedClaim) -> str:
        """The voice that speaks in a claim: the same key, the same voice."""
        return self._keys.get(id(claim)) or self._key(claim)

    def _key(self, claim: GroundedClaim) -> str:
        if claim.id in self._taken:
            return self._taken[claim.id]
        first = self._named[self._words(claim)][2] if self._copied(claim) else None
        return first or self._own(claim)[0]

    def group(self, claims: Iterable[GroundedClaim]) -> tuple[VoiceGroup, ...]:
        """The claims by voice, ordered by each voice's lowest claim id."""
        grouped: dict[str, list[GroundedClaim]] = {}
        for claim in sorted(claims, key=lambda one: (one.id in self._taken, one.id)):
            grouped.setdefault(self.key(claim), []).append(claim)
        groups = sorted(grouped.items(), key=lambda item: min(one.id for one in item[1]))
        return tuple(_group(key, members) for key, members in groups)

    def takes(self, claim: GroundedClaim) -> bool:
        """Did whoever speaks in a claim take it from another, whose voice it then is?"""
        return claim.id in self._taken

    def tells_again(self, claim: GroundedClaim) -> bool:
        """Does a claim tell only what whoever it was taken from had told?"""
        return claim.id in self._again

    def count(self, claims: Iterable[GroundedClaim]) -> int:
        """How many independent voices."""
        return len({self.key(claim) for claim in claims})

    def _own(self, claim: GroundedClaim) -> tuple[str, str]:
        """Key and name of the voice, copied words aside."""
        origin, publisher = claim.origin, self._publisher(claim)
        if len(claim.voices) > 1 and _nameless(origin):
            return f"{self._owner(publisher)}/{fold(origin.name)}", origin.name
        if len(claim.voices) > 1 and origin.id != claim.publisher.id:
            return self._owner(origin), origin.name
        return self._owner(publisher), publisher.name

    def _publisher(self, claim: GroundedClaim) -> Source:
        """The outlet that wrote the document first."""
        return self._publishers.get(self._roots.get(claim.claim.document, claim.claim.document), claim.publisher)

    def _owner(self, source: Source) -> str:
        seen = {source.id}
        current = source.id
        while (above := self._owners.get(current)) is not None and above not in seen:
            seen.add(above)
            current = above
        return current

    def _root(self, claim: GroundedClaim) -> str:
        return self._related.get(claim.claim.document, claim.claim.document)

    def _copied(self, claim: GroundedClaim) -> bool:
        return claim.claim.document in self._related

    def _words(self, claim: GroundedClaim) -> tuple[str, str, str]:
        return self._root(claim), claim.kind, fold(claim.claim.quote)


def _group(key: str, claims: Sequence[GroundedClaim]) -> VoiceGroup:
    ids = sorted({source.id for claim in claims for source in (claim.publisher, claim.origin)})
    return VoiceGroup(
        key=key, name=claims[0].origin.name, members=tuple(ids), claims=tuple(sorted(claim.id for claim in claims))
    )


def _nameless(source: Source) -> bool:
    return source.kind is SourceKind.UNNAMED


def _owners(claims: Sequence[GroundedClaim]) -> Mapping[str, str]:
    """Owner by source id, of every source in any chain."""
    return {source.id: source.owner for claim in claims for source in claim.voices if source.owner is not None}


def _roots(copies: Iterable[Copy], known: Mapping[str, Source]) -> Mapping[str, str]:
    """For every document that shares words with another, the earliest one of its family that is among `known`.

    A family's first document stands as its own root, so that a lookup tells whether a document has copies at all.
    """
    edges: dict[str, set[str]] = {}
    later: set[str] = set()
    for one in copies:
        if one.earlier in known and one.later in known:
            edges.setdefault(one.earlier, set()).add(one.later)
            edges.setdefault(one.later, set()).add(one.earlier)
            later.add(one.later)
    roots: dict[str, str] = {}
    for document in sorted(edges, key=lambda one: (one in later, one)):
        if document not in roots:
            roots.update(dict.fromkeys(_reached(document, edges), document))
    return roots


def _reached(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    reached, queue = {start}, [start]
    while queue:
        new = edges[queue.pop()] - reached
        reached |= new
        queue.extend(new)
    return reached

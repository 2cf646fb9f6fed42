"""What an atlas holds: an entry for each thing, with what it is asked by, and its answer as JSON."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

#: A tag of a claim: its type ("place", "actor", "source", "side") and an id.
Tag = tuple[str, str]


class FindingKind(StrEnum):
    """What a finding is about."""

    SPELL = "spell"
    INCIDENT = "incident"
    TOLL = "toll"
    CONTRADICTION = "contradiction"


class PlaceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A place; `ground` are the ids of itself, of what is told from it, and of what lies inside it."""

    id: str
    name: str
    names: tuple[str, ...]  # by which it is searched, folded
    level: str
    claims: int
    ground: tuple[str, ...]
    value: bytes


class NamedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An actor or a source, with the folded names by which it is searched.

    `claims` counts those that name the actor, or that the source makes or carries.
    """

    id: str
    name: str
    names: tuple[str, ...]
    claims: int
    value: bytes


class DocumentEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A document; `text` is searched and not kept, the ledger has it."""

    id: str
    name: str
    title: str | None
    published: str | None  # first ISO day
    claims: int
    text: str
    value: bytes


class FindingEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A finding. ISO days; `last` is `None` while a spell lasts. `weight` ranks those of a kind, the heaviest first."""

    kind: FindingKind
    id: str
    place: str | None
    first: str | None
    last: str | None
    type: str  # state of a spell, type of an incident, harm of a toll, nature of a contradiction
    actors: tuple[str, ...]
    weight: float
    value: bytes
    feature: bytes | None = None  # of a spell: as GeoJSON, without its voices


class RestsEntry(msgspec.Struct, frozen=True, kw_only=True):
    """That a finding rests on a claim: 1 where it speaks for it, -1 against it."""

    claim: str
    kind: FindingKind
    id: str
    way: int


class ClaimEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A claim; `words` are its quote and the names that it was understood by, to be searched."""

    id: str
    document: str
    kind: str
    modality: str
    polarity: str
    score: float
    counted: bool
    earliest: str | None
    latest: str | None
    published: str | None  # last ISO day on which its document may have come out
    tags: Sequence[Tag]
    words: str
    value: bytes

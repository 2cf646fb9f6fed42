"""How values of the datamodel stand in the bytes of a row, and how they come back."""

import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import Claim
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim, Link
from tadmor.datamodel.keys import LENGTH
from tadmor.datamodel.places import Place
from tadmor.datamodel.sources import Source
from tadmor.datamodel.times import When

encode = msgspec.json.Encoder(order="deterministic").encode

T = TypeVar("T")
Entity = Place | Actor | Source
ENTITY_TYPES: dict[str, type[Entity]] = {"place": Place, "actor": Actor, "source": Source}


class Understanding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A grounding as a row: ids in place of places, actors and sources, each with the digest of its snapshot."""

    published: When | None
    when: When | None
    voices: tuple[str, ...]
    places: dict[str, str]
    actors: dict[str, tuple[str, ...]]
    links: tuple[Link, ...]


claim_decoder: msgspec.json.Decoder[Claim] = msgspec.json.Decoder(Claim)
understanding_decoder = msgspec.json.Decoder(Understanding)
document_decoder = msgspec.json.Decoder(Document)


def text_digest(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def slim(document: Document) -> bytes:
    """A document without its two texts, which have columns of their own."""
    return encode(msgspec.structs.replace(document, raw="", text=""))


def type_of(value: Entity) -> str:
    """The word for what it is, as in the tables."""
    return type(value).__name__.lower()


def snapshot_digest(value: bytes) -> str:
    """What tells apart snapshots of one place, actor or source."""
    return hashlib.sha256(value).hexdigest()[:LENGTH]


def key_of(value: Entity) -> str:
    """`id@digest`: which snapshot of a place, actor or source a grounding names."""
    return f"{value.id}@{snapshot_digest(encode(value))}"


def understanding_of(claim: GroundedClaim) -> Understanding:
    """The row form of a grounding."""
    return Understanding(
        published=claim.published,
        when=claim.when,
        voices=tuple(key_of(source) for source in claim.voices),
        places={role: key_of(place) for role, place in claim.places.items()},
        actors={role: tuple(key_of(actor) for actor in actors) for role, actors in claim.actors.items()},
        links=claim.links,
    )


def ids_in(understanding: bytes) -> set[str]:
    """The ids of all places, actors and sources that a grounding's row names."""
    how = understanding_decoder.decode(understanding)
    keys = (*how.voices, *how.places.values(), *(key for keys in how.actors.values() for key in keys))
    return {key.rpartition("@")[0] for key in keys}


class Entities:
    """Places, actors and sources by key, decoded once and shared by all claims that name them.

    Built from all rows of the table in the order added; of an id alone, the last snapshot answers.
    """

    def __init__(self, rows: Sequence[tuple[str, str, str, bytes]]) -> None:
        self._raw = {(kind, f"{id_}@{digest}"): value for kind, id_, digest, value in rows}
        self._latest = {(kind, id_): f"{id_}@{digest}" for kind, id_, digest, _ in rows}
        self._known: dict[tuple[str, str], Any] = {}

    def place(self, key: str) -> Place:
        """The place of a key.

        Raises:
            KeyError: no such snapshot.
        """
        return self._get("place", key, Place)

    def actor(self, key: str) -> Actor:
        """The actor of a key, likewise."""
        return self._get("actor", key, Actor)

    def source(self, key: str) -> Source:
        """The source of a key, likewise."""
        return self._get("source", key, Source)

    def latest(self, kind: str, identity: str) -> str | None:
        """The key of an id's last snapshot."""
        return self._latest.get((kind, identity))

    def _get(self, kind: str, key: str, type_: type[T]) -> T:
        found = self._known.get((kind, key))
        if found is None:
            found = self._known[kind, key] = msgspec.json.decode(self._raw[kind, key], type=type_)
        return found

    def rebuild(self, claim: bytes, understanding: bytes) -> GroundedClaim:
        """A grounded claim from its two rows."""
        how = understanding_decoder.decode(understanding)
        return GroundedClaim(
            claim=claim_decoder.decode(claim),
            published=how.published,
            when=how.when,
            voices=tuple(map(self.source, how.voices)),
            places={role: self.place(key) for role, key in how.places.items()},
            actors={role: tuple(map(self.actor, keys)) for role, keys in how.actors.items()},
            links=how.links,
        )

"""Whoever says something."""

from enum import StrEnum

import msgspec


class SourceKind(StrEnum):
    """What sort of speaker; each kind has a prior reliability in `dictionaries/sources`."""

    OUTLET = "outlet"
    AGENCY = "agency"
    PARTY = "party"  # a party to the conflict, or its ministry, army or spokesman
    MONITOR = "monitor"  # an organisation that counts or documents
    ORGANISATION = "organisation"  # UN bodies, aid agencies, think tanks
    PERSON = "person"
    UNNAMED = "unnamed"  # "activists", "a military source"
    UNKNOWN = "unknown"


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A source with its side.

    `sides` are ids of the camps it belongs to (an empty tuple: none known); `owner` the id of a source that owns it.
    """

    id: str
    name: str
    kind: SourceKind = SourceKind.UNKNOWN
    sides: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    owner: str | None = None
    country: str | None = None
    speaks_for: tuple[str, ...] = ()  # actor ids


class Voice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One link of an attribution chain as said: the words, and where they stand (absent for the publisher)."""

    name: str
    start: int | None = None
    end: int | None = None
    named: bool = True  # False: "activists", "a military source", "sources inside Raqqa"

"""Who acts."""

from enum import StrEnum

import msgspec


class ActorKind(StrEnum):
    """What sort of actor."""

    STATE = "state"
    STATE_FORCE = "state_force"
    ARMED_GROUP = "armed_group"
    COALITION = "coalition"
    CIVILIANS = "civilians"
    ORGANISATION = "organisation"
    PERSON = "person"
    GENERIC = "generic"  # "rebels", "militants": a word for some side, not a name


class Actor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An actor: id, names, what it belongs to.

    `parents` are ids, nearest first (Tiger Forces -> Syrian Arab Army -> Syrian government). `side` is the id of the
    camp that would hold a place this actor takes, when the record speaks of holders; an actor without one is its own.
    """

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    side: str | None = None
    country: str | None = None

"""What a model is asked to answer, decoded strictly: an unknown field, kind or value makes a claim none."""

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

import msgspec

from tadmor.datamodel.claims import Change, Degree, EventType, Harm, Modality, Polarity, Status


class Rejection(StrEnum):
    """Why something that a model answered is not taken."""

    ANSWER = "the answer is no list of claims"
    FORM = "of another form than asked for"
    QUOTE = "quoting what does not stand there"
    NAME = "naming what does not stand in the text"
    PRONOUN = "with a pronoun for a name"
    COUNT = "counting what does not stand there"


class _Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all kinds share; names, times and counts are the words of the text."""

    roles: ClassVar[tuple[str, ...]] = ()

    quote: str
    sentence: int | None = None
    place: str | None = None
    time: str | None = None
    count: str | None = None
    modality: Modality = Modality.ASSERTED
    polarity: Polarity = Polarity.AFFIRMED
    sources: tuple[str, ...] = ()

    def named(self) -> Iterator[str]:
        """The words for whoever and whatever takes part, the place and the time."""
        for role in ("place", "time", *self.roles):
            value = getattr(self, role)
            yield from (value,) if isinstance(value, str) else value or ()


class SaidControl(_Said, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="control"):
    """Of a `ControlClaim`."""

    roles = ("holder", "loser")
    change: Change
    degree: Degree = Degree.FULL
    holder: str | None = None
    loser: str | None = msgspec.field(default=None, name="from")


class SaidEvent(_Said, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="event"):
    """Of an `EventClaim`."""

    roles = ("actors", "targets")
    type: EventType
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


class SaidPresence(_Said, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="presence"):
    """Of a `PresenceClaim`."""

    roles = ("actor", "what")
    actor: str | None = None
    what: str | None = None


class SaidMovement(_Said, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="movement"):
    """Of a `MovementClaim`."""

    roles = ("actor", "what", "origin", "destination")
    actor: str | None = None
    what: str | None = None
    origin: str | None = msgspec.field(default=None, name="from")
    destination: str | None = msgspec.field(default=None, name="to")


class SaidToll(_Said, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="toll"):
    """Of a `TollClaim`."""

    roles = ("group", "by")
    harm: Harm
    group: str | None = None
    status: Status = Status.UNSTATED
    by: str | None = None


Said = SaidControl | SaidEvent | SaidPresence | SaidMovement | SaidToll


class _Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    claims: tuple[msgspec.Raw, ...]


def decoded(answer: str) -> tuple[Said | Rejection, ...] | None:
    """The claims of an answer, those of another form rejected; `None` where it is no list of claims at all.

    What a model thinks aloud before its answer, and a fence around it, are no part of it.
    """
    try:
        found = msgspec.json.decode(_bare(answer), type=_Answer)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return tuple(_decoded(raw) for raw in found.claims)


def _decoded(raw: msgspec.Raw) -> Said | Rejection:
    try:
        said: Said = msgspec.json.decode(raw, type=Said)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return Rejection.FORM
    return said


def _bare(answer: str) -> str:
    bare = answer.rpartition("</think>")[2].strip()
    if bare.startswith("```") and bare.endswith("```"):
        bare = bare.partition("\n")[2].removesuffix("```")
    return bare

"""As said: what one source said once, with the words that carry it.

Fields follow the coding guidelines in `docs/formats.md`. Names stay as printed; who and where they are is a matter of
`grounding`, kept apart so that a better gazetteer never rewrites what a source said.
"""

from enum import StrEnum

import msgspec

from tadmor.datamodel.keys import digest
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.spans import Span


class Modality(StrEnum):
    """How it is told."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    PLANNED = "planned"
    PREDICTED = "predicted"
    HYPOTHETICAL = "hypothetical"
    ASKED = "asked"


class Polarity(StrEnum):
    """Does the text say that it is so, or that it is not?"""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Change(StrEnum):
    """What happened to control."""

    GAINED = "gained"
    HELD = "held"
    LOST = "lost"  # only where no new holder is said


class Degree(StrEnum):
    """How much of the place."""

    FULL = "full"
    PARTIAL = "partial"
    CONTESTED = "contested"
    BESIEGED = "besieged"


class EventType(StrEnum):
    """Acts of violence, and deals."""

    CLASH = "clash"
    GROUND_ATTACK = "ground_attack"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    BOMBING = "bombing"
    CHEMICAL_ATTACK = "chemical_attack"
    EXECUTION = "execution"
    KILLING = "killing"
    ABDUCTION = "abduction"
    ARREST = "arrest"
    DESTRUCTION = "destruction"
    AGREEMENT = "agreement"
    OTHER_VIOLENCE = "other_violence"


class Harm(StrEnum):
    """What people suffered."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"
    MISSING = "missing"
    DISPLACED = "displaced"


class Status(StrEnum):
    """Who suffered it."""

    CIVILIAN = "civilian"
    COMBATANT = "combatant"
    MIXED = "mixed"
    UNSTATED = "unstated"


class Mention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of the cleaned text that name something.

    `carried` marks a mention brought in from elsewhere in the document: the claim's own clause has only a pronoun
    ("they", "the city") or nothing, and `start`/`end` point to the words it was taken from.
    """

    expression: str
    start: int
    end: int
    carried: bool = False

    @property
    def span(self) -> Span:
        """Its stretch of the cleaned text."""
        return Span(self.start, self.end)


class _ClaimBase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all five kinds share. `start`/`end` are in the cleaned text of the document."""

    document: str  # Document.id
    start: int
    end: int
    quote: str  # Document.text[start:end]
    modality: Modality = Modality.ASSERTED
    polarity: Polarity = Polarity.AFFIRMED
    attribution: tuple[Voice, ...] = ()  # whom the text cites: relayer first, origin last; without the publisher
    place: Mention | None = None
    time: Mention | None = None
    count: Quantity | None = None
    score: float = 1.0  # probability that the text says this, 0..1
    reader: str = "rules"  # which reader took it, and its version

    @property
    def span(self) -> Span:
        """Its passage in the cleaned text."""
        return Span(self.start, self.end)


class ControlClaim(_ClaimBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="control"):
    """Who holds, gains, loses, contests or besieges a place."""

    change: Change
    degree: Degree
    holder: Mention | None = None
    loser: Mention | None = None  # `from` at the edges


class EventClaim(_ClaimBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="event"):
    """An act of violence, or a deal."""

    type: EventType
    actors: tuple[Mention, ...] = ()
    targets: tuple[Mention, ...] = ()


class PresenceClaim(
    _ClaimBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="presence"
):
    """Forces or equipment at a place, or the size of a force. `equipment` is an id of `dictionaries/equipment`."""

    actor: Mention | None = None
    what: Mention | None = None
    equipment: str | None = None


class MovementClaim(
    _ClaimBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="movement"
):
    """Forces, people or equipment going somewhere."""

    actor: Mention | None = None
    what: Mention | None = None
    origin: Mention | None = None  # `from` at the edges
    destination: Mention | None = None  # `to` at the edges


class TollClaim(_ClaimBase, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="toll"):
    """People killed, wounded, captured, missing, displaced."""

    harm: Harm
    group: Mention | None = None
    status: Status = Status.UNSTATED
    by: Mention | None = None


Claim = ControlClaim | EventClaim | PresenceClaim | MovementClaim | TollClaim

KINDS = ("control", "event", "presence", "movement", "toll")

#: Which fields of each kind name actors; `mentions` reads them in this order.
ACTOR_ROLES: dict[str, tuple[str, ...]] = {
    "control": ("holder", "loser"),
    "event": ("actors", "targets"),
    "presence": ("actor",),
    "movement": ("actor",),
    "toll": ("group", "by"),
}
#: Which fields of each kind name places.
PLACE_ROLES: dict[str, tuple[str, ...]] = {
    "control": ("place",),
    "event": ("place",),
    "presence": ("place",),
    "movement": ("place", "origin", "destination"),
    "toll": ("place",),
}

#: Which fields of each kind say one of a fixed set of words.
CHOICES: dict[str, dict[str, type[StrEnum]]] = {
    "control": {"change": Change, "degree": Degree},
    "event": {"type": EventType},
    "presence": {},
    "movement": {},
    "toll": {"harm": Harm, "status": Status},
}


def kind_of(claim: Claim) -> str:
    """The claim's kind, as in exports."""
    return str(claim.__struct_config__.tag)


def mentions(claim: Claim, role: str) -> tuple[Mention, ...]:
    """The mentions in one role: none, one or several."""
    value = getattr(claim, role)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


#: Begins the names of readers of tables.
TABLE = "table/"


def from_table(claim: Claim) -> bool:
    """Was it a row of a table rather than a sentence?"""
    return claim.reader.startswith(TABLE)


#: The reader of claims that a person made.
HAND = "person"


def by_hand(claim: Claim) -> bool:
    """Did a person make it, from words that no reader took it from? It counts while a decision on it stands."""
    return claim.reader == HAND


def discriminant(claim: Claim) -> str:
    """What tells apart claims of one kind that rest on the same words.

    A row of a table counts several groups under one headline, a sentence tells each in words of its own.
    """
    match claim:
        case ControlClaim():
            return f"{claim.change}/{claim.degree}"
        case EventClaim():
            return str(claim.type)
        case TollClaim() if from_table(claim):
            return f"{claim.harm}/{claim.status}/{claim.group.expression if claim.group else ''}"
        case TollClaim():
            return str(claim.harm)
        case PresenceClaim() | MovementClaim():
            return claim.what.expression if claim.what else ""


def claim_id(claim: Claim) -> str:
    """Digest of the document, the kind, where the words stand, what they say, and the place's words."""
    place = claim.place.expression if claim.place else None
    return digest("claim", claim.document, kind_of(claim), claim.start, claim.end, discriminant(claim), place)

"""What a row of a table says, on its way from reading to grounding."""

import msgspec

from tadmor.datamodel.claims import Claim
from tadmor.datamodel.places import Level
from tadmor.datamodel.times import When


class Spot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a row puts what it tells: hints for the words of its place.

    `id` is the place's id as the row has it, `within` names what it lies in, finest first, `country` its country's name
    or ISO code. `near` says that it happened somewhere within `radius_m` metres of the place named.
    """

    id: str | None = None
    lat: float | None = None
    lon: float | None = None
    level: Level | None = None
    near: bool = False
    radius_m: float | None = None
    within: tuple[str, ...] = ()
    country: str | None = None


class RowClaims(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The claims of one row, as said, with its hints.

    `key` tells rows of one table apart, in all its editions; `subject` is what a newer edition tells of anew as a whole
    (of a table of control, the place); `content` is a digest of what the row says. `called` gives, for words that name
    an actor by a code of the table's own, the actor's id or name; or for a role and its number (`actors/0`), where the
    words are the same whoever is meant. `doubts` say, in words, what in it does not fit
    together and how it was taken.
    """

    line: int
    key: str
    subject: str
    content: str
    claims: tuple[Claim, ...]
    spot: Spot
    when: When
    called: dict[str, str] = {}
    doubts: tuple[str, ...] = ()

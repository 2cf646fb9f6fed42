"""As concluded: what the record says on one question, how sure, and why."""

from datetime import date
from enum import StrEnum

import msgspec

from tadmor.datamodel.claims import EventType, Harm, Status
from tadmor.datamodel.keys import digest
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import SourceKind
from tadmor.datamodel.times import Interval


class State(StrEnum):
    """The state of a place."""

    HELD = "held"
    CONTESTED = "contested"
    BESIEGED = "besieged"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """How firmly a finding stands, in words."""

    ESTABLISHED = "established"
    LIKELY = "likely"
    DISPUTED = "disputed"
    UNSUPPORTED = "unsupported"


class Weight(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one independent voice brought to a finding.

    `voice` names the group's origin, `members` the ids of sources that repeat it; `value` is in log-odds, positive for.
    `grade` is the Admiralty grade of the voice and of its heaviest word, as in "B2".
    """

    voice: str
    members: tuple[str, ...]
    claims: tuple[str, ...]
    value: float
    reason: str
    grade: str = "F6"


class Spell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One stretch of days in which a place was in one state. `end` is `None` while it lasts.

    `start` is `None` where nobody tells since when: that the state held is inferred from the change that ended it.
    `change` holds the days between which the state began, where it is not known to the day.
    """

    place: str  # Place.id
    state: State
    holder: str | None  # Actor.id
    besieger: str | None
    start: date | None
    end: date | None  # inclusive last day; None = open
    change: Interval | None
    confidence: float  # 0..1
    verdict: Verdict
    independent_sources: int
    supports: tuple[str, ...]
    opposes: tuple[str, ...]
    weights: tuple[Weight, ...] = ()
    reasons: tuple[str, ...] = ()


class Incident(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Claims across documents that tell of one event, or of one toll."""

    id: str
    place: str | None
    when: Interval | None
    type: EventType | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    claims: tuple[str, ...]
    independent_sources: int


class Figure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many one independent voice counts, with the words it rests on.

    `interest` is -1 where the figure serves the voice's own side, 1 where it goes against it, 0 where neither is known.
    """

    voice: str  # Source.name of the origin
    members: tuple[str, ...]  # ids of sources that carry it
    sides: tuple[str, ...]  # ids of the camps that it belongs to or speaks for
    interest: int
    low: int | None
    best: int | None
    high: int | None
    claims: tuple[str, ...]


class Toll(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many people suffered one harm in one incident: low, best, high, each bound with its reason.

    `id` rests on the claim that was first to count them, and stays as later reports come in; `answers` tells whether an
    id given earlier is of this toll. `interval` holds, four times in five, what another independent voice would count.
    """

    id: str
    incident: str
    place: str | None
    when: Interval | None
    harm: Harm
    status: Status
    group: str | None
    low: int | None
    best: int | None
    high: int | None
    interval: tuple[int, int] | None
    figures: tuple[Figure, ...]
    reasons: tuple[str, ...]
    claims: tuple[str, ...]
    independent_sources: int
    confidence: float

    def answers(self, identity: str) -> bool:
        """Was an id given to a toll that any of these claims was the first to count?"""
        return any(toll_id(claim) == identity for claim in self.claims)


class Nature(StrEnum):
    """What accounts disagree on."""

    NUMBER = "number"
    TIME = "time"
    PLACE = "place"
    ACTOR = "actor"
    OUTCOME = "outcome"
    SCOPE = "scope"
    DEFINITION = "definition"


class Rests(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many findings rest on some claims, by kind: spells of control, incidents, tolls."""

    spells: int = 0
    incidents: int = 0
    tolls: int = 0

    @property
    def findings(self) -> int:
        """All of them."""
        return self.spells + self.incidents + self.tolls


class Side(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One account in a contradiction, how many findings rest on it, and what the record would say if it were right."""

    value: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]  # Source.name of the origins
    rests: Rests = Rests()
    then: str | None = None  # in words: "as the record has it: 217"


class Contradiction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Claims that cannot all hold.

    `rests` counts the findings that rest on any of them and would differ if a side were right: tolls of a number,
    spells of who held a place, else incidents. One matter may be of several natures: `nature` is the strongest.
    """

    id: str
    about: str  # in words: "how many soldiers were executed at Palmyra"
    nature: Nature
    place: str | None
    when: Interval | None
    sides: tuple[Side, ...]
    explanation: str | None = None  # where another time, place, scope or definition may dissolve it
    quantities: tuple[Quantity, ...] = ()
    natures: tuple[Nature, ...] = ()
    rests: Rests = Rests()


class Moved(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim that moved a source's standing: the chance that others give it, and how far it moved it."""

    claim: str
    chance: float
    by: float


class Unaided(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The grade that a source earns by its words and kind alone, and how often it would be right, where known."""

    grade: str
    right: float | None


class Standing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often one voice is right with one kind of claim and interest, as the case teaches, and its Admiralty grade.

    `first` is how often sources of its kind are right, `right` what its own words make of that, four times in five
    between `low` and `high`. `compared` counts the words that others could tell of, `agreed` those that they bear out.
    `interest` is -1 for words that serve the voice's own side, 1 for those that go against it, 0 for others. `given` is
    the letter that a person gave: then it is the `grade`, and `first`, `right` and the bounds rest on it; `unaided` is
    what they would be if no person had graded any source.
    """

    voice: str  # key of the voice: a source id, or "outlet/words" for one that it does not name
    name: str
    kind: SourceKind
    about: str
    interest: int
    first: float
    right: float
    low: float
    high: float
    compared: float
    agreed: float
    grade: str
    moved: tuple[Moved, ...]
    given: str | None = None
    unaided: Unaided | None = None


class Copying(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An outlet that says again, without naming it, what another said up to a week before.

    `repeated` of its `news` (who holds which place, which number of which victims), `lag` days later on average;
    `wholly` where it has nothing of its own.
    """

    copier: str  # ids of sources
    origin: str
    repeated: int
    news: int
    lag: float
    wholly: bool


class Chance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How likely one state of a place is."""

    state: State
    holder: str | None
    probability: float


class Left(StrEnum):
    """What is left out in a counterfactual."""

    VOICE = "voice"
    OUTLET = "outlet"
    SIDE = "side"


class Without(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A finding as it would be without a voice, an outlet with all that it carries, or the sources of a side."""

    left_out: Left
    id: str
    name: str
    claims: int  # how many claims that bear on the finding go with it
    state: State
    holder: str | None
    confidence: float
    verdict: Verdict
    differs: bool  # another state or holder


class Needed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many more independent outlets of usual standing must say that a state holds, for it to be the likeliest."""

    state: State
    holder: str | None
    voices: int


class Explanation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why the record says what it does of a place on a day, what else it could say, and what it does not know."""

    place: str
    day: date
    as_of: date | None
    finding: Spell | None
    chances: tuple[Chance, ...]
    without: tuple[Without, ...]
    needed: tuple[Needed, ...]
    not_known: tuple[str, ...]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All findings of a case as of a day (`None`: all that is known now)."""

    as_of: date | None
    spells: tuple[Spell, ...]
    incidents: tuple[Incident, ...]
    tolls: tuple[Toll, ...]
    contradictions: tuple[Contradiction, ...]
    standings: tuple[Standing, ...] = ()
    copying: tuple[Copying, ...] = ()


def toll_id(first: str) -> str:
    """The id of a toll by the claim that was first to count it."""
    return digest("toll", first)

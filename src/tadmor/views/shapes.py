"""The shapes of the API's answers: what its description tells, what `fields` may name, what the client's rows are.

Fields are defined in `docs/formats.md`. Days are ISO days. A row is a plain mapping, so that tables take it as it is.
"""

from typing import Any, NotRequired, TypedDict


class Named(TypedDict):
    """An actor, place or source by id; `expression`: the words for it, where it is named in a text."""

    name: str | None
    id: str | None
    expression: NotRequired[str | None]


class PlaceRef(Named):
    """A place that a claim or finding is about; one that is known by its name only has no point."""

    lat: NotRequired[float | None]
    lon: NotRequired[float | None]
    radius_m: NotRequired[float | None]
    level: NotRequired[str | None]


class Days(TypedDict):
    """From the earliest to the latest day, inclusive."""

    earliest: str
    latest: str


class When(Days):
    """The days that a claim speaks of."""

    extent: str
    basis: str
    expression: str | None


class Count(TypedDict):
    """A number as told."""

    low: int | None
    best: int | None
    high: int | None
    expression: str | None


class DocumentRef(TypedDict):
    """The document that a claim stands in."""

    id: str
    name: str
    title: str | None


class Quote(TypedDict):
    """The words of one claim, and whose."""

    claim: str
    words: str
    source: str
    published: str | None


#: Written so, as "from" is a word of the language.
Claim = TypedDict(
    "Claim",
    {
        "id": str,
        "doc": str,
        "start": int,
        "end": int,
        "quote": str,
        "text_quote": str | None,
        "kind": str,
        "modality": str,
        "polarity": str,
        "attribution": list[Named],
        "place": PlaceRef | None,
        "when": When | None,
        "score": float,
        "reader": str,
        "gist": str,
        "speaker": str,
        "published": Days | None,
        "document": DocumentRef,
        "counted": bool,
        "text_span": list[int],
        "count": NotRequired[Count | None],
        "holder": NotRequired[Named | None],
        "from": NotRequired[PlaceRef | None],
        "to": NotRequired[PlaceRef | None],
        "change": NotRequired[str],
        "degree": NotRequired[str],
        "type": NotRequired[str],
        "actors": NotRequired[list[Named]],
        "targets": NotRequired[list[Named]],
        "actor": NotRequired[Named | None],
        "what": NotRequired[Named | None],
        "equipment": NotRequired[Named | None],
        "harm": NotRequired[str],
        "group": NotRequired[Named | None],
        "status": NotRequired[str],
        "by": NotRequired[Named | None],
    },
)


class Voice(TypedDict):
    """A voice for (above 0) or against a finding, in log-odds; `weighs` in words."""

    voice: str
    weight: float
    grade: str | None
    reason: str
    members: list[str]
    claims: list[str]
    weighs: str


Spell = TypedDict(
    "Spell",
    {
        "id": str,
        "place": PlaceRef,
        "state": str,
        "holder": Named | None,
        "besieger": Named | None,
        "from": str | None,
        "to": str | None,
        "change": list[str] | None,
        "confidence": float,
        "verdict": str,
        "independent_sources": int,
        "supports": list[str],
        "opposes": list[str],
        "voices": list[Voice],
        "as_of": str | None,
        "words": str,
        "days": str,
        "best_for": Quote | None,
        "best_against": Quote | None,
        "reasons": list[str],
    },
)


class Incident(TypedDict):
    """Claims that tell of one event."""

    id: str
    place: PlaceRef | None
    when: list[str] | None
    type: str | None
    actors: list[Named]
    targets: list[Named]
    independent_sources: int
    claims: list[str]
    words: str
    quote: Quote | None


class Figure(TypedDict):
    """What one voice counts."""

    voice: str
    sides: list[str]
    interest: int
    low: int | None
    best: int | None
    high: int | None
    claims: list[str]


class Toll(TypedDict):
    """How many people suffered one harm in one incident."""

    id: str
    incident: str | None
    place: PlaceRef | None
    when: list[str] | None
    harm: str
    status: str
    group: Named | None
    low: int | None
    best: int | None
    high: int | None
    interval: list[int] | None
    confidence: float
    independent_sources: int
    figures: list[Figure]
    reasons: list[str]
    claims: list[str]
    words: str
    quote: Quote | None


class Rests(TypedDict):
    """How many findings rest on something."""

    spells: int
    incidents: int
    tolls: int


class Side(TypedDict):
    """One account of a contradiction."""

    value: str
    claims: list[str]
    sources: list[str]
    rests: Rests
    then: str | None
    quote: Quote | None


class Contradiction(TypedDict):
    """Claims that cannot all hold."""

    id: str
    about: str
    nature: str
    natures: list[str]
    place: PlaceRef | None
    when: Days | None
    sides: list[Side]
    explanation: str | None
    rests: Rests
    hangs: str


class Place(TypedDict):
    """A place that claims name."""

    id: str
    name: str
    local: str | None
    local_language: str | None
    aliases: list[str]
    level: str
    lat: float | None
    lon: float | None
    radius_m: float | None
    country: str | None
    parents: list[str]
    claims: int
    documents: int
    decided: list[dict[str, Any]]


class Actor(TypedDict):
    """Who acts."""

    id: str
    name: str
    kind: str | None
    aliases: list[str]
    parents: list[Named]
    side: Named | None
    claims: int
    decided: list[dict[str, Any]]


class MovedBy(TypedDict):
    """A claim that moved a standing, and the chance that others give it."""

    claim: str
    others: float
    by: float


class Standing(TypedDict):
    """How a voice fared with one sort of words."""

    voice: str
    name: str
    kind: str
    about: str
    interest: int
    grade: str
    first: float
    right: float
    low: float
    high: float
    compared: float
    agreed: float
    moved: list[MovedBy]
    words: str


class Moved(TypedDict):
    """A claim, and how far it moved its source's standing."""

    claim: str
    by: float


class Repeats(TypedDict):
    """Whom a source says again without naming it."""

    origin: Named
    repeated: float
    news: float
    lag: float


class Source(TypedDict):
    """Whoever says something."""

    id: str
    name: str
    kind: str
    sides: list[Named]
    country: str | None
    owner: Named | None
    claims: int
    decided: list[dict[str, Any]]
    said: int
    through: list[str]
    standings: list[Standing]
    repeats: Repeats | None
    moved: list[Moved]


class DatedBy(TypedDict):
    """By what a document is dated."""

    basis: str
    reasons: list[str]


class CopyOf(TypedDict):
    """A document that shares words; `way`: of, by."""

    id: str
    name: str
    kind: str
    share: float
    way: str


class Document(TypedDict):
    """A document; `original`: SHA-256 of the bytes as obtained."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    author: str | None
    language: str | None
    published: Days | None
    dated_by: DatedBy | None
    original: str
    claims: int
    copies: list[CopyOf]


class Issue(TypedDict):
    """What was wrong with the input; `documents` are those of its file."""

    number: int
    run: str
    documents: list[str]
    where: str
    rule: str
    severity: str
    message: str
    start: int | None
    end: int | None


class IssueCounts(TypedDict):
    """Issues by severity."""

    error: int
    warning: int
    note: int


class Run(TypedDict):
    """A reading of files: its versions, what it added, the issues that it met."""

    id: str
    started: str
    tadmor: str
    reader: str
    gazetteer: str
    table: str | None
    files: int
    documents: int
    claims: int
    issues: IssueCounts

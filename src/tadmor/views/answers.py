"""The shapes of answers that are no rows of lists: a case, a place with all that is told of it, columns for the map.

Days in columns count from 1970-01-01; columns of places and actors hold indexes into lists of the same answer, -1 for
none.
"""

from typing import Any, NotRequired, TypedDict

from tadmor.views.shapes import Actor, Claim, Document, Named, Place, Quote, Source, Spell


class Case(TypedDict):
    """A case at a glance; `concluding`: it has changed, and this is its last record."""

    name: str
    head: str
    claims: int
    documents: int
    places: int
    sources: int
    spells: int
    incidents: int
    tolls: int
    contradictions: int
    counted: int
    first_published: str | None
    last_published: str | None
    undated_documents: int
    kinds: dict[str, int]
    issues: int
    reviews: int
    as_of: str | None
    concluding: bool


class Activity(TypedDict):
    """Claims of each kind by the day that they speak of, in columns."""

    days: list[int]
    control: list[int]
    event: list[int]
    presence: list[int]
    movement: list[int]
    toll: list[int]


class Layer(TypedDict):
    """Marks of one layer, in columns; `to` of movements."""

    id: list[str]
    place: list[int]
    first: list[int | None]
    last: list[int | None]
    label: list[str]
    type: list[str]
    weight: list[int]
    confidence: list[float | None]
    to: NotRequired[list[int]]


class Facets(TypedDict):
    """Claims that fit, counted by what they have: `counted` of them, `all` where those are all."""

    counted: int
    all: bool
    kind: list[dict[str, Any]]
    modality: list[dict[str, Any]]
    place: list[dict[str, Any]]
    actor: list[dict[str, Any]]
    source: list[dict[str, Any]]
    side: list[dict[str, Any]]


class Fitting(TypedDict):
    """Ids of the marks of a layer; of control, the place and first day of each spell."""

    id: NotRequired[list[str]]
    place: NotRequired[list[str]]
    first: NotRequired[list[str | None]]


class PlaceColumns(TypedDict):
    """Places, those with most claims first."""

    id: list[str]
    name: list[str]
    local: list[str | None]
    local_language: list[str | None]
    lat: list[float | None]
    lon: list[float | None]
    radius_m: list[float | None]
    level: list[str]
    claims: list[int]


class ActorColumns(TypedDict):
    """Holders and besiegers, those first that held most days."""

    id: list[str]
    name: list[str | None]


class SpellColumns(TypedDict):
    """Spells by place and day; `state`: 0 held, 1 contested, 2 besieged, 3 unknown; `verdict`: 0 established to 3."""

    place: list[int]
    state: list[int]
    holder: list[int]
    besieger: list[int]
    first: list[int | None]
    last: list[int | None]
    confidence: list[float]
    verdict: list[int]
    voices: list[int]


class Columns(TypedDict):
    """Who held what when: what a map needs to draw any day."""

    places: PlaceColumns
    actors: ActorColumns
    spells: SpellColumns


class FoundDocument(TypedDict):
    """A document that a search found, with the words around what was found."""

    id: str
    name: str
    title: str | None
    excerpt: NotRequired[str]


class Found(TypedDict):
    """What a search found; `meant`: the words as they were put right."""

    claims: list[Claim]
    next: int | None
    kinds: dict[str, int]
    documents: list[FoundDocument]
    meant: str | None
    places: list[Place]
    actors: list[Actor]
    sources: list[Source]


class Ticks(TypedDict):
    """A mark for each claim of who held a place, in columns; `way`: 1 for, -1 against its spell, 0 neither."""

    claim: list[str]
    spell: list[int]
    way: list[int]
    first: list[int | None]
    last: list[int | None]
    holder: list[str | None]
    words: list[str]
    source: list[str]


Inside = TypedDict(
    "Inside",
    {"place": str, "name": str, "words": str, "from": str | None, "confidence": float, "verdict": str},
)


class Disputed(TypedDict):
    """A contradiction in short."""

    id: str
    about: str
    nature: str
    hangs: str


Short = TypedDict(
    "Short",
    {
        "id": str,
        "words": str,
        "from": str | None,
        "to": str | None,
        "independent_sources": int,
        "place": Named | None,
    },
)


class PlaceTold(TypedDict):
    """A place with all that is told of it and inside it."""

    place: Place
    claims: int
    documents: int
    spells: list[Spell]
    ticks: Ticks
    inside: list[Inside]
    contradictions: list[Disputed]
    tolls: list[Short]
    incidents: list[Short]


class ActorTold(Actor):
    """An actor, and what it held."""

    spells: list[Spell]


class Resting(TypedDict):
    """A finding that rests on a claim, for (1) or against (-1) it."""

    kind: str
    id: str
    way: int
    finding: dict[str, Any]


class ClaimTold(Claim):
    """A claim, and the findings that rest on it."""

    findings: list[Resting]


class DocumentTold(Document):
    """A document with its cleaned text."""

    text: str


class Decided(TypedDict):
    """A decision of a person, with the words of the claims and the names of the things that it is on."""

    number: int
    what: str
    claims: list[dict[str, Any]]
    value: dict[str, str]
    author: str
    made: str
    reason: str
    stands: bool
    about: list[dict[str, Any]]
    sealed: bool


class Decisions(TypedDict):
    """Decisions in the order made."""

    reviews: list[Decided]
    next: int | None


class Choice(TypedDict):
    """An answer to a question: a decision, and the claims that it is on."""

    what: str
    claims: list[str]


class Account(TypedDict):
    """One account of a question."""

    value: str
    quote: Quote
    claims: list[str]


class Question(TypedDict):
    """What a person's word would be worth most on."""

    asked: str
    about: str
    gain: float
    accounts: list[Account]
    explanation: str | None
    answers: list[str]
    choices: list[Choice]


class Questions(TypedDict):
    """The questions worth most, of how many."""

    questions: list[Question]
    every: int


class UploadedFile(TypedDict):
    """A file of an upload, as sent, and what came of it."""

    name: str
    size: int
    sha256: str
    known: bool
    documents: list[str]
    claims: int
    copies: int
    issues: list[dict[str, Any]]


class Upload(TypedDict):
    """Files that were sent, and how far they have been read; `state`: waiting, reading, done, failed."""

    id: str
    made: str
    state: str
    words: str
    source: str | None
    published: str | None
    done: int
    files: int
    name: str | None
    documents: int
    claims: int
    known: int
    copies: int
    issues: int
    read: list[UploadedFile]


class Uploads(TypedDict):
    """Uploads, the latest first."""

    uploads: list[Upload]
    next: int | None


class Problem(TypedDict):
    """What is wrong, in words (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


class Key(TypedDict):
    """A program's key, without what it opens with."""

    id: str
    account: str
    label: str
    scopes: list[str]
    made: str
    expires: str
    revoked: str | None


class Member(TypedDict):
    """A person who may log in."""

    name: str
    role: str
    made: str
    changed: str
    scopes: list[str]
    tokens: list[Key]


class Members(TypedDict):
    """Everybody who may log in."""

    accounts: list[Member]


class Done(TypedDict):
    """One thing that was done or refused; `digest` covers it and all before."""

    number: int
    made: str
    who: str
    known: str
    address: str | None
    what: str
    about: str
    outcome: str
    digest: str


class Audit(TypedDict):
    """What was done, the latest first."""

    acts: list[Done]
    next: int | None


class Audited(TypedDict):
    """Whether every act stands as it was written."""

    holds: bool
    issues: list[dict[str, Any]]
    acts: int
    head: str | None

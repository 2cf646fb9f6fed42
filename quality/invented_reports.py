"""Invented reports with the claims in them, written into a case without a reader: as many as asked for, from a seed.

Each is a page whose cleaned text leads back to the raw one stretch by stretch. They stand for a case where custody is
measured: what they tell is of no matter. As many claims a document as news has (the example: 356 in 18).
"""

import hashlib
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from quality.local_authority import LocalAuthority
from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.checkpoints import Checkpoint, SignedCheckpoint
from tadmor.datamodel.claims import Change, Claim, ControlClaim, Degree, EventClaim, EventType, Harm, Mention, TollClaim
from tadmor.datamodel.documents import Block, Document, Original
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Decision, Review, RunInfo
from tadmor.datamodel.issues import Issue, Severity
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.datamodel.spans import MappedText
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.ledger import Ledger
from tadmor.ledger.keys import Keys
from tadmor.ledger.timestamps import request_for

_BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
_DAYS, _SENTENCES = 900, 20
_ACTORS = [Actor(id=f"camp_{one}", name=f"{one.title()} Army", kind=ActorKind.STATE_FORCE) for one in ("blue", "red")]
_SOURCES = [
    Source(
        id=f"outlet_{number}",
        name=f"Outlet {number}" if number % 7 else f"وكالة أنباء {number}",
        kind=SourceKind.OUTLET,
    )
    for number in range(40)
]
#: Sentences with the words that name a place in them, by kind.
_SAID = {
    "control": "The {actor} captured {place} on that day, residents said.",
    "event": "An air strike hit {place} in the morning, and smoke rose over the market.",
    "toll": "At least {count} people were killed at {place}, a doctor there said.",
}


def case_of(folder: Path, documents: int, seed: int = 0, *, beside: Path | None = None) -> Path:
    """A case of so many documents; one that is there is taken as it is.

    Its history is signed half-way and at the end; with a folder `beside` for the keys, also by an authority of its own.
    """
    if folder.exists():
        return folder
    draw = random.Random(seed)  # noqa: S311 - nothing secret
    run = RunInfo(id=f"run-{seed}", started=_BEGUN, tadmor="0", reader="rules", gazetteer="none")
    places = _places(draw, max(4, documents // 12))
    with Ledger.create(folder) as ledger, TemporaryDirectory() as passing:
        sign = _signing(Path(passing))
        for number in range(documents):
            original, data, document, claims = _report(draw, number, places)
            issue = Issue(where=original.name, rule="doubtful", message="some words", severity=Severity.WARNING)
            ledger.add(
                run,
                original,
                data,
                [(document, claims)],
                issues=[issue] if number % 5 == 0 else (),
                shingles={document.id: draw.randbytes(64)},
            )
            if number % 6 == 0:
                ledger.add_review(_review(claims[0], number))
            if number in {documents // 2, documents - 1}:
                note = ledger.custody.sign(sign).note
                if beside is not None:
                    authority = LocalAuthority(beside)
                    ledger.custody.stamp(authority.answer(request_for(note)), authority.certificates)
    return folder


def _signing(folder: Path) -> Callable[[Checkpoint], SignedCheckpoint]:
    """What signs with a key made for this."""
    keys = Keys(folder)
    keys.new("measured@example.org", None)
    return keys.signing("measured@example.org", lambda: "")


def _places(draw: random.Random, count: int) -> list[Place]:
    return [
        Place(
            id=f"made:{number}",
            name=f"Town {number}" if number % 9 else f"قرية {number}",
            level=Level.SETTLEMENT,
            lat=round(33 + 3 * draw.random(), 4),
            lon=round(36 + 5 * draw.random(), 4),
            radius_m=1500.0,
        )
        for number in range(count)
    ]


def _review(claim: GroundedClaim, number: int) -> Review:
    decision = Decision.ACCEPT if number % 12 else Decision.REJECT
    made = _BEGUN + timedelta(minutes=number)
    return Review(subject=claim.id, decision=decision, author="reviewer", made=made, reason="read again")


def _report(
    draw: random.Random, number: int, places: list[Place]
) -> tuple[Original, bytes, Document, list[GroundedClaim]]:
    day = date(2014, 1, 1) + timedelta(days=draw.randrange(_DAYS))
    told = list(_told(draw, places))
    raw = f"Report {number}, of {day}.\n" + "\n".join(f"  {words}   " for _, words, _, _ in told) + "\nAll rights.\n"
    data = f"<html><body><pre>{raw}</pre></body></html>".encode()
    original = Original(
        sha256=hashlib.sha256(data).hexdigest(), name=f"report-{number}.html", media_type="text/html", size=len(data)
    )
    text, begins = MappedText(raw), []
    at = raw.index("\n") + 1
    text.copy(0, at)
    for _, words, _, _ in told:
        start = raw.index(words, at)
        begins.append(text.length)
        text.copy(start, start + len(words))
        text.replace(start + len(words), start + len(words) + 3, "\n\n")
        at = start + len(words)
    cleaned, offsets = text.build()
    published = When(interval=Interval.of_days(day, day), grain=Grain.DAY, basis=Basis.STATED)
    document = Document(
        original=original.sha256,
        name=original.name,
        index=0,
        raw=raw,
        text=cleaned,
        offsets=offsets,
        blocks=(Block(start=0, end=len(cleaned)),),
        title=f"Report {number}",
        outlet=_SOURCES[number % len(_SOURCES)].name,
        published=published,
    )
    source = _SOURCES[number % len(_SOURCES)]
    claims = [_grounded(document, begin, one, published, source) for begin, one in zip(begins, told, strict=True)]
    return original, data, document, claims


Told = tuple[str, str, Place, Actor]


def _told(draw: random.Random, places: list[Place]) -> Iterator[Told]:
    """Sentences: their kind, their words, where, and who."""
    for number in range(_SENTENCES):
        kind = draw.choice(list(_SAID))
        place, actor = draw.choice(places), draw.choice(_ACTORS)
        words = _SAID[kind].format(actor=actor.name, place=place.name, count=draw.randrange(2, 90))
        yield kind, words.replace(".", f" ({number}).", 1), place, actor


def _grounded(document: Document, begin: int, told: Told, published: When, source: Source) -> GroundedClaim:
    kind, words, place, actor = told
    at = begin + words.index(place.name)
    common = {
        "document": document.id,
        "start": begin,
        "end": begin + len(words),
        "quote": words,
        "place": Mention(expression=place.name, start=at, end=at + len(place.name)),
        "score": 0.9,
    }
    claim: Claim
    actors: dict[str, tuple[Actor, ...]] = {}
    if kind == "control":
        who = Mention(expression=actor.name, start=begin + 4, end=begin + 4 + len(actor.name))
        claim = ControlClaim(**common, change=Change.GAINED, degree=Degree.FULL, holder=who)  # type: ignore[arg-type]
        actors = {"holder": (actor,)}
    elif kind == "event":
        claim = EventClaim(**common, type=EventType.AIR_STRIKE)  # type: ignore[arg-type]
    else:
        count = Quantity(low=int(words.split()[2]), expression=" ".join(words.split()[:3]))
        claim = TollClaim(**common, harm=Harm.KILLED, count=count)  # type: ignore[arg-type]
    return GroundedClaim(
        claim=claim, published=published, when=published, voices=(source,), places={"place": place}, actors=actors
    )

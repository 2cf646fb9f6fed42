"""What an investigator is told of a place, or of a whole case, as values; `terminal` puts them on a screen.

Every figure carries the ids of the claims that it rests on.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from tadmor.datamodel.claims import Modality, MovementClaim, PresenceClaim
from tadmor.datamodel.documents import Document
from tadmor.datamodel.findings import Contradiction, Record, Spell, Toll
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Place
from tadmor.datamodel.sources import Source
from tadmor.dictionaries.names import fold
from tadmor.errors import UsageError

#: Modalities that are told but never counted as fact.
NOT_FACT = (Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL, Modality.ASKED)


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in its words: who says it, as of when, and its id."""

    claim: str
    words: str
    source: str
    said: str | None


class ToldSpell(msgspec.Struct, frozen=True, kw_only=True):
    """A spell of control with the best words for and against it."""

    spell: Spell
    holder: str | None
    besieger: str | None
    best_for: Quote | None
    best_against: Quote | None


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """One origin with what it says here."""

    source: Source
    claims: int
    via: tuple[str, ...]


class PlaceBrief(msgspec.Struct, frozen=True, kw_only=True):
    """All that the case knows of one place."""

    place: Place
    as_of: date | None
    claims: int
    documents: int
    spells: tuple[ToldSpell, ...]
    tolls: tuple[Toll, ...]
    contradictions: tuple[Contradiction, ...]
    forces: tuple[Quote, ...]
    movements: tuple[Quote, ...]
    not_fact: tuple[tuple[str, Quote], ...]
    undated: tuple[Quote, ...]
    voices: tuple[Voice, ...]
    first_published: date | None
    last_published: date | None


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """A case at a glance."""

    as_of: date | None
    documents: tuple[tuple[str, str | None, str], ...]  # name, title, how dated
    kinds: dict[str, int]
    places: tuple[tuple[str, str, int], ...]  # id, name, claims
    spells: int
    incidents: int
    tolls: int
    contradictions: int
    sources: int


def find_place(name: str, claims: Sequence[GroundedClaim]) -> Place:
    """The place of a case that a name means: by id or name, that with most claims.

    Raises:
        UsageError: the case tells of no place of that name; the message names the closest.
    """
    counts: Counter[str] = Counter()
    places: dict[str, Place] = {}
    for claim in claims:
        for place in claim.places.values():
            places[place.id] = place
            counts[place.id] += 1 + 5 * (claim.kind == "control")
    key = fold(name)
    exact = [place for place in places.values() if name == place.id or key in map(fold, (place.name, *place.aliases))]
    if exact:
        return max(exact, key=lambda place: (counts[place.id], place.id))
    from rapidfuzz import process  # noqa: PLC0415 - only where a name is misspelt

    close = process.extract(name, sorted({place.name for place in places.values()}), limit=3, score_cutoff=70)
    hint = f"; did you mean {', '.join(found[0] for found in close)}?" if close else ""
    message = f"the case tells of no place {name!r}{hint}"
    raise UsageError(message)


def brief_of(place: Place, record: Record, claims: Sequence[GroundedClaim]) -> PlaceBrief:
    """The brief of one place."""
    by_id = {claim.id: claim for claim in claims}
    here = [
        claim for claim in claims if _is_here(claim, place) and (record.as_of is None or claim.known_by(record.as_of))
    ]
    days = [claim.published.earliest for claim in here if claim.published is not None]
    return PlaceBrief(
        place=place,
        as_of=record.as_of,
        claims=len(here),
        documents=len({claim.claim.document for claim in here}),
        spells=tuple(_told(spell, by_id) for spell in record.spells if spell.place == place.id),
        tolls=tuple(sorted((toll for toll in record.tolls if toll.place == place.id), key=_by_time)),
        contradictions=tuple(found for found in record.contradictions if found.place == place.id),
        forces=tuple(_quote(claim) for claim in here if isinstance(claim.claim, PresenceClaim) and _is_fact(claim)),
        movements=tuple(_quote(claim) for claim in here if isinstance(claim.claim, MovementClaim) and _is_fact(claim)),
        not_fact=tuple((claim.claim.modality.value, _quote(claim)) for claim in here if not _is_fact(claim)),
        undated=tuple(_quote(claim) for claim in here if claim.when is None and _is_fact(claim)),
        voices=_voices(here),
        first_published=min(days, default=None),
        last_published=max(days, default=None),
    )


def overview_of(record: Record, claims: Sequence[GroundedClaim], documents: Sequence[Document]) -> Overview:
    """The case at a glance."""
    counts = Counter(claim.place.id for claim in claims if claim.place is not None)
    names = {claim.place.id: claim.place.name for claim in claims if claim.place is not None}
    return Overview(
        as_of=record.as_of,
        documents=tuple(
            (one.name, one.title, dated(one)) for one in sorted(documents, key=lambda one: (one.name, one.index))
        ),
        kinds=dict(sorted(Counter(claim.kind for claim in claims).items())),
        places=tuple(
            (key, names[key], count) for key, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
        ),
        spells=len(record.spells),
        incidents=len(record.incidents),
        tolls=len(record.tolls),
        contradictions=len(record.contradictions),
        sources=len({claim.origin.id for claim in claims}),
    )


def dated(document: Document) -> str:
    """How a document is dated, in words."""
    when = document.published
    if when is None:
        return "no date can be told"
    span = when.earliest.isoformat() if when.earliest == when.latest else f"{when.earliest} to {when.latest}"
    return f"{span} ({when.basis.value}: {'; '.join(when.reasons)})" if when.reasons else f"{span} ({when.basis.value})"


def _is_here(claim: GroundedClaim, place: Place) -> bool:
    return any(place.id in (found.id, found.relative_to) for found in claim.places.values())


def _is_fact(claim: GroundedClaim) -> bool:
    return claim.claim.modality not in NOT_FACT


def _by_time(toll: Toll) -> tuple[date, str]:
    return (toll.when.start if toll.when else date.min, toll.incident)


def _quote(claim: GroundedClaim) -> Quote:
    said = claim.published.latest.isoformat() if claim.published else None
    return Quote(claim=claim.id, words=" ".join(claim.claim.quote.split()), source=speaker(claim), said=said)


def speaker(claim: GroundedClaim) -> str:
    """Who says it, through whom: "a military source, through Al-Masdar News"."""
    names = list(dict.fromkeys(source.name for source in reversed(claim.voices)))
    return names[0] if len(names) == 1 else f"{names[0]}, through {', '.join(names[1:])}"


def _told(spell: Spell, by_id: dict[str, GroundedClaim]) -> ToldSpell:
    weights = {identity: weight.value for weight in spell.weights for identity in weight.claims}

    def best(identities: tuple[str, ...]) -> Quote | None:
        known = [identity for identity in identities if identity in by_id]
        known = [identity for identity in known if _says(by_id[identity], spell.holder or spell.besieger)] or known
        return _quote(by_id[max(known, key=lambda one: (abs(weights.get(one, 0.0)), one))]) if known else None

    return ToldSpell(
        spell=spell,
        holder=actor_name(spell.holder, by_id),
        besieger=actor_name(spell.besieger, by_id),
        best_for=best(spell.supports),
        best_against=best(spell.opposes),
    )


def _says(claim: GroundedClaim, camp: str | None) -> bool:
    """Does the claim itself name the camp as holder?"""
    return any(camp in (actor.id, actor.side, *actor.parents) for actor in claim.actors.get("holder", ()))


def actor_name(identity: str | None, by_id: dict[str, GroundedClaim]) -> str | None:
    """An actor's name by id, from the tables or from the claims."""
    if identity is None:
        return None
    from tadmor.dictionaries.actors import load_actors  # noqa: PLC0415 - tables are read only where names are shown

    found = load_actors().get(identity)
    if found is not None:
        return found.name
    named = (actor for claim in by_id.values() for actors in claim.actors.values() for actor in actors)
    return next((actor.name for actor in named if actor.id == identity), identity)


def _voices(claims: Sequence[GroundedClaim]) -> tuple[Voice, ...]:
    counts = Counter(claim.origin.id for claim in claims)
    sources = {claim.origin.id: claim.origin for claim in claims}
    via: dict[str, set[str]] = {}
    for claim in claims:
        if len(claim.voices) > 1:
            via.setdefault(claim.origin.id, set()).add(claim.publisher.name)
    ordered = sorted(counts, key=lambda identity: (-counts[identity], identity))
    return tuple(
        Voice(source=sources[identity], claims=counts[identity], via=tuple(sorted(via.get(identity, ()))))
        for identity in ordered
    )

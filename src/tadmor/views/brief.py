"""What an investigator is told of a place, as values; `brief_screen` puts them on a screen.

Every figure carries the ids of the claims that it rests on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from tadmor.datamodel.claims import Harm, Modality, Polarity
from tadmor.datamodel.findings import Figure, Incident, Record, Spell, State, Toll, Verdict
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.names import fold
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.record import MISREAD
from tadmor.record.camps import camps_in
from tadmor.views.disagreeing import Disagreement, disagreement, words_of
from tadmor.views.exports import Names
from tadmor.views.quoting import Quote, best, quote
from tadmor.views.speaking import Speaking, speaking
from tadmor.views.words import gist, state

#: Modalities that are told but never counted as fact.
NOT_FACT = (Modality.PLANNED, Modality.PREDICTED, Modality.HYPOTHETICAL, Modality.ASKED)


class ToldSpell(msgspec.Struct, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """A spell of control with the best words for and against it; days are inclusive, `last` is `None` while it lasts.

    `first` is `None` where nobody tells since when: the state is inferred from the change that ended it.
    `change` holds the first and last day between which it began, where that is not known to the day.
    """

    first: date | None
    last: date | None
    state: State
    words: str
    holder: str | None
    confidence: float
    verdict: Verdict
    independent_sources: int
    change: tuple[date, date] | None
    supports: tuple[str, ...]
    opposes: tuple[str, ...]
    best_for: Quote | None
    best_against: Quote | None


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """A place within the place, and its state now."""

    place: str
    name: str
    words: str
    since: date | None
    confidence: float
    verdict: Verdict
    claims: tuple[str, ...]


class ToldFigure(msgspec.Struct, frozen=True, kw_only=True):
    """What one voice counts: whose side it is on, whether the figure serves that side, and the claims that say so."""

    voice: str
    sides: tuple[str, ...]
    interest: int
    low: int | None
    best: int | None
    high: int | None
    claims: tuple[str, ...]


class ToldToll(msgspec.Struct, frozen=True, kw_only=True):
    """A toll with names for ids; four times in five another voice would count within `interval`."""

    where: str
    earliest: date | None
    latest: date | None
    harm: Harm
    group: str
    low: int | None
    best: int | None
    high: int | None
    interval: tuple[int, int] | None
    figures: tuple[ToldFigure, ...]
    independent_sources: int
    reasons: tuple[str, ...]
    claims: tuple[str, ...]
    quote: Quote | None


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """An incident with names for ids."""

    where: str
    earliest: date | None
    latest: date | None
    what: str
    independent_sources: int
    claims: tuple[str, ...]
    quote: Quote | None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in short, beside its words."""

    earliest: date | None
    latest: date | None
    kind: str
    modality: Modality
    polarity: Polarity
    gist: str
    where: str
    quote: Quote


class PlaceBrief(msgspec.Struct, frozen=True, kw_only=True):
    """All that the case knows of one place."""

    place: Place
    as_of: date | None
    claims: int
    documents: int
    spells: tuple[ToldSpell, ...]
    inside: tuple[Inside, ...]
    incidents: tuple[Happening, ...]
    tolls: tuple[ToldToll, ...]
    contradictions: tuple[Disagreement, ...]
    presences: tuple[Told, ...]
    movements: tuple[Told, ...]
    not_fact: tuple[Told, ...]
    denied: tuple[Told, ...]
    undated: tuple[Told, ...]
    doubtful: tuple[Told, ...]  # read too unsurely to be counted
    unsure_of: tuple[str, ...]
    voices: tuple[Speaking, ...]
    first_published: date | None
    last_published: date | None
    undated_documents: int


def find_place(name: str, claims: Sequence[GroundedClaim], ledger: Ledger) -> Place:
    """The place of a case that a name means: by id or name, the one with most claims.

    Raises:
        UsageError: the case tells of no place of that name; the message names the closest.
    """
    counts: Counter[str] = Counter()
    places: dict[str, Place] = {}
    for claim in claims:
        for place in claim.places.values():
            places[place.id] = place
            # Control is what a brief is about: of two places of one name, the one that is fought over.
            counts[place.id] += 1 + 5 * (claim.kind == "control")
    key = fold(name)
    exact = [place for place in places.values() if name == place.id or key in map(fold, (place.name, *place.aliases))]
    exact = exact or _by_gazetteer(name, places, ledger)
    if exact:
        return max(exact, key=lambda place: (counts[place.id], place.id))
    from rapidfuzz import process  # noqa: PLC0415 - only where a name is misspelt

    close = process.extract(name, sorted({place.name for place in places.values()}), limit=3, score_cutoff=70)
    hint = f"did you mean {', '.join(found[0] for found in close)}?" if close else "see `tadmor brief` for those it has"
    message = f"the case tells of no place {name!r}; {hint}"
    raise UsageError(message)


def _by_gazetteer(name: str, places: Mapping[str, Place], ledger: Ledger) -> list[Place]:
    """The places of a case that the gazetteer has under a name: any of its spellings serves."""
    from tadmor.dictionaries.gazetteer import open_gazetteer  # noqa: PLC0415 - only for a name that no claim prints
    from tadmor.pipeline import places_of  # noqa: PLC0415

    return [places[found.id] for found in open_gazetteer(case=places_of(ledger)).lookup(name) if found.id in places]


def brief_of(place: Place, record: Record, claims: Iterable[GroundedClaim]) -> PlaceBrief:
    """The brief of one place: itself, what is told from it ("west of"), and what lies inside it."""
    known = [claim for claim in claims if record.as_of is None or claim.known_by(record.as_of)]
    names = Names(known)
    ground = ground_of(place, names)
    here = [claim for claim in known if any(one.id in ground for one in claim.places.values())]
    facts = [claim for claim in here if _is_fact(claim) and claim.claim.score >= MISREAD]
    days = [claim.published.earliest for claim in here if claim.published is not None]
    return PlaceBrief(
        place=place,
        as_of=record.as_of,
        claims=len(here),
        documents=len({claim.claim.document for claim in here}),
        spells=tuple(told_spell(spell, names) for spell in record.spells if spell.place == place.id),
        inside=tuple(_inside(spell, names) for spell in _now(record, ground - {place.id})),
        incidents=tuple(happening(one, names) for one in record.incidents if one.place in ground and one.type),
        tolls=tuple(told_toll(toll, names) for toll in record.tolls if toll.place in ground),
        contradictions=tuple(disagreement(one, names) for one in record.contradictions if one.place in ground),
        presences=_told(claim for claim in facts if claim.kind == "presence"),
        movements=_told(claim for claim in facts if claim.kind == "movement"),
        not_fact=_told(claim for claim in here if claim.claim.modality in NOT_FACT),
        denied=_told(claim for claim in here if claim.claim.polarity is Polarity.DENIED),
        undated=_told(claim for claim in facts if claim.when is None),
        doubtful=_told(claim for claim in here if _is_fact(claim) and claim.claim.score < MISREAD),
        unsure_of=_unsure(here),
        voices=speaking(here),
        first_published=min(days, default=None),
        last_published=max(days, default=None),
        undated_documents=len({claim.claim.document for claim in here if claim.published is None}),
    )


def ground_of(place: Place, names: Names) -> set[str]:
    """The ids of all places that a place's brief tells of."""
    return {one.id for one in names.places.values() if _belongs(one, place)}


def _belongs(one: Place, place: Place) -> bool:
    """The place itself, one told from it, or one inside it; a country's brief leaves its towns to their own."""
    within = place.id in one.parents and place.level is not Level.COUNTRY
    return place.id in (one.id, one.relative_to) or within


def _is_fact(claim: GroundedClaim) -> bool:
    return claim.claim.modality not in NOT_FACT and claim.claim.polarity is Polarity.AFFIRMED


def _now(record: Record, ground: set[str]) -> list[Spell]:
    """The spells that last, of some places, those of which nothing is known left out."""
    lasting = [
        spell
        for spell in record.spells
        if spell.end is None and spell.place in ground and spell.state is not State.UNKNOWN
    ]
    return sorted(lasting, key=lambda spell: (-spell.independent_sources, spell.place))


def _inside(spell: Spell, names: Names) -> Inside:
    told = told_spell(spell, names)
    return Inside(
        place=spell.place,
        name=names.place_name(spell.place),
        words=told.words,
        since=spell.start,
        confidence=told.confidence,
        verdict=told.verdict,
        claims=told.supports,
    )


def _directly(spell: Spell, names: Names) -> Sequence[str]:
    """The claims for a spell that name its holder as who holds or takes the place, if there are any.

    That another took it from him speaks for him too, but is no good word for it.
    """
    direct = [
        identity
        for identity in spell.supports
        if identity in names.claims and spell.holder in camps_in(names.claims[identity], "holder")
    ]
    return direct or spell.supports


def told_spell(spell: Spell, names: Names) -> ToldSpell:
    """A spell with names and words."""
    holder, besieger = names.actor_name(spell.holder), names.actor_name(spell.besieger)
    return ToldSpell(
        first=spell.start,
        last=spell.end,
        state=spell.state,
        words=state(spell.state, holder, besieger),
        holder=holder,
        confidence=round(spell.confidence, 3),
        verdict=spell.verdict,
        independent_sources=spell.independent_sources,
        change=(spell.change.start, spell.change.last) if spell.change is not None else None,
        supports=spell.supports,
        opposes=spell.opposes,
        best_for=best(_directly(spell, names), spell.weights, names.claims, against=False),
        best_against=best(spell.opposes, spell.weights, names.claims, against=True),
    )


def told_toll(toll: Toll, names: Names) -> ToldToll:
    """A toll with names."""
    return ToldToll(
        where=names.place_name(toll.place),
        earliest=toll.when.start if toll.when is not None else None,
        latest=toll.when.last if toll.when is not None else None,
        harm=toll.harm,
        group=names.actor_name(toll.group) or toll.status.value,
        low=toll.low,
        best=toll.best,
        high=toll.high,
        interval=toll.interval,
        figures=tuple(_told_figure(one, names) for one in toll.figures),
        independent_sources=toll.independent_sources,
        reasons=toll.reasons,
        claims=toll.claims,
        quote=words_of(toll.claims, names),
    )


def _told_figure(one: Figure, names: Names) -> ToldFigure:
    return ToldFigure(
        voice=one.voice,
        sides=tuple(filter(None, map(names.actor_name, one.sides))),
        interest=one.interest,
        low=one.low,
        best=one.best,
        high=one.high,
        claims=one.claims,
    )


def happening(one: Incident, names: Names) -> Happening:
    """An incident with names."""
    actors = " and ".join(filter(None, map(names.actor_name, one.actors[:2])))
    hit = [target for target in one.targets if target not in one.actors]  # the dead of both sides of a clash are no aim
    targets = ", ".join(filter(None, map(names.actor_name, hit[:2])))
    what = one.type.value.replace("_", " ") if one.type is not None else "harm"
    return Happening(
        where=names.place_name(one.place),
        earliest=one.when.start if one.when is not None else None,
        latest=one.when.last if one.when is not None else None,
        what=f"{what}{f' by {actors}' if actors else ''}{f' on {targets}' if targets else ''}",
        independent_sources=one.independent_sources,
        claims=one.claims,
        quote=words_of(one.claims, names),
    )


def _told(claims: Iterable[GroundedClaim]) -> tuple[Told, ...]:
    """Claims in short, by the day that they are about."""
    return tuple(sorted(map(_in_short, claims), key=lambda told: (told.earliest or date.max, told.quote.claim)))


def _in_short(claim: GroundedClaim) -> Told:
    return Told(
        earliest=claim.when.earliest if claim.when is not None else None,
        latest=claim.when.latest if claim.when is not None else None,
        kind=claim.kind,
        modality=claim.claim.modality,
        polarity=claim.claim.polarity,
        gist=gist(claim),
        where=claim.place.name if claim.place is not None else "-",
        quote=quote(claim),
    )


def _unsure(claims: Iterable[GroundedClaim]) -> tuple[str, ...]:
    """Names that could be several places, each with what it could be."""
    found: dict[str, str] = {}
    for claim in claims:
        for link in claim.links:
            if link.chosen is None and len(link.candidates) > 1:
                could = " or ".join(f"{one.name} ({one.id})" for one in link.candidates[:3])
                found.setdefault(link.expression, f"which place '{link.expression}' is: {could} [{claim.id[:8]}]")
    return tuple(found[name] for name in sorted(found))

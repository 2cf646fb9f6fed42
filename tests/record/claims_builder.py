"""Short ways to write grounded claims in tests."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import (
    Change,
    ControlClaim,
    Degree,
    EventClaim,
    EventType,
    Harm,
    Mention,
    Modality,
    MovementClaim,
    Polarity,
    PresenceClaim,
    Status,
    TollClaim,
)
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import Source, SourceKind, Voice
from tadmor.datamodel.times import Basis, Extent, Grain, Interval, When

_numbers = count()

ACTORS = {
    "islamic_state": Actor(id="islamic_state", name="Islamic State", kind=ActorKind.ARMED_GROUP),
    "syrian_government": Actor(id="syrian_government", name="Syrian government", kind=ActorKind.STATE),
    "syrian_army": Actor(
        id="syrian_army",
        name="Syrian army",
        kind=ActorKind.STATE_FORCE,
        parents=("syrian_government",),
        side="syrian_government",
    ),
    "sdf": Actor(id="sdf", name="Syrian Democratic Forces", kind=ActorKind.ARMED_GROUP),
    "iraq": Actor(id="iraq", name="Iraq", kind=ActorKind.STATE),
    "russia": Actor(id="russia", name="Russia", kind=ActorKind.STATE),
    "militants": Actor(id="militants", name="militants", kind=ActorKind.GENERIC),
    "soldiers": Actor(
        id="syrian_army",
        name="Syrian soldiers",
        kind=ActorKind.STATE_FORCE,
        parents=("syrian_government",),
        side="syrian_government",
    ),
    "civilians": Actor(id="civilians", name="civilians", kind=ActorKind.CIVILIANS),
}

PALMYRA = Place(
    id="gn:163960",
    name="Palmyra",
    level=Level.SETTLEMENT,
    lat=34.55,
    lon=38.27,
    country="SY",
    parents=("adm1:SY.11", "country:SY"),
)
CITADEL = Place(
    id="site:palmyra-citadel",
    name="Palmyra citadel",
    level=Level.SITE,
    lat=34.56,
    lon=38.26,
    country="SY",
    parents=("gn:163960", "adm1:SY.11", "country:SY"),
)
MANBIJ = Place(id="gn:167357", name="Manbij", level=Level.SETTLEMENT, country="SY", parents=("country:SY",))
HOMS = Place(id="adm1:SY.11", name="Homs", level=Level.PROVINCE, country="SY", parents=("country:SY",))
SYRIA = Place(id="country:SY", name="Syria", level=Level.COUNTRY, country="SY")
COUNTRYSIDE = Place(
    id="rel:west-of-palmyra",
    name="western countryside of Palmyra",
    level=Level.DISTRICT,
    lat=34.5,
    lon=38.0,
    country="SY",
    parents=("adm1:SY.11", "country:SY"),
    relative_to="gn:163960",
)

#: Priors of the tests' own: the record must not hang on the figures of a table.
PRIORS = {
    SourceKind.AGENCY: 0.85,
    SourceKind.OUTLET: 0.8,
    SourceKind.MONITOR: 0.85,
    SourceKind.ORGANISATION: 0.85,
    SourceKind.PARTY: 0.65,
    SourceKind.PERSON: 0.65,
    SourceKind.UNNAMED: 0.6,
    SourceKind.UNKNOWN: 0.65,
}


def prior(kind: SourceKind) -> float:
    return PRIORS[kind]


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(first: str, last: str | None = None) -> Interval:
    return Interval.of_days(day(first), day(last or first))


def when(first: str, last: str | None = None, basis: Basis = Basis.STATED, extent: Extent = Extent.WITHIN) -> When:
    interval = days(first, last)
    grain = Grain.DAY if interval.days == 1 else Grain.SPAN
    return When(interval=interval, grain=grain, basis=basis, extent=extent)


def outlet(name: str, **fields: Any) -> Source:
    return Source(id=name.lower().replace(" ", "_"), name=name, **{"kind": SourceKind.OUTLET, **fields})


def unnamed(name: str) -> Source:
    return Source(id="unnamed:" + name, name=name, kind=SourceKind.UNNAMED)


def actors(*ids: str | Actor) -> tuple[Actor, ...]:
    return tuple(ACTORS[one] if isinstance(one, str) else one for one in ids)


def _mention(words: str) -> Mention:
    return Mention(expression=words, start=0, end=len(words))


def _common(
    source: Source | tuple[Source, ...],
    told: When | None,
    *,
    place: Place | None = PALMYRA,
    published: str | When | None = None,
    modality: Modality = Modality.ASSERTED,
    polarity: Polarity = Polarity.AFFIRMED,
    quote: str | None = None,
    document: str | None = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that claims of every kind have: as said, and as understood."""
    number = next(_numbers)
    chain = source if isinstance(source, tuple) else (source,)
    if isinstance(published, str):
        published = when(published)
    if published is None and told is not None:
        published = When(
            interval=Interval(told.latest, told.latest + timedelta(days=1)), grain=Grain.DAY, basis=Basis.STATED
        )
    said = {
        "document": document or f"doc{number}",
        "start": number * 1000,
        "end": number * 1000 + 10,
        "quote": quote or f"quote {number}",
        "place": _mention(place.name) if place else None,
        "attribution": tuple(Voice(name=one.name) for one in chain[1:]),
        "modality": modality,
        "polarity": polarity,
    }
    understood = {
        "published": published,
        "when": told,
        "voices": chain,
        "places": {"place": place} if place else {},
    }
    return said, understood


def control(
    source: Source | tuple[Source, ...],
    holder: str | Actor | None,
    told: When | None,
    *,
    loser: str | Actor | None = None,
    change: Change = Change.GAINED,
    degree: Degree = Degree.FULL,
    score: float = 1.0,
    **common: Any,
) -> GroundedClaim:
    said, understood = _common(source, told, **common)
    roles = {role: actors(one) for role, one in (("holder", holder), ("loser", loser)) if one is not None}
    return GroundedClaim(
        claim=ControlClaim(
            **said,
            change=change,
            degree=degree,
            score=score,
            holder=_mention(roles["holder"][0].name) if "holder" in roles else None,
            loser=_mention(roles["loser"][0].name) if "loser" in roles else None,
        ),
        **understood,
        actors=roles,
    )


def event(
    source: Source | tuple[Source, ...],
    type: EventType,  # noqa: A002
    told: When | None,
    *,
    by: tuple[str | Actor, ...] = (),
    on: tuple[str | Actor, ...] = (),
    count: Quantity | None = None,
    **common: Any,
) -> GroundedClaim:
    said, understood = _common(source, told, **common)
    roles = {role: actors(*ids) for role, ids in (("actors", by), ("targets", on)) if ids}
    return GroundedClaim(
        claim=EventClaim(
            **said,
            type=type,
            count=count,
            actors=tuple(_mention(one.name) for one in roles.get("actors", ())),
            targets=tuple(_mention(one.name) for one in roles.get("targets", ())),
        ),
        **understood,
        actors=roles,
    )


def toll(
    source: Source | tuple[Source, ...],
    count: Quantity | None,
    told: When | None,
    *,
    harm: Harm = Harm.KILLED,
    group: str | Actor | None = None,
    status: Status = Status.UNSTATED,
    by: str | Actor | None = None,
    **common: Any,
) -> GroundedClaim:
    said, understood = _common(source, told, **common)
    roles = {role: actors(one) for role, one in (("group", group), ("by", by)) if one is not None}
    return GroundedClaim(
        claim=TollClaim(
            **said,
            harm=harm,
            status=status,
            count=count,
            group=_mention(roles["group"][0].name) if "group" in roles else None,
            by=_mention(roles["by"][0].name) if "by" in roles else None,
        ),
        **understood,
        actors=roles,
    )


def presence(
    source: Source | tuple[Source, ...],
    actor: str | Actor | None,
    told: When | None,
    *,
    count: Quantity | None = None,
    **common: Any,
) -> GroundedClaim:
    said, understood = _common(source, told, **common)
    roles = {"actor": actors(actor)} if actor is not None else {}
    who = _mention(roles["actor"][0].name) if roles else None
    return GroundedClaim(claim=PresenceClaim(**said, actor=who, what=who, count=count), **understood, actors=roles)


def movement(
    source: Source | tuple[Source, ...],
    actor: str | Actor | None,
    told: When | None,
    *,
    what: str | None = None,
    origin: Place | None = None,
    destination: Place | None = None,
    count: Quantity | None = None,
    **common: Any,
) -> GroundedClaim:
    said, understood = _common(source, told, **common)
    roles = {"actor": actors(actor)} if actor is not None else {}
    ways = {role: one for role, one in (("origin", origin), ("destination", destination)) if one is not None}
    understood["places"] = {**understood["places"], **ways}
    words = what or (roles["actor"][0].name if roles else None)
    return GroundedClaim(
        claim=MovementClaim(
            **said,
            count=count,
            actor=_mention(roles["actor"][0].name) if roles else None,
            what=_mention(words) if words else None,
            **{role: _mention(one.name) for role, one in ways.items()},
        ),
        **understood,
        actors=roles,
    )


def exactly(number: int) -> Quantity:
    return Quantity(low=number, best=number, high=number, expression=str(number))


def at_least(number: int) -> Quantity:
    return Quantity(low=number, best=number, expression=f"at least {number}")

"""Entries of findings, each with the claims that it rests on."""

from collections.abc import Iterator, Sequence
from datetime import date

from tadmor.datamodel.claims import Harm, Status
from tadmor.datamodel.findings import Contradiction, Incident, Spell, Toll
from tadmor.datamodel.times import Interval
from tadmor.ledger.atlas import FindingEntry, FindingKind, RestsEntry
from tadmor.views.brief import happening, told_spell, told_toll
from tadmor.views.disagreeing import disagreement, in_words
from tadmor.views.exports import Names, Row, point
from tadmor.views.findings_rows import contradiction_row, incident_row, spell_id, spell_row, toll_row
from tadmor.views.laying.encoding import encoded
from tadmor.views.laying.known import Known
from tadmor.views.why import weighs
from tadmor.views.words import number, persons, spell_days

#: Fields of a spell that tell why, not what.
_NOT_ON_A_MAP = frozenset({"voices", "best_for", "best_against", "reasons", "supports", "opposes"})

#: Sorts of people, where no group is named.
_SORTS = frozenset({Status.CIVILIAN.value, Status.COMBATANT.value})

Laid = tuple[FindingEntry, Sequence[RestsEntry]]


def finding_entries(known: Known) -> Iterator[Laid]:
    """Spells by place and day; then incidents, tolls and contradictions, the heaviest first."""
    record, names = known.record, known.names
    as_of = record.as_of.isoformat() if record.as_of is not None else None
    yield from (_spell(one, names, as_of) for one in sorted(record.spells, key=_spell_order))
    events = [one for one in record.incidents if one.type is not None]
    yield from (_incident(one, names) for one in sorted(events, key=lambda one: (-one.independent_sources, one.id)))
    yield from (_toll(one, names) for one in sorted(record.tolls, key=lambda one: (-one.independent_sources, one.id)))
    yield from (_contradiction(one, names) for one in record.contradictions)


def _spell_order(spell: Spell) -> tuple[str, date]:
    return spell.place, spell.start or date.min


def _spell(spell: Spell, names: Names, as_of: str | None) -> Laid:
    told = told_spell(spell, names)
    identity = spell_id(spell)
    row = spell_row(spell, names, as_of) | {
        "id": identity,
        "words": told.words,
        "days": spell_days(spell.start, spell.end),
        "best_for": told.best_for,
        "best_against": told.best_against,
        "reasons": list(spell.reasons),
    }
    row["voices"] = [voice | {"weighs": weighs(voice["weight"])} for voice in row["voices"]]
    entry = FindingEntry(
        kind=FindingKind.SPELL,
        id=identity,
        place=spell.place,
        first=_iso(spell.start),
        last=_iso(spell.end),
        type=spell.state.value,
        actors=tuple(filter(None, (spell.holder, spell.besieger))),
        weight=spell.confidence,
        value=encoded(row),
        feature=encoded(_feature(row)),
    )
    ways = dict.fromkeys(spell.opposes, -1) | dict.fromkeys(spell.supports, 1)
    return entry, [RestsEntry(claim=claim, kind=entry.kind, id=identity, way=way) for claim, way in ways.items()]


def _feature(row: Row) -> Row:
    """A spell as GeoJSON (RFC 7946), without its voices: what a map tells of a day."""
    kept = {key: value for key, value in row.items() if key not in _NOT_ON_A_MAP}
    return {"type": "Feature", "id": row["id"], "geometry": point(row["place"]), "properties": kept}


def _incident(one: Incident, names: Names) -> Laid:
    told = happening(one, names)
    row = incident_row(one, names) | {"words": told.what, "quote": told.quote}
    return _laid(
        FindingKind.INCIDENT, one.id, one.place, one.when, one.type or "", (*one.actors, *one.targets), row, one.claims
    )


def _toll(one: Toll, names: Names) -> Laid:
    told = told_toll(one, names)
    row = toll_row(one, names) | {"words": _counted(one, told.group), "quote": told.quote}
    actors = (one.group,) if one.group is not None else ()
    return _laid(FindingKind.TOLL, one.id, one.place, one.when, one.harm, actors, row, one.claims)


def _counted(one: Toll, group: str) -> str:
    """A toll in words: "217 killed (20 to 400): civilians"; where a bound is open, "at least 200" or "at most 400"."""
    harm = Harm(one.harm).value
    several = "s" if group in _SORTS and one.best != 1 else ""
    whom = f": {group}{several}" if group != Status.UNSTATED.value else ""
    if one.low == one.high and one.low is not None:
        return f"{number(one.best)} {harm}{whom}"
    known = one.low is not None, one.high is not None
    bounds = {
        (True, True): f" ({number(one.low)} to {number(one.high)})",
        (True, False): f" (at least {number(one.low)})",
        (False, True): f" (at most {number(one.high)})",
        (False, False): "",
    }[known]
    return f"{persons(one.best)} {harm}{bounds}{whom}"


def _contradiction(one: Contradiction, names: Names) -> Laid:
    told = disagreement(one, names)
    row = contradiction_row(one, names) | {"hangs": in_words(one.rests)}
    for side, account in zip(row["sides"], told.accounts, strict=True):
        side["quote"] = account.quote
    claims = tuple(claim for side in one.sides for claim in side.claims)
    return _laid(FindingKind.CONTRADICTION, one.id, one.place, one.when, one.nature.value, (), row, claims)


def _laid(  # noqa: PLR0913, PLR0917 - the columns of one table
    kind: FindingKind,
    identity: str,
    place: str | None,
    when: Interval | None,
    sort: str,
    actors: tuple[str, ...],
    row: Row,
    claims: Sequence[str],
) -> Laid:
    entry = FindingEntry(
        kind=kind,
        id=identity,
        place=place,
        first=when.start.isoformat() if when is not None else None,
        last=when.last.isoformat() if when is not None else None,
        type=str(sort),
        actors=actors,
        weight=float(row.get("independent_sources") or len(claims)),
        value=encoded(row),
    )
    return entry, [RestsEntry(claim=claim, kind=kind, id=identity, way=1) for claim in claims]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None

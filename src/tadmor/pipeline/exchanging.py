"""Ledger -> entries: what a case tells, ready for the formats of others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from tadmor.datamodel.claims import (
    ControlClaim,
    EventClaim,
    Modality,
    MovementClaim,
    Polarity,
    PresenceClaim,
    TollClaim,
    by_hand,
    from_table,
    mentions,
)
from tadmor.datamodel.documents import Document
from tadmor.datamodel.entries import Account, Entry, Ground, Harmed, Party, TableRow
from tadmor.datamodel.findings import Incident, Record, Spell, Toll
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Decision, standing
from tadmor.datamodel.keys import digest
from tadmor.datamodel.places import Division, Place
from tadmor.datamodel.uncollected import uncollected
from tadmor.dictionaries.gazetteer import Gazetteer, open_gazetteer
from tadmor.dictionaries.gazetteer.layouts import PlaceRow, read_rows
from tadmor.ledger import ClaimFilter, Ledger
from tadmor.pipeline.concluding import record
from tadmor.pipeline.importing import places_of
from tadmor.pipeline.kept_tables import RowTold, rows_told
from tadmor.pipeline.parties import (
    as_party,
    concluded_when,
    harmed_in,
    parties_in,
    party_in,
    spell_when,
    what_in,
)

_OCHA, _PCODE = "ocha", "pcode:"


class Of(StrEnum):
    """What goes out: the findings of the record, or each claim (each row of a table) by itself."""

    RECORD = "record"
    CLAIMS = "claims"


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of a case, and how much of the record is none and stays behind, by kind."""

    entries: tuple[Entry, ...]
    behind: dict[str, int] = {}


def outgoing(ledger: Ledger, *, of: Of = Of.RECORD, as_of: date | None = None) -> Outgoing:
    """The entries of a case.

    An incident whose claims all stand in one row of a table is told as that row has it; others by what all sources say.

    Args:
        ledger: the case.
        of: findings or claims.
        as_of: use only what had been said by the end of this day.
    """
    found, claims = record(ledger, as_of=as_of) if of is Of.RECORD else (None, tuple(_claims(ledger, as_of)))
    known = {claim.id: claim for claim in claims if as_of is None or claim.known_by(as_of)}
    with uncollected():
        desk = _Desk(ledger, known)
        entries = desk.of_record(found) if found is not None else desk.of_claims()
        told = tuple(entries)
    return Outgoing(entries=told, behind=_behind(found) if found is not None else {})


def _claims(ledger: Ledger, as_of: date | None) -> Iterator[GroundedClaim]:
    yield from ledger.claims(ClaimFilter(as_of=as_of))


def _behind(found: Record) -> dict[str, int]:
    return {
        kind: count
        for kind, count in (("contradictions", len(found.contradictions)), ("sources' standings", len(found.standings)))
        if count
    }


def divisions(ledger: Ledger) -> Iterator[Division]:
    """The divisions and places of OCHA's files that were imported into the case, with their p-codes."""
    for file in ledger.places.kept():
        if file.layout != _OCHA:
            continue
        for row in read_rows(ledger.places.held(file).read_bytes(), file.layout):
            if isinstance(row, PlaceRow):
                above = tuple(one.id.removeprefix(_PCODE) for one in row.within if one.id is not None)
                yield Division(
                    code=row.id.removeprefix(_PCODE),
                    depth=len(row.within) + 1,
                    names=(row.name, *row.names),
                    above=above,
                )


class _Desk:
    """Where entries are made: the claims of a case, the rows they stand in, the words they rest on."""

    def __init__(self, ledger: Ledger, claims: Mapping[str, GroundedClaim]) -> None:
        places = places_of(ledger)
        self._gazetteer: Gazetteer = open_gazetteer(case=places) if places is not None else open_gazetteer()
        self._claims = claims
        self._rows: dict[str, RowTold] = {claim.id: row for row in rows_told(ledger) for claim in row.claims}
        decided = standing(ledger.reviews())
        self._doubted = {one for one, review in decided.items() if review.decision is not Decision.ACCEPT}
        self._accounts = dict(_accounts(ledger, claims.values()))
        self._actors = {
            actor.id: actor for claim in claims.values() for actors in claim.actors.values() for actor in actors
        }
        self._places = {place.id: place for claim in claims.values() for place in claim.places.values()}
        self._within: dict[str, tuple[tuple[str, str], ...]] = {}

    def of_claims(self) -> Iterator[Entry]:
        """Each row of a table, and each claim of a text, in the order read."""
        done: set[str] = set()
        for claim in self._claims.values():
            if claim.id in done:
                continue
            row = self._rows.get(claim.id)
            if row is None:
                yield self._single(claim)
            else:
                done |= {one.id for one in row.claims}
                yield self._row(row)

    def of_record(self, found: Record) -> Iterator[Entry]:
        """Incidents with their tolls, spells of control, and what is no finding: forces seen and moving."""
        tolls: dict[str, list[Toll]] = {}
        for toll in found.tolls:
            tolls.setdefault(toll.incident, []).append(toll)
        for incident in found.incidents:
            row = self._lone_row(incident)
            yield self._row(row) if row is not None else self._incident(incident, tolls.get(incident.id, ()))
        for spell in found.spells:
            yield self._spell(spell)
        for claim in self._claims.values():
            if isinstance(claim.claim, PresenceClaim | MovementClaim):
                yield self._single(claim)

    def _lone_row(self, incident: Incident) -> RowTold | None:
        """The row that all claims of an incident stand in."""
        first = self._rows.get(incident.claims[0]) if incident.claims else None
        if first is None:
            return None
        own = {claim.id for claim in first.claims}
        return first if own.issuperset(incident.claims) else None

    def _row(self, told: RowTold) -> Entry:
        """A row of a table, with all its claims that count."""
        row = told.row
        claims = [self._claims[claim.id] for claim in told.claims if claim.id in self._claims]
        stands = len(claims) == len(told.claims) and not any(claim.id in self._doubted for claim in claims)
        cells = TableRow(layout=told.layout, key=row.claims.key, cells=row.cells, stands=stands)
        main = min(claims, key=lambda claim: ("event", "control", "toll").index(claim.kind))
        entry = self._single(main, claims)
        ground = entry.ground
        if main.id not in self._doubted:  # else a person may have said where it was
            ground = msgspec.structs.replace(ground, spot=row.claims.spot)
        return msgspec.structs.replace(entry, row=cells, ground=ground)

    def _single(self, main: GroundedClaim, claims: Sequence[GroundedClaim] = ()) -> Entry:
        """A claim, with those that stand in its row."""
        said, all_of = main.claim, claims or (main,)
        fields: dict[str, Any] = {
            "id": main.id,
            "kind": main.kind,
            "ground": self._ground(main, "place"),
            "when": main.when,
            "modality": said.modality,
            "polarity": said.polarity,
            "score": said.score,
            "harmed": tuple(harmed_in(one) for one in all_of if isinstance(one.claim, TollClaim)),
            "accounts": self._accounts_of([one.id for one in all_of]),
            "independent_sources": 1,
        }
        for one in all_of:
            fields |= self._own(one)
        found = Entry(**fields)
        return _as_decided(found) if any(one.id in self._doubted for one in all_of) else found

    def _own(self, claim: GroundedClaim) -> dict[str, Any]:
        """The fields of a claim's kind, but for tolls."""
        match claim.claim:
            case EventClaim() as said:
                return {
                    "type": said.type,
                    "actors": parties_in(claim, "actors"),
                    "targets": parties_in(claim, "targets"),
                    "count": said.count,
                }
            case ControlClaim() as said:
                return {
                    "change": said.change,
                    "degree": said.degree,
                    "holder": party_in(claim, "holder"),
                    "loser": party_in(claim, "loser"),
                }
            case PresenceClaim() as said:
                return {"actors": parties_in(claim, "actor"), **what_in(said.what, said.equipment, said.count)}
            case MovementClaim() as said:
                return {
                    "actors": parties_in(claim, "actor"),
                    "origin": self._ground(claim, "origin") if said.origin is not None else None,
                    "destination": self._ground(claim, "destination") if said.destination is not None else None,
                    **what_in(said.what, None, said.count),
                }
            case _:
                return {}

    def _incident(self, incident: Incident, tolls: Iterable[Toll]) -> Entry:
        claims = [self._claims[claim] for claim in incident.claims if claim in self._claims]
        said = next((one.claim for one in claims if one.kind == "event"), claims[0].claim if claims else None)
        return Entry(
            id=incident.id,
            kind="event" if incident.type is not None else "toll",
            ground=self._found_ground(incident.place),
            when=concluded_when(incident.when, claims),
            type=incident.type,
            actors=self._named(incident.actors),
            targets=self._named(incident.targets),
            harmed=tuple(self._toll(toll) for toll in tolls),
            accounts=self._accounts_of(incident.claims),
            independent_sources=incident.independent_sources,
            modality=said.modality if said is not None else Modality.ASSERTED,
            polarity=said.polarity if said is not None else Polarity.AFFIRMED,
        )

    def _toll(self, toll: Toll) -> Harmed:
        group = self._named([toll.group] if toll.group is not None else [])
        return Harmed(
            harm=toll.harm,
            low=toll.low,
            best=toll.best,
            high=toll.high,
            status=toll.status,
            group=group[0] if group else None,
        )

    def _spell(self, spell: Spell) -> Entry:
        holder = self._named([one for one in (spell.holder,) if one is not None])
        besieger = self._named([one for one in (spell.besieger,) if one is not None])
        return Entry(
            id=digest("spell", spell.place, spell.state, spell.holder, str(spell.start), str(spell.end)),
            kind="control",
            ground=self._found_ground(spell.place),
            when=spell_when(spell),
            began=spell.change,
            state=spell.state,
            holder=holder[0] if holder else None,
            actors=besieger,
            confidence=spell.confidence,
            verdict=spell.verdict,
            independent_sources=spell.independent_sources,
            opposed=spell.opposes,
            open_start=spell.start is None,
            open_end=spell.end is None,
            accounts=self._accounts_of(spell.supports),
        )

    def _named(self, actors: Iterable[str]) -> tuple[Party, ...]:
        from tadmor.dictionaries.actors import load_actors  # noqa: PLC0415 - only where a camp was never named itself

        found = []
        for identity in actors:
            known = self._actors.get(identity) or load_actors().get(identity)
            name = identity.removeprefix("name:").replace("_", " ")
            found.append(as_party(known, None) if known is not None else Party(id=identity, name=name))
        return tuple(found)

    def _accounts_of(self, claims: Iterable[str]) -> tuple[Account, ...]:
        """The words of claims, each stretch once."""
        found: dict[tuple[str, int, int], Account] = {}
        for claim in claims:
            account = self._accounts.get(claim)
            if account is None:
                continue
            key = (account.document, account.start, account.end)
            before = found.get(key)
            own = (*before.claims, *account.claims) if before is not None else account.claims
            found[key] = msgspec.structs.replace(before or account, claims=own)
        return tuple(found.values())

    def _ground(self, claim: GroundedClaim, role: str) -> Ground:
        said, place = mentions(claim.claim, role), claim.places.get(role)
        words = said[0].expression if said else None
        return self._of_place(place, words)

    def _found_ground(self, identity: str | None) -> Ground:
        place = self._places.get(identity or "") or (self._gazetteer.get(identity) if identity else None)
        return self._of_place(place, None)

    def _of_place(self, place: Place | None, words: str | None) -> Ground:
        if place is None:
            return Ground(words=words)
        return Ground(place=place, words=words, within=self._outer(place), country=place.country)

    def _outer(self, place: Place) -> tuple[tuple[str, str], ...]:
        """The names and ids of what a place lies in, nearest first."""
        if place.id not in self._within:
            found = ((one, self._gazetteer.get(one)) for one in place.parents)
            self._within[place.id] = tuple((known.name, one) for one, known in found if known is not None)
        return self._within[place.id]


def _as_decided(entry: Entry) -> Entry:
    """An entry of a claim that a person corrected: names as the person has them, not as the words had them."""
    ground = entry.ground
    if ground.place is not None:
        ground = msgspec.structs.replace(ground, words=None)
    return msgspec.structs.replace(
        entry,
        ground=ground,
        actors=tuple(msgspec.structs.replace(one, words=None) for one in entry.actors),
        targets=tuple(msgspec.structs.replace(one, words=None) for one in entry.targets),
        holder=msgspec.structs.replace(entry.holder, words=None) if entry.holder is not None else None,
        loser=msgspec.structs.replace(entry.loser, words=None) if entry.loser is not None else None,
    )


def _accounts(ledger: Ledger, claims: Iterable[GroundedClaim]) -> Iterator[tuple[str, Account]]:
    """The words of each claim, by its id; the document of neighbouring claims is read once."""
    document: Document | None = None
    for claim in claims:
        said = claim.claim
        if document is None or document.id != said.document:
            document = ledger.document(said.document)
        span = document.raw_span(said.span)
        words = document.raw[span.start : span.end]
        yield (
            claim.id,
            Account(
                claims=(claim.id,),
                document=document.id,
                file=document.name,
                original=document.original,
                start=span.start,
                end=span.end,
                quote=words,
                text_quote=said.quote if said.quote != words else None,
                voices=claim.voices,
                title=document.title if not from_table(said) else None,
                published=claim.published,
                cited=tuple(voice.name for voice in said.attribution),
                reader=said.reader,
                by_hand=by_hand(said),
            ),
        )

"""Which source a name stands for, alone and in running text."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.dictionaries.actors import ActorTable, Form, Role
from tadmor.dictionaries.phrases import Match, PhraseTable, Words

#: Roles whose actors speak through the military of their state.
_MILITARY = (Role.FORCES, Role.ARMY, Role.AIR, Role.NAVY)


class _Hit(NamedTuple):
    first: int
    after: int
    start: int
    end: int
    source: Source
    composed: bool  # made of a name and an office, rather than listed


class Offices(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks without being named.

    `speaking` counts alone or after a name ("defence ministry", "activists"); `everyday` are words too common to be
    found in text ("reports"); `unsided` are ids of unnamed kinds that a state's name gives no side; `any_side` are
    offices that every armed side has.
    """

    speaking: PhraseTable[Source]
    everyday: PhraseTable[Source]
    unsided: frozenset[str]
    any_side: frozenset[str]


class SourceTable:
    """All known sources.

    Args:
        sources: by id.
        names: sources that a phrase names wherever it stands.
        offices: what speaks without being named.
        national: for an office id and a country (ISO 3166-1 alpha-2), the id of the source that it is there.
        priors: reliability by kind, 0..1.
        actors: the actors that speak.
    """

    def __init__(
        self,
        *,
        sources: Mapping[str, Source],
        names: PhraseTable[Source],
        offices: Offices,
        national: Mapping[str, Mapping[str, str]],
        priors: Mapping[SourceKind, float],
        actors: ActorTable,
    ) -> None:
        self._sources = dict(sources)
        self._names = names
        self._offices = offices.speaking
        self._everyday = offices.everyday
        self._unsided = offices.unsided
        self._any_side = offices.any_side
        self._national = national
        self._priors = priors
        self._actors = actors

    def __len__(self) -> int:
        """How many listed sources; the offices of each country are not counted."""
        return len(self._sources)

    def __iter__(self) -> Iterator[Source]:
        """The listed sources, in table order."""
        return iter(self._sources.values())

    def get(self, source_id: str) -> Source | None:
        """The source with an id, those included that are made of an actor and an office ("iraq/defence_ministry")."""
        known = self._sources.get(source_id)
        if known is not None:
            return known
        actor_id, slash, office_id = source_id.partition("/")
        actor, office = self._actors.get(actor_id), self._sources.get(office_id)
        if actor is None:
            return None
        if not slash:
            return self.of_actor(actor)
        return self._at(actor, office) if office is not None else None

    def lookup(self, name: str) -> Source | None:
        """Who speaks: a listed source, an office of a country, an unnamed kind, or an actor as a party.

        "Reuters"; "Russia's Defence Ministry"; "a Syrian military source"; "Hezbollah". `None` where nobody is known.
        Of several in one name a listed one goes before an office or unnamed kind ("SANA, citing a source").
        """
        known = self._names.get(name) or self._offices.get(name) or self._everyday.get(name)
        if known is not None:
            return known
        words = Words(name)
        hits = self._hits(words)
        if hits:
            return min(hits, key=lambda hit: (hit.source.kind is SourceKind.UNNAMED, hit.composed)).source
        actors = self._actors.lookup(name)
        if actors and not _general(actors[0]):
            return self._own(actors[0])
        offices = self._offices.matches(words) or self._everyday.matches(words)
        if offices:
            return offices[0].value
        return self.of_actor(actors[0]) if actors else None

    def find(self, text: str) -> list[tuple[int, int, Source]]:
        """The sources in a text, `(start, end, source)`, without overlap.

        Actors are no sources here ("Hezbollah attacked"), unless a word for speaking follows ("Hezbollah spokesman").
        """
        return [(hit.start, hit.end, hit.source) for hit in self._hits(Words(text))]

    def prior(self, kind: SourceKind) -> float:
        """How often a claim by a source of this kind proves right before more is known, 0..1."""
        return self._priors[kind]

    def of_actor(self, actor: Actor) -> Source:
        """An actor as a speaker for itself."""
        known = self._sources.get(actor.id)
        if known is not None:
            return known
        general = _general(actor)
        return Source(
            id=actor.id,
            name=actor.name,
            kind=SourceKind.UNNAMED if general else SourceKind.PARTY,
            sides=() if actor.kind is ActorKind.CIVILIANS else (self._actors.side_of(actor).id,),
            country=actor.country,
            speaks_for=() if general else (actor.id,),
        )

    def in_country(self, source: Source, iso: str) -> Source | None:
        """An office in a country: "the defence ministry" in "IQ" is the Iraqi one. `None`: it stays as it is."""
        state = self._actors.state(iso)
        return self._at(state, source) if state is not None and self._is_office(source) else None

    def of_any_side(self, source: Source) -> bool:
        """Is it an office that every armed side has: "a field commander" alone is nobody's?"""
        return source.id in self._any_side

    def _is_office(self, source: Source) -> bool:
        return source.id in self._national or (source.kind is SourceKind.PARTY and not source.speaks_for)

    def _hits(self, words: Words) -> list[_Hit]:
        listed = [_Hit(*match[:4], match.value, composed=False) for match in self._names.matches(words)]
        found: list[_Hit] = []
        for hit in sorted([*listed, *self._composed(words)], key=lambda hit: (hit.first, -hit.after, hit.composed)):
            if not found or hit.first >= found[-1].after:
                found.append(hit)
        return found

    def _own(self, actor: Actor) -> Source:
        """A known actor as a speaker; the forces of a state speak as its military."""
        state = self._state(actor)
        if state is None or state.id == actor.id:
            return self.of_actor(actor)
        return self._at(actor, self._sources["military"])

    def _composed(self, words: Words) -> Iterator[_Hit]:
        """Names with an office: "Iraqi officials", "Ukraine's General Staff", "Defence Ministry of Azerbaijan"."""
        before = {match.after: match for match in self._offices.matches(words)}
        for match in self._actors.matches(words):
            actor = match.value.actors[0]
            if self._actors.role(actor) is Role.PEOPLE:
                continue
            office = self._offices.longest(words, match.after) if match.after < len(words) else None
            if office is not None and office.first == match.after:
                source = self._at(actor, office.value, tied=match.inflected or match.value.form is not Form.COUNTRY)
                yield _Hit(match.first, office.after, match.start, office.end, source, composed=True)
            elif (led := _office_of(words, match, before)) is not None:
                yield _Hit(led.first, match.after, led.start, match.end, self._at(actor, led.value), composed=True)

    def _at(self, actor: Actor, office: Source, *, tied: bool = True) -> Source:
        """The office of an actor. An unnamed kind keeps its kind, and takes the side where that follows.

        `tied` false: only the country is named before it ("Syria monitor").
        """
        state = self._state(actor)
        if office.kind is SourceKind.UNNAMED:
            aside = state is not None and (not tied or office.id in self._unsided)
            return office if aside else self._sided(actor, office, office.kind)
        if state is None:
            return self.of_actor(actor)
        if state.id != actor.id and office.kind is SourceKind.PARTY:
            office = self._sources["military"]
        own = self._national.get(office.id, {}).get(state.country or "") or f"{state.id}/{office.id}"
        return self._sources.get(own) or self._sided(state, office, office.kind)

    def _sided(self, actor: Actor, office: Source, kind: SourceKind) -> Source:
        return Source(
            id=f"{actor.id}/{office.id}",
            name=f"{self._actors.adjective(actor)} {office.name}",
            kind=kind,
            sides=(self._actors.side_of(actor).id,),
            country=actor.country,
            speaks_for=() if _general(actor) or kind is SourceKind.UNNAMED else (actor.id,),
        )

    def _state(self, actor: Actor) -> Actor | None:
        """The state whose office it is: the actor's own, where it is a state or its forces."""
        state = self._actors.state(actor.country) if actor.country else None
        if state is None or state.id == actor.id:
            return state
        forces = {self._actors.in_role(actor.country or "", role) for role in _MILITARY}
        return state if actor in forces else None


def _general(actor: Actor) -> bool:
    return actor.kind in (ActorKind.GENERIC, ActorKind.CIVILIANS)


def _office_of(words: Words, match: Match[Any], before: Mapping[int, Match[Source]]) -> Match[Source] | None:
    """The office in "Defence Ministry of (the) X"."""
    at = match.first - 1
    if words.word(at) == "the":
        at -= 1
    return before.get(at) if words.word(at) == "of" else None

"""Which actor a name stands for, alone and in running text."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.dictionaries.actors.rows import Form, Name, Role
from tadmor.dictionaries.names import ARTICLES
from tadmor.dictionaries.phrases import HYPHENS, Match, PhraseTable, Words

#: Roles of words for fighting men or their machines.
_FIGHTING = frozenset({Role.FORCES, Role.ARMY, Role.AIR, Role.NAVY, Role.POLICE})
#: Roles that the next word may still narrow: "Russian government" + "jets" are the air force.
_OPEN = frozenset({None, Role.GOVERNMENT, Role.FORCES})
#: What follows the verb: "the SDF forces the residents out" is no "SDF forces".
_OBJECTS = frozenset(
    {"a", "an", "the", "its", "his", "her", "their", "them", "him", "civilians", "people", "residents"}
)


class Follower(msgspec.Struct, frozen=True):
    """A word that may follow a name and belongs to it: "fighters", "warplanes", "army"."""

    role: Role | None
    actor: Actor | None = None  # the generic actor that it is when it stands alone


class Grammar(msgspec.Struct, frozen=True):
    """Words around a name that decide whether it acts, folded."""

    not_acting: frozenset[str]  # after a hyphen or space: "-backed", "-made"
    grounds: frozenset[str]  # after a demonym: "border", "city"
    described: frozenset[str]  # after "military": "base", "operation"
    against: frozenset[str]  # before: "anti"
    favouring: frozenset[str]  # before: "pro"
    titles: frozenset[str]  # between "loyal to" and a name


class Hit(NamedTuple):
    """An actor found in a text: its words `[first, after)` and its place `[start, end)`."""

    first: int
    after: int
    start: int
    end: int
    actor: Actor
    form: Form


class ActorTable:
    """All known actors.

    Args:
        actors: by id.
        names: what each phrase means.
        followers: the words that may follow a name.
        roles: for each country (ISO 3166-1 alpha-2), which actor id fills which role.
        generic_roles: for generic actors by id, the role they speak of.
        grammar: the words around names.
        adjectives: for each country, its first demonym.
    """

    def __init__(
        self,
        *,
        actors: Mapping[str, Actor],
        names: PhraseTable[Name],
        followers: PhraseTable[Follower],
        roles: Mapping[str, Mapping[Role, str]],
        generic_roles: Mapping[str, Role],
        grammar: Grammar,
        adjectives: Mapping[str, str],
    ) -> None:
        self._actors = dict(actors)
        self._names = names
        self._followers = followers
        self._roles = roles
        self._generic_roles = generic_roles
        self._grammar = grammar
        self._adjectives = adjectives
        self._country_of_state = {ids[Role.GOVERNMENT]: iso for iso, ids in roles.items()}

    def __len__(self) -> int:
        """How many actors."""
        return len(self._actors)

    def __iter__(self) -> Iterator[Actor]:
        """The actors, in table order."""
        return iter(self._actors.values())

    def get(self, actor_id: str) -> Actor | None:
        """The actor with an id."""
        return self._actors.get(actor_id)

    def lookup(self, name: str) -> tuple[Actor, ...]:
        """Who a name could be, the likeliest first; empty where it is no known name.

        The name as it stands; else with the words that belong to it ("YPG fighters", "Syrian army helicopters"); else
        the one actor in it ("about 40 Islamic State militants", "the Syrian Democratic Forces (SDF)"). Two actors in
        one name are no candidates of one another, so that "the army and Hezbollah" gives nothing: `find` gives both.
        """
        known = self._names.get(name)
        if known is not None:
            return known.actors
        hits = self.hits(Words(name))
        return (hits[0].actor,) if len({hit.actor.id for hit in hits}) == 1 else ()

    def find(self, text: str) -> list[tuple[int, int, Actor]]:
        """The actors in a text, `(start, end, actor)`, without overlap.

        A name takes the force words after it ("Russian warplanes", "ISIS militants"); names that do not act are left
        out ("Turkish-backed", "anti-Assad", "the Syrian border"). Country and capital names count wherever they
        stand: whether "Damascus" acts or is a place is for the reader to tell (`names_place`).
        """
        return [(hit.start, hit.end, hit.actor) for hit in self.hits(Words(text))]

    def hits(self, words: Words) -> list[Hit]:
        """The same, over a text already cut into words, with the words that each actor takes."""
        found: list[Hit] = []
        for match in self._names.matches(words):
            if found and match.first < found[-1].after:
                continue
            if self._refused(words, match) or _is_verb(words, match):
                continue
            hit = self._extended(words, match)
            if found and self._loyal(words, found[-1], hit):
                found[-1] = self._merged(found[-1], hit)
            elif found and _apposed(words, found[-1], hit):
                found[-1] = hit._replace(first=found[-1].first, start=found[-1].start)
            else:
                found.append(hit)
        return found

    def matches(self, words: Words) -> list[Match[Name]]:
        """The bare names in a text, without the words that follow them; those left out that do not act."""
        return [match for match in self._names.matches(words) if not self._refused(words, match)]

    def adjective(self, actor: Actor) -> str:
        """How a thing of this actor is called: "Iraqi" for Iraq, "Houthis" for the Houthis."""
        iso = self._country_of_state.get(actor.id)
        return self._adjectives.get(iso, actor.name) if iso is not None else actor.name

    def names_place(self, expression: str) -> bool:
        """Is the expression also the name of a country or capital ("Damascus", "Iraq")?"""
        known = self._names.get(expression)
        return known is not None and known.form in (Form.METONYM, Form.COUNTRY)

    def side_of(self, actor: Actor) -> Actor:
        """The camp that would hold a place this actor takes: by `side`, else by the nearest parent's, else itself."""
        seen: set[str] = set()
        while actor.id not in seen:
            seen.add(actor.id)
            above = actor.side or (actor.parents[0] if actor.parents else None)
            actor = self._actors.get(above, actor) if above is not None else actor
        return actor

    def chain(self, actor: Actor) -> tuple[Actor, ...]:
        """What the actor belongs to, nearest first, each once, itself left out."""
        found: dict[str, Actor] = {}
        queue = list(actor.parents)
        while queue:
            above = self._actors.get(queue.pop(0))
            if above is not None and above.id != actor.id and above.id not in found:
                found[above.id] = above
                queue.extend(above.parents)
        return tuple(found.values())

    def related(self, one: Actor, other: Actor) -> bool:
        """Are the two one actor, or is one part of the other?"""
        return one.id == other.id or other in self.chain(one) or one in self.chain(other)

    def state(self, iso: str) -> Actor | None:
        """The government of a country (ISO 3166-1 alpha-2)."""
        return self.in_role(iso, Role.GOVERNMENT)

    def role(self, actor: Actor) -> Role | None:
        """What a general word speaks of; `None` for a named actor."""
        return self._generic_roles.get(actor.id)

    def in_role(self, iso: str, role: Role) -> Actor | None:
        """Who fills a role in a country; `None` where nobody known does."""
        found = self._roles.get(iso, {}).get(role)
        return self._actors[found] if found is not None else None

    def in_country(self, actor: Actor, iso: str) -> Actor | None:
        """Who a generic actor is in a country: "the army" in "SY" is the Syrian army. `None`: it stays generic."""
        role = self._generic_roles.get(actor.id)
        return self.in_role(iso, role) if role is not None else None

    def _refused(self, words: Words, match: Match[Name]) -> bool:
        """Is this a name that does not act here?"""
        actor = match.value.actors[0]
        if actor.kind is ActorKind.GENERIC:
            return words.folded[match.first] == "military" and words.word(match.after) in self._grammar.described
        before, after = words.word(match.first - 1), words.word(match.after)
        if before in self._grammar.against or self._used(words, match) or words.text[match.start : match.end].islower():
            return True
        if match.value.form is not Form.DEMONYM:
            return False
        byname = words.folded[match.first] in ARTICLES  # "Abu Omar al-Iraqi"
        return byname or after in self._grammar.grounds or before in self._grammar.favouring

    def _used(self, words: Words, match: Match[Name]) -> bool:
        """Is it "Turkish-backed", "Russian made"? Unlike in "Turkey backed them" and "rebels backed by Turkey"."""
        if words.word(match.after) not in self._grammar.not_acting:
            return False
        tied = words.text[words.ends[match.after - 1]] in HYPHENS
        return tied or (match.value.form is Form.DEMONYM and words.word(match.after + 1) not in ("by", "with", "to"))

    def _extended(self, words: Words, match: Match[Name]) -> Hit:
        """The match with the words after it that belong to it, and who that makes."""
        actor, role, after, end = match.value.actors[0], None, match.after, match.end
        possessive = match.inflected
        while (follower := self._follower(words, after, match.value, actor, possessive=possessive)) is not None:
            actor, role = self._narrowed(actor, role, follower.value)
            after, end, possessive = follower.after, follower.end, follower.inflected
        first, start = match.first, match.start
        if after > match.after and words.word(first - 1) in self._grammar.favouring:
            first, start = first - 1, words.starts[first - 1]
        return Hit(first, after, start, end, actor, match.value.form)

    def _follower(
        self, words: Words, after: int, name: Name, actor: Actor, *, possessive: bool
    ) -> Match[Follower] | None:
        """The force word that stands next, where it belongs to the name."""
        if after >= len(words):
            return None
        found = self._followers.longest(words, after)
        if found is None or found.first != after:
            return None
        if _is_verb(words, found):
            return None
        tied = possessive or not words.folded[found.after - 1].endswith("s") or words.written(after)[0].isupper()
        return found if self._belongs(found.value, name, actor, tied=tied) else None

    def _belongs(self, follower: Follower, name: Name, actor: Actor, *, tied: bool) -> bool:
        """May this word follow this name? After a bare country name a plural is mostly the next subject.

        "Syria army", "Syria's rebels" are tied; "in Syria rebels ..." is not.
        """
        if follower.role is Role.PEOPLE:
            return name.form is Form.DEMONYM or actor.kind is ActorKind.GENERIC
        if name.form is Form.METONYM and actor.kind is not ActorKind.PERSON:
            return tied or follower.role is Role.GOVERNMENT
        if name.form is Form.COUNTRY:
            return tied and (follower.role is not Role.MILITANTS)
        return True

    def _narrowed(self, actor: Actor, role: Role | None, follower: Follower) -> tuple[Actor, Role | None]:
        """Who it is with one more word, and the role reached."""
        if actor.kind is ActorKind.PERSON:
            return self._behind(actor, follower), follower.role
        if role not in _OPEN or follower.role is None:
            return actor, role
        if follower.role is Role.PEOPLE:
            return follower.actor or actor, follower.role
        if actor.kind is ActorKind.GENERIC:
            return self._generic(actor, follower), follower.role
        iso = self._state_behind(actor)
        if iso is None:
            return actor, follower.role
        return self.in_role(iso, follower.role) or follower.actor or actor, follower.role

    def _behind(self, person: Actor, follower: Follower) -> Actor:
        """The side that a leader stands for: "Assad's forces", "Assad regime", "Haftar's militias"."""
        iso, side = self._state_behind(person), self.side_of(person)
        if iso is None:
            return side
        return self.in_role(iso, follower.role or Role.FORCES) or self.in_role(iso, Role.FORCES) or side

    def _generic(self, actor: Actor, follower: Follower) -> Actor:
        """A generic word with a force word: only "government" and "troops" make a new one, the government forces."""
        if self._generic_roles.get(actor.id) is Role.GOVERNMENT and follower.role in _FIGHTING:
            return self._actors["government_forces"]
        return actor

    def _state_behind(self, actor: Actor) -> str | None:
        """The country whose roles a word after this actor speaks of: its own, or that of the state a person leads."""
        if actor.kind is ActorKind.PERSON:
            actor = self.side_of(actor)
        elif actor.country is not None and self._roles.get(actor.country, {}).get(Role.FORCES) == actor.id:
            return actor.country
        return self._country_of_state.get(actor.id)

    def _loyal(self, words: Words, forces: Hit, leader: Hit) -> bool:
        """Is it "forces loyal to President X"?"""
        if forces.actor.kind is not ActorKind.GENERIC or words.word(forces.after) not in ("loyal", "faithful"):
            return False
        between = words.folded[forces.after + 1 : leader.first]
        return between[:1] == ["to"] and all(word in self._grammar.titles for word in between[1:])

    def _merged(self, forces: Hit, leader: Hit) -> Hit:
        iso = self._state_behind(leader.actor)
        role = self._generic_roles.get(forces.actor.id, Role.FORCES)
        actor = self.side_of(leader.actor)
        if iso is not None:
            actor = self.in_role(iso, role if role in _FIGHTING else Role.FORCES) or actor
        return Hit(forces.first, leader.after, forces.start, leader.end, actor, Form.NAME)


def _is_verb(words: Words, match: Match[Any]) -> bool:
    """Is it the verb "forces"?"""
    if match.after != match.first + 1 or words.folded[match.first] != "forces":
        return False
    return words.word(match.after) in _OBJECTS


def _apposed(words: Words, before: Hit, hit: Hit) -> bool:
    """Does the first only describe the second: "Kurdish-led SDF", "jihadist group Hayat Tahrir al-Sham"?

    A plural before a name is a subject of its own, often after a lost comma ("rebels ISIS").
    """
    if before.after != hit.first or words.folded[before.after - 1].endswith("s"):
        return False
    if before.actor.kind is not ActorKind.GENERIC and before.form is not Form.DEMONYM:
        return False
    if not words.text[before.end : hit.start].isspace():
        return False
    return hit.actor.kind in (ActorKind.ARMED_GROUP, ActorKind.COALITION)

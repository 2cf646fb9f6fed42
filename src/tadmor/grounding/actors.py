"""Who a name means in a document: known actors, words for a side in the document's country, and names not known.

"The regime" and "the army" are those of the country that the claim's place lies in, else of the document's; "the
militants" are the armed group named last before. A name that no table has is an actor of its own.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import Mention
from tadmor.datamodel.grounded import Candidate, Link
from tadmor.dictionaries.actors import ActorTable
from tadmor.dictionaries.names import fold

#: Words for fighters that may stand for the group named before; the ids of the generic actors they are.
_STAND_INS = frozenset({"militants", "jihadists", "insurgents", "extremists", "group", "fighters"})
#: Nouns that alone mean the group told of.
_GROUP_WORDS = frozenset({"group", "organisation", "organization", "network"})
#: Fighters named by who stands behind them, and words that make forces the speaker's own.
_BACKED = re.compile(r"^(?:the )?([A-Z][\w.]+)[- ](?:backed|aligned|allied|sponsored|supported|led) ")
_OWN = re.compile(r"\b(?:[Tt]heir|[Oo]ur|[Ii]ts|[Hh]is|[Hh]er) (?:own )?$")
#: Kinds of actor that "the militants" can be.
_GROUPS = (ActorKind.ARMED_GROUP,)


class ActorResolver:
    """Resolves the actors of one document."""

    def __init__(self, table: ActorTable, text: str, country: str | None) -> None:
        self._table = table
        self._text = text
        self._country = country
        self._named = [(start, actor) for start, _, actor in table.find(text) if actor.kind in _GROUPS]
        self._starts = [start for start, _ in self._named]
        self._known: dict[str, tuple[Actor, ...]] = {}

    def resolve(
        self,
        mention: Mention,
        role: str,
        index: int = 0,
        country: str | None = None,
        speaking: Sequence[str] = (),
    ) -> tuple[tuple[Actor, ...], Link]:
        """The actors of a mention (several for "the army and Hezbollah"), and its link.

        `country` is where the claim's place lies (ISO 3166-1 alpha-2); `speaking` are the ids of the camps that its
        origin belongs to: whose "our forces" are, and "its" or "their forces" where a party is quoted.
        """
        found = self._known.get(mention.expression)
        if found is None:
            found = self._known[mention.expression] = self._lookup(mention.expression)
        own = self._of_the_speaker(found, mention, speaking)
        actors = (own,) if own is not None else tuple(self._in_context(actor, mention, country) for actor in found)
        candidates = tuple(Candidate(id=actor.id, name=actor.name, score=1 / len(actors)) for actor in actors)
        chosen = actors[0].id if actors else None
        link = Link(role=role, index=index, expression=mention.expression, chosen=chosen, candidates=candidates)
        return actors, link

    def _of_the_speaker(self, found: Sequence[Actor], mention: Mention, speaking: Sequence[str]) -> Actor | None:
        """Whose forces "their forces" are, where one camp says so."""
        generic = len(found) == 1 and found[0].kind is ActorKind.GENERIC
        if not generic or len(speaking) != 1 or _OWN.search(self._text[: mention.start][-16:]) is None:
            return None
        return self._table.get(speaking[0])

    def _lookup(self, expression: str) -> tuple[Actor, ...]:
        known = self._table.lookup(expression)
        if known and (known[0].kind is not ActorKind.GENERIC or self._backer(expression) is None):
            return known[:1]
        backer = self._backer(expression)
        if backer is not None:
            return (backer,)
        inside = {actor.id: actor for _, _, actor in self._table.find(expression)}
        if inside:
            specific = [actor for actor in inside.values() if actor.kind is not ActorKind.GENERIC]
            return tuple(specific or inside.values())[:3]
        if expression.islower() and expression.rsplit(maxsplit=1)[-1] in _GROUP_WORDS:
            return (Actor(id="group", name=expression, kind=ActorKind.GENERIC),)
        return (self._unknown(expression),)

    def _backer(self, expression: str) -> Actor | None:
        """The state that stands behind fighters of no name of their own: of "Xish-backed militants" that of X."""
        match = _BACKED.search(expression)
        named = self._table.lookup(match.group(1)) if match is not None else ()
        return next((actor for actor in named if actor.kind is ActorKind.STATE), None)

    def _in_context(self, actor: Actor, mention: Mention, country: str | None) -> Actor:
        if actor.kind is not ActorKind.GENERIC:
            return actor
        if actor.id in _STAND_INS:
            last = self._last_group(mention.start)
            if last is not None:
                return last
        known = (self._table.in_country(actor, iso) for iso in (country, self._country) if iso is not None)
        return next((own for own in known if own is not None), actor)

    def _last_group(self, before: int) -> Actor | None:
        at = bisect_left(self._starts, before)
        return self._named[at - 1][1] if at else None

    @staticmethod
    def _unknown(expression: str) -> Actor:
        key = fold(expression).replace(" ", "_")
        return Actor(id=f"name:{key}", name=expression, kind=ActorKind.GENERIC)


def camp_of(table: ActorTable, actor: Actor) -> Actor:
    """The actor with its camp filled in, so that the record can tell holders apart without the table."""
    side = table.side_of(actor)
    return actor if side.id in (actor.id, actor.side) else msgspec.structs.replace(actor, side=side.id)

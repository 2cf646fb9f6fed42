"""Rows of tables as understood: places by name and point, actors by name, the voices of their table.

A row says where more firmly than a sentence does: a point, a level, what it lies in. A name is the place of that name
near the point; what the gazetteer lacks there is a place of its own, at the point. Names without a point are judged
together, as those of one text are.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import ACTOR_ROLES, Claim, Mention, kind_of, mentions
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import Candidate, GroundedClaim, Link
from tadmor.datamodel.places import Place
from tadmor.datamodel.tables import RowClaims, Spot
from tadmor.dictionaries.actors import ActorTable
from tadmor.dictionaries.gazetteer import Gazetteer
from tadmor.dictionaries.sources import SourceTable
from tadmor.grounding.actors import ActorResolver, camp_of
from tadmor.grounding.places import PlaceResolver
from tadmor.grounding.setting import Setting
from tadmor.grounding.sources import SourceResolver
from tadmor.grounding.spots import SpotResolver


class RowGrounder:
    """Understands the rows of one table.

    Args:
        gazetteer: the places known.
        actors: the actors known.
        sources: the sources known.
        names: the places of the table that are told by name alone.
    """

    def __init__(
        self, gazetteer: Gazetteer, actors: ActorTable, sources: SourceTable, names: Iterable[str] = ()
    ) -> None:
        self._gazetteer = gazetteer
        self._table = actors
        self._sources = sources
        self._names = tuple(names)
        self._spots = SpotResolver(gazetteer)
        self._actors = ActorResolver(actors, "", None)
        self._places: dict[tuple[str, Spot], tuple[Place | None, tuple[Candidate, ...]]] = {}
        self._who: dict[tuple[str, str | None], tuple[Actor, ...]] = {}

    def ground(self, document: Document, rows: Sequence[RowClaims]) -> Iterator[GroundedClaim]:
        """The claims of rows of one document, in their order."""
        voices = SourceResolver(self._sources, document, None)
        for row in rows:
            for claim in row.claims:
                yield self._claim(document, row, claim, voices)

    def _claim(self, document: Document, row: RowClaims, claim: Claim, voices: SourceResolver) -> GroundedClaim:
        chain, links = voices.chain(claim.attribution)
        place, place_links = self._where(claim.place, row.spot)
        actors, actor_links = self._acting(claim, row.called, place.country if place is not None else None)
        return GroundedClaim(
            claim=claim,
            published=document.published,
            when=row.when,
            voices=chain,
            places={"place": place} if place is not None else {},
            actors=actors,
            links=(*place_links, *actor_links, *links),
        )

    def _where(self, mention: Mention | None, spot: Spot) -> tuple[Place | None, tuple[Link, ...]]:
        if mention is None:
            return None, ()
        key = (mention.expression, spot)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = self._spots.resolve(mention.expression, spot) or self._by_name(mention)
        place, candidates = found
        link = Link(
            role="place",
            index=0,
            expression=mention.expression,
            chosen=place.id if place is not None else None,
            candidates=candidates,
        )
        return place, (link,)

    def _by_name(self, mention: Mention) -> tuple[Place | None, tuple[Candidate, ...]]:
        """A place told by its name alone, among the others of the table."""
        text, resolver = self._together
        at = text.find(f"\n{mention.expression}\n") + 1
        place, link = resolver.resolve(Mention(expression=mention.expression, start=at, end=at), "place")
        return place, link.candidates

    @cached_property
    def _together(self) -> tuple[str, PlaceResolver]:
        text = "\n" + "\n".join(self._names) + "\n"
        return text, PlaceResolver(self._gazetteer, Setting(self._gazetteer, text, None), text)

    def _acting(
        self, claim: Claim, called: dict[str, str], country: str | None
    ) -> tuple[dict[str, tuple[Actor, ...]], list[Link]]:
        found: dict[str, tuple[Actor, ...]] = {}
        links: list[Link] = []
        for role in ACTOR_ROLES[kind_of(claim)]:
            who: list[Actor] = []
            for index, mention in enumerate(mentions(claim, role)):
                name = called.get(f"{role}/{index}") or called.get(mention.expression, mention.expression)
                actors = self._named(name, country)
                who.extend(actors)
                links.append(_link(role, index, mention, actors))
            if who:
                found[role] = tuple(who)
        return found, links

    def _named(self, name: str, country: str | None) -> tuple[Actor, ...]:
        """The actors of a name or id, with their camps."""
        found = self._who.get((name, country))
        if found is None:
            known = self._table.get(name)
            looked_up = Mention(expression=name, start=0, end=0)
            actors = (known,) if known is not None else self._actors.resolve(looked_up, "", 0, country)[0]
            found = self._who[name, country] = tuple(camp_of(self._table, actor) for actor in actors)
        return found


def _link(role: str, index: int, mention: Mention, actors: Sequence[Actor]) -> Link:
    candidates = tuple(Candidate(id=actor.id, name=actor.name, score=1 / len(actors)) for actor in actors)
    chosen = actors[0].id if actors else None
    return Link(role=role, index=index, expression=mention.expression, chosen=chosen, candidates=candidates)

"""A document's claims as said -> as understood."""

from collections.abc import Sequence

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import ACTOR_ROLES, PLACE_ROLES, Claim, kind_of, mentions
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim, Link
from tadmor.datamodel.places import Place
from tadmor.dictionaries.actors import ActorTable
from tadmor.dictionaries.gazetteer import Gazetteer
from tadmor.dictionaries.sources import SourceTable
from tadmor.grounding.actors import ActorResolver, camp_of
from tadmor.grounding.places import PlaceResolver
from tadmor.grounding.setting import Setting
from tadmor.grounding.sources import SourceResolver
from tadmor.grounding.times import TimeLine


class Grounder:
    """Links names to the tables; one for a run, used for each document in turn."""

    def __init__(self, gazetteer: Gazetteer, actors: ActorTable, sources: SourceTable) -> None:
        self._gazetteer = gazetteer
        self._actors = actors
        self._sources = sources

    def ground(self, document: Document, claims: Sequence[Claim]) -> tuple[GroundedClaim, ...]:
        """Every claim of a document with its places, actors, voices and time, in the order given."""
        if not claims:
            return ()
        setting = Setting(self._gazetteer, document.text, document.title)
        scene = _Scene(
            document,
            PlaceResolver(self._gazetteer, setting, document.text),
            ActorResolver(self._actors, document.text, setting.country),
            SourceResolver(self._sources, document, setting.country),
            self._actors,
        )
        return tuple(scene.ground(claim) for claim in claims)


class _Scene:
    """The resolvers of one document."""

    def __init__(
        self,
        document: Document,
        places: PlaceResolver,
        actors: ActorResolver,
        sources: SourceResolver,
        table: ActorTable,
    ) -> None:
        self._document = document
        self._places = places
        self._actors = actors
        self._sources = sources
        self._table = table
        self._times = TimeLine(document)

    def ground(self, claim: Claim) -> GroundedClaim:
        voices, links = self._sources.chain(claim.attribution)
        places, place_links = self._where(claim)
        here = places.get("place") or places.get("destination") or places.get("origin")
        speaking = tuple(dict.fromkeys((*voices[-1].sides, *voices[-1].speaks_for))) if voices else ()
        actors, actor_links = self._who(claim, here.country if here is not None else None, speaking)
        return GroundedClaim(
            claim=claim,
            published=self._document.published,
            when=self._times.when(claim),
            voices=voices,
            places=places,
            actors=actors,
            links=(*place_links, *actor_links, *links),
        )

    def _where(self, claim: Claim) -> tuple[dict[str, Place], list[Link]]:
        places: dict[str, Place] = {}
        links: list[Link] = []
        for role in PLACE_ROLES[kind_of(claim)]:
            for mention in mentions(claim, role):
                place, link = self._places.resolve(mention, role)
                links.append(link)
                if place is not None:
                    places[role] = place
        return places, links

    def _who(
        self, claim: Claim, country: str | None, speaking: Sequence[str]
    ) -> tuple[dict[str, tuple[Actor, ...]], list[Link]]:
        found: dict[str, tuple[Actor, ...]] = {}
        links: list[Link] = []
        for role in ACTOR_ROLES[kind_of(claim)]:
            who: list[Actor] = []
            for index, mention in enumerate(mentions(claim, role)):
                actors, link = self._actors.resolve(mention, role, index, country, speaking)
                who.extend(camp_of(self._table, actor) for actor in actors)
                links.append(link)
            if who:
                found[role] = tuple(who)
        return found, links

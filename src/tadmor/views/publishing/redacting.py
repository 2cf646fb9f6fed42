"""Claims as published: without what names private persons, and of forces without what tells where they were."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import structs

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import ACTOR_ROLES, PLACE_ROLES, Claim, Mention, mentions
from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.sources import Source, SourceKind, Voice
from tadmor.datamodel.times import When
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.gazetteer import Gazetteer
from tadmor.dictionaries.sources import SourceTable
from tadmor.views.publishing.persons import WITHHELD, Persons, cut, merged
from tadmor.views.publishing.phrasing import Phrases, worded
from tadmor.views.publishing.placeless import placeless
from tadmor.views.publishing.points import points
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.secret import Secret
from tadmor.views.words import gist

#: Stands for words of a claim that are those of another one that is withheld.
ELSEWHERE = "[…]"
#: Begins what stands for the words of a claim of which no word leaves.
NO_WORDS = "[words withheld]"
#: Ids of places that tables give begin so; the others are made of words of a text.
_OF_TABLES = ("gn:", "adm", "country:", "region:", "site:", "pcode:", "own:")
_COARSE = (Level.DISTRICT, Level.PROVINCE, Level.COUNTRY)
#: Kinds of sources that may be private persons.
PERSONAL = frozenset({SourceKind.PERSON, SourceKind.UNKNOWN, SourceKind.UNNAMED})
_NOBODY = "a publisher that is not told"
_PRIVATE = "a person whose name is withheld"

Span = tuple[int, int]


class Redactor:
    """Makes claims that may leave out of claims that may leave only in part."""

    def __init__(
        self, secret: Secret, persons: Persons, gazetteer: Gazetteer, sources: SourceTable, policy: Policy
    ) -> None:
        """Set what is done by.

        Args:
            secret: makes ids.
            persons: finds the names that are withheld.
            gazetteer: the places of the case.
            sources: the case's table of sources.
            policy: to which level places of forces are told, if any are.
        """
        self._secret = secret
        self._persons = persons
        self._gazetteer = gazetteer
        self._sources = sources
        self._coarsest = Level(policy.coarsen_to)
        self._pointless = bool(policy.coarsen_kinds)  # whose coordinates words tell, nobody can say
        self._hidden = Phrases({})

    def hide(self, words: Phrases) -> None:
        """Let no words that leave hold these, whichever document says them."""
        self._hidden = words

    def kept(
        self, claim: GroundedClaim, document: Document, hidden: Sequence[Span], *, readable: bool
    ) -> GroundedClaim:
        """A claim that leaves with its words.

        Args:
            claim: the claim.
            document: the one it stands in.
            hidden: stretches of its text that must not leave.
            readable: is the text in a language that names are found in? Else no word of it leaves.
        """
        said = self._said(claim.claim, document, hidden)
        places = {role: self._place(place) for role, place in claim.places.items()}
        found = self._grounded(claim, said, places, document)
        words = self._quote(claim.claim, document, hidden) if readable else None
        if words is None:
            return self._wordless(found, readable=readable)
        return structs.replace(found, claim=structs.replace(said, quote=words))

    def coarse(self, claim: GroundedClaim, document: Document, *, readable: bool) -> GroundedClaim:
        """A claim of forces: its places by the province, and no word of it but a gist of names in tables."""
        places = {role: wide for role, place in claim.places.items() if (wide := self.wider(place)) is not None}
        said = self._said(claim.claim, document, bare=True)
        changed: dict[str, Any] = {}
        for role in PLACE_ROLES[claim.kind]:
            told = mentions(said, role)
            if told:
                name = places[role].name if role in places else "somewhere"
                changed[role] = structs.replace(told[0], expression=name)
        said = structs.replace(said, **changed)
        when = structs.replace(claim.when, expression=None, reasons=()) if claim.when is not None else None
        found = structs.replace(self._grounded(claim, said, places, document, bare=True), when=when)
        return self._wordless(found, readable=readable)

    def told_apart(self, claim: GroundedClaim) -> GroundedClaim | None:
        """A claim that leaves, so told that its gist is not by chance the words of one that stays; `None` if it cannot.

        "40 ISIL fighters" are both; told by the body alone, "40 Islamic State" are not.
        """
        if not self._tells(claim):
            return claim
        said = structs.replace(claim.claim, **{role: None for role in ("what", "group") if hasattr(claim.claim, role)})
        plainer = structs.replace(claim, claim=said)
        if said.quote.startswith(NO_WORDS):
            plainer = self._wordless(plainer, readable=True)
        return plainer if not self._tells(plainer) else None

    def _tells(self, claim: GroundedClaim) -> bool:
        return self._without(gist(claim)) != gist(claim)

    def _wordless(self, claim: GroundedClaim, *, readable: bool) -> GroundedClaim:
        """A claim that leaves with a gist for its words, and in a language that names are not found in with no word."""
        found = claim if readable else self._mute(claim)
        return structs.replace(found, claim=structs.replace(found.claim, quote=f"{NO_WORDS} {gist(found)}"))

    def _mute(self, claim: GroundedClaim) -> GroundedClaim:
        """A claim as tables name what it speaks of: nothing else that its text says, whoever it may name."""
        voices = tuple(
            structs.replace(one, name=_PRIVATE, aliases=())
            if one.kind in PERSONAL and not self._is_listed(one)
            else one
            for one in claim.voices
        )
        actors = {role: tuple(map(_table_actor, found)) for role, found in claim.actors.items()}
        places = {role: _table_place(one) for role, one in claim.places.items()}
        said = claim.claim
        changed: dict[str, Any] = {
            "attribution": tuple(Voice(name=_PRIVATE, named=one.named) for one in said.attribution),
            "time": None,
            "count": structs.replace(said.count, expression=None) if said.count is not None else None,
        }
        for role in (*ACTOR_ROLES[claim.kind], *PLACE_ROLES[claim.kind]):
            names = [one.name for one in actors.get(role, ())] + ([places[role].name] if role in places else [])
            words = " and ".join(names) or WITHHELD
            told = tuple(structs.replace(one, expression=words) for one in mentions(said, role))
            changed[role] = told if isinstance(getattr(said, role), tuple) else next(iter(told), None)
        changed |= {role: None for role in ("what", "group") if hasattr(said, role)}
        when = structs.replace(claim.when, expression=None) if claim.when is not None else None
        said = structs.replace(said, **changed)
        return structs.replace(claim, claim=said, voices=voices, actors=actors, places=places, when=when)

    def _is_listed(self, one: Source) -> bool:
        return self._sources.get(one.id) is not None

    def document_id(self, document: str) -> str:
        """The published id of a document."""
        return self._secret.name("document", document)

    def clean(self, text: str) -> str:
        """A text without names of private persons and words of claims that stay."""
        return self._without(self._persons.clean(text))

    def _without(self, words: str) -> str:
        """Words without those of claims that stay, and without coordinates where places of forces are withheld."""
        told = list(worded(words))
        found = self._hidden.found([word for _, _, word in told])
        stretches = [(told[first][0], told[after - 1][1]) for first, after, _ in found]
        return cut(words, [*stretches, *(points(words) if self._pointless else ())], ELSEWHERE)

    def _grounded(
        self,
        claim: GroundedClaim,
        said: Claim,
        places: Mapping[str, Place],
        document: Document,
        *,
        bare: bool = False,
    ) -> GroundedClaim:
        clean = self._bare if bare else lambda words: self.said_in(words, document)
        return GroundedClaim(
            claim=said,
            published=_days(claim.published),
            when=_cleaned_when(claim, said, clean),
            voices=tuple(self._source(one, document) for one in claim.voices),
            places=dict(places),
            actors={role: tuple(self._actor(one, clean) for one in found) for role, found in claim.actors.items()},
            grade=claim.grade,
        )

    def _said(self, said: Claim, document: Document, hidden: Sequence[Span] = (), *, bare: bool = False) -> Claim:
        """What a claim says with its expressions cleaned and its offsets moved; its quote is set later.

        Expressions that stand in `hidden` stretches, and all of a `bare` claim, keep no name of a place.
        """

        def mention(one: Mention | None) -> Mention | None:
            covered = one is not None and any(start < one.end and end > one.start for start, end in hidden)
            return self._mention(one, document, shift, bare=bare or covered)

        shift = self._secret.shift(said.document)
        changed: dict[str, Any] = {
            "document": self.document_id(said.document),
            "start": said.start + shift,
            "end": said.end + shift,
            "attribution": tuple(
                Voice(name=self.said_in(one.name, document), named=one.named) for one in said.attribution
            ),
            "time": mention(said.time),
        }
        if said.count is not None and said.count.expression is not None:
            words = self._bare(said.count.expression) if bare else self.said_in(said.count.expression, document)
            changed["count"] = structs.replace(said.count, expression=words)
        kind = str(said.__struct_config__.tag)
        for role in (*ACTOR_ROLES[kind], *PLACE_ROLES[kind], *(["what"] if hasattr(said, "what") else [])):
            value = getattr(said, role)
            changed[role] = tuple(map(mention, value)) if isinstance(value, tuple) else mention(value)
        return structs.replace(said, **changed)

    def _mention(self, one: Mention | None, document: Document, shift: int, *, bare: bool) -> Mention | None:
        if one is None:
            return None
        words = self._bare(one.expression) if bare else self._at(one, document)
        return Mention(expression=words, start=one.start + shift, end=one.end + shift, carried=one.carried)

    def _at(self, one: Mention, document: Document) -> str:
        """The words of a mention, cleaned by what the whole document says of whom they name."""
        if document.text[one.start : one.end] != one.expression:
            return self.said_in(one.expression, document)
        return self._without(self._persons.clean_stretch(document.text, one.start, one.end))

    def said_in(self, words: str, document: Document) -> str:
        """Words that come from a document, cleaned as they are there; where they are not, by themselves."""
        at = document.text.find(words)
        if at < 0:
            return self.clean(words)
        return self._without(self._persons.clean_stretch(document.text, at, at + len(words)))

    def _bare(self, words: str) -> str:
        """Words without names of places, or any but those of listed actors and weapons."""
        return self._without(placeless(self.clean(words)))

    def _quote(self, said: Claim, document: Document, hidden: Sequence[Span]) -> str | None:
        """The words of a claim with what must not leave taken out; `None` where little is left."""
        start, end = said.start, said.end
        own = [
            (max(one, start) - start, min(other, end) - start, ELSEWHERE)
            for one, other in merged(hidden)
            if one < end and other > start
        ]
        left = (end - start) - sum(other - one for one, other, _ in own)
        if left * 3 < end - start:
            return None
        text = document.text[start:end]
        covered = [(one, other) for one, other, _ in own]
        for one, other in self._persons.spans_in(document.text, start, end):
            inside = max(one, start) - start, min(other, end) - start
            own += [(*piece, WITHHELD) for piece in _outside(inside, covered)]
        for one, other, instead in sorted(own, reverse=True):
            text = cut(text, [(one, other)], instead)
        return self._without(text)

    def _source(self, one: Source, document: Document) -> Source:
        """A source; a private person, and whoever of unknown kind is named like one, becomes nobody in particular."""
        listed = self._sources.get(one.id)
        if document.name in one.name:  # nothing but the file tells who published it
            return structs.replace(one, id=self._id("source", one.id), name=_NOBODY, aliases=())
        if one.kind not in PERSONAL:
            if listed is not None:
                return one
            return structs.replace(one, id=self._id("source", one.id), name=self._without(one.name), aliases=())
        name = self.said_in(one.name, document)
        if name != one.name and one.kind is not SourceKind.UNNAMED:
            name = _PRIVATE
        return structs.replace(one, id=self._id("source", one.id), name=name, aliases=(), owner=None)

    def _actor(self, one: Actor, clean: Any) -> Actor:
        if load_actors().get(one.id) is not None:
            return one
        name = clean(one.name)
        if one.kind is ActorKind.PERSON and name != one.name:
            name = _PRIVATE
        return structs.replace(one, id=self._id("actor", one.id), name=name, aliases=())

    def _place(self, one: Place) -> Place:
        """A place; one that the case made from words has an id that does not tell them, and a cleaned name."""
        told_from = self._place_id(one.relative_to) if one.relative_to is not None else None
        found = structs.replace(one, parents=tuple(map(self._place_id, one.parents)), relative_to=told_from)
        if one.id.startswith(_OF_TABLES):
            return found
        return structs.replace(found, id=self._place_id(one.id), name=self.clean(one.name), aliases=())

    def _place_id(self, identity: str) -> str:
        return identity if identity.startswith(_OF_TABLES) else self._id("place", identity)

    def wider(self, one: Place) -> Place | None:
        """The ground by which a place is told; `None` where nothing tells."""
        least = _COARSE.index(self._coarsest)
        if one.level in _COARSE and _COARSE.index(one.level) >= least and one.relative_to is None:
            return self._place(one)
        above = [found for found in map(self._gazetteer.get, one.parents) if found is not None]
        wide = [found for found in above if found.level in _COARSE and _COARSE.index(found.level) >= least]
        return min(wide, key=lambda found: _COARSE.index(found.level), default=None)

    def _id(self, kind: str, identity: str) -> str:
        """The published id of a thing that the case named by its words; what sort of id it is stays to be seen."""
        head, colon, _ = identity.partition(":")
        return f"{head}{colon}{self._secret.name(kind, identity)}" if colon else self._secret.name(kind, identity)


def _table_actor(one: Actor) -> Actor:
    """An actor that a table has, else nobody."""
    return one if load_actors().get(one.id) is not None else structs.replace(one, name=WITHHELD, aliases=())


def _table_place(one: Place) -> Place:
    """A place that a table has, else some place."""
    return one if one.id.startswith(_OF_TABLES) else structs.replace(one, name=WITHHELD, aliases=())


def _days(when: When | None) -> When | None:
    return structs.replace(when, expression=None, reasons=()) if when is not None else None


def _cleaned_when(claim: GroundedClaim, said: Claim, clean: Any) -> When | None:
    """When, in the words of the claim as it leaves where it is said in the words of the claim, else in cleaned ones."""
    when, own = claim.when, claim.claim.time
    if when is None:
        return None
    words = when.expression
    if words is not None:
        as_said = own is not None and own.expression == words and said.time is not None
        words = said.time.expression if as_said and said.time is not None else clean(words)
    return structs.replace(when, expression=words, reasons=())


def _outside(span: Span, covered: Iterable[Span]) -> list[Span]:
    """The parts of a stretch that others do not cover."""
    pieces, at = [], span[0]
    for one, other in merged(covered):
        if one > at:
            pieces.append((at, min(one, span[1])))
        at = max(at, other)
    pieces.append((at, span[1]))
    return [(start, end) for start, end in pieces if start < end]

"""Who speaks: the publisher of a document and the voices that its claims cite."""

from msgspec import structs

from tadmor.datamodel.documents import Document
from tadmor.datamodel.grounded import Candidate, Link
from tadmor.datamodel.sources import Source, SourceKind, Voice
from tadmor.dictionaries.lexicon import word_class
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.sources import SourceTable
from tadmor.grounding.publishing import publisher_named


class SourceResolver:
    """Resolves the voices of one document; "the defence ministry" is that of the country that it is set in."""

    def __init__(self, table: SourceTable, document: Document, country: str | None) -> None:
        self._table = table
        self._country = country
        self.publisher = self._publisher(document)
        self._known: dict[tuple[str, bool], Source] = {}

    def chain(self, attribution: tuple[Voice, ...]) -> tuple[tuple[Source, ...], tuple[Link, ...]]:
        """Publisher first, then whom the text cites, the origin last; a voice that repeats is kept once."""
        voices, links = [self.publisher], []
        for index, voice in enumerate(attribution):
            source = self._source(voice)
            links.append(
                Link(
                    role="source",
                    index=index,
                    expression=voice.name,
                    chosen=source.id,
                    candidates=(Candidate(id=source.id, name=source.name, score=1.0),),
                )
            )
            if source.id not in {known.id for known in voices[1:]}:
                voices.append(source)
        return tuple(voices), tuple(links)

    def _publisher(self, document: Document) -> Source:
        if document.outlet:
            known = self._table.lookup(document.outlet)
            if known is not None:
                return known
            return Source(id=_slug(document.outlet), name=document.outlet, kind=SourceKind.OUTLET)
        printed = publisher_named(document, self._table)
        if printed is not None:
            return printed
        name = document.author or f"publisher of {document.name}"
        return Source(id=f"file:{document.original[:12]}", name=name, kind=SourceKind.UNKNOWN)

    def _source(self, voice: Voice) -> Source:
        key = (voice.name, voice.named)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._look_up(voice)
        return found

    def _look_up(self, voice: Voice) -> Source:
        known = self._table.lookup(voice.name)
        if known is not None and self._table.of_any_side(known):
            known = self._of_the_publisher(known)
        if known is not None and known.kind is not SourceKind.UNNAMED:
            national = self._table.in_country(known, self._country) if self._country else None
            return self._partisan(voice, national or known)
        if known is not None or not voice.named:
            # "Activists" of one outlet are not known to be those of another.
            name = known.name if known is not None else voice.name
            sides = known.sides if known is not None else ()
            return Source(
                id=f"unnamed:{self.publisher.id}:{_slug(name)}", name=voice.name, kind=SourceKind.UNNAMED, sides=sides
            )
        return Source(id=_slug(voice.name), name=voice.name, kind=SourceKind.PERSON)

    def _partisan(self, voice: Voice, side: Source) -> Source:
        """As in "a pro-government page": it takes the government's side, and is not the government.

        Nor is "a Damascus radio station": its side is not told.
        """
        if side.kind is not SourceKind.PARTY:
            return side
        own = f"unnamed:{self.publisher.id}:{_slug(voice.name)}"
        if voice.name.lower().startswith("pro-"):
            return Source(id=own, name=voice.name, kind=SourceKind.UNNAMED, sides=side.sides)
        if voice.name.split()[-1].lower() in word_class("media"):
            return Source(id=own, name=voice.name, kind=SourceKind.OUTLET)
        return side

    def _of_the_publisher(self, office: Source) -> Source:
        """A party's own outlet tells of its own commanders; elsewhere "a commander" is nobody known."""
        own = next(iter(self.publisher.speaks_for), None)
        held = self._table.get(f"{own}/{office.id}") if own is not None else None
        return held or structs.replace(office, kind=SourceKind.UNNAMED)


def _slug(name: str) -> str:
    return fold(name).replace(" ", "_") or "unnamed"

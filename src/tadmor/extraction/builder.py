"""What all kinds share when they turn a frame into a claim: place, time, stance, speakers, passage."""

from collections.abc import Iterable
from typing import Any

import msgspec

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.places import Place
from tadmor.extraction.attribution import Speakers
from tadmor.extraction.context import Reading
from tadmor.extraction.focus import Focus
from tadmor.extraction.frames import Frame, Phrase
from tadmor.extraction.mentions import anaphor, is_pronoun, mention, named, places_in
from tadmor.extraction.parse import Parse, Role
from tadmor.extraction.stance import clause_bounds, modality, polarity

#: Prepositions whose phrase says where something happens, best first.
WHERE = ("in", "at", "on", "near", "inside", "outside", "around", "across", "within", "over", "throughout", "along", "of", "against", "for")


class Scene(msgspec.Struct, kw_only=True):
    """One sentence under reading, with the running focus of the story."""

    reading: Reading
    speakers: Speakers
    focus: Focus
    number: int
    parse: Parse

    def common(self, piece: int, start: int, end: int, trigger_start: int) -> dict[str, Any]:
        """The fields that every kind has, for a passage around a trigger."""
        return {
            "document": self.reading.document.id,
            "start": start,
            "end": end,
            "quote": self.reading.text[start:end],
            "modality": modality(self.reading, self.parse, piece, trigger_start),
            "polarity": polarity(self.reading, self.parse, piece, trigger_start),
            "attribution": self.speakers.of(self.number, start, end),
            "time": self.time(piece),
        }

    def time(self, piece: int) -> Mention | None:
        """The time expression of the clause, nearest to the trigger; `None` leaves the choice to grounding."""
        start, end = clause_bounds(self.parse, piece)
        at = self.parse.pieces[piece].start
        hits = sorted(self.reading.names.times.within(start, end), key=lambda hit: abs(hit.start - at))
        return mention(self.reading, hits[0].start, hits[0].end) if hits else None

    def candidates(self, found: Mention) -> tuple[Place, ...]:
        """What the gazetteer knows of a place mention's words."""
        return tuple(place for hit in self.reading.names.places.within(found.start, found.end) for place in hit.value)

    def places(self, phrase: Phrase | None) -> list[Mention]:
        """The places that an argument names or points back to."""
        if phrase is None:
            return []
        found = places_in(self.reading, self.parse, phrase)
        if found:
            return found
        levels = anaphor(self.parse, phrase)
        back = self.focus.back(levels, phrase.start) if levels is not None else None
        return [back] if back is not None else []

    def where(self, frame: Frame, *, objects: bool = True) -> Mention | None:
        """The place of an act: its prepositional phrases, then its object, the rest of the sentence, the story."""
        for phrase in (item for item in frame.phrases if item.prep in WHERE):
            found = self.places(phrase)
            if found:
                return found[0]
        if objects:
            found = self.places(frame.object)
            if found:
                return found[0]
        return self.nearby(frame) or self.focus.implicit(self.number)

    def nearby(self, frame: Frame) -> Mention | None:
        """A place elsewhere in the sentence: the nearest in a locative phrase, after the trigger before before it."""
        at = self.parse.pieces[frame.number].start
        best: tuple[int, Mention] | None = None
        for number, piece in enumerate(self.parse.pieces):
            if piece.role is not Role.NP or number == frame.number:
                continue
            before = self.parse.before(number)
            prep = self.parse.tokens[before.first].lower if before is not None and before.role is Role.PREP else None
            if prep not in self.reading.lexicon.classes["locative"]:
                continue
            found = self.places(Phrase(number=number, start=piece.start, end=piece.end, prep=prep))
            distance = piece.start - at if piece.start >= at else 2 * (at - piece.start)
            if found and (best is None or distance < best[0]):
                best = (distance, found[0])
        return best[1] if best else None

    def actor(self, phrase: Phrase | None) -> Mention | None:
        """The actor that an argument names; a pronoun stands for the last actor told."""
        if phrase is None:
            return None
        if is_pronoun(self.parse, phrase):
            return self.focus.actor(self.number)
        return named(self.reading, self.parse, phrase)

    def passage(self, piece: int, parts: Iterable[Phrase | None]) -> tuple[int, int]:
        """The stretch from the first to the last of a trigger's piece and its arguments."""
        spans = [(part.start, part.end) for part in parts if part is not None]
        group = self.parse.pieces[piece]
        spans.append((group.start, group.end))
        return min(start for start, _ in spans), max(end for _, end in spans)

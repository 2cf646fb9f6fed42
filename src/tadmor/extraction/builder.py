"""What all kinds share when they turn a frame into a claim: place, time, stance, speakers, passage."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import Mention
from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.lexicon import word_class
from tadmor.dictionaries.sites.described import kinds_called, site_called
from tadmor.extraction.attribution import Speakers
from tadmor.extraction.context import Reading
from tadmor.extraction.focus import Focus, Seen
from tadmor.extraction.frames import Frame, Phrase, preposition, verb_frame
from tadmor.extraction.mentions import (
    ANAPHORS,
    anaphor,
    capital_of,
    described_site,
    head,
    is_pronoun,
    is_provincial_capital,
    mention,
    named,
    names_of_ground,
    places_in,
    words_of,
)
from tadmor.extraction.names import Hit
from tadmor.extraction.parse import Parse, Role
from tadmor.extraction.stance import clause_bounds, modality, polarity
from tadmor.extraction.tokens import Tag, Token

#: Prepositions whose phrase says where something happens, best first.
WHERE = (
    "in",
    "at",
    "on",
    "near",
    "inside",
    "outside",
    "around",
    "across",
    "within",
    "over",
    "throughout",
    "along",
    "of",
    "against",
    "for",
)

#: Prepositions that set a scene by a site, whatever happens to the site itself.
_BESIDE = frozenset({"in", "at", "near", "on", "inside", "outside", "around"})
#: What a comma or an "and" between a time and a trigger adds to the way between them, in characters. By judgement: a
#: few words.
_BREAK = 20
_BREAKS = re.compile(r",|\b(?:and|but)\b")
_POSSESSIVE = re.compile(r"\b(?:its|their|his|her|\w+['’]s?)\s+$")
#: Nouns by which an organisation told of is called again.
_NAMELESS = frozenset({"group", "movement", "organisation", "organization", "outfit", "sect", "faction"})
_NO_GROUPS = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.COALITION, ActorKind.CIVILIANS})
#: Whoever is called by one of these rules, or serves those who do.
_RULING = frozenset({"army", "authorities", "government", "military", "ministry", "police", "regime"})
_WHOSE = frozenset({"its", "their", "his", "our"})
_NOUN_AFTER = re.compile(r"\s[a-z]")


def _beside(words: Sequence[Token], town: Mention) -> Mention:
    """As in "the heights west of the city": beside the town that is meant, not in it."""
    bearing = next((word.lower for word in words if word.lower in word_class("bearings")), None)
    if bearing is None or "of" not in {word.lower for word in words}:
        return town
    return msgspec.structs.replace(town, expression=f"{bearing} of {town.expression}")


def _inside(noun: str, town: Seen) -> Mention:
    """A site of no name in the town of the story: "in the hospital" is not all of the town."""
    return msgspec.structs.replace(town.mention, expression=f"{noun} in {town.mention.expression}", carried=True)


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
            "attribution": self.speakers.of(self.number, trigger_start),
            "time": self.time(piece),
        }

    def time(self, piece: int) -> Mention | None:
        """The time expression of the clause, nearest to the trigger; `None` leaves the choice to grounding."""
        start, end = clause_bounds(self.parse, piece)
        at = self.parse.pieces[piece].start
        hits = sorted(self.reading.names.times.within(start, end), key=lambda hit: self._away(hit.start, at))
        others = [hit.start for hit in hits if self._of_another(piece, hit.start, hit.end)]
        # a time beyond another noun's date ("that same month") goes on from that date
        own = [hit for hit in hits if not any(min(at, hit.start) < other <= max(at, hit.start) for other in others)]
        own = [hit for hit in own if not self._of_saying(piece, hit.start)]
        return mention(self.reading, own[0].start, own[0].end) if own else None

    def _away(self, time: int, at: int) -> int:
        """How far a time is from a trigger, in characters, breaks counted: "came in March, retook X on the 17th"."""
        first, last = min(time, at), max(time, at)
        return last - first + _BREAK * len(_BREAKS.findall(self.reading.text, first, last))

    def _of_saying(self, piece: int, start: int) -> bool:
        """Does a time say when something was said, not when it was: "the monitor said on Monday"?"""
        number = next(n for n, found in enumerate(self.parse.pieces) if found.end > start)
        for at in range(number - 1, -1, -1):
            found = self.parse.pieces[at]
            if found.role is Role.VERB:
                return at != piece and self.parse.main(found).base in self.reading.lexicon.reporting
            hearer = found.role is Role.NP and at > 0 and self._tells(at - 1)
            if found.role not in (Role.PREP, Role.TIME, Role.OTHER) and not hearer:
                return False
        return False

    def _tells(self, number: int) -> bool:
        """Is it the verb of "told the agency on Monday"?"""
        piece = self.parse.pieces[number]
        return piece.role is Role.VERB and self.parse.main(piece).base == "tell"

    def _of_another(self, piece: int, start: int, end: int) -> bool:
        """Does a time stand between a possessive and another noun: "its loss of X and its November loss of Y"?"""
        own = self.parse.pieces[piece]
        before, after = (self.reading.text[max(start - 20, 0) : start], self.reading.text[end : end + 3])
        between = _POSSESSIVE.search(before) is not None and _NOUN_AFTER.match(after) is not None
        return between and not (own.start <= start + 1 and start <= own.end)

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
        site = described_site(self.parse, phrase)
        if site is not None:
            return self._named_after(phrase, site) or self._site(phrase, site)
        levels = anaphor(self.parse, phrase)
        if is_provincial_capital(self.parse, phrase):
            province = self.focus.province(phrase.start)
            return [capital_of(province)] if province is not None else []
        if levels is not None:
            here = self.focus.last_here(levels, phrase.start, self.number) if is_pronoun(self.parse, phrase) else None
            back = here or self.focus.back(levels, phrase.start, self.number)
            return [_beside(words_of(self.parse, phrase), back)] if back is not None else []
        return self._apposed(phrase) or self._instances(phrase)

    def _instances(self, phrase: Phrase) -> list[Mention]:
        """As in "at sites including X and Y", "in villages such as X": the places that a plural stands for."""
        at, pieces = phrase.number + 1, self.parse.pieces
        plural = head(self.parse, phrase).lower
        if (
            at + 1 >= len(pieces)
            or not plural.endswith("s")
            or plural not in self.reading.lexicon.classes["place_nouns"]
        ):
            return []
        if pieces[at + 1].role is not Role.NP or self.parse.tokens[pieces[at].first].lower not in ("including", "like"):
            return []
        named_there = Phrase(number=at + 1, start=pieces[at + 1].start, end=pieces[at + 1].end)
        return places_in(self.reading, self.parse, named_there) or names_of_ground(
            self.reading, self.parse, named_there
        )

    def _named_after(self, phrase: Phrase, noun: str) -> list[Mention]:
        """As in "the oil field at Jazal", "the airport near Marib": the name stands after the noun for the site."""
        at, pieces = phrase.number + 1, self.parse.pieces
        if at + 1 >= len(pieces) or preposition(self.parse, at + 1) not in ("at", "in", "near", "outside"):
            return []
        hit = next(self.reading.names.places.within(pieces[at + 1].start, pieces[at + 1].end), None)
        if hit is None:
            return []
        name = mention(self.reading, hit.start, hit.end)
        kinds = kinds_called(noun.split())
        if any(place.site_kind in kinds for place in hit.value):
            return [name]
        owned = site_called(noun, hit.value[0]) is not None
        return [msgspec.structs.replace(name, expression=f"{noun} in {name.expression}", carried=True)] if owned else []

    def _site(self, phrase: Phrase, noun: str) -> list[Mention]:
        """What "the airport" means: the one told of, else that of the town where the clause or the story is."""
        told = self.focus.site(kinds_called(noun.split()), phrase.start, self.number)
        towns = [
            town for town in self.focus.towns(phrase.start, self.number) if told is None or self._moves_to(town, told)
        ]
        own = next((site for town in towns if (site := self._site_in(town, noun)) is not None), None)
        if own is not None:
            return [own]
        if told is not None:
            return [msgspec.structs.replace(told.mention, carried=True)]
        if noun.rsplit(maxsplit=1)[-1] not in ANAPHORS:
            return [_inside(noun, towns[0])] if towns and phrase.prep in _BESIDE else []
        back = self.focus.unknown(phrase.start, self.number)
        # what stands "at the base" stands where the story is; whoever takes the base has not taken the town
        if back is None and phrase.prep in _BESIDE:
            back = self.focus.back((Level.SETTLEMENT,), phrase.start, self.number)
        return [back] if back is not None else []

    def _moves_to(self, town: Seen, told: Seen) -> bool:
        """Has the story left a site for a town: is the sentence set there?"""
        number = next((n for n, piece in enumerate(self.parse.pieces) if piece.end > town.mention.start), 0)
        return told.sentence < town.sentence == self.number and preposition(self.parse, number) in ("in", "at")

    def _site_in(self, town: Seen, noun: str) -> Mention | None:
        """The site of a town as "airport in Palmyra", which grounding finds again; `None` where none is known."""
        if site_called(noun, town.places[0]) is None:
            return None
        span = town.mention
        hit = next(self.reading.names.places.within(span.start, span.end), None)
        name = self.reading.text[hit.start : hit.end] if hit is not None else span.expression
        return msgspec.structs.replace(span, expression=f"{noun} in {name}", carried=True)

    def _apposed(self, phrase: Phrase) -> list[Mention]:
        """As in "Palmyra, a city won by": an indefinite place noun after the place it describes; the comma may lack."""
        words = words_of(self.parse, phrase)
        if words[0].lower not in ("a", "an") or words[-1].lower not in ANAPHORS or phrase.number < 1:
            return []
        at = phrase.number - 1
        while at > 0 and self.parse.pieces[at].role is Role.OTHER:  # "X, still a stronghold of"
            at -= 1
        comma = self.parse.tokens[self.parse.pieces[at].first].text == ","
        at = at - 1 if comma else at
        before = self.parse.pieces[at] if at >= 0 else None
        if before is None or before.role is not Role.NP:
            return []
        return places_in(self.reading, self.parse, Phrase(number=at, start=before.start, end=before.end))

    def ground(self, phrase: Phrase) -> list[Mention]:
        """The places of a phrase that is known to speak of ground: there, any capitalised name is a place."""
        return self.places(phrase) or names_of_ground(self.reading, self.parse, phrase)

    def said_where(self, frame: Frame) -> Mention | None:
        """The place that the clause itself names: its prepositional phrases, or what its "where" follows."""
        for phrase in (item for item in frame.phrases if item.prep in WHERE):
            found = self.places(phrase)
            if found:
                return found[0]
        return next(iter(self._where_clause(frame.number)), None)

    def where(self, frame: Frame, *, objects: bool = True) -> Mention | None:
        """The place of an act: its prepositional phrases, then its object, the rest of the sentence, the story."""
        said = self.said_where(frame)
        if said is not None:
            return said
        if objects:
            found = self.places(frame.object)
            if found:
                return found[0]
        at = self.parse.pieces[frame.number].start
        told = self.focus.told_here(self.number, at)
        return told or self.nearby(frame) or self.focus.implicit(self.number)

    def _where_clause(self, number: int) -> list[Mention]:
        """The place that a clause with "where" tells of: "the capital, where a garrison"."""
        for at in range(number - 1, 0, -1):
            piece = self.parse.pieces[at]
            if piece.role is Role.SUB:
                if self.parse.tokens[piece.first].lower != "where":
                    return []
                before = at - 2 if self.parse.pieces[at - 1].role is Role.PUNCT else at - 1
                found = self.parse.pieces[before] if before >= 0 else piece
                if found.role is not Role.NP:
                    return []
                return self.places(Phrase(number=before, start=found.start, end=found.end))
        return []

    def nearby(self, frame: Frame) -> Mention | None:
        """A place elsewhere in the sentence: the nearest in a locative phrase, after the trigger before before it."""
        at = self.parse.pieces[frame.number].start
        best: tuple[int, Mention] | None = None
        for number, piece in enumerate(self.parse.pieces):
            if piece.role is not Role.NP or number == frame.number or self._parted(frame.number, number):
                continue
            before = self.parse.before(number)
            prep = self.parse.tokens[before.first].lower if before is not None and before.role is Role.PREP else None
            if prep == "from" or prep not in self.reading.lexicon.classes["locative"]:
                continue  # fire comes "from" elsewhere
            found = self.places(Phrase(number=number, start=piece.start, end=piece.end, prep=prep))
            distance = piece.start - at if piece.start >= at else 2 * (at - piece.start)
            if found and (best is None or distance < best[0]):
                best = (distance, found[0])
        return best[1] if best else None

    def _parted(self, number: int, later: int) -> bool:
        """Does a full stop inside a quotation stand between a piece and a later one?"""
        return any(self.parse.tokens[piece.first].text == "." for piece in self.parse.pieces[number:later])

    def actor(self, phrase: Phrase | None) -> Mention | None:
        """Who an argument names as doing something.

        A pronoun stands for the last actor told. A phrase about an act ("an offensive to...") stands for whoever it
        names, else for the subject of the verb before it. A phrase that names nobody gives nothing.
        """
        if phrase is None:
            return None
        if is_pronoun(self.parse, phrase):
            return self.focus.actor(self.number)
        if self._is_nameless(phrase) and (group := self.focus.actor(self.number, self._is_group)) is not None:
            return group
        classes = self.reading.lexicon.classes
        noun = head(self.parse, phrase)
        if noun.lower in classes["act_nouns"]:
            return self._undertaker(phrase)
        hits = list(self.reading.names.actors.within(phrase.start, phrase.end))
        if hits or noun.lower in classes["force_nouns"] | classes["person_nouns"]:
            return self._whole_or_named(phrase, hits)
        if any(True for _ in self.reading.names.places.within(phrase.start, phrase.end)):
            return None
        if any(token.tag is Tag.NAME for token in words_of(self.parse, phrase)) and not self._is_called_ground(phrase):
            return named(self.reading, self.parse, phrase)
        return None

    def _is_nameless(self, phrase: Phrase) -> bool:
        """As in "the group controls the road": an organisation told of before, called by what it is."""
        words = [token.lower for token in words_of(self.parse, phrase)]
        return len(words) == 2 and words[0] == "the" and words[1] in _NAMELESS

    def _is_group(self, who: Mention) -> bool:
        """Can an actor be called a group: no state, no army, no people?"""
        kinds = {hit.value.kind for hit in self.reading.names.actors.within(who.start, who.end)}
        ruling = not _RULING.isdisjoint(who.expression.lower().split())
        return bool(kinds) and kinds.isdisjoint(_NO_GROUPS) and not ruling

    def is_own_force(self, phrase: Phrase) -> bool:
        """As in "its forces": those of whoever was told of."""
        words = words_of(self.parse, phrase)
        forces = head(self.parse, phrase).lower in self.reading.lexicon.classes["force_nouns"]
        capitals = any(token.text[0].isupper() for token in words[1:])
        return forces and words[0].lower in _WHOSE and not capitals

    def _is_called_ground(self, phrase: Phrase) -> bool:
        """As in "the Harna district": a name of ground that no table has is no actor's."""
        grounds = self.reading.lexicon.classes["place_nouns"] | word_class("ground_parts") | word_class("town_parts")
        words = words_of(self.parse, phrase)
        return any(token.text.islower() and token.lower in grounds for token in words)

    def is_agent(self, phrase: Phrase) -> bool:
        """Does a phrase name whoever can do something, rather than speak of them: "Russian supply lines"?"""
        noun = head(self.parse, phrase)
        classes = self.reading.lexicon.classes
        if noun.lower in classes["force_nouns"] | classes["person_nouns"] | word_class("speakers"):
            return True
        act = noun.lower in classes["act_nouns"]  # "the army's assault" is about the army
        hits = self.reading.names.actors.within(phrase.start, phrase.end)
        return any(hit.start <= noun.start and (act or noun.start < hit.end) for hit in hits)

    def _whole_or_named(self, phrase: Phrase, hits: list[Hit[Actor]]) -> Mention | None:
        """The whole phrase where its noun is a force or the name ends it; else the name inside it."""
        noun = head(self.parse, phrase)
        classes = self.reading.lexicon.classes
        ends = any(hit.start < noun.end <= hit.end for hit in hits)  # no "control of the rebels"
        if noun.lower in classes["force_nouns"] | classes["person_nouns"] or ends:
            return named(self.reading, self.parse, phrase)
        return mention(self.reading, hits[0].start, hits[0].end)

    def _undertaker(self, phrase: Phrase) -> Mention | None:
        hits = list(self.reading.names.actors.within(phrase.start, phrase.end))
        if hits:
            return mention(self.reading, hits[0].start, hits[0].end)
        before = next((n for n in range(phrase.number - 1, -1, -1) if self.parse.pieces[n].role is Role.VERB), None)
        subject = verb_frame(self.parse, before).subject if before is not None else None
        if subject is not None and subject.number < phrase.number:
            return self.actor(subject)
        return None

    def passage(self, piece: int, parts: Iterable[Phrase | None]) -> tuple[int, int]:
        """The stretch from the first to the last of a trigger's piece and its arguments."""
        spans = [(part.start, part.end) for part in parts if part is not None]
        group = self.parse.pieces[piece]
        spans.append((group.start, group.end))
        return min(start for start, _ in spans), max(end for _, end in spans)

"""A model's claim -> a claim, if every word that it rests on stands in the text."""

import re
from collections.abc import Mapping
from typing import Any

from tadmor.datamodel.claims import Claim, ControlClaim, EventClaim, Mention, MovementClaim, PresenceClaim, TollClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.spans import Span
from tadmor.dictionaries.lexicon import word_class
from tadmor.extraction.amounts import AmountKind
from tadmor.extraction.attribution import Speakers, voice_at
from tadmor.extraction.context import Reading
from tadmor.extraction.llm.answers import Rejection, Said, SaidControl, SaidEvent, SaidMovement, SaidPresence, SaidToll
from tadmor.extraction.llm.folding import Folded
from tadmor.extraction.llm.windows import Window
from tadmor.extraction.mentions import mention

_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)


class Checker:
    """Checks what is said of one document; `name` and `score` are those of the reader."""

    def __init__(self, reading: Reading, name: str, score: float) -> None:
        self._reading = reading
        self._speakers = Speakers(reading)
        self._exact = Folded(reading.text)
        self._loose = Folded(reading.text, loose=True)
        self._name = name
        self._score = score

    def checked(self, said: Said, window: Window) -> Claim | Rejection:
        """The claim, or why it is none."""
        found = self._quoted(said, window)
        if found is None:
            return Rejection.QUOTE
        number, quote = found
        if any(map(_is_pronoun, said.named())):
            return Rejection.PRONOUN
        named = {words: self._mention(words, quote, number) for words in said.named() if words.strip()}
        if None in named.values():
            return Rejection.NAME
        names = _Names({words: one for words, one in named.items() if one is not None})
        sentence = self._reading.sentences[number].span
        counted = self._nearest(said.count, quote, sentence) if said.count else None
        if said.count and (counted is None or not sentence.contains(counted)):
            return Rejection.COUNT
        common: dict[str, Any] = {
            "document": self._reading.document.id,
            "start": quote.start,
            "end": quote.end,
            "quote": quote.of(self._reading.text),
            "modality": said.modality,
            "polarity": said.polarity,
            "attribution": self._voices(said.sources, quote, number),
            "place": names.one(said.place),
            "time": self._time(names.one(said.time)),
            "count": self._count(counted),
            "score": self._score,
            "reader": self._name,
        }
        return self._of_kind(said, names, common)

    def _quoted(self, said: Said, window: Window) -> tuple[int, Span] | None:
        """The sentence that holds a quote, and where: the one that is named, else the nearest to it."""
        near = said.sentence if said.sentence is not None else window.numbers[0]
        for number in sorted(window.numbers, key=lambda one: (abs(one - near), one)):
            found = next(self._exact.find(said.quote, self._reading.sentences[number].span), None)
            if found is not None:
                return number, found
        return None

    def _mention(self, words: str, quote: Span, number: int) -> Mention | None:
        """Words at the place nearest to a quote: in it, in its sentence, else elsewhere in the text."""
        sentence = self._reading.sentences[number].span
        found = self._nearest(_ARTICLE.sub("", words.strip()), quote, sentence)
        if found is None:
            return None
        return mention(self._reading, found.start, found.end, carried=not sentence.contains(found))

    def _nearest(self, words: str, quote: Span, sentence: Span) -> Span | None:
        def rank(one: Span) -> tuple[bool, bool, int, int]:
            gap = max(one.start - quote.end, quote.start - one.end, 0)
            return not quote.contains(one), not sentence.contains(one), gap, one.start

        exact = min(self._exact.find(words), key=rank, default=None)  # "US" is not "us" where both stand
        return exact or min(self._loose.find(words), key=rank, default=None)

    def _count(self, counted: Span | None) -> Quantity | None:
        """The number in words of the text, as our own grammar reads it; words that hold none ("many") count nothing."""
        if counted is None:
            return None
        found = (hit.value for hit in self._reading.names.amounts.hits)
        hits = [one for one in found if one.start < counted.end and counted.start < one.end]
        told = (one.quantity for one in sorted(hits, key=lambda one: one.kind is AmountKind.ARTICLE))
        return next((one for one in told if one.known), None)

    def _time(self, told: Mention | None) -> Mention | None:
        """The expression of time in words that a model gives; words that are none leave the choice to grounding."""
        if told is None:
            return None
        hits = self._reading.names.times.hits
        found = next((hit for hit in hits if hit.start < told.end and told.start < hit.end), None)
        return mention(self._reading, found.start, found.end, carried=told.carried) if found is not None else None

    def _voices(self, sources: tuple[str, ...], quote: Span, number: int) -> tuple[Voice, ...]:
        """Whom the model gives as the sources, where all of them stand in the text; else whom the rules find."""
        outlet = (self._reading.document.outlet or "").casefold()
        cited = [words for words in sources if words.strip() and words.strip().casefold() != outlet]
        found = [self._mention(words, quote, number) for words in cited]
        told = tuple(voice_at(self._reading, one.start, one.end) for one in found if one is not None)
        if told and len(told) == len(found):
            return told
        # whoever speaks is told before the last word or behind it, wherever in the quote the speaking stands
        return self._speakers.of(number, quote.end - 1)

    def _of_kind(self, said: Said, names: "_Names", common: dict[str, Any]) -> Claim:
        match said:
            case SaidControl():
                holder, loser = names.one(said.holder), names.one(said.loser)
                return ControlClaim(**common, change=said.change, degree=said.degree, holder=holder, loser=loser)
            case SaidEvent():
                actors, targets = names.all(said.actors), names.all(said.targets)
                return EventClaim(**common, type=said.type, actors=actors, targets=targets)
            case SaidPresence():
                what = names.one(said.what)
                return PresenceClaim(**common, actor=names.one(said.actor), what=what, equipment=self._system(what))
            case SaidMovement():
                origin, destination = names.one(said.origin), names.one(said.destination)
                common["place"] = common["place"] or destination or origin
                who, what = names.one(said.actor), names.one(said.what)
                return MovementClaim(**common, actor=who, what=what, origin=origin, destination=destination)
            case SaidToll():
                group, by = names.one(said.group), names.one(said.by)
                return TollClaim(**common, harm=said.harm, status=said.status, group=group, by=by)

    def _system(self, what: Mention | None) -> str | None:
        """The weapon or vehicle that some words name."""
        if what is None:
            return None
        hit = next(self._reading.names.equipment.within(what.start, what.end), None)
        return hit.value.id if hit is not None else None


def _is_pronoun(words: str) -> bool:
    """Do words stand for a name told elsewhere? "US" does not."""
    own = words.strip()
    return own.lower() in word_class("pronouns") and not (len(own) > 1 and own.isupper())


class _Names:
    """The words of a claim, found in the text."""

    def __init__(self, found: Mapping[str, Mention]) -> None:
        self._found = found

    def one(self, words: str | None) -> Mention | None:
        """Of a role that one name fills."""
        return self._found.get(words) if words is not None else None

    def all(self, words: tuple[str, ...]) -> tuple[Mention, ...]:
        """Of a role that several may fill."""
        found = (self._found.get(one) for one in words)
        return tuple(dict.fromkeys(one for one in found if one is not None))

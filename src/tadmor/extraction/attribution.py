"""Who says so: reporting clauses, "according to", quotations and the speakers they belong to.

The chain of a claim runs from the relayer to the origin: "a military source told Al-Masdar News" gives Al-Masdar News,
then the military source. The publisher is not part of it; grounding puts it in front.
"""

import re
from collections.abc import Iterator

from tadmor.datamodel.documents import Form
from tadmor.datamodel.sources import SourceKind, Voice
from tadmor.dictionaries.lexicon import load_lexicon, word_class
from tadmor.extraction.context import Reading
from tadmor.extraction.frames import Frame, Phrase, phrase, preposition, verb_frame
from tadmor.extraction.mentions import head, is_pronoun, named, words_of
from tadmor.extraction.parse import Parse, Role
from tadmor.extraction.tellings import Telling, covering, relayed
from tadmor.extraction.tokens import Tag

_QUOTES = re.compile(r"[“”\"]")
_ACCORDING = re.compile(rf"\b(?:{'|'.join(load_lexicon().reporting_phrases)})\s+", re.IGNORECASE)

#: Verbs that also have other objects than speech; they need "that", a quotation or a claim after them.
_WEAK = frozenset(
    [
        "describe",
        "show",
        "record",
        "monitor",
        "maintain",
        "publish",
        "add",
        "note",
        "state",
        "document",
        "indicate",
        "suggest",
        "point",
    ]
)

#: What is done with news by whoever gives them out: "was announced by the militia", but not "were counted by".
_GIVING_OUT = frozenset(
    [
        "acknowledge",
        "admit",
        "affirm",
        "allege",
        "announce",
        "assert",
        "claim",
        "confirm",
        "declare",
        "deny",
        "disclose",
        "report",
        "reveal",
        "state",
    ]
)


class Speakers:
    """The speakers of a document, sentence by sentence; remembers who "he" is and whose quotation runs on."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._last: tuple[Voice, ...] = ()
        self._here: tuple[Voice, ...] = ()
        self._open = False
        self._tellings: dict[int, tuple[Telling, ...]] = {}
        self._carried: dict[int, tuple[Voice, ...]] = {}
        self._persons: dict[str, tuple[Voice, ...]] = {}
        for number in range(len(reading.sentences)):
            self._read(number)

    def of(self, number: int, trigger: int) -> tuple[Voice, ...]:
        """Whom the text gives as the source of what a trigger in a sentence tells; empty: only the publisher."""
        chosen = self._own_half(number, trigger) or covering(self._tellings[number], trigger)
        if chosen is not None:
            return chosen.chain
        return self._carried.get(number, ())

    def voices(self, number: int, speaker: Phrase) -> tuple[Voice, ...]:
        """The voices that a phrase of a sentence names."""
        return self._chain(self._reading.parse(number), speaker)

    def _own_half(self, number: int, trigger: int) -> Telling | None:
        """The trailing report in the trigger's half of a sentence parted by a semicolon; the other half has its own."""
        marks = [token.start for token in self._reading.parse(number).tokens if token.text == ";"]
        start = max((mark for mark in marks if mark < trigger), default=None)
        if start is None:
            return None
        end = min((mark for mark in marks if mark > trigger), default=self._reading.sentences[number].end)
        own = [telling for telling in self._tellings[number] if start < telling.start < end]
        return covering(tuple(own), trigger)

    def _read(self, number: int) -> None:
        reading, sentence = self._reading, self._reading.sentences[number]
        parse = reading.parse(number)
        found = relayed(reading.lower, tuple(sorted(self._found(number, parse), key=lambda telling: telling.at)))
        self._tellings[number] = found
        quotes = len(_QUOTES.findall(reading.text, sentence.start, sentence.end))
        if self._open and not found and self._last:
            self._carried[number] = self._last
        self._last = found[-1].chain if found else self._topic(parse) or self._last
        self._open = self._open ^ (quotes % 2 == 1)

    def _topic(self, parse: Parse) -> tuple[Voice, ...]:
        """The source that a sentence without a report is about: "The Observatory was more careful. It said"."""
        at = next((n for n, piece in enumerate(parse.pieces) if piece.role is Role.NP), None)
        if at is None or at + 1 >= len(parse.pieces) or parse.pieces[at + 1].role is not Role.VERB:
            return ()
        piece = parse.pieces[at]
        hits = [hit for hit in self._reading.names.sources.within(piece.start, piece.end) if hit.end == piece.end]
        return tuple(self._voice(hit.start, hit.end) for hit in hits[:1])

    def _found(self, number: int, parse: Parse) -> Iterator[Telling]:
        self._here = ()
        yield from self._according(number, parse)
        yield from self._headline(number, parse)
        for at, piece in enumerate(parse.pieces):
            account = self._account(parse, at) if piece.role is Role.NP else None
            if account is not None:
                yield account
            if piece.role is Role.VERB and (
                parse.main(piece).base in self._reading.lexicon.reporting or self._puts(parse, at)
            ):
                telling = self._clause(parse, at)
                if telling is not None:
                    self._here = telling.chain
                    yield telling

    def _headline(self, number: int, parse: Parse) -> Iterator[Telling]:
        """As in "Air strikes kill 4 in Syria: monitor"; also "Monitor: ..."."""
        if self._reading.sentences[number].form is not Form.HEADLINE or len(parse.tokens) < 4:
            return
        for token, others in ((parse.tokens[-1], parse.tokens[-4:-1]), (parse.tokens[0], parse.tokens[1:3])):
            if token.lower in word_class("headline_sources") and not any(
                other.tag is Tag.PREP for other in others[-1:]
            ):
                voice = Voice(name=token.text, start=token.start, end=token.end, named=False)
                yield Telling(
                    at=token.start, start=token.start, end=token.end, chain=(voice,), trailing=True, whole=True
                )
                return

    def _according(self, number: int, parse: Parse) -> Iterator[Telling]:
        sentence = self._reading.sentences[number]
        for match in _ACCORDING.finditer(self._reading.text, sentence.start, sentence.end):
            at = next((n for n, piece in enumerate(parse.pieces) if piece.end > match.end()), None)
            if at is None or parse.pieces[at].role is not Role.NP:
                continue
            chain = self._chain(parse, phrase(parse, at))
            if chain:
                yield Telling(
                    at=match.start(),
                    start=match.start(),
                    end=parse.pieces[at].end,
                    chain=chain,
                    trailing=True,
                    whole=True,
                )

    def _clause(self, parse: Parse, at: int) -> Telling | None:
        piece = parse.pieces[at]
        frame = verb_frame(parse, at, passive=piece.passive)
        if frame.passive:
            return self._passive(parse, at, frame)
        speaker, inverted = self._going_on(parse, at) or frame.subject, False
        if speaker is None or not (self._speaks(parse, speaker) or self._are_heard(parse, speaker, at)):
            # what follows "put" is what is counted, no speaker
            speaker, inverted = None if self._puts(parse, at) else self._after(parse, at), True
        if speaker is None:
            return None
        weak = parse.main(piece).base in _WEAK
        if weak and not self._speech_follows(parse, at):
            return None
        chain = self._chain(parse, speaker)
        told = self._told(parse, at) or self._quoted_by(parse, speaker, at)
        if not chain:
            return None
        end = max(piece.end, speaker.end)
        trailing = inverted or not self._speech_follows(parse, at)
        return Telling(
            at=piece.start,
            start=min(piece.start, speaker.start),
            end=end,
            chain=told + chain,
            trailing=trailing,
            whole=False,
            denies=parse.main(piece).base in word_class("denying"),
        )

    def _passive(self, parse: Parse, at: int, frame: Frame) -> Telling | None:
        """As in "the capture was announced by the militia", "it was confirmed by the mayor that the army left"."""
        piece, speaker = parse.pieces[at], frame.agent
        if speaker is None or parse.main(piece).base not in _GIVING_OUT or not self._speaks(parse, speaker):
            return None
        chain = self._chain(parse, speaker)
        if not chain:
            return None
        after = parse.after(speaker.number)
        that = after is not None and parse.tokens[after.first].lower == "that"
        return Telling(
            at=piece.start,
            start=piece.start,
            end=speaker.end,
            chain=chain,
            trailing=not that,
            whole=False,
        )

    def _account(self, parse: Parse, at: int) -> Telling | None:
        """As in "the army's claim that it holds the plain": what is claimed is of whoever stands before the claim."""
        words, after = parse.words(parse.pieces[at]), parse.after(at)
        told = after is not None and after.role is Role.SUB and parse.tokens[after.first].lower == "that"
        if not told or after is None or words[-1].lower not in word_class("accounts"):
            return None
        owner = [token for token in words[:-1] if token.tag is not Tag.DET]
        if not owner or words[0].lower in ("its", "their", "his", "her"):
            return None
        start, end = owner[0].start, owner[-1].start + len(owner[-1].lower)
        hit = next(self._reading.names.sources.within(start, end), None)
        told_by = any(token.lower in word_class("speakers") for token in owner) or owner[-1].possessive
        if hit is None and not told_by:
            return None
        voice = self._voice(hit.start, hit.end) if hit is not None else self._voice(start, end)
        return Telling(at=start, start=start, end=after.end, chain=(voice,), trailing=False, whole=False)

    def _puts(self, parse: Parse, at: int) -> bool:
        """As in "activists put the death toll at 40", "a doctor gave a figure of 40": a number is given out."""
        if parse.main(parse.pieces[at]).base not in word_class("figuring"):
            return False
        given = verb_frame(parse, at, passive=False).object
        if given is None:
            return False
        words = {token.lower for token in words_of(parse, given)}
        return words == {"it"} or not words.isdisjoint(word_class("tallies") | word_class("counted"))

    def _going_on(self, parse: Parse, at: int) -> Phrase | None:
        """The speaker of "denied that the town had fallen and said": whoever denied it, not the town."""
        before = parse.before(at)
        if before is None or before.role is not Role.CONJ:
            return None
        inside = False
        for number in range(at - 2, -1, -1):
            piece = parse.pieces[number]
            inside = inside or (piece.role is Role.SUB and parse.tokens[piece.first].lower == "that")
            if piece.role is Role.VERB and parse.main(piece).base in self._reading.lexicon.reporting:
                return verb_frame(parse, number, passive=piece.passive).subject if inside else None
        return None

    def _speaks(self, parse: Parse, speaker: Phrase) -> bool:
        words = words_of(parse, speaker)
        if words[0].lower == "according" or words[0].lower in word_class("nobody"):
            return False
        if len(words) == 1 and words[0].lower in ("he", "she", "they", "it", "who"):
            return words[0].lower != "it" or bool(self._last)
        if any(True for _ in self._reading.names.sources.within(speaker.start, speaker.end)):
            return True
        if any(token.lower in word_class("speakers") for token in words):
            return True
        if words[0].lower in ("a", "an", "another", "one") and head(parse, speaker).lower in word_class("person_nouns"):
            return True  # "a former teacher said"
        return any(token.tag is Tag.NAME for token in words)

    def _are_heard(self, parse: Parse, speaker: Phrase, at: int) -> bool:
        """As in "hospital workers said": people of any sort who say something, in a clause of their own."""
        people = head(parse, speaker).lower in self._reading.lexicon.classes["person_nouns"]
        nobody = words_of(parse, speaker)[0].lower in word_class("nobody")
        says = parse.main(parse.pieces[at]).base in ("say", "tell")
        return says and people and not nobody and self._speech_follows(parse, at)

    def _after(self, parse: Parse, at: int) -> Phrase | None:
        """As in "said Rami Abdel Rahman": the speaker after the verb."""
        after = parse.after(at)
        if after is None or after.role is not Role.NP:
            return None
        speaker = phrase(parse, at + 1)
        following = parse.after(at + 1)
        if following is not None and following.role is Role.VERB:
            return None
        return speaker if self._speaks(parse, speaker) and not is_pronoun(parse, speaker) else None

    def _speech_follows(self, parse: Parse, at: int) -> bool:
        """Is there a clause of speech right of the verb?"""
        for piece in parse.pieces[at + 1 :]:
            if piece.role is Role.VERB or (piece.role is Role.SUB and parse.tokens[piece.first].lower == "that"):
                return True
        return False

    def _told(self, parse: Parse, at: int) -> tuple[Voice, ...]:
        """As in "told Al-Masdar News that": the relayer, before the origin."""
        if parse.main(parse.pieces[at]).base != "tell":
            return ()
        after = parse.after(at)
        if after is None or after.role is not Role.NP:
            return ()
        hits = list(self._reading.names.sources.within(after.start, after.end))
        return tuple(self._voice(hit.start, hit.end) for hit in hits[:1])

    def _quoted_by(self, parse: Parse, speaker: Phrase, at: int) -> tuple[Voice, ...]:
        """As in "a resident, quoted by the agency, said": the relayer, before the origin."""
        for number in range(speaker.number + 1, at - 2):
            piece, after = parse.pieces[number], parse.pieces[number + 1 : number + 3]
            cites = piece.role is Role.VERB and parse.main(piece).lower in ("quoted", "cited")
            if cites and [one.role for one in after] == [Role.PREP, Role.NP] and preposition(parse, number + 2) == "by":
                hits = list(self._reading.names.sources.within(after[1].start, after[1].end))
                own = named(self._reading, parse, phrase(parse, number + 2))
                return tuple(self._voice(hit.start, hit.end) for hit in hits[:1]) or (
                    (self._voice(own.start, own.end),) if own is not None else ()
                )
        return ()

    def _chain(self, parse: Parse, speaker: Phrase) -> tuple[Voice, ...]:
        """Voices of a speaker phrase: the person, then the organisation it speaks for ("director of the SOHR")."""
        if is_pronoun(parse, speaker):
            return self._here or self._last  # "a teacher said that he had counted"
        own = named(self._reading, parse, speaker)
        if own is None:
            return ()
        back = self._back(parse, speaker, own.expression)
        if back:
            return back
        hits = list(self._reading.names.sources.within(speaker.start, self._reach(parse, speaker)))
        voices = [self._voice(own.start, own.end)] if not hits or hits[0].start > own.start else []
        voices += [self._voice(hit.start, hit.end) for hit in hits]
        chain = tuple(voices[:3])
        words = own.expression.split()
        if len(words) > 1 and words[-1][0].isupper():
            self._persons[words[-1].lower()] = chain
        return chain

    def _back(self, parse: Parse, speaker: Phrase, expression: str) -> tuple[Voice, ...]:
        """As in "Konashenkov", "the group", "the source": a speaker brought in before."""
        words = words_of(parse, speaker)
        if len(expression.split()) == 1 and expression.lower() in self._persons:
            return self._persons[expression.lower()]
        plain = words[0].lower in ("the", "that", "this", "same") and not any(
            token.tag is Tag.NAME and token.text[0].isupper() for token in words
        )
        return self._last if plain and words[-1].lower in word_class("back") else ()

    def _reach(self, parse: Parse, speaker: Phrase) -> int:
        """The end of an apposition after a name: "Rahman, director of the Observatory"."""
        end = speaker.end
        for piece in parse.pieces[speaker.number + 1 : speaker.number + 6]:
            if piece.role not in (Role.NP, Role.PUNCT, Role.PREP):
                break
            end = piece.end
        return end

    def _voice(self, start: int, end: int) -> Voice:
        return voice_at(self._reading, start, end)


def voice_at(reading: Reading, start: int, end: int) -> Voice:
    """Whoever the words of a stretch name as speaking."""
    words = " ".join(reading.text[start:end].split())
    hit = next(reading.names.sources.within(start, end), None)
    is_named = hit.value.kind is not SourceKind.UNNAMED if hit is not None else words[:1].isupper()
    return Voice(name=words, start=start, end=end, named=is_named)

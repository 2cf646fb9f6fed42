"""One document under reading: text, sentences, names and parses, computed once and shared by the kinds."""

from collections.abc import Iterator
from functools import cached_property

import msgspec

from tadmor.datamodel.documents import Document
from tadmor.dictionaries.gazetteer import Gazetteer, open_gazetteer
from tadmor.dictionaries.lexicon import Lexicon, Trigger, load_lexicon
from tadmor.dictionaries.sources import SourceTable, load_sources
from tadmor.extraction.names import Names, find_names
from tadmor.extraction.parse import Parse, Role, parse
from tadmor.extraction.sentences import Sentence, sentences
from tadmor.extraction.tokens import Tag, tokens


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A trigger found: tokens `[first, last)` of a sentence's parse, in the piece `number`."""

    trigger: Trigger
    first: int
    last: int
    number: int


class Reading:
    """A document with everything the kinds need."""

    def __init__(
        self, document: Document, sources: SourceTable | None = None, gazetteer: Gazetteer | None = None
    ) -> None:
        self.document = document
        self.text = document.text
        self.lexicon: Lexicon = load_lexicon()
        self.gazetteer: Gazetteer = gazetteer or open_gazetteer()
        self.names: Names = find_names(document.text, sources or load_sources(), self.gazetteer)
        self.sentences: tuple[Sentence, ...] = sentences(document)
        self._parses: dict[int, Parse] = {}

    def parse(self, number: int) -> Parse:
        """The parse of one sentence, made on first use."""
        found = self._parses.get(number)
        if found is None:
            words = tokens(self.text, self.sentences[number], self.names, self.lexicon)
            found = self._parses[number] = parse(words, self.lexicon)
        return found

    @cached_property
    def lower(self) -> str:
        """The text in lower case, for phrase look-ups."""
        return self.text.lower()

    def hits(self, number: int, kind: str) -> Iterator[Hit]:
        """Triggers of one kind in a sentence, longest first at each word, none inside another of the same kind."""
        found = self.parse(number)
        taken = -1
        for index, token in enumerate(found.tokens):
            if index < taken:
                continue
            for trigger in self.lexicon.triggers.get(token.lower, ()):
                if trigger.kind != kind or not _fits(found, index, trigger):
                    continue
                last = _matched(found, index, trigger.words)
                if last is not None:
                    yield Hit(trigger=trigger, first=index, last=last, number=found.piece_of[index])
                    taken = last
                    break


def _fits(found: Parse, index: int, trigger: Trigger) -> bool:
    """A verb trigger wants a verb or participle here, a noun trigger a noun."""
    token = found.tokens[index]
    if trigger.part == "verb":
        return token.tag is Tag.VERB
    if trigger.part == "noun" and len(trigger.words) == 1:
        return token.tag in (Tag.NOUN, Tag.NAME, Tag.ADJ) and found.pieces[found.piece_of[index]].role is Role.NP
    return True


def _matched(found: Parse, index: int, words: tuple[str, ...]) -> int | None:
    for offset, word in enumerate(words):
        if index + offset >= len(found.tokens) or found.tokens[index + offset].lower != word:
            return None
    return index + len(words)

"""Which words of a text name private persons: all names that are not known to be another thing's or a public person's.

A person is public who by the words of the text has an office, a command, a spokesman's post, or stands at the head of
a body; who is listed as a leader; or whom the policy names. Whoever is in doubt is private. The price is told in
`docs/quality.md`: names of unknown villages and bodies that are withheld as if they were persons'.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tadmor.datamodel.keys import digest
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.equipment import load_equipment
from tadmor.dictionaries.gazetteer import open_gazetteer
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.people import given_names, load_roles, ordinary_words
from tadmor.dictionaries.phrases import PhraseTable
from tadmor.dictionaries.sources import SourceTable, load_sources
from tadmor.views.publishing.phrasing import Phrases, spellings, worded
from tadmor.views.publishing.roles import PublicRoles
from tadmor.views.publishing.wording import Word, sequences, words_of

#: What stands for a name that was taken out.
WITHHELD = "[name withheld]"
#: Addresses of persons: mail, accounts, telephone numbers.
_ADDRESSES = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@\w{2,}|(?<![\w.,/-])(?:\+|00)\d[\d ()./-]{6,}\d|https?://\S+|\bwww\.\S+"
)
#: A place of so many people is a place wherever its name stands.
_KNOWN_TOWN = 100_000
#: So often a word is written small in the texts of a case before it is nobody's name at the head of a sentence.
_OFTEN = 2
#: Texts of so many characters are documents, of which much is asked.
_LONG = 500

Span = tuple[int, int]


class Things:
    """Stretches of a text that tables know."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = merged(spans)
        self._starts = [start for start, _ in self._spans]

    def holds(self, start: int, end: int) -> bool:
        """Does a stretch lie within one of them?"""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._spans[at][1]


class Found(msgspec.Struct, frozen=True):
    """What one text says of names: stretches that are withheld, and the parts of the names that stand."""

    spans: tuple[Span, ...]
    public: tuple[frozenset[str], ...]


class Named(msgspec.Struct, frozen=True):
    """A stretch of words that may name a person, and what the words say of it: `None` where they say nothing."""

    words: tuple[Word, ...]
    public: bool | None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.words[0].start, self.words[-1].end

    @property
    def parts(self) -> frozenset[str]:
        """Its words, small, without particles."""
        return frozenset(_parts(self.words))


def _parts(words: Iterable[Word]) -> Iterable[str]:
    particles = load_roles().particles
    for one in words:
        for part in re.split(r"[-‐‑]", one.low):
            if part not in particles and len(part) > 1:
                yield part


class Persons:
    """Finds the names of private persons in texts of one case."""

    def __init__(
        self,
        texts: Iterable[str],
        *,
        places: Iterable[str] = (),
        bodies: Iterable[str] = (),
        sources: SourceTable | None = None,
        public: Iterable[str] = (),
        private: Iterable[str] = (),
        everyone: bool = True,
    ) -> None:
        """Learn how the texts of a case write.

        Args:
            texts: the texts.
            places: names by which the case calls places.
            bodies: names of outlets and other bodies that the case knows.
            sources: the case's table of sources.
            public: names that the policy lets stand.
            private: names that it never does.
            everyone: withhold what names any private person; else only `private`.
        """
        self._roles = load_roles()
        self._given = given_names()
        self._sources = sources or load_sources()
        self._places = frozenset(part for name in places if fold(name) not in self._given for part in (fold(name),))
        bodies = set(bodies)
        self._short = frozenset(part for name in bodies for part in _name_parts(name)) - self._given
        self._bodies = PhraseTable({name: True for name in bodies if name.strip()})
        self._public = tuple(frozenset(_name_parts(name)) for name in public)
        self._listed: tuple[str, ...] = ()
        self._private = Phrases({})
        self._everyone = everyone
        self._ordinary = ordinary_words() | self._written_small(texts)
        self._role = PublicRoles(self._roles, self._is_body)
        self._known: dict[str, Found] = {}
        #: The text asked of last, a document that claims are taken from one after the other: its stretches, their ends.
        self._last: tuple[str, tuple[Span, ...], tuple[int, ...]] | None = None
        self.never(private)

    def _written_small(self, texts: Iterable[str]) -> frozenset[str]:
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(one.low for one in words_of(text, self._roles) if one.text.islower())
        return frozenset(word for word, count in counts.items() if count >= _OFTEN) - self._given

    def never(self, names: Iterable[str]) -> None:
        """Withhold these names too, wherever they stand."""
        self._listed = tuple(dict.fromkeys((*self._listed, *(name for name in names if name.strip()))))
        self._private = Phrases({"": (form for name in self._listed for form in spellings(name))})
        self._last = None

    def clean(self, text: str) -> str:
        """The text with what names private persons taken out."""
        return cut(text, self.spans(text), WITHHELD)

    def clean_stretch(self, text: str, start: int, end: int) -> str:
        """A stretch of a text, cleaned by what the whole text says of whom it names."""
        spans = self.spans_in(text, start, end)
        inside = [(max(one, start) - start, min(other, end) - start) for one, other in spans]
        return cut(text[start:end], inside, WITHHELD)

    def names(self, text: str) -> tuple[str, ...]:
        """The private names in a text, as written."""
        return tuple(dict.fromkeys(" ".join(text[start:end].split()) for start, end in self.spans(text)))

    def public_names(self, text: str) -> tuple[frozenset[str], ...]:
        """The parts of the names that stand in a text by their bearers' roles."""
        return self._found(text).public

    def spans(self, text: str) -> tuple[Span, ...]:
        """The stretches of a text that are withheld, in order, without overlap."""
        return self._withheld(text)[0]

    def spans_in(self, text: str, start: int, end: int) -> tuple[Span, ...]:
        """Those of them that a stretch of the text has letters of."""
        spans, ends = self._withheld(text)
        first = bisect_right(ends, start)
        return spans[first : bisect_left(spans, (end, 0), first)]

    def _withheld(self, text: str) -> tuple[tuple[Span, ...], tuple[int, ...]]:
        """The stretches of a text, and their ends."""
        if self._last is not None and self._last[0] is text:
            return self._last[1:]
        found = tuple(merged((*self._found(text).spans, *self._listed_private(text))))
        ends = tuple(end for _, end in found)
        if len(text) > _LONG:  # a few words asked of in between do not take a document's place
            self._last = text, found, ends
        return found, ends

    def _found(self, text: str) -> Found:
        """What a text says, kept by a digest of it: a case is gone through several times, its texts are not kept."""
        key = digest(text)
        if key not in self._known:
            self._known[key] = self._read(text) if self._everyone else Found((), ())
        return self._known[key]

    def plainly_private(self, text: str) -> Iterator[frozenset[str]]:
        """The parts of names of two words or more, one a given name, of whose bearers the text tells no role."""
        if not self._everyone or not any(letter.isupper() for letter in text):
            return
        words = words_of(text, self._roles)
        if not any(self._has_given([one]) for one in words):
            return
        for one in self._named(words, text, self._things(text)):
            if (
                one.public is not True
                and len(one.parts) > 1
                and one.parts & self._given
                and not self._role.is_title(one.words[0])
            ):
                yield one.parts

    def _read(self, text: str) -> Found:
        words = words_of(text, self._roles)
        things = self._things(text)
        named = self._named(words, text, things)
        withheld = self._decided(named)
        own = {one.span for one in withheld}
        public = {one.parts for one in named if one.span not in own}
        known = frozenset(part for parts in public for part in parts)
        spans = [*own, *(one.span for one in self._again(words, withheld, known, things))]
        spans += self._small(words, text)
        spans += [(one.start, one.end) for one in words if one.foreign]
        spans += [match.span() for match in _ADDRESSES.finditer(text)]
        return Found(tuple(merged(spans)), tuple(public))

    def _named(self, words: Sequence[Word], text: str, things: Things) -> list[Named]:
        found = []
        for first, after in sequences(words, text, self._roles):
            for start, end in self._stripped(words, first, after, things):
                if not self._is_thing(words, start, end, text):
                    public = self._role.of(words, start, end, text)
                    found.append(Named(tuple(words[start:end]), public))
        return found

    def _things(self, text: str) -> Things:
        """Stretches that tables know: actors and listed leaders, sources, weapons, places."""
        found = [(start, end) for start, end, _ in load_actors().find(text)]
        found += [(start, end) for start, end, one in self._sources.find(text) if one.kind != "person"]
        found += [(start, end) for start, end, _ in self._bodies.find(text)]
        found += [(start, end) for start, end, _ in load_equipment().find(text)]
        for start, end, could in open_gazetteer().find(text):
            if self._is_place(text, start, end, could[0].population or 0, could[0].level.value):
                found.append((start, end))
        return Things(found)

    def _is_place(self, text: str, start: int, end: int, people: int, level: str) -> bool:
        name = fold(text[start:end])
        if name in self._given:
            return False
        if name in self._places or people >= _KNOWN_TOWN or level in {"country", "province", "region"}:
            return True
        before = text[:start].split()[-2:]
        return bool(before) and (
            before[-1].lower() in self._roles.locative or before[-1].lower() in {"from", "to", "of", "the"}
        )

    def _stripped(self, words: Sequence[Word], first: int, after: int, things: Things) -> list[tuple[int, int]]:
        """A stretch of capitals without what is no name at its ends, parted at what tables know."""
        pieces: list[tuple[int, int]] = []
        start = first
        for at in range(first, after):
            if self._in_thing(words[at], things):
                pieces.append((start, at))
                start = at + 1
        pieces.append((start, after))
        return [piece for piece in (self._trimmed(words, *one) for one in pieces) if piece[0] < piece[1]]

    def _in_thing(self, word: Word, things: Things) -> bool:
        return things.holds(word.start, word.end)

    def _trimmed(self, words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
        while start < end and self._is_no_name(words[start], alone=end - start == 1):
            start += 1
        while start < end and words[end - 1].low in self._roles.no_names | self._roles.particles:
            end -= 1
        return start, end

    def _is_no_name(self, word: Word, *, alone: bool) -> bool:
        """Is a word at the head of a stretch of capitals no part of a name?"""
        if word.low in self._roles.also_names and not alone:
            return False
        if word.numeric or word.low in self._roles.no_names or self._role.is_title(word):
            return True
        if word.initial:
            return alone
        if (
            word.shouted
            and len(word.text) <= 6
            and word.low not in self._given
            and word.low not in self._roles.particles
        ):
            return True
        return self._is_everyday(word) and (word.first or alone or word.shouted)

    def _is_thing(self, words: Sequence[Word], start: int, end: int, text: str) -> bool:
        """Is a stretch the name of a body, of a place or of another thing by the words in and about it?"""
        roles, own = self._roles, words[start:end]
        if all(part in self._short for part in _parts(own)):
            return True  # "the Gazette", short for a body that the case knows
        if any(one.low in roles.things for one in own[-1:]) or (len(own) > 1 and own[0].low in roles.places_before):
            return True
        if all(one.low in self._ordinary or one.low in roles.particles for one in own) and not self._has_given(own):
            return True  # a headline's words
        after = words[end] if end < len(words) and text[own[-1].end : words[end].start].strip() == "" else None
        if after is not None and not own[-1].genitive and after.low in roles.places_after:
            return True
        before = words[start - 1] if start and text[words[start - 1].end : own[0].start].strip() == "" else None
        if self._has_given(own) or before is None:
            return False
        if before.low == "of" and start > 1 and words[start - 2].low in roles.places_before:
            return True
        return before.low in roles.locative and not own[-1].genitive and len(own) <= 3

    def _has_given(self, own: Sequence[Word]) -> bool:
        return any(part in self._given for one in own for part in re.split(r"[-‐‑]", one.low)) or any(
            one.low in self._roles.kunyas for one in own
        )

    def _decided(self, named: Sequence[Named]) -> list[Named]:
        """Those that are withheld: a role or the policy lets a name stand, and what is short for it."""
        public = [one.parts for one in named if one.public] + list(self._public)
        private = [one.parts for one in named if one.public is False]
        unclear = [one.parts for one in named if one.public is None and len(one.parts) > 1]
        private += [parts for parts in unclear if not any(parts <= other for other in public)]
        return [one for one in named if not self._stands(one, public, private)]

    def _stands(self, one: Named, public: Sequence[frozenset[str]], private: Sequence[frozenset[str]]) -> bool:
        if not one.parts:
            return True
        if one.public is not None:
            return one.public
        told = any(one.parts <= other for other in public)
        return told and not any(one.parts <= other for other in private)

    def _again(
        self, words: Sequence[Word], withheld: Sequence[Named], known: frozenset[str], things: Things
    ) -> list[Named]:
        """Words of withheld names wherever else they stand, written as names or as no everyday word."""
        own = frozenset(part for one in withheld for part in one.parts) - known - self._places - self._roles.no_names
        found = []
        for one in words:
            parts = set(_parts([one]))
            ordinary = one.low in self._ordinary and (one.text.islower() or one.first)
            if parts and parts <= own and not ordinary and not self._in_thing(one, things):
                found.append(Named((one,), public=False))
        return found

    def _small(self, words: Sequence[Word], text: str) -> list[Span]:
        """Names that are written small: given names and what follows "abu", with the words after that nothing knows."""
        found = []
        for at, one in enumerate(words):
            begins = one.low in self._given or (
                one.low in self._roles.kunyas and at + 1 < len(words) and words[at + 1].low not in self._ordinary
            )
            if not begins or not one.text.islower():
                continue
            after = at + 1
            while (
                after < len(words)
                and after - at < 4
                and text[words[after - 1].end : words[after].start] == " "
                and (words[after].text.islower() and not self._is_everyday(words[after]))
            ):
                after += 1
            found.append((one.start, words[after - 1].end))
        return found

    def _is_everyday(self, word: Word) -> bool:
        if word.low in self._ordinary and word.low not in self._given:
            return True
        parts = word.low.split("-")
        return fold(word.text) in self._places or (len(parts) > 1 and all(one in self._ordinary for one in parts))

    def _listed_private(self, text: str) -> list[Span]:
        words = list(worded(text))
        found = self._private.found([word for _, _, word in words])
        return [(words[first][0], words[after - 1][1]) for first, after, _ in found]

    def _is_body(self, word: str, phrase: str) -> bool:
        """Do words name a body that one can stand at the head of?"""
        return word in self._roles.bodies or bool(load_actors().find(phrase)) or bool(self._sources.find(phrase))


def _name_parts(name: str) -> Iterable[str]:
    return _parts(words_of(name, load_roles()))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Stretches without overlap, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


def cut(text: str, spans: Iterable[Span], instead: str) -> str:
    """A text with stretches replaced."""
    parts, at = [], 0
    for start, end in merged(spans):
        parts += [text[at:start], instead]
        at = end
    return "".join([*parts, text[at:]])

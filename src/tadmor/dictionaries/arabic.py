"""Names in Arabic script as people type them: articles, particles and letters that stand for one another."""

import re
import unicodedata
from collections.abc import Iterator

_ARABIC = re.compile("[\u0600-\u06ff]")
#: Vowel marks and the stretch.
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
#: What Persian parts words by that stand without a space.
_JOINER = "\u200c"
#: Letters that are typed one for another: the seats of the hamza, final yā, the feminine ending, Persian kāf and yā.
_ALIKE = str.maketrans("أإآٱىئؤةکی", "ااااييوهكي")
ARTICLE = "ال"
#: Particles that are written on to the word after them ("and", "then", "in", "as", "for").
_PARTICLES = "وفبكل"
#: "for the": the article loses its alif.
_FOR_THE = "لل"
#: Particles on one word at most: "and in the".
_MOST = 2
#: Letters that must stay of a name after an article or a particle: one or two are no name of a place.
_STAYS = 3


def is_arabic(words: str) -> bool:
    """Are there Arabic letters in it?"""
    return bool(_ARABIC.search(words))


def search_keys(name: str) -> tuple[str, ...]:
    """The forms that a name in Arabic script is kept in to be searched: with and without its articles."""
    plain = _typed(name)
    return tuple(dict.fromkeys((plain, without_article(plain))))


def asked_keys(words: str) -> tuple[str, ...]:
    """The forms to look typed words up in, the likeliest first: as typed, without article, without particles."""
    forms = (form for rest in _without_particles(_typed(words)) for form in (rest, without_article(rest)))
    return tuple(dict.fromkeys(filter(None, forms)))


def _without_particles(words: str) -> Iterator[str]:
    """The words, then what stays of them as one particle after the other is taken off."""
    yield words
    for _ in range(_MOST):
        if len(words) <= _STAYS or words[0] not in _PARTICLES:
            return
        words = f"{ARTICLE}{words[2:]}" if words.startswith(_FOR_THE) else words[1:]
        yield words


def _typed(words: str) -> str:
    return without_marks(words).translate(_ALIKE)


def without_marks(name: str) -> str:
    """A name without vowel marks and stretches."""
    return " ".join(_MARKS.sub("", unicodedata.normalize("NFKC", name)).replace(_JOINER, " ").split())


def without_article(plain: str) -> str:
    """A name without the articles of its words."""
    return re.sub(rf"(?<!\w){ARTICLE}(?=\w{{{_STAYS}}})", "", plain)

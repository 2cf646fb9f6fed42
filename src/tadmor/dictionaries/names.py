"""One normaliser for names, so that a place or an actor is one name in all its spellings.

"Al-Nusra", "an-Nusra" and "Nusra" become one; "Deir ez-Zor" and "Dayr az-Zawr" stay two, which is a matter of aliases.
"""

import re
from functools import lru_cache

from anyascii import anyascii

#: Arabic articles in the transliterations that newspapers use, assimilated ones included.
ARTICLES = frozenset(
    {"al", "el", "il", "ul", "ar", "as", "ash", "az", "ad", "adh", "an", "at", "ath", "ez", "es", "esh"}
)
#: Articles that are English words where they stand free ("at Hmeimim"); Italian too.
FREE_WORDS = frozenset({"ad", "an", "as", "at", "il", "in"})
#: Articles only where a hyphen ties them to a word: alone they are words of other languages.
TIED_ARTICLES = ARTICLES | frozenset({"ed", "en", "er", "et", "in"})

_APOSTROPHES = re.compile("['`´‘’‛ʹʻʼʽʾʿ′＇]")
_INITIAL_DOT = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")
#: Most names: ASCII words with one space between them, for which little is left to do.
PLAIN = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")
_ARTICLE = re.compile(
    rf"(?<![a-z0-9])(?:(?:{'|'.join(sorted(ARTICLES))})[-\s]+|(?:{'|'.join(sorted(TIED_ARTICLES))})-+)(?=[a-z])"
)


def ascii_folded(words: str) -> str:
    """The words in ASCII and casefolded, apostrophes dropped; punctuation and spaces as they stand."""
    words = _APOSTROPHES.sub("", words)
    if not words.isascii():
        words = _APOSTROPHES.sub("", anyascii(words))
    return words.casefold()


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """A name in the form that names are compared in.

    ASCII and casefolded; apostrophes and diacritics dropped; hyphens and other punctuation as one space; the dots of
    initials dropped ("U.S." is "us"); Arabic articles dropped before a word ("ar-Raqqah" is "raqqah"), but neither
    before a number ("An-26") nor where nothing else would remain ("Al"). Idempotent only where no word that is left
    is itself an article.
    """
    if PLAIN.fullmatch(name):
        return _ARTICLE.sub("", name.lower())
    folded = _INITIAL_DOT.sub("", ascii_folded(name))
    folded = _ARTICLE.sub("", folded.lstrip())
    return _NOT_A_NAME.sub(" ", folded).strip()

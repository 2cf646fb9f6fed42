"""Words that somebody searches for: which index knows them, and what they may have been meant to be."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from tadmor.ledger.store import phrase

#: Scripts that part words by spaces and write no particles on to them: Latin, Greek, Cyrillic, and punctuation.
_SPACED = re.compile(r"[\u0000-\u052f\u1e00-\u206f]*")
#: FTS5's trigram index finds nothing shorter.
_TRIGRAM = 3
#: Likeness from which a term may be meant, 0 to 100: "Palmira" to "palmyra" is 86, "Raqa" to "raqqa" 89. Below 75
#: other words of the language come in ("taken" and "token" are 80, both stand in the case, and are never asked about).
_ALIKE = 75
#: Nothing is put right in words so short.
_SHORT = 4


def question(words: str) -> tuple[str, str]:
    """The index to ask ("words" or "trigrams") and the question in FTS5's language; all words must be there.

    A word that ends with an asterisk stands for all that begin so. Words of scripts that write particles on to words,
    or part none, are found inside longer ones.
    """
    asked = [word for word in words.split() if any(map(str.isalnum, word))]
    if _SPACED.fullmatch(words):
        return "words", " ".join(map(phrase, asked)) or '""'
    return "trigrams", " ".join(phrase(word) for word in asked if len(word) >= _TRIGRAM) or '""'


class Vocabulary:
    """The terms of a full-text index, each with how many rows hold it."""

    def __init__(self, terms: Mapping[str, int]) -> None:
        self._terms = terms

    def corrected(self, words: str) -> str | None:
        """The words, those that are no terms as the likest ones; `None` where all are terms, or none is like."""
        given = words.split()
        meant = list(self._meant(given))
        return " ".join(meant) if meant != given else None

    def _meant(self, words: list[str]) -> Iterator[str]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where nothing was found

        for word in words:
            folded = _folded(word)
            if folded in self._terms or len(folded) < _SHORT or not folded.isalpha() or word.endswith("*"):
                yield word
                continue
            like = process.extract(folded, self._terms.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=5)
            yield max(like, key=lambda one: (round(one[1]), self._terms[one[0]]))[0] if like else word


def _folded(word: str) -> str:
    """As the index folds a term: in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))

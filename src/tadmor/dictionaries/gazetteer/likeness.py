"""Names that are spelt like a given one: the last resort for a name that the gazetteer does not have as printed.

Within one country whose names are transliterated: first the names that sound alike (`spelling.rough`), then those that
differ by few letters.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from tadmor.dictionaries.gazetteer.spelling import LISTED, SHORTEST, SOUNDED, rough

#: Indel similarity in percent from which two names count as one misspelt. With a quarter of the spellings in
#: towns.yaml left out for Syria, Iraq, Ukraine and Yemen, 227 of 251 are found from the others and 1 wrongly; of 64
#: tries with names from elsewhere 5 find something. From 84 to 92 these figures hardly move.
_ALIKE = 86.0
#: Names that sound alike must still share this much of their letters: "jabiryieh" is no "jobar".
_SOUNDING = 72.0
_KEPT = 4


class Likeness:
    """Names of each country, found by their sound and their letters.

    Args:
        keys: all keys of the compiled gazetteer that begin with a prefix.
    """

    def __init__(self, keys: Callable[[str], Sequence[str]]) -> None:
        self._keys = keys
        self._all = lru_cache(maxsize=8)(lambda country: self._names(f"{LISTED}{country}:"))

    def find(self, folded: str, country: str) -> list[str]:
        """The names of a country most like a folded one, the likest first; empty where none is like enough."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  # only names that nothing else finds come here

        if len(folded) < SHORTEST:
            return []
        sound = f"{country}:{rough(folded)}:"
        sounding = [*self._names(f"{LISTED}{sound}"), *self._names(f"{SOUNDED}{sound}")]
        pool, cutoff = (sounding, _SOUNDING) if sounding else (self._all(country), _ALIKE)
        found = process.extract(folded, pool, scorer=fuzz.ratio, score_cutoff=cutoff, limit=_KEPT)
        return [name for name, _, _ in found if sounding or name[:1] == folded[:1]]

    def _names(self, prefix: str) -> list[str]:
        return [key.rsplit(":", 1)[1] for key in self._keys(prefix)]

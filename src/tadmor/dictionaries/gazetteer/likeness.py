"""Names that are spelt like a given one: the last resort for a name that the gazetteer does not have as printed.

Within one country whose names are transliterated: first the names that sound alike (`spelling.rough`), then those that
differ by few letters.
"""

from collections import defaultdict
from collections.abc import Iterable

from tadmor.dictionaries.gazetteer.spelling import rough

#: Names shorter than this are like too many others.
_SHORTEST = 5
#: Indel similarity in percent from which two names count as one misspelt. With a quarter of the spellings in
#: towns.yaml left out for Syria, Iraq, Ukraine and Yemen, 227 of 251 are found from the others and 1 wrongly; of 64
#: tries with names from elsewhere 5 find something. From 84 to 92 these figures hardly move.
_ALIKE = 86.0
#: Names that sound alike must still share this much of their letters: "jabiryieh" is no "jobar".
_SOUNDING = 72.0
_KEPT = 4


class Likeness:
    """The folded names of one country, found by their sound and their letters."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for name in self._names:
            if len(name) >= _SHORTEST:
                self._by_sound[rough(name)].append(name)

    def find(self, folded: str) -> list[str]:
        """The names most like a folded one, the likest first; empty where none is like enough."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415  # only names that nothing else finds come here

        if len(folded) < _SHORTEST:
            return []
        alike = self._by_sound.get(rough(folded), [])
        pool, cutoff = (alike, _SOUNDING) if alike else (self._names, _ALIKE)
        found = process.extract(folded, pool, scorer=fuzz.ratio, score_cutoff=cutoff, limit=_KEPT)
        return [name for name, _, _ in found if alike or name[:1] == folded[:1]]

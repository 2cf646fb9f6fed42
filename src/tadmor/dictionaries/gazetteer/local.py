"""What a place is called in Arabic script: chosen from GeoNames' further names when the gazetteer is compiled.

GeoNames' extract does not say which language a name is of. The alphabet does in part: Sorani, Uyghur and Urdu have
letters that Arabic lacks. Of the names in the alphabet of the country, the one is taken that sounds most like
GeoNames' own name, which is a transliteration of the local one.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.arabic import ARTICLE, without_article, without_marks
from tadmor.dictionaries.names import fold
from tadmor.errors import DictionaryError

LOCAL = "local.marisa"
#: Languages that are written in Arabic script where the country's is not Arabic (ISO 639-1).
_LANGUAGES = {"IR": "fa", "AF": "fa", "PK": "ur"}
_ARABIC = "\u0621-\u063a\u0641-\u064a"
#: The letters of each language; a hamza, a stretch or a vowel mark is dropped or kept as it stands.
_LETTERS = {
    "ar": re.compile(f"[{_ARABIC} \u0640\u064b-\u0652-]+"),
    "fa": re.compile(f"[{_ARABIC}پچژگکی \u200c\u064b-\u0652-]+"),
    "ur": re.compile(f"[{_ARABIC}پچژگکیٹڈڑںھہےۂۃ \u200c\u064b-\u0652-]+"),
}
_NO_CONSONANT = re.compile("[^bcdfghjklmnpqrstvxz]+")
_ENDS_IN_I = frozenset("يی")
_EMPHATIC = re.compile("[حصضطظ]")
#: Letters that Persian and Urdu write otherwise.
_ARABS_OWN = re.compile("[يكىة]")
#: What a sign in the spelling counts against likeness in sound: less than one consonant of most names.
_SPELT = 4
#: Shorter ones are no names of places but of their abbreviations.
_SHORTEST = 3
_ITEM = "\x1e"


class LocalNames(NamedTuple):
    """A place's names in Arabic script, the one to show first, and the language of that one (ISO 639-1)."""

    names: tuple[str, ...]
    language: str


def language_of(country: str | None) -> str:
    """The language that a name in Arabic script is of, in a country."""
    return _LANGUAGES.get(country or "", "ar")


def local_names(own: str, country: str | None, names: Iterable[str]) -> tuple[str, ...]:
    """The names in the alphabet of the country's language, the likeliest to be the place's own first.

    Args:
        own: GeoNames' own name of it, which transliterates the local one.
        country: ISO 3166-1 alpha-2.
        names: all its further names.
    """
    language = language_of(country)
    fit = (name for name in names if _LETTERS[language].fullmatch(name))
    times = Counter(bare for name in fit if len(bare := without_marks(name)) >= _SHORTEST)
    return tuple(sorted(times, key=lambda name: (-_score(own, name, language, times[name]), len(name), name)))


def _score(own: str, name: str, language: str, times: int) -> float:
    """How likely a name is to be the place's own: how alike the two sound, 0..100, and its spelling."""
    sounds = _consonants(fold(own)), _consonants(anyascii(without_article(name)).casefold())
    alike = 100 * SequenceMatcher(None, *sounds, autojunk=False).ratio()
    signs = (
        times > 1,  # given with vowel marks and without
        name.startswith(ARTICLE),  # of two that differ in it alone, the one on maps
        name.endswith("ة") or (name[-1] in _ENDS_IN_I and fold(own)[-1:] in {"i", "y"}),
        not (language == "ar" or _ARABS_OWN.search(name)),
        0 < _emphatic(own) == len(_EMPHATIC.findall(name)),
    )
    return alike + _SPELT * sum(signs)


def _emphatic(own: str) -> int:
    """How many letters GeoNames marks below as emphatic, as in Ţarţūs."""
    return unicodedata.normalize("NFD", own).count("\u0327")


def _consonants(folded: str) -> str:
    """What both scripts write of a name: its consonants, a doubled one once, a silent h at an end dropped."""
    return re.sub(r"(.)\1+|h$", r"\1", _NO_CONSONANT.sub("", re.sub(r"h\b", "", folded)))


def with_seats(named: Mapping[str, tuple[str, ...]], places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    """The names of towns, and of the divisions that are called after a town in them.

    Args:
        named: names in Arabic script, by the id of a town.
        places: every place, the most prominent first.
    """
    known = list(places)
    towns: dict[tuple[str | None, str | None, str], tuple[str, ...]] = {}
    for place in known:
        if place.id in named:
            towns.setdefault((place.country, place.admin1, fold(place.name)), named[place.id])
    seats = {
        place.id: towns[key]
        for place in known
        if place.level in {Level.PROVINCE, Level.DISTRICT}
        and (key := (place.country, place.admin1, fold(place.name))) in towns
    }
    return dict(named) | seats


def write_local(folder: Path, names: Mapping[str, tuple[str, ...]]) -> None:
    """Write the file of local names; the same content gives the same bytes."""
    import marisa_trie  # noqa: PLC0415

    rows = sorted((key, _ITEM.join(values).encode()) for key, values in names.items() if values)
    passing = folder / f".{LOCAL}.part"
    passing.write_bytes(marisa_trie.BytesTrie(rows).tobytes())
    passing.replace(folder / LOCAL)


class Local:
    """The compiled local names, read where they lie."""

    def __init__(self, folder: Path) -> None:
        import marisa_trie  # noqa: PLC0415

        path = folder / LOCAL
        if not path.is_file():
            raise DictionaryError(
                str(path), "is missing; build it with `python -m tadmor.dictionaries.gazetteer.build`"
            )
        self._trie = marisa_trie.BytesTrie().mmap(str(path))

    def get(self, place: Place) -> LocalNames | None:
        """The names of a place; none of one that is told from another ("40 km west of it")."""
        found = self._trie.get(place.id)
        if not found:
            return None
        return LocalNames(tuple(found[0].decode().split(_ITEM)), language_of(place.country))

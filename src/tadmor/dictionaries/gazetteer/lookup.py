"""The gazetteer as the stages use it: by id, by name, and names in running text."""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tadmor.datamodel.places import Place
from tadmor.dictionaries.gazetteer.finding import Finder, Scan
from tadmor.dictionaries.gazetteer.likeness import Likeness
from tadmor.dictionaries.gazetteer.packed import HOW_TO_BUILD, NAMES, PLACES, VALUE, NameFlag, PackedPlaces
from tadmor.dictionaries.gazetteer.spelling import arabic_key, is_arabic, short_key
from tadmor.dictionaries.names import fold
from tadmor.errors import DictionaryError

_FOLDER = Path(__file__).parent
_ALTERNATE, _WORD = int(NameFlag.ALTERNATE), int(NameFlag.WORD)  # flags of plain integers are fifty times as fast


class Reading(NamedTuple):
    """One thing that a name can mean: the place, what the name is to it, and how well known the place is.

    `fame` is a decimal logarithm, 0..16: 6 for a town of a million, one more for a capital, up to 10 for a country.
    """

    place: Place
    flags: int  # NameFlag
    fame: float

    @property
    def alternate(self) -> bool:
        """Is it a further name of GeoNames, not one that reporting is known to use?"""
        return self.flags & _ALTERNATE != 0

    @property
    def word(self) -> bool:
        """Is it a word formed from the name ("Syrian")?"""
        return self.flags & _WORD != 0


class Gazetteer:
    """A compiled gazetteer. Use `open_gazetteer`.

    `version` is the digest of its content.
    """

    def __init__(self, folder: Path) -> None:
        import marisa_trie  # noqa: PLC0415  # only where a gazetteer is opened

        for name in (PLACES, NAMES):
            if not (folder / name).is_file():
                raise DictionaryError(str(folder / name), f"the gazetteer is not built; {HOW_TO_BUILD}")
        self._places = PackedPlaces(folder / PLACES)
        self._trie = marisa_trie.RecordTrie(VALUE).mmap(str(folder / NAMES))
        self.version = self._places.version
        self._place = lru_cache(maxsize=1 << 14)(self._places.__getitem__)
        self._records = lru_cache(maxsize=1 << 14)(self._read_records)
        self._likeness = Likeness(self._trie.keys)
        # Reading and grounding search the same text, one after the other.
        self._scan = lru_cache(maxsize=4)(Finder(self._records, self._place).scan)

    def __len__(self) -> int:
        """How many places."""
        return len(self._places)

    def get(self, id_: str) -> Place | None:
        """The place of an id ("gn:163808", "adm1:SY.11", "country:SY", "site:...", "region:...")."""
        found = self._trie.get(f"={id_}")
        return self._place(found[0][0]) if found else None

    def lookup(self, name: str) -> tuple[Place, ...]:
        """The places of a name, the most prominent first; words formed from names ("Syrian") name their country."""
        key = arabic_key(name) if is_arabic(name) else fold(name)
        return tuple(self._place(number) for number, _ in self._records(key.removeprefix("the ")))

    def readings(self, name: str) -> tuple[Reading, ...]:
        """The places of a name as `lookup` gives them, each with what the name is to it and how well known it is."""
        key = arabic_key(name) if is_arabic(name) else fold(name)
        return self._readings(key.removeprefix("the "))

    def abbreviated(self, name: str) -> tuple[Reading, ...]:
        """The divisions that an abbreviation stands for after the name of a town: "Ky.", "NSW"."""
        return self._readings(short_key(name))

    def scan(self, text: str) -> Scan:
        """Names of places in running text, and the words in it that are formed from names."""
        return self._scan(text)

    def find(self, text: str) -> list[tuple[int, int, tuple[Place, ...]]]:
        """Names of places in running text, each with all that it could be; see `finding`."""
        return list(self._scan(text).names)

    def alike(self, name: str, country: str) -> tuple[Reading, ...]:
        """Places of one country whose names are spelt like this one; none where names are not transliterated."""
        names = self._likeness.find(fold(name), country)
        found = [reading for spelt in names for reading in self._readings(spelt) if reading.place.country == country]
        return tuple({reading.place.id: reading for reading in found}.values())

    def _readings(self, key: str) -> tuple[Reading, ...]:
        return tuple(
            Reading(self._place(number), flags, self._places.fame(number)) for number, flags in self._records(key)
        )

    def _read_records(self, key: str) -> tuple[tuple[int, int], ...]:
        return tuple(sorted(self._trie.get(key) or ()))


@cache
def open_gazetteer(folder: Path | None = None) -> Gazetteer:
    """Open the compiled gazetteer: milliseconds, and a few megabytes until pages are used.

    Args:
        folder: where the file pair lies; by default beside this module.

    Raises:
        DictionaryError: it is not built, or not readable by this version.
    """
    return Gazetteer(folder or _FOLDER)

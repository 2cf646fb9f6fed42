"""The gazetteer as the stages use it: by id, by name, and names in running text."""

from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer.finding import Finder, Scan
from tadmor.dictionaries.gazetteer.likeness import Likeness
from tadmor.dictionaries.gazetteer.local import Local, LocalNames
from tadmor.dictionaries.gazetteer.packed import HOW_TO_BUILD, NAMES, PLACES, VALUE, NameFlag, PackedPlaces
from tadmor.dictionaries.gazetteer.spelling import arabic_key, is_arabic, short_key
from tadmor.dictionaries.names import fold
from tadmor.errors import DictionaryError

_FOLDER = Path(__file__).parent
_ALTERNATE, _WORD = int(NameFlag.ALTERNATE), int(NameFlag.WORD)  # flags of plain integers are fifty times as fast
Records = tuple[tuple[int, int], ...]


class Reading(NamedTuple):
    """One thing that a name can mean: the place, what the name is to it, and how well known the place is.

    `fame` is a decimal logarithm, 0..16: 6 for a town of a million, one more for a capital, up to 10 for a country.
    """

    place: Place
    flags: int  # NameFlag
    fame: float
    own: bool = False  # only the files of the case have the place

    @property
    def alternate(self) -> bool:
        """Is it a further name of GeoNames, not one that reporting is known to use?"""
        return self.flags & _ALTERNATE != 0

    @property
    def word(self) -> bool:
        """Is it a word formed from the name ("Syrian")?"""
        return self.flags & _WORD != 0


class _Pair:
    """One compiled file pair."""

    def __init__(self, folder: Path) -> None:
        import marisa_trie  # noqa: PLC0415  # only where a gazetteer is opened

        for name in (PLACES, NAMES):
            if not (folder / name).is_file():
                raise DictionaryError(str(folder / name), f"the gazetteer is not built; {HOW_TO_BUILD}")
        self.places = PackedPlaces(folder / PLACES)
        self.trie = marisa_trie.RecordTrie(VALUE).mmap(str(folder / NAMES))
        self.likeness = Likeness(self.trie.keys)


class Gazetteer:
    """A compiled gazetteer, with the places of a case where there are such. Use `open_gazetteer`.

    Places are numbered through: those of the case after those that are shipped. A case's names may lead to shipped
    places too, which its files enriched. `version` is the digest of the content.
    """

    def __init__(self, folder: Path, case: Path | None = None) -> None:
        self._folder = folder
        self._shipped = _Pair(folder)
        self._pairs = [self._shipped] if case is None else [self._shipped, _Pair(case)]
        self._own = len(self._shipped.places)
        self.version = "+".join(pair.places.version for pair in self._pairs)
        self.place = lru_cache(maxsize=1 << 14)(self._read_place)
        self._records = lru_cache(maxsize=1 << 14)(self._read_records if case is None else self._read_both)
        # Reading and grounding search the same text, one after the other.
        self._scan = lru_cache(maxsize=4)(Finder(self._records, self.place, self._own).scan)

    def __len__(self) -> int:
        """How many places."""
        return sum(len(pair.places) for pair in self._pairs)

    def get(self, id_: str) -> Place | None:
        """The place of an id ("gn:163808", "adm1:SY.11", "country:SY", "site:...", "region:...", "pcode:...")."""
        number = self.number(id_)
        return None if number is None else self.place(number)

    def local(self, place: Place) -> LocalNames | None:
        """What a place is called in Arabic script, where GeoNames knows it."""
        return self._local.get(place)

    @cached_property
    def _local(self) -> Local:
        return Local(self._folder)

    def number(self, id_: str) -> int | None:
        """The number of the place of an id."""
        found = next((found for pair in self._pairs if (found := pair.trie.get(f"={id_}"))), None)
        return int(found[0][0]) if found else None

    def numbers(self, name: str) -> tuple[int, ...]:
        """The numbers of the places of a name, without those that only a word is formed from."""
        return tuple(number for number, flags in self._records(_key(name)) if not flags & _WORD)

    def points(self, level: Level) -> Iterator[tuple[int, float, float]]:
        """Number, latitude and longitude of every shipped place of a level that has a point."""
        return self._shipped.places.points(level)

    def lookup(self, name: str) -> tuple[Place, ...]:
        """The places of a name, the most prominent first; words formed from names ("Syrian") name their country."""
        return tuple(self.place(number) for number, _ in self._records(_key(name)))

    def readings(self, name: str) -> tuple[Reading, ...]:
        """The places of a name as `lookup` gives them, each with what the name is to it and how well known it is."""
        return self._readings(_key(name))

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
        """Places of one country whose names are spelt like this one; none where names are not transliterated.

        Those of the case come beside the shipped ones, never instead of them.
        """
        key = fold(name)
        names = dict.fromkeys(spelt for pair in self._pairs for spelt in pair.likeness.find(key, country))
        found = [reading for spelt in names for reading in self._readings(spelt) if reading.place.country == country]
        return tuple({reading.place.id: reading for reading in found}.values())

    def _readings(self, key: str) -> tuple[Reading, ...]:
        return tuple(
            Reading(self.place(number), flags, self._fame(number), number >= self._own)
            for number, flags in self._records(key)
        )

    def _read_place(self, number: int) -> Place:
        return self._shipped.places[number] if number < self._own else self._pairs[1].places[number - self._own]

    def _fame(self, number: int) -> float:
        if number < self._own:
            return self._shipped.places.fame(number)
        return self._pairs[1].places.fame(number - self._own)

    def _read_records(self, key: str) -> Records:
        return tuple(sorted(self._shipped.trie.get(key) or ()))

    def _read_both(self, key: str) -> Records:
        """The records of a key in both pairs, the most prominent place first, each place once."""
        shipped, own = self._read_records(key), self._pairs[1].trie.get(key)
        if not own:
            return shipped
        flags: dict[int, int] = {}
        for number, what in (*shipped, *own):
            flags[number] = min(flags.get(number, what), what)
        return tuple(sorted(flags.items(), key=lambda record: (-self._fame(record[0]), record[0])))


def _key(name: str) -> str:
    return (arabic_key(name) if is_arabic(name) else fold(name)).removeprefix("the ")


@cache
def open_gazetteer(folder: Path | None = None, case: Path | None = None) -> Gazetteer:
    """Open the compiled gazetteer: milliseconds, and a few megabytes until pages are used.

    Args:
        folder: where the file pair lies; by default beside this module.
        case: where the file pair of a case's own places lies, compiled for the shipped pair.

    Raises:
        DictionaryError: it is not built, or not readable by this version.
    """
    return Gazetteer(folder or _FOLDER, case)

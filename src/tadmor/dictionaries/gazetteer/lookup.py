"""The gazetteer as the stages use it: by id, by name, and names in running text."""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from tadmor.datamodel.places import Place
from tadmor.dictionaries.gazetteer.finding import Finder
from tadmor.dictionaries.gazetteer.packed import HOW_TO_BUILD, NAMES, PLACES, VALUE, NameFlag, PackedPlaces
from tadmor.dictionaries.gazetteer.spelling import LISTED, arabic_key, is_arabic
from tadmor.dictionaries.names import fold
from tadmor.errors import DictionaryError

_FOLDER = Path(__file__).parent


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
        self._finder = Finder(self._records, self._place)

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

    def named(self, name: str) -> tuple[tuple[Place, NameFlag], ...]:
        """The places of a name with what the name is to each."""
        key = arabic_key(name) if is_arabic(name) else fold(name)
        return tuple(
            (self._place(number), NameFlag(flags)) for number, flags in self._records(key.removeprefix("the "))
        )

    def find(self, text: str) -> list[tuple[int, int, tuple[Place, ...]]]:
        """Names of places in running text, each with all that it could be; see `finding`."""
        return self._finder.find(text)

    def listed(self, country: str) -> Iterator[str]:
        """The folded names of the places of one country whose names are transliterated."""
        prefix = f"{LISTED}{country}:"
        for key in self._trie.keys(prefix):
            yield key[len(prefix) :]

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

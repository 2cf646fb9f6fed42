"""The compiled form: one file of records read through mmap, one trie from names to record numbers.

`places.bin`: magic, format version, record count, heap start, digest of the content; then fixed-size records in order
of prominence; then a heap of UTF-8 strings. `names.marisa`: keys to (record number, flags).
"""

import hashlib
import mmap
import struct
from collections.abc import Iterable, Iterator
from enum import IntFlag
from pathlib import Path

from tadmor.datamodel.places import Level, Place
from tadmor.errors import DictionaryError

PLACES = "places.bin"
NAMES = "names.marisa"
#: A value of the trie: record number, flags of that name.
VALUE = "<IB"

_MAGIC = b"TDMRPLCS"
_FORMAT = 3
_HEADER = struct.Struct("<8sHIQ32s")
#: latitude and longitude in millionths of a degree, population, radius in metres, heap offset and length, fame in
#: thousandths, level.
_RECORD = struct.Struct("<iiIIIHHB")
_LEVELS = tuple(Level)
_FIELD, _ITEM = "\x1f", "\x1e"
_NOWHERE = 2**31 - 1


class NameFlag(IntFlag):
    """What a name is to its place."""

    MAIN = 0
    ALTERNATE = 1  # a further name of GeoNames, not one that reporting is known to use
    WORD = 2  # a word formed from the name ("Syrian"): no place by itself
    INITIALS = 4  # counts only in capitals ("US")
    SHORT = 8  # an abbreviation that counts only after another name and a comma ("Paris, Tex.")


def write(folder: Path, places: Iterable[tuple[Place, float]], names: Iterable[tuple[str, int, int]]) -> str:
    """Write the file pair; the same content gives the same bytes.

    Args:
        folder: where the pair goes.
        places: records, most prominent first, each with its fame: the decimal logarithm of how well known it is, 0..16.
        names: key, index into `places`, flags.

    Returns:
        The digest of the content, 64 hexadecimal characters.
    """
    import marisa_trie  # noqa: PLC0415  # only building writes tries

    records, heap = _encode(places)
    rows = sorted({(key, (record, flags)) for key, record, flags in names})
    trie = marisa_trie.RecordTrie(VALUE, rows)
    data = trie.tobytes()
    digest = hashlib.sha256(records + heap + data).digest()
    count = len(records) // _RECORD.size
    header = _HEADER.pack(_MAGIC, _FORMAT, count, _HEADER.size + len(records), digest)
    _replace(folder / PLACES, header + records + heap)
    _replace(folder / NAMES, data)
    return digest.hex()


def _replace(path: Path, data: bytes) -> None:
    """Put a new file in the place of one that others may have mapped: they keep the old one."""
    passing = path.with_name(f".{path.name}.part")
    passing.write_bytes(data)
    passing.replace(path)


def _encode(places: Iterable[tuple[Place, float]]) -> tuple[bytes, bytes]:
    records, heap, offset = bytearray(), bytearray(), 0
    for place, fame in places:
        text = _FIELD.join(
            (
                place.id,
                place.name,
                place.country or "",
                place.admin1 or "",
                _ITEM.join(place.parents),
                _ITEM.join(place.aliases),
                place.site_kind or "",
                place.relative_to or "",
            )
        ).encode()
        lat = _NOWHERE if place.lat is None else round(place.lat * 1e6)
        lon = _NOWHERE if place.lon is None else round(place.lon * 1e6)
        level = _LEVELS.index(place.level)
        size = len(text)
        records += _RECORD.pack(
            lat, lon, place.population or 0, round(place.radius_m or 0), offset, size, round(fame * 1000), level
        )
        heap += text
        offset += len(text)
    return bytes(records), bytes(heap)


class PackedPlaces:
    """The records of a compiled gazetteer, read where they lie."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if len(self._data) < _HEADER.size or self._data[:8] != _MAGIC:
            raise DictionaryError(str(path), f"is no compiled gazetteer; {HOW_TO_BUILD}")
        _, version, self._count, self._heap, digest = _HEADER.unpack_from(self._data)
        if version != _FORMAT:
            raise DictionaryError(str(path), f"has format {version}, this tadmor reads {_FORMAT}; {HOW_TO_BUILD}")
        self.version: str = digest.hex()

    def __len__(self) -> int:
        """How many places."""
        return int(self._count)

    def __getitem__(self, number: int) -> Place:
        """The place of one record number."""
        lat, lon, population, radius, offset, length, _, level = _RECORD.unpack_from(
            self._data, _HEADER.size + number * _RECORD.size
        )
        start = self._heap + offset
        fields = self._data[start : start + length].decode().split(_FIELD)
        return Place(
            id=fields[0],
            name=fields[1],
            level=_LEVELS[level],
            lat=None if lat == _NOWHERE else lat / 1e6,
            lon=None if lon == _NOWHERE else lon / 1e6,
            radius_m=float(radius) or None,
            country=fields[2] or None,
            admin1=fields[3] or None,
            parents=tuple(fields[4].split(_ITEM)) if fields[4] else (),
            aliases=tuple(fields[5].split(_ITEM)) if fields[5] else (),
            population=population or None,
            site_kind=fields[6] or None,
            relative_to=fields[7] or None,
        )

    def points(self, level: Level) -> Iterator[tuple[int, float, float]]:
        """Record number, latitude and longitude of every place of a level that has a point."""
        records = memoryview(self._data)[_HEADER.size : _HEADER.size + len(self) * _RECORD.size]
        wanted = _LEVELS.index(level)
        for number, (lat, lon, *_, of) in enumerate(_RECORD.iter_unpack(records)):
            if of == wanted and _NOWHERE not in (lat, lon):
                yield number, lat / 1e6, lon / 1e6

    def fame(self, number: int) -> float:
        """How well known the place of one record number is: a decimal logarithm, 0..16."""
        fields = _RECORD.unpack_from(self._data, _HEADER.size + number * _RECORD.size)
        return float(fields[6]) / 1000


HOW_TO_BUILD = "build it with `python -m tadmor.dictionaries.gazetteer.build`"

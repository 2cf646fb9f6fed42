"""The places of a case's own files, compiled beside the shipped ones.

A row that tells of a place that is known already (by its id, or by a name within a few kilometres and its level) adds
its names to that place; any other is a place of its own. Of two rows with one id, that of the file imported last
counts.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log10
from pathlib import Path

import msgspec

from tadmor.datamodel.keys import digest
from tadmor.datamodel.places import Level, Place, PlaceFile
from tadmor.dictionaries.gazetteer.build import named_by
from tadmor.dictionaries.gazetteer.divisions import parents_of
from tadmor.dictionaries.gazetteer.layouts import NEAR_KM, Outer, PlaceRow, read_rows
from tadmor.dictionaries.gazetteer.lookup import Gazetteer
from tadmor.dictionaries.gazetteer.nearness import Towns, distance
from tadmor.dictionaries.gazetteer.packed import NameFlag, write
from tadmor.dictionaries.gazetteer.spelling import LISTED, SOUNDED, TRANSLITERATED, native_keys, rough
from tadmor.dictionaries.names import fold

#: Version of how rows become places, a part of what compiled files are known by.
RULES = 1
#: A place that someone brought into a case is a quarter likelier to be meant than one as well known that tadmor ships.
_PREFERRED = 1.25
#: Kilometres within which what a place lies in is looked for by its name.
_PARENT_KM = 100.0
_DIVISION_KM = 50.0
#: Levels by when they are compiled: smaller places lie in larger ones.
_ROUNDS = (
    frozenset({Level.COUNTRY, Level.PROVINCE, Level.DISTRICT}),
    frozenset({Level.SETTLEMENT}),
    frozenset({Level.REGION, Level.SITE}),
)


#: Letters that capitals alone are taken for initials up to.
_INITIALS = 3
#: Layouts of files with too many names for guessing misspelt ones from a few letters.
_MANY = frozenset({"geonames"})


#: A file, and where its bytes lie.
Table = tuple[PlaceFile, Path]


class Joined(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of the rows of one file: new places, known ones that were given its names, parents not found."""

    added: int
    enriched: int
    lost: tuple[tuple[int, str], ...] = ()  # line, the parent as written


class _Count:
    def __init__(self) -> None:
        self.added = self.enriched = 0
        self.lost: list[tuple[int, str]] = []


def name_of(files: Sequence[PlaceFile], shipped: Gazetteer) -> str:
    """What the compiled form of some files is known by: it changes with them, the shipped places and the rules."""
    return digest(RULES, shipped.version, *(part for file in files for part in (file.sha256, file.layout)))


def compile_files(tables: Sequence[Table], shipped: Gazetteer, folder: Path) -> dict[str, Joined]:
    """Compile files of places, in the order imported, into a file pair; says what became of each, by its digest."""
    joiner = _Joiner(shipped)
    write(folder, joiner.places(tables), joiner.keys())
    return {
        sha256: Joined(added=count.added, enriched=count.enriched, lost=tuple(count.lost))
        for sha256, count in joiner.counts.items()
    }


class _Joiner:
    """Rows into places, one after the other."""

    def __init__(self, shipped: Gazetteer) -> None:
        self._shipped = shipped
        self._towns = Towns(shipped)
        self._divisions = lru_cache(self._known_parents)
        self._next = len(shipped)
        self._ids: dict[str, int] = {}
        #: By folded name and level: points and numbers of the places added.
        self._near: dict[tuple[str, Level], list[tuple[float, float, int]]] = {}
        #: By number, each place added with what it lies in; by what it lies in, the one copy of that.
        self._chains: dict[int, tuple[str, tuple[str, ...]]] = {}
        self._parents: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._keys: list[tuple[str, int, int]] = []
        self.counts: dict[str, _Count] = {}

    def keys(self) -> Iterator[tuple[str, int, int]]:
        """Keys with numbers and flags; complete once `places` has run out."""
        yield from self._keys

    def places(self, tables: Sequence[Table]) -> Iterator[tuple[Place, float]]:
        """The places added, each with its fame."""
        self.counts = {file.sha256: _Count() for file, _ in tables}
        for levels in _ROUNDS:
            found = _rows(tables, levels)
            if Level.DISTRICT in levels:  # areas are few, and a district's subdistricts lie in it
                found = iter(sorted(found, key=lambda pair: -(pair[0].radius_m or 0)))
            for row, file in found:
                place = self._take(row, file) if row.id not in self._ids else None
                if place is not None:
                    yield place, log10(row.people * _PREFERRED)

    def _take(self, row: PlaceRow, file: PlaceFile) -> Place | None:
        """The new place of a row; `None` where its place is known."""
        number, count = self._known(row), self.counts[file.sha256]
        place = None
        if number is None:
            place, number = self._place(row, count), self._next
            self._next += 1
            count.added += 1
            self._chains[number] = place.id, self._parents.setdefault(place.parents, place.parents)
            for name in (row.name, *row.names):
                self._near.setdefault((fold(name), row.level), []).append((row.lat, row.lon, number))
        else:
            count.enriched += 1
        self._ids[row.id] = number
        self._keys.append((f"={row.id}", number, 0))
        country = place.country if place is not None else self._country(row, number)
        self._name(row, number, country, SOUNDED if file.layout in _MANY else LISTED)
        seat = self._seat(row, country) if country in TRANSLITERATED else None
        if seat is not None:
            self._name(row, seat, country, LISTED)
        return place

    def _name(self, row: PlaceRow, number: int, country: str | None, listed: str) -> None:
        """Note the names of a row for a place."""
        best: dict[str, int] = {}
        names = [*named_by(map(_small, (row.name, *row.names)))]
        names += ((name, int(NameFlag.ALTERNATE)) for name in row.others)
        for name, flags in names:
            for key in native_keys(name, country, plain=not flags, listed=listed):
                best[key] = min(best.get(key, 255), int(flags))
        self._keys.extend((key, number, flags) for key, flags in best.items())

    def _country(self, row: PlaceRow, number: int) -> str | None:
        return self._shipped.place(number).country if number < len(self._shipped) else row.country

    def _seat(self, row: PlaceRow, country: str | None) -> int | None:
        """The shipped town that a district is called after, whose name its file spells in another way."""
        if row.level is not Level.DISTRICT or row.radius_m is None:
            return None
        sounds = {rough(fold(name)) for name in (row.name, *row.names)}
        for number in self._towns.within(row.lat, row.lon, row.radius_m / 1000):
            town = self._shipped.place(number)
            if town.country == country and not sounds.isdisjoint(
                rough(fold(name)) for name in (town.name, *town.aliases)
            ):
                return number
        return None

    def _known(self, row: PlaceRow) -> int | None:
        """The number of the place that a row tells of, where that is known already."""
        for id_ in filter(None, (row.same, row.id)):
            number = self._ids.get(id_)
            number = self._shipped.number(id_) if number is None else number
            if number is not None:
                return number
        for name in (row.name, *row.names):
            for number in self._shipped.numbers(name):
                if self._is_here(self._shipped.place(number), row):
                    return number
            for lat, lon, number in self._near.get((fold(name), row.level), ()):
                if distance((lat, lon), (row.lat, row.lon)) <= NEAR_KM:
                    return number
        return None

    def _is_here(self, place: Place, row: PlaceRow) -> bool:
        if place.level is not row.level or place.lat is None or place.lon is None:
            return False
        if row.country is not None and place.country not in (None, row.country):
            return False
        return distance((place.lat, place.lon), (row.lat, row.lon)) <= row.near_km

    def _place(self, row: PlaceRow, count: _Count) -> Place:
        above = self._above(row, count)
        country, admin1 = row.country, row.admin1
        division = next((id_ for id_ in above if id_.startswith("adm1:")), None)
        if division is not None:
            country, admin1 = division.removeprefix("adm1:").split(".", 1)
        elif (country is None or admin1 is None) and row.level not in (Level.PROVINCE, Level.REGION):
            town = self._towns.nearest(row.lat, row.lon, country)
            country, admin1 = (town.country, town.admin1) if town is not None else (country, admin1)
        known = self._divisions(country or "", admin1 or "")
        return Place(
            id=row.id,
            name=row.name,
            level=row.level,
            lat=row.lat,
            lon=row.lon,
            radius_m=row.radius_m,
            country=country,
            admin1=admin1,
            parents=tuple(sorted(dict.fromkeys((*above, *known)), key=_width)),
            aliases=tuple(name for name in dict.fromkeys(row.names) if name != row.name),
            population=row.population,
            site_kind=row.site_kind,
        )

    def _known_parents(self, country: str, admin1: str) -> tuple[str, ...]:
        """The ids of a division and its country, as far as the shipped gazetteer has them."""
        return tuple(id_ for id_ in parents_of(country, admin1) if self._shipped.number(id_) is not None)

    def _above(self, row: PlaceRow, count: _Count) -> tuple[str, ...]:
        """Ids of what the row says that its place lies in, and of what that lies in, nearest first."""
        found: list[str] = []
        for outer in row.within:
            ids = self._outer(outer, row)
            found.extend(ids)
            if not ids and outer.level is None:
                count.lost.append((row.line, outer.name or ""))
        return tuple(found)

    def _outer(self, outer: Outer, row: PlaceRow) -> tuple[str, ...]:
        """An outer place and its parents, by its id, else by its name nearby; nothing where it is not known."""
        for id_ in filter(None, (outer.id, f"own:{outer.id}")):
            number = self._ids.get(id_)
            number = self._shipped.number(id_) if number is None else number
            if number is not None:
                return self._chain(number)
        return self._named(outer.name, outer, row) if outer.name else ()

    def _named(self, name: str, outer: Outer, row: PlaceRow) -> tuple[str, ...]:
        """Of the places of a name that a row can lie in, the nearest, with its parents."""
        levels = Level if outer.level is None else (outer.level,)
        own = (known for level in levels for known in self._near.get((fold(name), level), ()))
        near = [(distance((lat, lon), (row.lat, row.lon)), number) for lat, lon, number in own]
        shipped = ((number, self._shipped.place(number)) for number in self._shipped.numbers(name))
        near += [(_apart(place, row), number) for number, place in shipped if _may_hold(place, outer, row)]
        fits = [number for apart, number in sorted(near) if apart <= _PARENT_KM]
        return self._chain(fits[0]) if fits else ()

    def _chain(self, number: int) -> tuple[str, ...]:
        """A place's id, and those of what it lies in."""
        if number < len(self._shipped):
            place = self._shipped.place(number)
            return (place.id, *place.parents)
        id_, parents = self._chains[number]
        return (id_, *parents)


def _small(name: str) -> str:
    """A name that a table has in capitals, as it is written elsewhere; initials stay."""
    return name.title() if name.isupper() and len(name) > _INITIALS else name


def _width(id_: str) -> int:
    """Divisions after what lies in them, countries last."""
    return 2 if id_.startswith("country:") else int(id_.startswith("adm1:"))


def _rows(tables: Sequence[Table], levels: frozenset[Level]) -> Iterator[tuple[PlaceRow, PlaceFile]]:
    """The rows of one round, those of the file imported last first."""
    for file, path in reversed(tables):
        for row in read_rows(path.read_bytes(), file.layout, levels):
            if isinstance(row, PlaceRow) and row.level in levels:
                yield row, file


def _may_hold(place: Place, outer: Outer, row: PlaceRow) -> bool:
    """Can a shipped place be what a row lies in?"""
    if row.country is not None and place.country not in (None, row.country):
        return False
    return outer.level is None or place.level is outer.level


def _apart(place: Place, row: PlaceRow) -> float:
    """Kilometres from what a row could lie in; a province or country, whose middle may be far, goes after its town."""
    if place.level in (Level.COUNTRY, Level.PROVINCE):
        return _DIVISION_KM
    if place.lat is None or place.lon is None:
        return float("inf")
    return distance((place.lat, place.lon), (row.lat, row.lon))

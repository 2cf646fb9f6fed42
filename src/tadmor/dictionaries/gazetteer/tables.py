"""The tables beside GeoNames: what they hold, and how a row reads."""

from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from tadmor.datamodel.places import Level
from tadmor.dictionaries.loading import items, read_yaml
from tadmor.errors import DictionaryError

_FOLDER = "gazetteer"


class CountryRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A country: middle point, names beside GeoNames', words formed from its name."""

    at: tuple[float, float]
    name: str | None = None
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class ProvinceRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A first-order division; `short` are abbreviations that stand after the name of a town in it."""

    name: str
    at: tuple[float, float] | None = None
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


class RegionRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A region: `km` is how far it reaches from its middle; `countries` are those that it lies in."""

    name: str
    at: tuple[float, float]
    km: float
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


class TownRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"within": "in"}):
    """A town: of GeoNames (`of`), or one that it lacks (`at`); `within` is the code of its first-order division.

    A `seat` of talks or courts is known as well as a capital.
    """

    name: str
    of: str | None = None
    at: tuple[float, float] | None = None
    within: str | None = None
    seat: bool = False
    names: tuple[str, ...] = ()


Division = tuple[str, str]  # country, GeoNames code
Rows = TypeVar("Rows")


def read_countries() -> dict[str, CountryRow]:
    """Countries by ISO 3166-1 alpha-2 code."""
    return _read("countries.yaml", dict[str, CountryRow])


def read_provinces() -> dict[str, dict[str, ProvinceRow]]:
    """First-order divisions by country and GeoNames code."""
    return _read("provinces.yaml", dict[str, dict[str, ProvinceRow]])


def read_regions() -> list[RegionRow]:
    """Regions."""
    return _read("regions.yaml", list[RegionRow])


def read_towns() -> dict[str, list[TownRow]]:
    """Towns by country."""
    return _read("towns.yaml", dict[str, list[TownRow]])


def read_division_names() -> dict[Division, str]:
    """GeoNames' names of first-order divisions."""
    rows = [line.split("\t") for line in _lines("admin1.tsv")]
    return {(country, code): name for country, code, name in rows}


def read_districts() -> list[tuple[str, str, str, float, float]]:
    """Second-order divisions: country, first-order code, name, latitude, longitude."""
    rows = [line.split("\t") for line in _lines("admin2.tsv")]
    return [(country, code, name, float(lat), float(lon)) for country, code, name, lat, lon in rows]


class Kinds(msgspec.Struct, frozen=True, kw_only=True):
    """Nouns for kinds of place: the levels that each asks for, which stand in a place, and words before them."""

    levels: dict[str, tuple[Level, ...]]
    things: frozenset[str]
    between: tuple[str, ...]


@cache
def read_kinds() -> Kinds:
    """Nouns for kinds of place."""
    rows = _read("kinds.yaml", dict[str, str])
    things, between = items(rows.pop("things")), items(rows.pop("between"))
    levels = {noun: tuple(map(Level, items(asked))) for asked, nouns in rows.items() for noun in items(nouns)}
    return Kinds(levels=levels | dict.fromkeys(things, (Level.SITE,)), things=frozenset(things), between=between)


@cache
def words_around(kind: str) -> frozenset[str]:
    """Words inside names (`inside`), that open them (`first`), or before names of persons (`titles`)."""
    return frozenset(items(_read("around.yaml", dict[str, str])[kind]))


@cache
def ordinary_words() -> frozenset[str]:
    """English words that are names of places too, folded; see `words.txt` for how they were found."""
    return frozenset(_lines("words.txt"))


def _lines(table: str) -> list[str]:
    text = files("tadmor.dictionaries").joinpath(_FOLDER, table).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _read(table: str, kind: type[Rows]) -> Rows:
    where = f"{_FOLDER}/{table}"
    try:
        return msgspec.convert(read_yaml(where), kind, strict=False)
    except msgspec.ValidationError as error:
        raise DictionaryError(where, str(error)) from error

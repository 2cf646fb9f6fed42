"""Where."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Level(StrEnum):
    """How much ground a place covers, finest first."""

    SITE = "site"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    REGION = "region"


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place on WGS 84: degrees, and a radius in metres within which it lies.

    `parents` are ids of what it belongs to, nearest first (citadel -> town -> province -> country). A place made from a
    relative expression ("40 km west of Palmyra") has the settlement it is told from in `relative_to`.
    """

    id: str
    name: str
    level: Level
    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    admin1: str | None = None
    parents: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    population: int | None = None
    site_kind: str | None = None  # air_base, gas_field, dam, crossing, citadel, hill, ...
    relative_to: str | None = None


class PlaceFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of places that a user brought into a case: its bytes' digest, its name, how it was read, and when (UTC).

    `places` is how many it tells of; `licence` what the user says of the right to use it.
    """

    sha256: str
    name: str
    layout: str
    size: int
    places: int
    imported: datetime
    licence: str | None = None


class Division(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of OCHA's files: its p-code, its depth (1 to 3: divisions; more: places), its names, the codes above it."""

    code: str
    depth: int
    names: tuple[str, ...]
    above: tuple[str, ...] = ()

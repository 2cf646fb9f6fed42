"""Places told from another: "40 km west of Palmyra", "the western countryside of Homs", "between Hama and Homs"."""

import re
from math import cos, radians

import msgspec

from tadmor.datamodel.keys import digest
from tadmor.datamodel.places import Level, Place

_HALF = 0.5**0.5
_COMPASS = {
    "north": (1.0, 0.0),
    "south": (-1.0, 0.0),
    "east": (0.0, 1.0),
    "west": (0.0, -1.0),
    "northeast": (_HALF, _HALF),
    "northwest": (_HALF, -_HALF),
    "southeast": (-_HALF, _HALF),
    "southwest": (-_HALF, -_HALF),
}
_QUARTER = r"(?:north|south)[-‑ ]?(?:east|west)|north|south|east|west"
_DIRECTION = rf"(?P<dir>(?:{_QUARTER})(?:ern(?:most)?|ward)?)"
_UNIT = r"km|kms|kilomet(?:re|er)s?|miles?|mi|met(?:re|er)s?|m"
#: A capital letter, whatever the case of the rest: "the northern city of Aleppo" is Aleppo, "northern Aleppo" a part.
_NAME = r"(?-i:[A-Z])"
_FRAGMENT = (
    r"countryside|outskirts?|suburbs?|vicinity|rural areas?|edges?|hinterlands?|surroundings|environs|periphery|"
    r"entrances?|parts?|half|side|sides|sector|neighbou?rhoods|districts|areas?|villages|portions?|flank|axis|front|"
    r"tip|corner|end|approaches|gates"
)
_DISTANCE = re.compile(
    rf"(?:^|\s)(?P<n>\d+(?:[.,]\d+)?)\s*[-‑]?(?P<unit>{_UNIT})\s+"
    rf"(?:(?:to\s+)?(?:the\s+)?{_DIRECTION}\s+)?(?:of|from|outside|away from)\s+(?P<base>.+)$",
    re.IGNORECASE,
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # the western countryside of Homs; the outskirts of Aleppo
        rf"^(?:the\s+)?(?:(?:far|deep)\s+)?(?:{_DIRECTION}\s+)?(?P<part>{_FRAGMENT})\s+(?:of|around|near|in)\s+(?P<base>.+)$",
        # Homs's western countryside; Lattakia countryside
        rf"^(?P<base>.+?)(?:['’]s|['’])?\s+(?:{_DIRECTION}\s+)?(?P<part>{_FRAGMENT})$",
        # a village north-west of Manbij
        rf"^(?:.*?\s)?{_DIRECTION}\s+of\s+(?P<base>.+)$",
        # eastern rural Deir Ezzor; rural Aleppo
        rf"^(?:the\s+)?(?:{_DIRECTION}\s+)?(?P<part>rural)\s+(?P<base>.+)$",
        r"^(?:.*?\s)?(?P<part>near|around|outside|close to)\s+(?P<base>.+)$",
        # northern Idlib province; central Damascus
        rf"^(?:the\s+)?(?:(?:far|deep|extreme)\s+)?{_DIRECTION}\s+(?P<base>{_NAME}.+)$",
        rf"^(?:the\s+)?(?P<part>central|downtown|inner|cent(?:re|er) of)\s+(?P<base>{_NAME}.+)$",
        rf"^(?:the\s+)?(?P<part>greater|outer|upper|lower)\s+(?P<base>{_NAME}.+)$",
    )
)
_BETWEEN = re.compile(r"\bbetween\s+(?P<base>.+?)\s+and\s+(?P<other>.+)$", re.IGNORECASE)
#: Parts that lie outside what they are told from.
_OUTER = re.compile(
    r"countryside|outskirt|suburb|vicinity|rural|edge|hinterland|surround|environ|periphery|near|around|outside|close|"
    r"village|approach",
    re.IGNORECASE,
)

#: A countryside or a side of a town, in metres: how far off its middle lies, and how far it reaches. "Countryside" is
#: used of villages up to 30 km from the town (known from reports of one war alone); a town's side is half its radius.
_COUNTRYSIDE, _TOWN_SIDE = 15_000.0, 2_500.0
#: A side of a division, country or region: its middle lies at half the radius, and it reaches as far.
_SIDE = 0.5
#: A distance is told to about a quarter, and never to less than a kilometre.
_ROUND, _LEAST = 0.25, 1000.0


class Relative(msgspec.Struct, frozen=True, kw_only=True):
    """How an expression is told: from what, which way (north, east; -1..1), how far in metres where that is said.

    `outside` tells a countryside from a part; `other` is the second name of "between A and B"; `one` tells a part named
    as one of its kind ("suburb of"), which may be an apposition.
    """

    base: str
    other: str | None = None
    direction: tuple[float, float] | None = None
    metres: float | None = None
    outside: bool = False
    one: bool = False


def told_from(expression: str) -> Relative | None:
    """Take an expression apart into its base and the way from it; `None` where it names a place itself."""
    found = _BETWEEN.search(expression)
    if found is not None:
        return Relative(base=found["base"], other=found["other"])
    found = _DISTANCE.search(expression)
    if found is not None:
        metres = float(found["n"].replace(",", ".")) * _unit(found["unit"].lower())
        return Relative(base=found["base"], direction=_direction(found), metres=metres, outside=True)
    for pattern in _PATTERNS:
        found = pattern.match(expression)
        if found is not None:
            part = found.groupdict().get("part")
            outside = (part is None and "of" in found[0].split()) or _OUTER.match(part or "") is not None
            one = (part or "").lower() == "suburb" and found.start("part") < found.start("base")
            return Relative(base=found["base"], direction=_direction(found), outside=outside, one=one)
    return None


def place_from(expression: str, how: Relative, base: Place, other: Place | None = None) -> Place:
    """The place that an expression tells from known ones: its own id, a computed point, and its radius in metres."""
    if other is not None:
        return _made(expression, how, base, *_midway(base, other))
    metres, radius = _reach(how, base)
    lat, lon = base.lat, base.lon
    if lat is not None and lon is not None and how.direction is not None:
        north, east = how.direction
        lat, lon = lat + north * metres / 111_320, lon + east * metres / (111_320 * max(cos(radians(lat)), 0.01))
    return _made(expression, how, base, lat, lon, radius)


def _reach(how: Relative, base: Place) -> tuple[float, float]:
    """How far off the middle lies, and the radius around it."""
    if how.metres is not None:
        uncertain = max(how.metres * _ROUND, _LEAST)
        return (how.metres, uncertain) if how.direction else (0.0, how.metres + uncertain)
    if base.level not in (Level.SITE, Level.SETTLEMENT):
        half = (base.radius_m or 2 * _COUNTRYSIDE) * _SIDE
        return half, half if how.direction else 2 * half
    town = base.radius_m or _TOWN_SIDE
    if how.outside:
        return _COUNTRYSIDE, _COUNTRYSIDE if how.direction else _COUNTRYSIDE + town
    return town / 2, town / 2 if how.direction else town


def _midway(base: Place, other: Place) -> tuple[float | None, float | None, float | None]:
    if base.lat is None or base.lon is None or other.lat is None or other.lon is None:
        return base.lat, base.lon, base.radius_m
    north = (other.lat - base.lat) * 111_320
    east = (other.lon - base.lon) * 111_320 * cos(radians(base.lat))
    return (base.lat + other.lat) / 2, (base.lon + other.lon) / 2, max((north**2 + east**2) ** 0.5 / 2, _LEAST)


def _made(
    expression: str, how: Relative, base: Place, lat: float | None, lon: float | None, radius: float | None
) -> Place:
    small = base.level in (Level.SITE, Level.SETTLEMENT)
    metres = round(how.metres) if how.metres is not None else None
    same = (how.other, str(how.direction), metres, "outside" if how.outside else "inside")
    return Place(
        id="rel:" + digest("relative", base.id, *same),
        name=expression,
        level=Level.SITE if small and not how.outside else Level.REGION,
        lat=round(lat, 5) if lat is not None else None,
        lon=round(lon, 5) if lon is not None else None,
        radius_m=radius,
        country=base.country,
        admin1=base.admin1,
        parents=(base.id, *base.parents),
        relative_to=base.id,
    )


def _unit(unit: str) -> float:
    if unit.startswith("k"):
        return 1000.0
    return 1609.0 if unit.startswith("mi") else 1.0


def _direction(found: re.Match[str]) -> tuple[float, float] | None:
    word = re.sub("[-‑ ]", "", found.groupdict().get("dir") or "").lower()
    return _COMPASS.get(re.sub("(?:ern(?:most)?|ward)$", "", word))

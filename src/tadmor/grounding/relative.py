"""Places told from another: "40 km west of Palmyra", "the western countryside of Homs", "outskirts of"."""

import re
from math import cos, radians

import msgspec

from tadmor.datamodel.keys import digest
from tadmor.datamodel.places import Level, Place

_COMPASS = {
    "north": (1.0, 0.0),
    "south": (-1.0, 0.0),
    "east": (0.0, 1.0),
    "west": (0.0, -1.0),
    "northeast": (0.71, 0.71),
    "northwest": (0.71, -0.71),
    "southeast": (-0.71, 0.71),
    "southwest": (-0.71, -0.71),
}
_DIRECTION = r"(?P<dir>(?:north|south)[- ]?(?:east|west)(?:ern)?|(?:north|south|east|west)(?:ern)?|rural)"
_DISTANCE = re.compile(
    rf"(?:(?:some|about|around|just|nearly)\s+)?(?P<n>\d+(?:[.,]\d+)?)\s*(?P<unit>km|kms|kilomet(?:re|er)s?|miles?|mi|met(?:re|er)s?|m)\s+"
    rf"(?:(?:to\s+)?(?:the\s+)?{_DIRECTION}\s+)?(?:of|from|outside|away from)\s+(?P<base>.+)$",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"^(?:the\s+)?(?:{_DIRECTION}\s+)?(?P<part>countryside|outskirts|suburbs?|vicinity|rural areas|edges?|hinterland|"
    rf"surroundings|entrances?|parts?|half|side|neighbou?rhoods|districts|areas?|villages|portions?)\s+(?:of|around|near)\s+(?:the\s+)?(?P<base>.+)$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    rf"^(?P<base>.+?)(?:['’]s|s['’]?)?\s+(?:{_DIRECTION}\s+)?"
    r"(?P<part>countryside|outskirts|suburbs?|vicinity|hinterland|surroundings)$",
    re.IGNORECASE,
)
_OF = re.compile(rf"^(?:the\s+)?{_DIRECTION}\s+of\s+(?P<base>.+)$", re.IGNORECASE)
_NEAR = re.compile(r"^(?:near|around|outside|close to)\s+(?P<base>.+)$", re.IGNORECASE)
_SIDE = re.compile(rf"^(?:the\s+)?(?:(?:far|deep)\s+)?{_DIRECTION}\s+(?P<base>[A-Z].+)$")

_METRES = {"k": 1000.0, "m": 1609.0}
#: Radius in metres of a part that is told without a distance, and how far its middle lies from the centre.
_COUNTRYSIDE, _INSIDE = 15_000.0, 2_500.0
#: A road or stretch between two places is told from the first with this radius: how long it is stays unsaid.
_LINE = 50_000.0
_INNER = frozenset(
    {
        "part",
        "parts",
        "half",
        "side",
        "neighborhoods",
        "neighbourhoods",
        "districts",
        "portion",
        "portions",
        "entrance",
        "entrances",
    }
)


_BETWEEN = re.compile(r"^(?P<what>.*?)\s*\bbetween\s+(?P<base>.+?)\s+and\s+(?P<other>.+)$", re.IGNORECASE)


class Relative(msgspec.Struct, frozen=True, kw_only=True):
    """How an expression is told from a base: direction (north, east; -1..1), metres, radius, and whether inside it."""

    base: str
    direction: tuple[float, float] | None
    metres: float
    radius: float
    inside: bool


def told_from(expression: str) -> Relative | None:
    """Take an expression apart into its base and the way from it; `None` where it names a place itself."""
    found = _DISTANCE.search(expression)
    if found is not None:
        metres = float(found["n"].replace(",", ".")) * _unit(found["unit"].lower())
        return _made(found, metres, max(metres * 0.25, 1000.0), inside=False)
    for pattern in (_PART, _OWNED):
        found = pattern.match(expression)
        if found is not None:
            inner = found["part"].lower() in _INNER
            reach = _INSIDE if inner else _COUNTRYSIDE
            return _made(found, reach, reach, inside=inner)
    found = _OF.match(expression)
    if found is not None:
        return _made(found, _COUNTRYSIDE, _COUNTRYSIDE, inside=False)
    found = _BETWEEN.match(expression)
    if found is not None:
        return Relative(base=found["base"], direction=None, metres=0.0, radius=_LINE, inside=False)
    found = _NEAR.match(expression)
    if found is not None:
        return Relative(base=found["base"], direction=None, metres=0.0, radius=_COUNTRYSIDE, inside=False)
    found = _SIDE.match(expression)
    return _made(found, _INSIDE, _INSIDE, inside=True) if found is not None else None


def _unit(unit: str) -> float:
    if unit.startswith("k"):
        return 1000.0
    return 1609.0 if unit.startswith("mi") else 1.0


def _made(found: re.Match[str], metres: float, radius: float, *, inside: bool) -> Relative:
    word = (found["dir"] or "").lower().replace("-", "").replace(" ", "").removesuffix("ern")
    direction = _COMPASS.get(word)
    return Relative(
        base=found["base"],
        direction=direction,
        metres=metres if direction else 0.0,
        radius=radius if direction else max(radius, metres),
        inside=inside,
    )


def place_from(expression: str, how: Relative, base: Place) -> Place:
    """The place that an expression tells from a known one: its own id, a computed point, and its radius in metres."""
    lat, lon = base.lat, base.lon
    if lat is not None and lon is not None and how.direction is not None:
        north, east = how.direction
        lat += north * how.metres / 111_320
        lon += east * how.metres / (111_320 * max(cos(radians(lat)), 0.01))
    return Place(
        id="rel:" + digest("relative", base.id, str(how.direction), round(how.metres), how.inside),
        name=expression,
        level=Level.SITE if base.level in (Level.SITE, Level.SETTLEMENT) else Level.REGION,
        lat=round(lat, 5) if lat is not None else None,
        lon=round(lon, 5) if lon is not None else None,
        radius_m=how.radius if base.level in (Level.SITE, Level.SETTLEMENT) else (base.radius_m or how.radius) / 2,
        country=base.country,
        admin1=base.admin1,
        parents=(base.id, *base.parents),
        relative_to=base.id,
    )

"""How far two places may be one ground of one incident: a street and its town, a town and its province, or two towns.

The seat of a province stands for all of it as often as for itself ("in Idlib"), so that it neither ties a town of the
province to an account nor parts it. A country says nothing. Scores are added to others; see `likeness`.
"""

from collections.abc import Iterable, Sequence

from tadmor.datamodel.places import Level, Place
from tadmor.record.nearness import metres_apart

#: From this score down two places are two grounds.
APART = -2.0
#: From this score on two places are one small ground, where two incidents of a day are rare.
FINE = 1.9
#: From this many inhabitants on a town has several incidents a day, and often stands for its province. By judgement:
#: seats of the provinces of Syria and Iraq have more, other towns mostly fewer.
_BIG = 120_000
#: Metres within which a region without a boundary ("Eastern Ghouta") may hold a place, and neighbours may be confused.
_REGION, _BESIDE, _NEXT = 40_000.0, 8_000.0, 30_000.0
#: A side of a country reaches so many of its radii: it is half a country wide, and told loosely.
_SIDES = 3.0

_SAME_SMALL, _SAME_BIG, _SAME_PROVINCE = 2.5, 1.5, 0.8
_WITHIN, _WITHIN_PROVINCE, _WITHIN_REGION = 1.2, 0.5, 0.3
_SEAT, _SITE, _NEIGHBOURS, _UNKNOWN, _OTHER_TOWN, _OTHER_PROVINCE = 0.2, 0.0, 0.5, -0.5, -2.0, -3.0


class Grounds:
    """How far places are one ground; what was reckoned once is kept."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], float] = {}

    def between(self, one: Sequence[Place], other: Sequence[Place], quiet: frozenset[str] = frozenset()) -> float:
        """The score of the two places of two accounts that agree best; 0 where either tells only of a country.

        Large towns that are `quiet` are one small ground.
        """
        mine, theirs = _told(one), _told(other)
        if quiet and any(a.id == b.id and a.id in quiet for a in mine for b in theirs):
            return _SAME_SMALL
        return max((self.relation(a, b) for a in mine for b in theirs), default=0.0)

    def nearness(self, place: Place | None, others: Iterable[Place]) -> float:
        """The score of a place with the nearest of others; 0 where there is nothing to compare."""
        return max((self.relation(place, other) for other in others), default=0.0) if place is not None else 0.0

    def relation(self, one: Place, other: Place) -> float:
        """How far two places are one ground."""
        pair = (one.id, other.id) if one.id < other.id else (other.id, one.id)
        known = self._known.get(pair)
        if known is None:
            known = self._known[pair] = relation(one, other)
        return known


def relation(one: Place, other: Place) -> float:
    """How far two places are one ground."""
    if Level.COUNTRY in (one.level, other.level):
        return 0.0
    if one.id == other.id:
        return _SAME_PROVINCE if one.level is Level.PROVINCE else _SAME_BIG if is_big(one) else _SAME_SMALL
    if _is_side(one) or _is_side(other):
        return _by_side(one, other)
    if _is_region(one) or _is_region(other):
        return _by_distance(one, other)
    wide = _around(one, other)
    if wide is not None:
        return _WITHIN_PROVINCE if wide.level is Level.PROVINCE else _WITHIN
    return max(_elsewhere(one, other), _outside(one, other))


def is_big(place: Place) -> bool:
    """Has it several incidents a day?"""
    return place.level is Level.SETTLEMENT and (place.population or 0) >= _BIG


def _told(places: Sequence[Place]) -> list[Place]:
    return [place for place in places if place.level is not Level.COUNTRY]


def _is_region(place: Place) -> bool:
    """A region with a name of its own, or a part of one, not one told from a town ("west of")."""
    whole = place.relative_to is None or place.relative_to.startswith("region:")
    return place.level is Level.REGION and whole


def _is_side(place: Place) -> bool:
    """A part of a country: "eastern Syria"."""
    return place.level is Level.REGION and (place.relative_to or "").startswith("country:")


def _by_side(one: Place, other: Place) -> float:
    """A side of a country says nothing of what may lie in it, and something against what lies on another side."""
    apart = metres_apart(one, other)
    reach = _SIDES * sum(place.radius_m or 0.0 for place in (one, other) if _is_side(place))
    return 0.0 if apart is None or apart < reach else -1.0


def _outside(one: Place, other: Place) -> float:
    """The score of a town's outskirts or countryside with what lies there; the lowest score elsewhere."""
    apart = metres_apart(one, other)
    around = any(
        place.level is Level.REGION and apart is not None and apart < (place.radius_m or 0.0) + _BESIDE
        for place in (one, other)
    )
    return _WITHIN_REGION if around else _OTHER_PROVINCE


def _by_distance(one: Place, other: Place) -> float:
    apart = metres_apart(one, other)
    if apart is None:
        return -1.0
    return _WITHIN_REGION if apart < _REGION else APART - 0.5


def _around(one: Place, other: Place) -> Place | None:
    """Of two places the one that holds the other, or that both are told from."""
    if one.id in other.parents or other.relative_to == one.id:
        return one
    if other.id in one.parents or one.relative_to == other.id:
        return other
    if one.level is other.level is Level.SITE and one.id.startswith("name:") and other.id.startswith("name:"):
        return None  # two quarters of one town, each with a name
    return one if one.relative_to is not None and one.relative_to == other.relative_to else None


def _elsewhere(one: Place, other: Place) -> float:
    """Two places of which neither holds the other."""
    apart = metres_apart(one, other)
    if one.admin1 is None or other.admin1 is None:
        towns = one.level is other.level is Level.SETTLEMENT  # a wider ground's point is anywhere in it
        return _OTHER_TOWN if towns and apart is not None and apart > _NEXT else _UNKNOWN
    if (one.country, one.admin1) != (other.country, other.admin1):
        return _OTHER_PROVINCE if apart is None or apart > _NEXT else -1.0
    if is_big(one) or is_big(other):
        return _SITE if Level.SITE in (one.level, other.level) else _SEAT
    return _NEIGHBOURS if apart is not None and apart < _BESIDE else _OTHER_TOWN

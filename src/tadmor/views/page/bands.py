"""Who held a place over time, as bands of a drawing that needs no script."""

from collections.abc import Sequence
from datetime import date

import msgspec

from tadmor.views.exports import Row

#: Width of the drawing in percent; a band too short to be seen is drawn this wide at least.
WIDTH, _LEAST = 100.0, 0.25
#: Colours that the style sheet has, `c0` to `c7`; further holders share the last.
_COLOURS = 8


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """A spell as a band: where it lies, its colour (`None`: no holder), how sure it is, and what it says."""

    x: float
    width: float
    colour: int | None
    state: str
    confidence: float
    label: str
    id: str


class Year(msgspec.Struct, frozen=True, kw_only=True):
    """A mark of the scale."""

    x: float
    words: str


class Ribbon(msgspec.Struct, frozen=True, kw_only=True):
    """The bands, the scale, and which colour stands for whom."""

    bands: tuple[Band, ...]
    years: tuple[Year, ...]
    holders: tuple[tuple[str, int], ...]
    first: str
    last: str


def ribbon(spells: Sequence[Row], last: str | None, holders: Sequence[str] = ()) -> Ribbon | None:
    """The ribbon of a place's spells.

    Args:
        spells: the spells, by day.
        last: the last ISO day that anything is known of.
        holders: the ids of all holders of the case, in the order that gives them their colours, as on the
            map; without it, those of these spells as they come.

    Returns:
        `None` without a day to begin at.
    """
    days = [date.fromisoformat(day) for one in spells for day in (one["from"], one["to"]) if day]
    if not days:
        return None
    start, end = min(days), max([*days, *([date.fromisoformat(last)] if last else [])])
    length = max((end - start).days + 1, 1)
    here = {one["holder"]["id"]: one["holder"]["name"] for one in spells if one["holder"]}
    order = {identity: number for number, identity in enumerate(dict.fromkeys([*holders, *here]))}
    colours = {identity: min(order[identity], _COLOURS - 1) for identity in here}

    def at(day: str | None, otherwise: date) -> float:
        found = date.fromisoformat(day) if day else otherwise
        return (found - start).days / length * WIDTH

    bands = []
    for one in spells:
        x = at(one["from"], start)
        until = at(one["to"], end) + WIDTH / length
        bands.append(
            Band(
                x=round(x, 3),
                width=round(max(until - x, _LEAST), 3),
                colour=colours[one["holder"]["id"]] if one["holder"] else None,
                state=one["state"],
                confidence=one["confidence"],
                label=f"{one['days']}: {one['words']}",
                id=one["id"],
            )
        )
    years = tuple(
        Year(x=round(at(f"{year}-01-01", start), 3), words=str(year)) for year in range(start.year + 1, end.year + 1)
    )
    return Ribbon(
        bands=tuple(sorted(bands, key=lambda one: -one.width)),
        years=years[:: max(len(years) // 10, 1)],
        holders=tuple((here[identity], colour) for identity, colour in colours.items()),
        first=start.isoformat(),
        last=end.isoformat(),
    )

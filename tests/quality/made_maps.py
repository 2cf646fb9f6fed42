"""A small invented folder of maps, laid out as the measurements want it."""

import csv
import gzip
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

FIRST = date(2020, 1, 1)
DAYS = 80
PLACES = 30
#: Layer -> how many days later than the truth it shows a change, at the least, and by how much more at some places.
LAGS = {"truth": (0, 0), "quick": (1, 2), "slow": (8, 6)}


def day(index: int) -> str:
    return (FIRST + timedelta(days=index)).isoformat()


def changed(place: int) -> int:
    """The day on which a place goes over from one side to the other."""
    return 5 + 2 * place


def write(folder: Path) -> Path:
    """The folder: three layers of holders, one of claims; the last place was held before and is left out."""
    with (folder / "places.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["place_id", "name", "lat", "lon", "population", "admin1", "list", "pre2022_occupied"])
        for place in range(PLACES):
            where = (48 + 0.01 * (place % 7), 37 + 0.05 * place)
            table.writerow([f"p{place}", f"Village, {place}", *where, 100, 1, "made", int(place == PLACES - 1)])
    with (folder / "observed_days.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["source", "day"])
        table.writerows((name, day(index)) for name in (*LAGS, "claims") for index in range(DAYS))
    for name in LAGS:
        turns = [changed(place) + late(name, place) for place in range(PLACES)]
        layer(folder, name, (row for place, turn in enumerate(turns) for row in spells(place, "UA", "RU", turn)))
    layer(folder, "claims", (row for place in range(PLACES) for row in spells(place, "OUT", "IN", changed(place) - 1)))
    return folder


def late(name: str, place: int) -> int:
    """How many days later than the truth a layer shows the change of a place."""
    least, more = LAGS[name]
    return least + place * 5 % (more + 1)


def spells(place: int, before: str, after: str, turn: int) -> Iterable[tuple[str, str, str, str]]:
    if turn >= DAYS:
        return [(f"p{place}", before, day(0), day(DAYS - 1))]
    return [(f"p{place}", before, day(0), day(turn - 1)), (f"p{place}", after, day(turn), day(DAYS - 1))]


def layer(folder: Path, name: str, rows: Iterable[tuple[str, ...]]) -> None:
    with gzip.open(folder / f"{name}.csv.gz", "wt", newline="") as file:
        table = csv.writer(file)
        table.writerow(["place_id", "status", "first_day", "last_day"])
        table.writerows(rows)

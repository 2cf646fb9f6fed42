"""Who held which place on which day, from maps that go the whole way: imported, grounded, concluded, exported.

    python -m quality.mapped ../shared/corpora/control-window-a --target deepstate \
        --inputs isw_assessed,lum_nzz,wiki [--holders RU=Russia,UA=Ukraine]

Each input becomes a table of place, coordinates, status, first and last day, and is brought into a case by
`tadmor import control`; the spells of `tadmor export control` are then held to the target, as `quality.control` holds
the engine alone: on contested place-days, and on the others that the target names a holder of. Prints JSON. Skipped,
saying so, where the data are missing.
"""

import argparse
import csv
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quality import maps
from quality.calling import tadmor
from quality.control import layer_names
from tadmor.dictionaries.names import fold

#: How far the gazetteer's point for a place may lie from the map's.
_NEAR_KM = 3.0
_KM_A_DEGREE = 111.32


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--target", required=True, help="the layer that is held to be true")
    parser.add_argument("--inputs", required=True, type=layer_names, help="layers, by commas")
    parser.add_argument("--holders", default="RU=Russia,UA=Ukraine", help="whom the statuses name")
    asked = parser.parse_args(words)
    if lacking := maps.missing(asked.folder, [asked.target, *asked.inputs]):
        print(f"quality.mapped: skipped, {asked.folder} lacks {', '.join(lacking)}", file=sys.stderr)
        return 0
    holders = dict(pair.split("=", 1) for pair in asked.holders.split(","))
    print(json.dumps(measured(asked.folder, asked.target, asked.inputs, holders)))
    return 0


def measured(folder: Path, target: str, inputs: Sequence[str], holders: Mapping[str, str]) -> dict[str, Any]:
    """What the record makes of the inputs, beside the target."""
    seen = maps.read(folder, [target, *inputs])
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        spells = _concluded(folder, inputs, holders, Path(scratch))
    seconds = time.perf_counter() - began
    said = _said(seen, spells, list(holders.values()))
    truth = maps.named(seen.layers[target], list(holders))
    told = truth >= 0
    contested = maps.contested(seen.of(list(inputs))) & told
    spoken = np.any([layer.said >= 0 for layer in seen.of(list(inputs))], axis=0)
    return {
        "contested_place_days": int(contested.sum()),
        "contested_accuracy": _right(said, truth, contested),
        "other_place_days": int((told & spoken & ~contested).sum()),
        "other_accuracy": _right(said, truth, told & spoken & ~contested),
        "seconds": round(seconds, 1),
    }


def _right(said: NDArray[np.int64], truth: NDArray[np.int64], where: NDArray[np.bool_]) -> float:
    return round(float((said[where] == truth[where]).mean()), 4) if where.any() else float("nan")


def _concluded(folder: Path, inputs: Sequence[str], holders: Mapping[str, str], scratch: Path) -> list[dict[str, Any]]:
    """The spells of a case into which the inputs were imported."""
    options = [word for status, name in holders.items() for word in ("--holder", f"{status}={name}")]
    case = scratch / "case"
    for name in inputs:
        table = scratch / f"{name}.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["place", "lat", "lon", "status", "first_day", "last_day"])
            rows.writerows(_rows(folder, name, holders))
        tadmor("import", "control", table, "--source", f"Map {name}", *options, "--case", case)
    lines = tadmor("export", "control", "--format", "jsonl", "--case", case).splitlines()
    return [json.loads(line) for line in lines]


def _rows(folder: Path, name: str, holders: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """The rows of a layer that name a holder; a place that the folder has twice, spelt otherwise, once."""
    known: set[tuple[str, ...]] = set()
    for row in maps.rows_of(folder, name):
        place, lat, lon, *told = row
        key = (fold(place), f"{float(lat):.1f}", f"{float(lon):.1f}", *told)
        if told[0] in holders and key not in known:
            known.add(key)
            yield row


def _said(seen: maps.Maps, spells: Sequence[Mapping[str, Any]], names: Sequence[str]) -> NDArray[np.int64]:
    """Index of the holder whom the record names, days by places; -1 where it names none of them."""
    found = np.full((seen.days(), len(seen.ids)), -1)
    grounded = [spell for spell in spells if spell["place"]["lat"] is not None]
    ids = list(dict.fromkeys(spell["place"]["id"] for spell in grounded))
    at = {spell["place"]["id"]: (spell["place"]["lat"], spell["place"]["lon"]) for spell in grounded}
    which = _nearest(seen.points, np.array([at[place] for place in ids]))
    mine = {place: np.flatnonzero(which == number) for number, place in enumerate(ids)}
    for spell, first, last in _days(seen, grounded):
        holder = spell["holder"]
        if holder is not None and holder["name"] in names:
            found[first : last + 1, mine[spell["place"]["id"]]] = names.index(holder["name"])
    return found


def _nearest(points: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.int64]:
    """The nearest place of the record to each point, within `_NEAR_KM`; -1 where there is none."""
    scale = np.array([_KM_A_DEGREE, _KM_A_DEGREE * np.cos(np.radians(points[:, 0].mean()))])
    found = np.full(len(points), -1)
    for number, point in enumerate(points):
        apart = np.hypot(*((places - point) * scale).T)
        if apart.min() <= _NEAR_KM:
            found[number] = int(apart.argmin())
    return found


def _days(seen: maps.Maps, spells: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], int, int]]:
    """Each spell with its first and last day, as rows."""
    for spell in spells:
        first = (date.fromisoformat(spell["from"]) - seen.first).days if spell["from"] else 0
        last = (date.fromisoformat(spell["to"]) - seen.first).days if spell["to"] else seen.days() - 1
        if last >= 0:
            yield spell, max(first, 0), last


if __name__ == "__main__":
    sys.exit(main())

"""Maps of who held what: one folder, one layer a source, run-length coded (see `../shared/corpora/README.md`)."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TextIO

import numpy as np
from numpy.typing import NDArray

from tadmor.record.fusion.voices import SILENT, Voice, Words, carried, from_grid

Bools = NDArray[np.bool_]
#: A status counts for this many days after it was last said.
CARRY = 7
#: Statuses that name nobody.
VAGUE = frozenset({"other", "unknown", "contested", "contested_or_unknown"})
#: What a layer of claims says of a place: claimed or not.
_CLAIMS = frozenset({"in", "out"})
_NEEDED = {
    "places.csv": ("place_id", "lat", "lon"),
    "observed_days.csv": ("source", "day"),
}
_LAYER = ("place_id", "status", "first_day", "last_day")


class BadMaps(Exception):  # noqa: N818  # said to a person, in one line
    """The folder cannot be read: which file, which line, what to do."""


class Layer(NamedTuple):
    """What one source says, day by day.

    Args:
        name: its name.
        vocabulary: its statuses.
        said: index into `vocabulary`, or `SILENT`; days by places.
    """

    name: str
    vocabulary: tuple[str, ...]
    said: Words


class Maps(NamedTuple):
    """Layers of one folder over the same days and places.

    Args:
        first: the day of row 0.
        ids: of the places.
        points: latitude and longitude, degrees.
        layers: by name, statuses carried over gaps of at most `CARRY` days.
    """

    first: date
    ids: tuple[str, ...]
    points: NDArray[np.float64]
    layers: Mapping[str, Layer]

    def of(self, names: Sequence[str]) -> list[Layer]:
        """The layers of these names, in order."""
        return [self.layers[name] for name in names]

    def voices(self, names: Sequence[str]) -> list[Voice]:
        """The same, as the record's fusion takes them."""
        return [from_grid(*layer) for layer in self.of(names)]

    def days(self) -> int:
        """How many there are."""
        return len(next(iter(self.layers.values())).said)

    def actors(self, names: Sequence[str]) -> tuple[str, ...]:
        """Whom these layers name as holders."""
        said = {word for layer in self.of(names) for word in layer.vocabulary}
        return tuple(sorted(word for word in said if word.lower() not in VAGUE | _CLAIMS))


def missing(folder: Path, names: Sequence[str]) -> list[str]:
    """Files that reading these layers needs and the folder lacks."""
    lacking = [name for name in _NEEDED if not (folder / name).is_file()]
    return lacking + [f"{name}.csv.gz" for name in names if _file(folder, name) is None]


def read(folder: Path, names: Sequence[str], like: "Maps | None" = None) -> Maps:
    """Layers of a folder; places held before the war's present stage (`pre2022_occupied` = 1) are left out.

    Args:
        folder: where they lie.
        names: of the layers.
        like: maps of the same folder whose days and places are taken over.

    Raises:
        BadMaps: a file lacks a column, or a line cannot be read.
    """
    places = [
        row for _, row in _rows(folder / "places.csv", _NEEDED["places.csv"]) if row.get("pre2022_occupied") != "1"
    ]
    observed = _observed(folder / "observed_days.csv")
    if absent := [name for name in names if not observed[name]]:
        message = f"{folder / 'observed_days.csv'}: no day of {', '.join(absent)}"
        raise BadMaps(message)
    if not places:
        message = f"{folder / 'places.csv'}: no place is left to judge"
        raise BadMaps(message)
    first, last = _window(observed, like)
    number = {row["place_id"]: index for index, row in enumerate(places)}
    layers = {}
    for name in names:
        days = np.zeros(last - first + 1, bool)
        days[[day - first for day in observed[name] if first <= day <= last]] = True
        layers[name] = _layer(_file(folder, name) or folder, name, days, number, first)
    points = np.array([_point(folder, row) for row in places])
    return Maps(date.fromordinal(first), tuple(number), points, layers)


def rows_of(folder: Path, name: str) -> Iterator[tuple[str, str, str, str, str, str]]:
    """A layer as a table: a place's name, latitude and longitude, status, first and last day; places as in `read`."""
    places = {
        row["place_id"]: row
        for _, row in _rows(folder / "places.csv", _NEEDED["places.csv"])
        if row.get("pre2022_occupied") != "1"
    }
    for _, row in _rows(_file(folder, name) or folder, _LAYER):
        place = places.get(row["place_id"])
        if place is not None:
            named_so = place.get("name") or row["place_id"]
            yield named_so, place["lat"], place["lon"], row["status"], row["first_day"], row["last_day"]


def contested(layers: Sequence[Layer]) -> Bools:
    """Days and places of which at least two layers have a status, and not all the same; days by places."""
    vocabulary = sorted({word for layer in layers for word in layer.vocabulary})
    low = np.full(layers[0].said.shape, len(vocabulary))
    high = np.full(layers[0].said.shape, -1)
    for layer in layers:
        number = np.array([*(vocabulary.index(word) for word in layer.vocabulary), -1])
        said = number[layer.said]
        low = np.where(said >= 0, np.minimum(low, said), low)
        high = np.maximum(high, said)
    # Two unlike statuses are two layers, so that nothing else need be counted.
    return np.asarray((high >= 0) & (low < high))


def named(layer: Layer, actors: Sequence[str]) -> NDArray[np.int64]:
    """Index of the actor whom a layer names; -1 where it names none or is silent."""
    number = [actors.index(word) if word in actors else -1 for word in layer.vocabulary]
    return np.array([*number, -1])[layer.said]


def _file(folder: Path, name: str) -> Path | None:
    for ending in (".csv.gz", ".csv"):
        if (folder / f"{name}{ending}").is_file():
            return folder / f"{name}{ending}"
    return None


def _text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Numbered lines of a table that must have these columns."""
    try:
        with _text(path) as file:
            table = csv.DictReader(file)
            if lacking := [name for name in columns if name not in (table.fieldnames or ())]:
                message = f"{path}: no column {', '.join(lacking)}"
                raise BadMaps(message)
            for row in table:
                yield table.line_num, row
    except (OSError, UnicodeDecodeError, EOFError, csv.Error) as error:
        message = f"{path}: cannot be read ({error})"
        raise BadMaps(message) from error


def _day(path: Path, line: int, text: str | None) -> int:
    try:
        return date.fromisoformat(text or "").toordinal()
    except ValueError as error:
        message = f"{path}, line {line}: {text!r} is no day; write it as 2022-04-30"
        raise BadMaps(message) from error


def _observed(path: Path) -> dict[str, list[int]]:
    days: dict[str, list[int]] = defaultdict(list)
    for line, row in _rows(path, _NEEDED["observed_days.csv"]):
        days[row["source"]].append(_day(path, line, row["day"]))
    return days


def _window(observed: Mapping[str, Sequence[int]], like: Maps | None) -> tuple[int, int]:
    """First and last day: of maps read before, else of all that the folder tells of."""
    if like is None:
        return min(map(min, observed.values())), max(map(max, observed.values()))
    first = like.first.toordinal()
    return first, first + like.days() - 1


def _layer(path: Path, name: str, observed: Bools, number: Mapping[str, int], first: int) -> Layer:
    vocabulary: dict[str, int] = {}
    said = np.full((len(observed), len(number)), SILENT, np.int8)
    for line, row in _rows(path, _LAYER):
        start, end = (_day(path, line, row[column]) - first for column in ("first_day", "last_day"))
        place = number.get(row["place_id"])
        if place is None:
            continue
        if not 0 <= start <= end < len(observed):
            message = f"{path}, line {line}: {row['first_day']} to {row['last_day']} is not within the observed days"
            raise BadMaps(message)
        word = vocabulary.setdefault(row["status"], len(vocabulary))
        span = said[start : end + 1, place]
        span[observed[start : end + 1]] = word
    return Layer(name, tuple(vocabulary), carried(said, CARRY))


def _point(folder: Path, row: Mapping[str, str]) -> tuple[float, float]:
    try:
        return float(row["lat"]), float(row["lon"])
    except (TypeError, ValueError) as error:
        message = f"{folder / 'places.csv'}: {row['place_id']} has no point: {row['lat']!r}, {row['lon']!r}"
        raise BadMaps(message) from error

"""How well place names are resolved, on corpora of marked toponyms.

    python -m quality.places FILE.xml... [--show]

Reads the layouts of TR-News, LGL and GeoWebNews (`toponym`: phrase, start, end, gaztag with lat and lon) and of
GeoVirus (`location`: name, start, end, lat, lon). The spans are given, each is resolved in the context of its document,
and every toponym that has coordinates counts: one that stays open is as wrong as can be. Toponyms without coordinates
are left out.

Prints a JSON object, for each file: `acc161` (share within 161 km, 100 miles), `median_km`, `mean_km`, `auc` (area
under the curve of the sorted errors' logarithms, 0 perfect, 1 worst; Gritta et al. 2018, doi:10.18653/v1/P18-1119),
`n` (toponyms), and `ms_a_document` (processor time).
"""

import argparse
import json
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from math import log
from pathlib import Path
from statistics import fmean, median

import msgspec

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.places import Place
from tadmor.dictionaries.gazetteer import Gazetteer, open_gazetteer
from tadmor.dictionaries.gazetteer.nearness import distance
from tadmor.grounding.places import PlaceResolver
from tadmor.grounding.setting import Setting

#: Half the circumference of the Earth: the largest error there is, in kilometres.
FARTHEST_KM = 20_039.0
NEAR_KM = 161.0
#: How far marked offsets may be off, in characters.
_SHIFT = 3

_NAME_TAGS = ("phrase", "name", "extractedName")
_LAT_TAGS, _LON_TAGS = ("lat", "latitude"), ("lon", "long", "longitude")


class Toponym(msgspec.Struct, frozen=True, kw_only=True):
    """A marked name with its point."""

    name: str
    start: int
    end: int
    lat: float
    lon: float


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A text with its marked names."""

    text: str
    toponyms: tuple[Toponym, ...]


class Miss(msgspec.Struct, frozen=True, kw_only=True):
    """One toponym with what was chosen for it."""

    toponym: Toponym
    place: Place | None
    km: float


def read(path: Path) -> Iterator[Article]:
    """The articles of a corpus file."""
    for node in ET.parse(path).getroot().iter("article"):  # noqa: S314  # files that the caller vouches for
        text = node.findtext("text") or ""
        marked = (*node.iter("toponym"), *node.iter("location"))
        toponyms = (found for found in map(_toponym, marked) if found is not None)
        yield Article(text=text, toponyms=tuple(_aligned(text, toponym) for toponym in toponyms))


def _toponym(node: ET.Element) -> Toponym | None:
    name, start, end = _text(node, _NAME_TAGS), _text(node, ("start",)), _text(node, ("end",))
    lat, lon = _text(node, _LAT_TAGS), _text(node, _LON_TAGS)
    if name is None or start is None or end is None or lat is None or lon is None:
        return None
    return Toponym(name=name, start=int(start), end=int(end), lat=float(lat), lon=float(lon))


def _aligned(text: str, toponym: Toponym) -> Toponym:
    """The toponym where its name really stands: GeoVirus counts from one, and blank edges of texts may be lost."""
    for shift in sorted(range(-_SHIFT, _SHIFT + 1), key=abs):
        start = toponym.start + shift
        if start >= 0 and text.startswith(toponym.name, start):
            return msgspec.structs.replace(toponym, start=start, end=start + len(toponym.name))
    return toponym


def _text(node: ET.Element, tags: tuple[str, ...]) -> str | None:
    for tag in tags:
        for found in node.iter(tag):
            if found.text and found.text.strip():
                return found.text.strip()
    return None


def resolve(article: Article, gazetteer: Gazetteer) -> Iterator[Miss]:
    """Each toponym of an article with its error."""
    resolver = PlaceResolver(gazetteer, Setting(gazetteer, article.text, None), article.text)
    for toponym in article.toponyms:
        place, _ = resolver.resolve(Mention(expression=toponym.name, start=toponym.start, end=toponym.end), "place")
        yield Miss(toponym=toponym, place=place, km=_error(place, toponym))


def _error(place: Place | None, toponym: Toponym) -> float:
    if place is None or place.lat is None or place.lon is None:
        return FARTHEST_KM
    return distance((place.lat, place.lon), (toponym.lat, toponym.lon))


def measure(path: Path, gazetteer: Gazetteer) -> dict[str, float]:
    """The figures of one file."""
    articles = list(read(path))
    began = time.process_time()
    errors = sorted(miss.km for article in articles for miss in resolve(article, gazetteer))
    spent = time.process_time() - began
    if not errors:
        return {"n": 0}
    return {
        "acc161": round(sum(km <= NEAR_KM for km in errors) / len(errors), 4),
        "median_km": round(median(errors), 2),
        "mean_km": round(fmean(errors), 1),
        "auc": round(_area(errors), 4),
        "n": len(errors),
        "ms_a_document": round(1000 * spent / len(articles), 2),
    }


def _area(errors: list[float]) -> float:
    """The area under the sorted log errors, by trapezes, over that of all being farthest."""
    logs = [log(km + 1) for km in errors]
    if len(logs) == 1:
        return logs[0] / log(FARTHEST_KM + 1)
    area = sum(logs) - (logs[0] + logs[-1]) / 2
    return area / (log(FARTHEST_KM + 1) * (len(logs) - 1))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.xml", help="the marked corpora")
    parser.add_argument("--show", action="store_true", help="print every miss in place of the figures")
    options = parser.parse_args()
    for path in options.files:
        if not path.is_file():
            parser.error(f"{path}: no such file")
    gazetteer = open_gazetteer()
    if options.show:
        _show(options.files, gazetteer)
        return
    print(json.dumps({path.name: measure(path, gazetteer) for path in options.files}, indent=1))


def _show(paths: list[Path], gazetteer: Gazetteer) -> None:
    """Every miss on a line, for reading."""
    for path in paths:
        for article in read(path):
            for miss in resolve(article, gazetteer):
                if miss.km > NEAR_KM:
                    mark, place = miss.toponym, miss.place
                    around = " ".join(article.text[max(mark.start - 40, 0) : mark.end + 30].split())
                    chosen = f"{place.id} {place.name} {place.country}" if place else "open"
                    print(f"{mark.name} | {mark.lat:.1f},{mark.lon:.1f} | {chosen} | {miss.km:.0f} km | {around}")


if __name__ == "__main__":
    main()

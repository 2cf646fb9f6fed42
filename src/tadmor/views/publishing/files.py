"""The data files of a published record: claims and findings as JSON Lines, CSV and GeoJSON, and what the map reads."""

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from tadmor.ledger.atlas import Atlas, FindingKind, Wanted
from tadmor.views.exports import FORMATS, Row
from tadmor.views.laying.columns import LAYERS
from tadmor.views.laying.encoding import encoded
from tadmor.views.laying.known import Known
from tadmor.views.publishing.site import MANY, Ask, pages
from tadmor.views.serving.looking import rows

_EVERY = 1_000_000
#: Findings that have places, and so points.
_FINDINGS = {
    "control": FindingKind.SPELL,
    "incidents": FindingKind.INCIDENT,
    "tolls": FindingKind.TOLL,
    "contradictions": FindingKind.CONTRADICTION,
}
#: The layer of the map that a finding is a mark of, where it is not called as its kind is.
_LAYER_OF = {FindingKind.INCIDENT: "events"}
#: Fields of answers that are made for pages.
_FOR_PAGES = frozenset({"text_quote", "words_of", "hangs", "decided"})


class _Place(msgspec.Struct):
    id: str


class _Spell(msgspec.Struct):
    """Of a spell what the map finds its mark by."""

    place: _Place
    first: str | None = msgspec.field(name="from")


_spell = msgspec.json.Decoder(_Spell)


def write_data(atlas: Atlas, folder: Path) -> list[str]:
    """Write the data files and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "claims": _Table(partial(atlas.claims, Wanted())),
        **{name: _Table(partial(atlas.findings, kind)) for name, kind in _FINDINGS.items()},
        "sources": _Table(atlas.sources),
        "documents": _Table(atlas.documents),
    }
    names = []
    for name, table in tables.items():
        for form in ("jsonl", "csv", *(["geojson"] if name in {"claims", *_FINDINGS} else [])):
            path = folder / f"{name}.{form}"
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(FORMATS[form](table))
            names.append(path.name)
    return names


def sums(folder: Path) -> Row:
    """The SHA-256 and size of each data file, by name."""
    return {
        path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
        for path in sorted(folder.iterdir())
        if path.name != "files.json"
    }


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON, for people and programs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


class _Table:
    """The rows of a table, read anew each time that it is gone through, so that no more than some are held."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def __iter__(self) -> Iterator[Row]:
        for _, page in pages(self._ask, MANY):
            for row in rows(page.values):
                yield _plain(row)


def _plain(one: Row) -> Row:
    """A row without what is made for pages; a claim whose words are withheld has none."""
    plain = {key: value for key, value in one.items() if key not in _FOR_PAGES}
    return plain | {"quote": None} if plain.get("words") == "withheld" else plain


def write_map(atlas: Atlas, known: Known, folder: Path) -> None:
    """Write what the map's script reads, file by file what the API would answer; a place's is made with its page."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.json").write_bytes(atlas.sheet("case"))
    (folder / "spells.json").write_bytes(atlas.sheet("spells"))
    (folder / "activity.json").write_bytes(atlas.sheet("activity"))
    for name in LAYERS:
        (folder / f"{name}.json").write_bytes(atlas.sheet(name))
    with (folder / "claims.json").open("wb") as file:  # one after the other: all at once are as large as the case
        file.write(b'{"claims":[')
        for number, one in enumerate(_searched(atlas, known)):
            file.write((b"," if number else b"") + encoded(one))
        file.write(b'],"names":' + encoded(_names(atlas)) + b"}")


def _searched(atlas: Atlas, known: Known) -> Iterator[Row]:
    """Each claim with what the map searches it by: what it has, and the marks that rest on it."""
    within: dict[str, list[str]] = {}
    for key, ground in known.grounds.items():
        for one in ground:
            within.setdefault(one, []).append(key)
    tags = {claim.id: claim for claim in known.claims}
    for _, page in pages(partial(atlas.claims, Wanted()), MANY):
        found = rows(page.values)
        resting = atlas.resting_each([row["id"] for row in found])
        for row in found:
            claim = tags[row["id"]]
            places = {above for place in claim.places.values() for above in within.get(place.id, [place.id])}
            marks: dict[str, list[Any]] = {"spells": [], "events": [], "tolls": [], "contradictions": []}
            for each in resting.get(row["id"], ()):
                if each.kind is FindingKind.SPELL:
                    told = _spell.decode(each.value)
                    marks["spells"].append([told.place.id, told.first])
                else:
                    marks[_LAYER_OF.get(each.kind, f"{each.kind.value}s")].append(each.id)
            yield {
                **{
                    key: row[key] for key in ("id", "quote", "kind", "modality", "polarity", "counted", "place", "when")
                },
                **{key: row[key] for key in ("gist", "speaker", "published")},
                "places": sorted(places),
                "actors": sorted({one.id for found in claim.actors.values() for one in found}),
                "sources": sorted({one.id for one in claim.voices}),
                "sides": sorted(claim.origin.sides),
                "marks": marks,
            }


def _names(atlas: Atlas) -> Row:
    """Names of actors and sources by id, and places and documents as a search shows them."""
    actors, sources = rows(atlas.actors(limit=_EVERY).values), rows(atlas.sources(limit=_EVERY).values)
    fields = ("id", "name", "local", "local_language", "level", "claims", "aliases")
    return {
        "actors": {one["id"]: one["name"] for one in actors},
        "sources": {one["id"]: one["name"] for one in sources},
        "places": [{key: one[key] for key in fields} for one in rows(atlas.places(limit=_EVERY).values)],
        "documents": [
            {key: one[key] for key in ("id", "name", "title", "published")}
            for one in rows(atlas.documents(limit=_EVERY).values)
        ],
    }

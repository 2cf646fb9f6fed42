"""The data files of a published record: claims and findings as JSON Lines, CSV and GeoJSON, and what the map reads."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tadmor.ledger.atlas import Atlas, FindingKind, Wanted
from tadmor.views.exports import FORMATS, Row
from tadmor.views.laying.columns import LAYERS
from tadmor.views.laying.encoding import encoded
from tadmor.views.laying.known import Known
from tadmor.views.publishing.site import file_of
from tadmor.views.serving.looking import place_answer, rows

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


def write_data(atlas: Atlas, folder: Path) -> list[str]:
    """Write the data files and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: Mapping[str, list[Row]] = {
        "claims": list(_claims(atlas)),
        **{name: list(_findings(atlas, kind)) for name, kind in _FINDINGS.items()},
        "sources": [_plain(one) for one in rows(atlas.sources(limit=_EVERY).values)],
        "documents": [_plain(one) for one in rows(atlas.documents(limit=_EVERY).values)],
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


def _claims(atlas: Atlas) -> Iterator[Row]:
    """Claims as pages show them; where the words are withheld, none."""
    cursor: int | None = 0
    while cursor is not None:
        page = atlas.claims(Wanted(), limit=2000, after=cursor)
        for one in map(_plain, rows(page.values)):
            if one["words"] == "withheld":
                one["quote"] = None
            yield one
        cursor = page.after


def _findings(atlas: Atlas, kind: FindingKind) -> Iterator[Row]:
    for one in rows(atlas.findings(kind, limit=_EVERY).values):
        yield _plain(one)


def _plain(one: Row) -> Row:
    return {key: value for key, value in one.items() if key not in _FOR_PAGES}


def write_map(atlas: Atlas, known: Known, folder: Path) -> None:
    """Write what the map's script reads, file by file what the API would answer."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "places").mkdir(exist_ok=True)
    (folder / "case.json").write_bytes(atlas.sheet("case"))
    (folder / "spells.json").write_bytes(atlas.sheet("spells"))
    (folder / "activity.json").write_bytes(atlas.sheet("activity"))
    for name in LAYERS:
        (folder / f"{name}.json").write_bytes(atlas.sheet(name))
    for key in known.places:
        told = place_answer(atlas, key)
        if told is not None:
            told["place"].pop("decided", None)
            (folder / "places" / f"{file_of(key)}.json").write_bytes(encoded(told))
    (folder / "claims.json").write_bytes(encoded({"claims": list(_searched(atlas, known)), "names": _names(atlas)}))


def _searched(atlas: Atlas, known: Known) -> Iterator[Row]:
    """Each claim with what the map searches it by: what it has, and the marks that rest on it."""
    within: dict[str, list[str]] = {}
    for key, ground in known.grounds.items():
        for one in ground:
            within.setdefault(one, []).append(key)
    tags = {claim.id: claim for claim in known.claims}
    cursor: int | None = 0
    while cursor is not None:
        page = atlas.claims(Wanted(), limit=2000, after=cursor)
        for row in rows(page.values):
            claim = tags[row["id"]]
            places = {above for place in claim.places.values() for above in within.get(place.id, [place.id])}
            marks: dict[str, list[Any]] = {"spells": [], "events": [], "tolls": [], "contradictions": []}
            for each in atlas.resting(row["id"]):
                told = json.loads(each.value)
                if each.kind is FindingKind.SPELL:
                    marks["spells"].append([told["place"]["id"], told["from"]])
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
        cursor = page.after


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

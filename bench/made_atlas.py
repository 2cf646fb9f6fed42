"""A made case for measuring the server: an atlas of any size, laid out without reading or concluding anything.

Places stand on a grid, camps take them in turn; claims are sentences of a few hundred words in which some are common
and some rare, as in reports. The same size and seed give the same atlas.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tadmor.ledger import Ledger
from tadmor.ledger.atlas import (
    AtlasWriter,
    ClaimEntry,
    DocumentEntry,
    FindingEntry,
    FindingKind,
    NamedEntry,
    PlaceEntry,
    RestsEntry,
)
from tadmor.views.exports import point
from tadmor.views.laying import atlas_path
from tadmor.views.laying.encoding import encoded

CAMPS, SOURCES, DAYS, SPELLS = 6, 200, 3000, 10
#: Claims that a spell rests on, of any place and day: they are counted, not read.
RESTED = 5
KINDS = ("control", "event", "toll", "movement", "presence")
_START = date(2012, 1, 1)
# fmt: off
COMMON = (
    "the", "army", "forces", "rebels", "city", "town", "captured", "shelling", "killed", "village", "front",
    "said", "sources", "on", "from", "near", "after",
)
# fmt: on
_ENDS = [f"{middle}{end}" for middle in ("ara", "ole", "umi", "ek") for end in "dhnrst"]
RARE = [f"{first}{rest}" for first in "bdfgklmnr" for rest in _ENDS]


def made(folder: Path, *, claims: int, places: int, seed: int = 7) -> Path:
    """Make a case of so many claims; returns its folder."""
    with Ledger.create(folder):
        pass
    with Ledger.open(folder) as ledger:
        path, head = atlas_path(ledger, None), ledger.head()
    made_case = _Made(claims, places, Random(seed))  # noqa: S311 - repeatable on purpose
    with AtlasWriter(path) as writer:
        writer.claims(made_case.claims())
        writer.documents(made_case.documents())
        writer.places(made_case.places())
        writer.actors(made_case.actors())
        writer.sources(made_case.sources())
        writer.findings(made_case.findings())
        for name, value in made_case.sheets(head):
            writer.sheet(name, value)
    return folder


class _Made:
    def __init__(self, claims: int, places: int, random: Random) -> None:
        self._claims, self._places, self._random = claims, places, random
        self._documents = max(claims // 50, 1)
        self._names = [f"{random.choice(RARE)}{random.choice(RARE)}".title() for _ in range(places)]

    def _place(self, number: int) -> dict[str, object]:
        side = int(self._places**0.5) + 1
        lat, lon = 32 + 6 * (number // side) / side, 35.5 + 12 * (number % side) / side
        name = f"{self._names[number]} {number}"
        return {"id": f"p{number}", "name": name, "lat": round(lat, 5), "lon": round(lon, 5), "level": "settlement"}

    def claims(self) -> Iterator[ClaimEntry]:
        """Claims, evenly over the days."""
        for number in range(self._claims):
            day = (_START + timedelta(days=number * DAYS // self._claims)).isoformat()
            place = self._place(int(self._places * self._random.random() ** 2))
            source, camp = self._random.randrange(SOURCES), self._random.randrange(CAMPS)
            words = " ".join(
                [*self._random.choices(COMMON, k=12), *self._random.choices(RARE, k=3), str(place["name"])]
            )
            kind = KINDS[number % len(KINDS)]
            when = {"earliest": day, "latest": day}
            row = {
                "id": f"c{number:07}",
                "kind": kind,
                "quote": words,
                "text_quote": None,
                "text_span": [0, 10],
                "modality": "asserted",
                "polarity": "affirmed",
                "place": place | {"radius_m": 3000.0, "expression": place["name"]},
                "when": when | {"extent": "within", "basis": "stated", "expression": day},
                "published": when,
                "holder": {"id": f"a{camp}", "name": f"Camp {camp}", "expression": f"Camp {camp}"},
                "attribution": [{"id": f"s{source}", "name": f"Source {source}"}],
                "speaker": f"Source {source}",
                "gist": f"Camp {camp} gained",
                "score": 0.8,
                "counted": True,
                "document": {"id": f"d{number % self._documents}", "name": "d.txt", "title": "A day of fighting"},
            }
            yield ClaimEntry(
                id=f"c{number:07}",
                document=f"d{number % self._documents}",
                kind=kind,
                modality="asserted",
                polarity="affirmed",
                score=0.8,
                counted=True,
                earliest=day,
                latest=day,
                published=day,
                tags=(("place", str(place["id"])), ("actor", f"a{camp}"), ("source", f"s{source}")),
                words=words,
                value=encoded(row),
            )

    def documents(self) -> Iterator[DocumentEntry]:
        """Documents, short ones."""
        for number in range(self._documents):
            day = (_START + timedelta(days=number * DAYS // self._documents)).isoformat()
            row = {"id": f"d{number}", "name": "d.txt", "title": "A day of fighting", "published": None, "claims": 50}
            text = " ".join(self._random.choices(RARE, k=40))
            yield DocumentEntry(
                id=f"d{number}", name="d.txt", title="A day", published=day, claims=50, text=text, value=encoded(row)
            )

    def places(self) -> Iterator[PlaceEntry]:
        """Places on a grid."""
        for number in range(self._places):
            place = self._place(number)
            row = place | {"local": None, "local_language": None, "aliases": [], "radius_m": 3000.0, "country": "SY"}
            row |= {"parents": [], "claims": self._places - number, "documents": 1}
            identity, name = str(place["id"]), str(place["name"])
            yield PlaceEntry(
                id=identity,
                name=name,
                names=(name.casefold(),),
                level="settlement",
                claims=self._places - number,
                ground=(identity,),
                value=encoded(row),
            )

    def actors(self) -> Iterator[NamedEntry]:
        """Camps."""
        for camp in range(CAMPS):
            row = encoded({"id": f"a{camp}", "name": f"Camp {camp}", "kind": "armed_group", "claims": 1})
            yield NamedEntry(id=f"a{camp}", name=f"Camp {camp}", names=(f"camp {camp}",), claims=1, value=row)

    def sources(self) -> Iterator[NamedEntry]:
        """Sources."""
        for number in range(SOURCES):
            row = encoded({"id": f"s{number}", "name": f"Source {number}", "kind": "outlet", "claims": 1})
            name = f"Source {number}"
            yield NamedEntry(id=f"s{number}", name=name, names=(name.casefold(),), claims=1, value=row)

    def _spells(self) -> Iterator[tuple[int, int, date, date | None]]:
        """Place, camp, first and last day: as many of each place, of equal length."""
        length = DAYS // SPELLS
        for place in range(self._places):
            for number in range(SPELLS):
                first = _START + timedelta(days=number * length + place % length)
                last = first + timedelta(days=length - 1) if number < SPELLS - 1 else None
                yield place, (place + number) % CAMPS, first, last

    def findings(self) -> Iterator[tuple[FindingEntry, list[RestsEntry]]]:
        """Spells of control."""
        for place, camp, first, last in self._spells():
            place_row = self._place(place) | {"radius_m": 3000.0, "expression": None}
            row: dict[str, object] = {
                "id": f"x{place}-{first}",
                "place": place_row,
                "state": "held",
                "holder": {"id": f"a{camp}", "name": f"Camp {camp}"},
                "besieger": None,
                "from": first,
                "to": last,
                "change": None,
                "confidence": 0.8,
                "verdict": "likely",
                "independent_sources": 2,
                "words": f"held by Camp {camp}",
                "days": f"{first} to {last}",
                "supports": [],
                "opposes": [],
                "voices": [],
                "best_for": None,
                "best_against": None,
            }
            entry = FindingEntry(
                kind=FindingKind.SPELL,
                id=str(row["id"]),
                place=f"p{place}",
                first=first.isoformat(),
                last=last.isoformat() if last is not None else None,
                type="held",
                actors=(f"a{camp}",),
                weight=0.8,
                value=encoded(row),
                feature=encoded({"type": "Feature", "id": row["id"], "geometry": point(place_row), "properties": row}),
            )
            rested = self._random.sample(range(self._claims), min(RESTED, self._claims))
            yield (
                entry,
                [RestsEntry(claim=f"c{one:07}", kind=entry.kind, id=entry.id, way=1) for one in rested],
            )

    def sheets(self, head: str) -> Iterator[tuple[str, bytes]]:
        """Answers about the whole case."""
        spells = list(self._spells())
        places = [self._place(number) for number in range(self._places)]
        epoch = date(1970, 1, 1)
        columns = {
            "places": {
                "id": [one["id"] for one in places],
                "name": [one["name"] for one in places],
                "local": [None] * self._places,
                "local_language": [None] * self._places,
                "lat": [one["lat"] for one in places],
                "lon": [one["lon"] for one in places],
                "radius_m": [3000] * self._places,
                "level": ["settlement"] * self._places,
                "claims": [self._places - number for number in range(self._places)],
            },
            "actors": {"id": [f"a{n}" for n in range(CAMPS)], "name": [f"Camp {n}" for n in range(CAMPS)]},
            "spells": {
                "place": [place for place, _, _, _ in spells],
                "state": [0] * len(spells),
                "holder": [camp for _, camp, _, _ in spells],
                "besieger": [-1] * len(spells),
                "first": [(first - epoch).days for _, _, first, _ in spells],
                "last": [(last - epoch).days if last is not None else None for _, _, _, last in spells],
                "confidence": [0.8] * len(spells),
                "verdict": [1] * len(spells),
                "voices": [2] * len(spells),
            },
        }
        days = [(_START - epoch).days + number for number in range(DAYS)]
        yield "spells", encoded(columns)
        yield "holders", encoded([f"a{n}" for n in range(CAMPS)])
        yield "activity", encoded({"days": days} | {kind: [self._claims // DAYS // 5] * DAYS for kind in KINDS})
        nothing = {
            key: list[int]() for key in ("id", "place", "first", "last", "label", "type", "weight", "confidence")
        }
        for name in ("events", "tolls", "presences", "contradictions"):
            yield name, encoded(nothing)
        yield "movements", encoded(nothing | {"to": []})
        last = (_START + timedelta(days=DAYS)).isoformat()
        told = {"name": "made", "head": head, "claims": self._claims, "documents": self._documents}
        told |= {"places": self._places, "sources": SOURCES, "spells": len(spells), "incidents": 0, "tolls": 0}
        told |= {"contradictions": 0, "counted": self._claims, "first_published": _START.isoformat()}
        told |= {"last_published": last, "undated_documents": 0, "kinds": {}, "issues": 0, "reviews": 0}
        yield "case", json.dumps(told).encode()

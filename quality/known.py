"""Who held what and when, read from real reporting and concluded, beside what is commonly known of it.

    python -m quality.known [--case DIR] [--half choose|measure] [--misses] [--json | --markdown]

Reads `corpora/war-articles` and `corpora/fa-kes/articles` of the reference data into one case (some minutes; `--case`
names a folder to keep it in and to take it from the next time), concludes it, and holds the record to `known.toml`:
well-known changes of control, and who is known to have held their places on which days. Measured:

    changes       how many of the changes the record tells within 3 days, with the right new holder
    place-days    of 200 days drawn by seed from the well-known spells (a spell first, each as likely, then a day of
                  it), how many the record gives to the right holder, how many it calls contested, unknown or another's
    gains told    how often the holder of these places changes in it: changes found by telling many are no art

Beside the record, in the same run: `last`, the claim of the latest day up to the one asked, and `majority`, what most
claims of the 30 days before and after say, the last such answer standing while nothing is told. Changes that the texts
do not tell, and places that they give no holder of, count as missed; figures without them stand beside. The list is in
halves, by place: causes of misses were looked for and settings chosen on `choose`; `measure` was measured.
`seconds` are of processor time, for concluding the whole case.
Skipped, saying so, where the data are missing.
"""

import argparse
import hashlib
import json
import random
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from quality.corpus import shared
from quality.known_rivals import last_told, majority
from quality.known_stretches import Holding, Stretch, of_spells
from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.ledger import Ledger
from tadmor.pipeline import read, record
from tadmor.settings import Settings

FILE = Path(__file__).parent / "known.toml"
NEEDED = ("corpora/war-articles", "corpora/fa-kes/articles")
#: A change is found where the record tells it within so many days of those it is known for.
WITHIN = timedelta(days=3)
#: How many place-days are drawn, and the seed they are drawn by.
DRAWN, SEED = 200, 4
HALVES = ("choose", "measure")
_COLUMNS = (
    *("method", "changes found", "of", "share", "of those the texts tell", "of", "share"),
    *(
        "place-days right",
        "of",
        "share",
        "share where anything is told",
        "contested",
        "unknown",
        "another's",
        "gains told",
    ),
)
_ANSWERS = ("right", "contested", "unknown", "wrong")


class Change(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A well-known change of control; `first` and `last` are inclusive, `sources` in words.

    `told` says how near the measured texts tell it: to a "day" or so, to a "month", or "no".
    """

    loser: str = msgspec.field(name="from")
    gainer: str = msgspec.field(name="to")
    first: date
    last: date
    sources: str
    told: Literal["day", "month", "no"]


class Held(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days, both inclusive, throughout which one side is known to have held a place."""

    by: str
    first: date
    last: date


class KnownPlace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place of the list; `id` is that of the gazetteer."""

    name: str
    id: str
    held: tuple[Held, ...]
    changes: tuple[Change, ...]


class Known(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The list: `sides` gives the ids of actors that may stand for each name."""

    sides: dict[str, tuple[str, ...]]
    places: tuple[KnownPlace, ...]


class PlaceDay(NamedTuple):
    """A day of which it is known who held a place."""

    place: KnownPlace
    day: date
    holder: str


#: Who held what, by place id, as one way of telling it has it.
Told = Mapping[str, Sequence[Stretch]]


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    asked = _parser().parse_args(words)
    folder = shared(*NEEDED)
    if folder is None:
        print(f"quality.known: skipped, {' or '.join(NEEDED)} is missing in the reference data", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as passing:
        found = measured(asked.case or Path(passing) / "case", [folder / name for name in NEEDED], asked.half)
    if not asked.misses:
        found.pop("misses")
    print("\n".join(markdown(found)) if asked.markdown else json.dumps(found, indent=1, default=str))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quality.known", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--case", type=Path, metavar="DIR", help="where the case is kept; one that is there is taken")
    parser.add_argument("--half", choices=HALVES, help="one half of the list alone")
    parser.add_argument("--misses", action="store_true", help="list the misses")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON (the default)")
    form.add_argument("--markdown", action="store_true", help="tables instead of JSON")
    return parser


def listed(file: Path = FILE) -> Known:
    """The list as written."""
    return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Known)


def half_of(known: Known, half: str | None) -> tuple[KnownPlace, ...]:
    """Every other place of the list, in an order that nothing known of them decides; all, where no half is named."""
    if half is None:
        return known.places
    mixed = sorted(known.places, key=lambda place: hashlib.sha256(place.name.encode()).hexdigest())
    return tuple(mixed[HALVES.index(half) :: len(HALVES)])


def drawn(known: Known) -> list[PlaceDay]:
    """The place-days: a spell, each as likely, then a day of it, each as likely."""
    dice = random.Random(SEED)  # noqa: S311  # a sample to be drawn again, no secret
    spells = [(place, held) for place in known.places for held in place.held]
    days = []
    for _ in range(DRAWN):
        place, held = dice.choice(spells)
        day = held.first + timedelta(days=dice.randrange((held.last - held.first).days + 1))
        days.append(PlaceDay(place, day, held.by))
    return days


def measured(case: Path, texts: Sequence[Path], half: str | None = None) -> dict[str, Any]:
    """All figures; the case is read where it is not there."""
    known = listed()
    if not case.exists():
        with Ledger.create(case) as ledger:
            read(list(texts), ledger, settings=Settings())
    with Ledger.open(case) as ledger:
        started = time.process_time()
        found, claims = record(ledger)
        seconds = time.process_time() - started
    places = half_of(known, half)
    days = [one for one in drawn(known) if one.place in places]
    ways = _ways(found, claims, places)
    silent = [place.name for place in places if not ways["last"][place.id]]
    return {
        "half": half or "both",
        "claims": len(claims),
        "control_claims": sum(claim.kind == "control" for claim in claims),
        "seconds": round(seconds, 1),
        "places": len(places),
        "nothing_told_of": silent,
        "methods": {name: figures(told, places, days, known.sides, set(silent)) for name, told in ways.items()},
        "misses": list(_misses(ways["tadmor"], places, days, known.sides)),
    }


def _ways(found: Record, claims: Sequence[GroundedClaim], places: Iterable[KnownPlace]) -> dict[str, Told]:
    ids = [place.id for place in places]
    return {
        "tadmor": {place: of_spells(spell for spell in found.spells if spell.place == place) for place in ids},
        "last": {place: last_told(claims, place) for place in ids},
        "majority": {place: majority(claims, place) for place in ids},
    }


def figures(
    told: Told,
    places: Sequence[KnownPlace],
    days: Sequence[PlaceDay],
    sides: Mapping[str, Sequence[str]],
    silent: set[str],
) -> dict[str, Any]:
    """Of one way of telling it: changes found, answers on the place-days, each also without the places not told of."""
    changes = [(place, change, found(told[place.id], change, sides)) for place in places for change in place.changes]
    answers = [(one.place, answer(told[one.place.id], one, sides)) for one in days]
    counts = Counter(given for _, given in answers)
    of_told = [hit for _, change, hit in changes if change.told == "day"]
    told_days = [given == "right" for place, given in answers if place.name not in silent]
    return {
        "changes": len(changes),
        "found": sum(hit for *_, hit in changes),
        "found_share": _share([hit for *_, hit in changes]),
        "told_to_the_day": len(of_told),
        "found_of_told": sum(of_told),
        "found_share_of_told": _share(of_told),
        "place_days": len(days),
        **{name: counts[name] for name in _ANSWERS},
        "right_share": _share([given == "right" for _, given in answers]),
        "right_share_where_told": _share(told_days),
        "gains_told": sum(len(list(gains(told[place.id]))) for place in places),
    }


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 3) if hits else None


def gains(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches with which a place passes to a holder that was not told to hold it just before."""
    before: str | None = None
    for one in stretches:
        if one.holding is Holding.HELD and one.holder != before:
            yield one
        before = one.holder if one.holding is Holding.HELD else None


def found(stretches: Sequence[Stretch], change: Change, sides: Mapping[str, Sequence[str]]) -> bool:
    """Is a change told within the days allowed, with the right new holder?"""
    return any(
        one.holder in sides[change.gainer] and change.first - WITHIN <= one.start <= change.last + WITHIN
        for one in gains(stretches)
    )


def answer(stretches: Sequence[Stretch], asked: PlaceDay, sides: Mapping[str, Sequence[str]]) -> str:
    """What is told of a place on a day: the right holder, a contest, nothing, or another holder."""
    there = next((one for one in reversed(stretches) if one.start <= asked.day), None)
    if there is None or there.holding is Holding.UNKNOWN:
        return "unknown"
    if there.holding is Holding.CONTESTED:
        return "contested"
    return "right" if there.holder in sides[asked.holder] else "wrong"


def _misses(
    told: Told, places: Sequence[KnownPlace], days: Sequence[PlaceDay], sides: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    for place in places:
        for change in place.changes:
            if not found(told[place.id], change, sides):
                yield f"{place.name}: {change.gainer} from {change.loser}, {change.first} to {change.last}: not found"
    for one in sorted(days, key=lambda each: (each.place.name, each.day)):
        given = answer(told[one.place.id], one, sides)
        if given != "right":
            yield f"{one.place.name} on {one.day}: {one.holder}; {given}"


def markdown(found: Mapping[str, Any]) -> list[str]:
    """The figures as a table."""
    told = (
        f"{found['places']} places; {found['claims']} claims, {found['control_claims']} of them of control;",
        f"concluded in {found['seconds']} s of one processor.",
        f"Nothing told of: {', '.join(found['nothing_told_of']) or 'none'}.",
    )
    lines = [
        " ".join(told),
        "",
        f"| {' | '.join(_COLUMNS)} |",
        f"|{'---|' * len(_COLUMNS)}",
    ]
    keys = (
        *("found", "changes", "found_share", "found_of_told", "told_to_the_day", "found_share_of_told"),
        *(
            "right",
            "place_days",
            "right_share",
            "right_share_where_told",
            "contested",
            "unknown",
            "wrong",
            "gains_told",
        ),
    )
    for name, row in found["methods"].items():
        lines.append(f"| {name} | {' | '.join(str(row[key]) for key in keys)} |")
    return lines


if __name__ == "__main__":
    sys.exit(main())

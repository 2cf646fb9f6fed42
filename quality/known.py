"""Who held what and when, read from real reporting and concluded, beside what is commonly known of it.

    python -m quality.known [--case DIR] [--half choose|measure] [--misses] [--json | --markdown]

Reads `corpora/war-articles` and `corpora/fa-kes/articles` of the reference data into one case (some minutes; `--case`
names a folder to keep it in and to take it from the next time), concludes it, and holds the record to `known.toml`:
well-known changes of control, and who is known to have held their places on which days. Measured:

    changes       how many of the changes the record tells within 3 days, with the right new holder
    place-days    of days drawn by seed from the well-known spells (a spell first, each as likely, then a day of it),
                  how many the record gives to the right holder, how many it calls contested, unknown or another's
    gains told    how often the holder of these places changes in it: changes found by telling many are no art
    confidence    on these place-days, how often findings of some confidence are right; see `known_confidence`

The list has two parts, told apart in the figures: the forty changes written first, with 200 place-days, and those that
were added, with 200 days of their places; see `known_list`. Changes that the texts do not tell, and places that they
give no holder of, count as missed; figures without them stand beside. The list is in halves, by place: causes of misses
were looked for and settings chosen on `choose`; `measure` was measured.

Beside the record, in the same run: `last`, the claim of the latest day up to the one asked, and `majority`, what most
claims of the 30 days before and after say, the last such answer standing while nothing is told.
`seconds` are of processor time, for concluding the whole case.
Skipped, saying so, where the data are missing.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from quality.known_confidence import intervals, ordered, reliability
from quality.known_list import (
    HALVES,
    Change,
    Known,
    KnownChange,
    KnownPlace,
    Part,
    PlaceDay,
    changes_of,
    drawn,
    half_of,
    listed,
)
from quality.known_rivals import last_told, majority
from quality.known_stretches import Holding, Stretch, of_spells
from quality.reports import case_of_reports, case_parser
from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.ledger import Ledger
from tadmor.record import conclude

#: A change is found where the record tells it within so many days of those it is known for.
WITHIN = timedelta(days=3)
_COLUMNS = (
    ("changes found", "found"),
    ("of", "changes"),
    ("share", "found_share"),
    ("of those the texts tell", "found_of_told"),
    ("of", "told_to_the_day"),
    ("share", "found_share_of_told"),
    ("place-days right", "right"),
    ("of", "place_days"),
    ("share", "right_share"),
    ("where anything is told", "right_where_told"),
    ("of", "place_days_where_told"),
    ("share", "right_share_where_told"),
    ("contested", "contested"),
    ("unknown", "unknown"),
    ("another's", "wrong"),
    ("gains told", "gains_told"),
)
_ANSWERS = ("right", "contested", "unknown", "wrong")


class Questions(NamedTuple):
    """What is asked of a part of the list."""

    changes: Sequence[KnownChange]
    days: Sequence[PlaceDay]


#: Who held what, by place id, as one way of telling it has it.
Told = Mapping[str, Sequence[Stretch]]


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = case_parser("known", __doc__)
    parser.add_argument("--half", choices=HALVES, help="one half of the list alone")
    parser.add_argument("--misses", action="store_true", help="list the misses")
    asked = parser.parse_args(words)
    with case_of_reports("known", asked.case) as ledger:
        if ledger is not None:
            found = measured(ledger, asked.half)
            if not asked.misses:
                found.pop("misses")
            print("\n".join(markdown(found)) if asked.markdown else json.dumps(found, indent=1, default=str))
    return 0


def measured(ledger: Ledger, half: str | None = None) -> dict[str, Any]:
    """All figures of a case."""
    known = listed()
    claims, copies, started = tuple(ledger.claims()), ledger.copies(), time.process_time()
    found = conclude(claims, copies=copies)  # not as remembered: its time is told
    seconds = time.process_time() - started
    places = half_of(known, half)
    ids = [place.id for place in places]
    ways = _ways(found, claims, ids)
    silent = {place.name for place in places if not ways["last"][place.id]}
    asked = {part: _asked(known, places, part) for part in Part}
    spells = ordered(found.spells, ids)
    every = asked[Part.ALL]
    return {
        "half": half or "both",
        "claims": len(claims),
        "control_claims": sum(claim.kind == "control" for claim in claims),
        "seconds": round(seconds, 1),
        "places": len(places),
        "nothing_told_of": sorted(silent),
        "parts": {
            part: {name: figures(told, questions, known.sides, silent) for name, told in ways.items()}
            for part, questions in asked.items()
        },
        "confidence": reliability(spells, every.days, known.sides),
        "change_days": intervals(spells, [one for one in every.changes if one.change.told == "day"], known.sides),
        "misses": list(_misses(ways["tadmor"], every, known.sides)),
    }


def _asked(known: Known, places: Sequence[KnownPlace], part: Part) -> Questions:
    return Questions(changes_of(places, part), [one for one in drawn(known, part) if one.place in places])


def _ways(found: Record, claims: Sequence[GroundedClaim], ids: Iterable[str]) -> dict[str, Told]:
    return {
        "tadmor": {place: of_spells(spell for spell in found.spells if spell.place == place) for place in ids},
        "last": {place: last_told(claims, place) for place in ids},
        "majority": {place: majority(claims, place) for place in ids},
    }


def figures(told: Told, asked: Questions, sides: Mapping[str, Sequence[str]], silent: set[str]) -> dict[str, Any]:
    """Of one way of telling it: changes found, answers on the place-days, each also without what is not told of."""
    hits = [(one.change, found(told[one.place.id], one.change, sides)) for one in asked.changes]
    answers = [(one.place, answer(told[one.place.id], one, sides)) for one in asked.days]
    counts = Counter(given for _, given in answers)
    of_told = [hit for change, hit in hits if change.told == "day"]
    told_days = [given == "right" for place, given in answers if place.name not in silent]
    return {
        "changes": len(hits),
        "found": sum(hit for _, hit in hits),
        "found_share": _share([hit for _, hit in hits]),
        "told_to_the_day": len(of_told),
        "found_of_told": sum(of_told),
        "found_share_of_told": _share(of_told),
        "place_days": len(answers),
        **{name: counts[name] for name in _ANSWERS},
        "right_share": _share([given == "right" for _, given in answers]),
        "place_days_where_told": len(told_days),
        "right_where_told": sum(told_days),
        "right_share_where_told": _share(told_days),
        "gains_told": sum(len(list(gains(told[place]))) for place in {one.place.id for one in asked.changes}),
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


def _misses(told: Told, asked: Questions, sides: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for place, change in asked.changes:
        if not found(told[place.id], change, sides):
            days = f"{change.first} to {change.last}"
            yield f"{place.name}: {change.gainer} from {change.loser}, {days}, told: {change.told}; not found"
    for one in sorted(asked.days, key=lambda each: (each.place.name, each.day)):
        given = answer(told[one.place.id], one, sides)
        if given != "right":
            yield f"{one.place.name} on {one.day}: {one.holder}; {given}"


def markdown(found: Mapping[str, Any]) -> list[str]:
    """The figures as tables."""
    told = (
        f"{found['places']} places; {found['claims']} claims, {found['control_claims']} of them of control;",
        f"concluded in {found['seconds']} s of one processor.",
        f"Nothing told of: {', '.join(found['nothing_told_of']) or 'none'}.",
    )
    lines = [
        " ".join(told),
        "",
        *_row(("list", "method", *(name for name, _ in _COLUMNS))),
        f"|{'---|' * (len(_COLUMNS) + 2)}",
    ]
    for part, methods in found["parts"].items():
        for name, row in methods.items():
            lines += _row((part, name, *(row[key] for _, key in _COLUMNS)))
    lines += ["", *_row(("confidence", "mean", "findings", "right")), f"|{'---|' * 4}"]
    for row in found["confidence"]["bins"]:
        lines += _row((f"{row['from']} to {row['to']}", row["confidence"], row["answers"], row["right"]))
    return [*lines, "", _summary(found["confidence"], found["change_days"])]


def _row(cells: Iterable[object]) -> list[str]:
    return [f"| {' | '.join(map(str, cells))} |"]


def _summary(sure: Mapping[str, Any], days: Mapping[str, Any]) -> str:
    return (
        f"{sure['answers']} findings: Brier score {sure['brier']}, calibration error {sure['ece']}. "
        f"Of {days['changes']} told changes {days['within_a_year']} have a passage to the right holder within a year, "
        f"{days['inside']} lie between its days (median {days['median_days']} days)."
    )


if __name__ == "__main__":
    sys.exit(main())

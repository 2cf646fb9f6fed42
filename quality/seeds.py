"""What the record must say of the five documents that the project began with, as named checks.

    python -m quality.seeds [--pin]

Reads the documents into a case of its own through the command line, in a process whose time and memory are measured.
A check listed in `floors.toml` must hold; the others are shown. Skipped, saying so, where the documents are missing.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from quality import floors
from quality.calling import exported, tadmor
from quality.corpus import shared

Row = dict[str, Any]
_FACT = {"asserted", "hedged"}


class Case(NamedTuple):
    """What the case exports, and what reading it took."""

    claims: list[Row]
    control: list[Row]
    contradictions: list[Row]
    documents: list[Row]
    seconds: float
    megabytes: float

    def held(self, place: str, day: str) -> str:
        """Who held a place on a day: state and holder, as "held islamic_state"."""
        for row in self.control:
            if row["place"]["name"] == place and row["from"] <= day and (row["to"] is None or day <= row["to"]):
                return " ".join([row["state"], *(row[key]["id"] for key in ("holder", "besieger") if row[key])])
        return "nothing told"

    def by(self, **wanted: str) -> Iterator[Row]:
        """Claims of a kind whose fields name something."""
        for row in self.claims:
            if all(value in _words(row.get(key)) for key, value in wanted.items()):
                yield row


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return " | ".join(_words(one) for one in value.values())
    if isinstance(value, list):
        return " | ".join(_words(one) for one in value)
    return str(value)


Check = Callable[[Case], tuple[bool, str]]


def _holds(place: str, day: str, *wanted: str) -> Check:
    def check(case: Case) -> tuple[bool, str]:
        found = case.held(place, day)
        return found in wanted, f"{place} on {day}: {found}"

    return check


def _executions(case: Case) -> tuple[bool, str]:
    for row in case.contradictions:
        values = [side["value"] for side in row["sides"]]
        if row["nature"] == "number" and {"20", "21"} <= {word for value in values for word in value.split()}:
            return True, f"{row['about']}: {' / '.join(values)}"
    return False, "no such contradiction"


def _sunday(case: Case) -> tuple[bool, str]:
    for row in case.contradictions:
        days, place = row["when"] or {"earliest": "", "latest": ""}, row["place"] or {"name": None}
        on_it = days["earliest"] <= "2016-12-11" <= days["latest"] and place["name"] == "Palmyra"
        if row["nature"] == "outcome" and on_it:
            return True, f"{row['about']}: {' / '.join(side['value'] for side in row['sides'])}"
    return False, "no such contradiction"


def _no_scenario(words: str) -> Check:
    def check(case: Case) -> tuple[bool, str]:
        found = [row for row in case.claims if words in " ".join(row["quote"].split())]
        facts = [row for row in found if row["modality"] in _FACT and row["polarity"] == "affirmed"]
        return not facts, f"{len(found)} claims, {len(facts)} told as fact"

    return check


def _chain(low: int, kind: str, *names: str) -> Check:
    def check(case: Case) -> tuple[bool, str]:
        for row in case.by(kind=kind):
            if row["count"] and row["count"]["low"] == low:
                chain = " > ".join(voice["name"] for voice in row["attribution"])
                if all(name.lower() in chain.lower() for name in names):
                    return True, chain
        chains = [[voice["name"] for voice in row["attribution"]] for row in case.claims if _low(row) == low]
        return False, f"chains of claims of {low}: {chains}"

    return check


def _low(row: Row) -> int | None:
    count = row.get("count")
    return count["low"] if count else None


def _source_behind_source(case: Case) -> tuple[bool, str]:
    for row in case.claims:
        names = [voice["name"].lower() for voice in row["attribution"]]
        if any("al-masdar" in name for name in names) and "military source" in names[-1]:
            return True, " > ".join(names)
    return False, "no claim carries both"


def _present(thing: str, place: str) -> Check:
    def check(case: Case) -> tuple[bool, str]:
        found = [
            row for row in case.by(kind="presence") if thing.lower() in _words([row["what"], row["equipment"]]).lower()
        ]
        where = sorted({row["place"]["name"] if row["place"] else "nowhere" for row in found})
        return any(place in name for name in where), f"{thing} at {', '.join(where) or 'nowhere'}"

    return check


def _dated(file: str, first: str, last: str) -> Check:
    """All documents of a file are dated by intervals that lie within two days."""

    def check(case: Case) -> tuple[bool, str]:
        told = [row["published"] for row in case.documents if row["file"].startswith(file)]
        within = [first <= one[:10] <= one[-10:] <= last for one in told]
        return bool(told) and all(within), "; ".join(told) or "not read"

    return check


#: Name -> what must be true; the names stand in `floors.toml`.
CHECKS: dict[str, Check] = {
    "Palmyra is the Islamic State's from May 2015": _holds("Palmyra", "2015-06-15", "held islamic_state"),
    "Palmyra is the government's from 27 March 2016": _holds("Palmyra", "2016-03-27", "held syrian_government"),
    "Palmyra is the Islamic State's after 11 December 2016": _holds("Palmyra", "2016-12-12", "held islamic_state"),
    "Ramadi is the Islamic State's in 2015": _holds("Ramadi", "2015-07-01", "held islamic_state"),
    "Ramadi is Iraq's after December 2015": _holds("Ramadi", "2016-02-01", "held iraq"),
    "Tikrit is Iraq's from April 2015": _holds("Tikrit", "2015-06-01", "held iraq"),
    "Sinjar is not the Islamic State's after November 2015": lambda case: (
        "islamic_state" not in case.held("Sinjar", "2016-01-01")
        and case.held("Sinjar", "2016-01-01") != "nothing told",
        f"Sinjar on 2016-01-01: {case.held('Sinjar', '2016-01-01')}",
    ),
    "al-Tabqa air base is the Islamic State's from August 2014": _holds(
        "Tabqa air base", "2014-09-15", "held islamic_state"
    ),
    "Manbij is the SDF's from mid-August 2016": _holds("Manbij", "2016-09-01", "held sdf"),
    "Raqqa is the Islamic State's in April 2016": _holds("Raqqa", "2016-04-20", "held islamic_state"),
    "Deir ez-Zor city is besieged in December 2016": lambda case: (
        case.held("Deir ez-Zor", "2016-12-11").startswith("besieged"),
        f"Deir ez-Zor on 2016-12-11: {case.held('Deir ez-Zor', '2016-12-11')}",
    ),
    "the executions of 20 and of 21 stand side by side": _executions,
    "the accounts of Sunday 11 December stand side by side": _sunday,
    "'Syrian troops would reach Raqqa' is no fact": _no_scenario("Syrian troops would reach Raqqa"),
    "'ISIS would give up Raqqa' is no fact": _no_scenario("ISIS would give up Raqqa"),
    "'ISIS might quit Raqqa' is no fact": _no_scenario("ISIS might quit Raqqa"),
    "'retake the ancient city in the coming days' is no fact": _no_scenario("retake the ancient city"),
    "the 4,000 carry SANA": lambda case: next(
        (found for kind in ("movement", "presence", "event") if (found := _chain(4000, kind, "SANA")(case))[0]),
        (False, "no claim of 4,000 carries SANA"),
    ),
    "the 300 killed carry Russia": _chain(300, "toll", "Russia"),
    "Al-Masdar's military source keeps its chain": _source_behind_source,
    "S-400 at Hmeimim": _present("S-400", "Hmeimim"),
    "Iskander-K at Hmeimim": _present("Iskander", "Hmeimim"),
    "Mi-28N at Hmeimim": _present("Mi-28N", "Hmeimim"),
    "Ka-52 at Hmeimim": _present("Ka-52", "Hmeimim"),
    "Su-30 at Hmeimim": _present("Su-30", "Hmeimim"),
    "Su-35 at Hmeimim": _present("Su-35", "Hmeimim"),
    "Pantsir near Palmyra": _present("Pants", "Palmyra"),
    "BTR-82A near Palmyra": _present("BTR-82A", "Palmyra"),
    "document 001 is dated by interval": _dated("001_", "2016-03-31", "2016-05-31"),
    "document 002 is dated by interval": _dated("002_", "2016-12-01", "2016-12-31"),
    "document 004 is dated by interval": _dated("004_", "2016-12-01", "2017-03-31"),
    "read in under 60 s from a cold start": lambda case: (case.seconds < 60, f"{case.seconds:.1f} s"),
    "in under 600 MB": lambda case: (case.megabytes < 600, f"{case.megabytes:.0f} MB"),
}


def main() -> int:
    """Run the checks and print them; 1 where one that must hold does not."""
    folder = shared()
    if folder is None or not (folder / "seeds").is_dir():
        print("seeds: skipped, the reference data (../shared or TADMOR_SHARED) is missing")
        return 0
    case = read(folder / "seeds")
    must = set(floors.read().seeds)
    results = {name: check(case) for name, check in CHECKS.items()}
    for name, (holds, seen) in results.items():
        mark = "holds" if holds else "FAILS" if name in must else "open "
        print(f"{mark}  {name:58} {seen[:110]}")
    print(f"seeds: {sum(holds for holds, _ in results.values())} of {len(results)} hold")
    if "--pin" in sys.argv[1:]:
        return _pin([name for name, (holds, _) in results.items() if holds], must)
    return int(any(name in must and not holds for name, (holds, _) in results.items()))


def read(folder: Path) -> Case:
    """The documents read into a case, with what it exports."""
    with tempfile.TemporaryDirectory() as place:
        started = time.perf_counter()
        tadmor("read", folder, "--case", place)
        seconds = time.perf_counter() - started
        # Linux tells the largest resident set of any child so far in kilobytes; reading is the first one here.
        megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
        case = Path(place)
        return Case(
            claims=exported("claims", case),
            control=exported("control", case),
            contradictions=exported("contradictions", case),
            documents=json.loads(tadmor("brief", "--case", place, "--json"))["documents"],
            seconds=seconds,
            megabytes=megabytes,
        )


def _pin(holding: list[str], must: set[str]) -> int:
    lost = must - set(holding)
    if lost and "--allow-lower" not in sys.argv[1:]:
        print(f"seeds: not pinned, these no longer hold: {'; '.join(sorted(lost))} (--allow-lower drops them)")
        return 1
    floors.write(msgspec.structs.replace(floors.read(), seeds=tuple(holding)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

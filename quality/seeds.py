"""What the record must say of the five documents that the project began with, as named checks.

    python -m quality.seeds [--json | --markdown]

Reads the documents into a case of its own through the command line, in a process whose time and memory are measured.
A check listed in `floors.toml` must hold (pinned with `python -m quality.gate --pin`); the others are shown as open.
Skipped, saying so, where the documents are missing.
"""

import argparse
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from quality import floors
from quality.calling import exported, measured, tadmor
from quality.corpus import shared
from tadmor.dictionaries.gazetteer.nearness import distance

Row = dict[str, Any]
Result = tuple[bool, str]
_FACT = {"asserted", "hedged"}
#: Points that equipment must be told near to, and how near, km: an air base and its port; a city and the bases around.
_HMEIMIM, _PALMYRA = (35.411, 35.949), (34.551, 38.281)
_NEAR_KM = 30.0
#: An undated document's interval may be no longer, days: wider ones date nothing.
_LONGEST = 120


class Case(NamedTuple):
    """What the case exports, and what reading it took."""

    claims: list[Row]
    control: list[Row]
    contradictions: list[Row]
    documents: list[Row]
    texts: Mapping[str, str]  # file name -> its text
    seconds: float
    megabytes: float

    def spells(self, place: str) -> list[Row]:
        """The spells of a settlement or site, in order; not those of a district or province of that name."""
        found = [row for row in self.control if row["place"]["name"] == place and row["place"].get("level") in _TOWNS]
        return sorted(found, key=lambda row: row["from"] or "")

    def held(self, place: str, day: str) -> str:
        """Who held a place on a day: state, holder and besieger, as "held islamic_state"."""
        for row in self.spells(place):
            if (row["from"] or "") <= day and (row["to"] is None or day <= row["to"]):
                return told(row)
        return "nothing told"

    def by(self, **wanted: str) -> Iterator[Row]:
        """Claims whose fields hold these words."""
        for row in self.claims:
            if all(value in _words(row.get(key)) for key, value in wanted.items()):
                yield row

    def about(self, words: str) -> tuple[int, list[Row]]:
        """How often words stand in the files, line breaks or not, and the claims that share characters with them."""
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
        places = {name: [match.span() for match in pattern.finditer(text)] for name, text in self.texts.items()}
        told = [
            row
            for row in self.claims
            if any(row["start"] < end and start < row["end"] for start, end in places.get(row["doc"], ()))
        ]
        return sum(map(len, places.values())), told


_TOWNS = {"settlement", "site"}


def told(spell: Row) -> str:
    """A spell in a few words."""
    return " ".join([spell["state"], *(spell[key]["id"] for key in ("holder", "besieger") if spell[key])])


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return " | ".join(_words(one) for one in value.values())
    if isinstance(value, list):
        return " | ".join(_words(one) for one in value)
    return str(value)


Check = Callable[[Case], Result]


def _holds(place: str, day: str, *wanted: str) -> Check:
    def check(case: Case) -> Result:
        found = case.held(place, day)
        return found in wanted, f"{place} on {day}: {found}"

    return check


def _never(place: str, holder: str, after: str) -> Check:
    """The place is told of, and its holder from a day on is never that one."""

    def check(case: Case) -> Result:
        later = [row for row in case.spells(place) if row["to"] is None or row["to"] >= after]
        seen = "; ".join(f"{row['from'] or 'before'}: {told(row)}" for row in later) or "nothing told"
        return bool(later) and all((row["holder"] or {}).get("id") != holder for row in later), seen

    return check


def _begins(place: str, holder: str, day: str, *, within: int = 0) -> Check:
    """A spell of the holder starts on a day, or within so many days of it."""

    def check(case: Case) -> Result:
        starts = [
            row["from"] for row in case.spells(place) if row["from"] and (row["holder"] or {}).get("id") == holder
        ]
        wanted = date.fromisoformat(day)
        near = any(abs((date.fromisoformat(start) - wanted).days) <= within for start in starts)
        return near, f"{holder} in {place} from {', '.join(starts) or 'no day'}"

    return check


def _executions(case: Case) -> Result:
    for row in case.contradictions:
        values = [side["value"] for side in row["sides"]]
        if row["nature"] == "number" and {"20", "21"} <= {word for value in values for word in value.split()}:
            return True, f"{row['about']}: {' / '.join(values)}"
    return False, "no such contradiction"


def _sunday(case: Case) -> Result:
    for row in case.contradictions:
        days, place = row["when"] or {"earliest": "", "latest": ""}, row["place"] or {"name": None}
        on_it = days["earliest"] <= "2016-12-11" <= days["latest"] and place["name"] == "Palmyra"
        if row["nature"] == "outcome" and on_it:
            return True, f"{row['about']}: {' / '.join(side['value'] for side in row['sides'])}"
    return False, "no such contradiction"


def _no_scenario(words: str) -> Check:
    """The words stand in a text, and no claim that shares characters with them is told as fact."""

    def check(case: Case) -> Result:
        times, found = case.about(words)
        facts = [row for row in found if row["modality"] in _FACT and row["polarity"] == "affirmed"]
        told = ", ".join(sorted({row["modality"] for row in found})) or "no claim made of it"
        return times > 0 and not facts, f"{told}; {len(facts)} told as fact" if times else "the words are in no text"

    return check


def _chain(low: int, *names: str, kind: str = "") -> Check:
    """A claim of that many carries all these sources."""

    def check(case: Case) -> Result:
        chains = [
            " > ".join(voice["name"] for voice in row["attribution"])
            for row in case.by(kind=kind)
            if (row["count"] or {}).get("low") == low
        ]
        good = [chain for chain in chains if all(name.lower() in chain.lower() for name in names)]
        return bool(good), "; ".join(good or chains) or f"no claim of {low}"

    return check


def _source_behind_source(case: Case) -> Result:
    for row in case.claims:
        names = [voice["name"].lower() for voice in row["attribution"]]
        if any("al-masdar" in name for name in names) and "military source" in names[-1]:
            return True, " > ".join(names)
    return False, "no claim carries both"


def _present(system: str, point: tuple[float, float], where: str) -> Check:
    """A system, or its family where the variant is open, is told to be at a place near the point."""

    def check(case: Case) -> Result:
        wanted = _family(system)
        found = [row for row in case.by(kind="presence") if (row["equipment"] or {}).get("id") in wanted]
        places = [row["place"] for row in found if row["place"]]
        points = [(place["lat"], place["lon"]) for place in places if place["lat"] is not None]
        near = any(distance(one, point) <= _NEAR_KM for one in points)
        names = ", ".join(sorted({place["name"] for place in places})) or "nowhere"
        return near, f"{system} at {names}; wanted near {where}"

    return check


def _family(system: str) -> set[str | None]:
    from tadmor.dictionaries.equipment import load_equipment  # noqa: PLC0415 - only where checks run

    found = load_equipment().get(system)
    return {system, found.family} - {None} if found else {system}


def _dated(file: str, first: str, last: str) -> Check:
    """Each document of a file is dated by an inferred interval that meets the days it must be from."""

    def check(case: Case) -> Result:
        found = [row for row in case.documents if row["file"].startswith(file)]
        seen = "; ".join(f"{row['published']} ({row['basis']})" for row in found) or "not read"
        return bool(found) and all(_meets(row, first, last) for row in found), seen

    return check


def _meets(document: Row, first: str, last: str) -> bool:
    days = [word for word in document["published"].split() if len(word) == len(first)]
    if document["basis"] != "inferred" or not days:
        return False
    length = (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days
    return days[0] <= last and first <= days[-1] and length <= _LONGEST


#: Name -> what must be true; the names stand in `floors.toml`. Days and holders are those that the documents tell.
CHECKS: dict[str, Check] = {
    "Palmyra is the Islamic State's from May 2015": _holds("Palmyra", "2015-06-15", "held islamic_state"),
    "Palmyra is the government's from 27 March 2016": _holds("Palmyra", "2016-03-28", "held syrian_government"),
    "that spell begins on 27 March 2016": _begins("Palmyra", "syrian_government", "2016-03-27"),
    "Palmyra is the Islamic State's after 11 December 2016": _holds("Palmyra", "2016-12-12", "held islamic_state"),
    "that spell begins within a day of 11 December 2016": _begins("Palmyra", "islamic_state", "2016-12-11", within=1),
    "Ramadi is the Islamic State's in summer 2015": _holds("Ramadi", "2015-07-01", "held islamic_state"),
    "Ramadi is not the Islamic State's after December 2015": _never("Ramadi", "islamic_state", "2016-01-02"),
    "Ramadi is Iraq's after December 2015": _holds("Ramadi", "2016-02-01", "held iraq"),
    "Tikrit is Iraq's in May 2015": _holds("Tikrit", "2015-05-15", "held iraq"),
    "Tikrit stays Iraq's": _never("Tikrit", "islamic_state", "2015-06-01"),
    "Sinjar is not the Islamic State's after November 2015": _never("Sinjar", "islamic_state", "2015-12-01"),
    "al-Tabqa air base is the Islamic State's from August 2014": _holds(
        "Tabqa air base", "2014-09-15", "held islamic_state"
    ),
    "Manbij is the SDF's from mid-August 2016": _holds("Manbij", "2016-08-21", "held sdf"),
    "Raqqa is the Islamic State's in April 2016": _holds("Raqqa", "2016-04-20", "held islamic_state"),
    "Deir ez-Zor city is besieged in December 2016": _holds(
        "Deir ez-Zor", "2016-12-11", "besieged syrian_government islamic_state"
    ),
    "the executions of 20 and of 21 stand side by side": _executions,
    "the accounts of Sunday 11 December stand side by side": _sunday,
    "'Syrian troops would reach Raqqa' is no fact": _no_scenario("Syrian troops would reach Raqqa before the SDF"),
    "'ISIS would give up Raqqa' is no fact": _no_scenario("ISIS would give up Raqqa"),
    "'ISIS might quit Raqqa' is no fact": _no_scenario("ISIS might quit Raqqa"),
    "'retake the ancient city in the coming days' is no fact": _no_scenario("retake the ancient city"),
    "the 4,000 carry SANA": _chain(4000, "SANA"),
    "the 300 killed carry Russia": _chain(300, "Russia", kind="toll"),
    "Al-Masdar's military source keeps its chain": _source_behind_source,
    "S-400 at Hmeimim": _present("s_400", _HMEIMIM, "Hmeimim"),
    "Iskander-K at Hmeimim": _present("iskander_k", _HMEIMIM, "Hmeimim"),
    "Mi-28N at Hmeimim": _present("mi_28n", _HMEIMIM, "Hmeimim"),
    "Ka-52 at Hmeimim": _present("ka_52", _HMEIMIM, "Hmeimim"),
    "Su-30 at Hmeimim": _present("su_30", _HMEIMIM, "Hmeimim"),
    "Su-35 at Hmeimim": _present("su_35", _HMEIMIM, "Hmeimim"),
    "Pantsir near Palmyra": _present("pantsir_s1", _PALMYRA, "Palmyra"),
    "BTR-82A near Palmyra": _present("btr_82a", _PALMYRA, "Palmyra"),
    "document 001 is dated by interval": _dated("001_", "2016-04-02", "2016-04-30"),
    "document 002 is dated by interval": _dated("002_", "2016-12-11", "2016-12-31"),
    "document 004 is dated by interval": _dated("004_", "2016-12-11", "2017-03-01"),
    "read in under 60 s from a cold start": lambda case: (case.seconds < 60, f"{case.seconds:.1f} s"),
    "in under 600 MB": lambda case: (case.megabytes < 600, f"{case.megabytes:.0f} MB"),
}


def main() -> int:
    """Run the checks and print them; 1 where one that must hold does not."""
    options = _options()
    folder = shared("seeds")
    if folder is None:
        print("quality.seeds: skipped, the reference data (../shared or TADMOR_SHARED) is missing")
        return 0
    results, must = results_of(read(folder / "seeds")), floors.read().seeds
    if options.json:
        print(json.dumps({name: {"holds": holds, "found": seen} for name, (holds, seen) in results.items()}))
    else:
        print("\n".join(markdown(results) if options.markdown else table(results, must)))
    return int(any(not results[name][0] for name in must if name in results))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="results as one JSON object")
    parser.add_argument("--markdown", action="store_true", help="the table as it stands in docs/quality.md")
    return parser.parse_args()


def read(folder: Path) -> Case:
    """The documents read into a case, with what it exports."""
    with tempfile.TemporaryDirectory() as place:
        seconds, megabytes = measured("read", folder, "--case", place)
        case = Path(place)
        return Case(
            claims=exported("claims", case),
            control=exported("control", case),
            contradictions=exported("contradictions", case),
            documents=json.loads(tadmor("brief", "--json", "--case", place))["documents"],
            texts={path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")},
            seconds=seconds,
            megabytes=megabytes,
        )


def results_of(case: Case) -> dict[str, Result]:
    """Every check's outcome, with what was found."""
    return {name: check(case) for name, check in CHECKS.items()}


def table(results: Mapping[str, Result], must: Iterable[str]) -> Iterator[str]:
    """The outcomes for people."""
    kept = set(must)
    for name, (holds, seen) in results.items():
        mark = "pass" if holds else "FAIL"
        pinned = " (held before)" if name in kept and not holds else ""
        yield f"{mark}  {name:58} {seen[:110]}{pinned}"
    yield f"seeds: {sum(holds for holds, _ in results.values())} of {len(results)} hold"


def markdown(results: Mapping[str, Result]) -> Iterator[str]:
    """The same for a page."""
    yield from ("| | what must be true | found |", "|---|---|---|")
    for name, (holds, seen) in results.items():
        yield f"| {'pass' if holds else '**FAIL**'} | {name} | {seen[:160].replace('|', '/')} |"
    yield ""
    yield f"{sum(holds for holds, _ in results.values())} of {len(results)} hold."


if __name__ == "__main__":
    raise SystemExit(main())

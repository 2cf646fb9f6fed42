"""Which claims across documents count the same victims, against marks made by hand; and how far the bounds hold.

    python -m quality.tolls [--case FOLDER] [--json] [--report FILE]

Reads all articles of `../shared/corpora/fa-kes` (into a case that is thrown away, or the one given, which holds them)
and compares the tolls that the record concludes with `quality/marks/tolls.jsonl`: figures of incidents told by several
outlets, by document and place in it, each with the victims it counts. Victims whose name begins with "~" are near
misses (another strike on the town, a running total, a part of a toll): links to them are wrong, among them not judged.

A pair is two documents that count the same victims, however often either repeats it. Precision is the share of linked
pairs that are right, recall that of right pairs that are linked; both on the incidents that nothing was chosen by
(`measuring`) and on the others. Pairs are lost where a figure was not read, where a place or day of a reading excludes
the other, and else by the linking. The baseline links claims of one harm at one place within two days.

Coverage: of each toll that several outlets count one outlet is left out, and its figure looked for in the 80 % interval
of the rest; once by the tolls as linked, once by the marks. Skipped, saying so, where the articles are missing.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import cos, hypot, radians
from pathlib import Path
from typing import Any, NamedTuple

from quality.corpus import CHOOSING, MEASURING, ROOT, shared
from quality.toll_report import report
from tadmor.datamodel.claims import TollClaim
from tadmor.datamodel.documents import Document
from tadmor.datamodel.findings import Record, Toll
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Level
from tadmor.datamodel.times import Interval
from tadmor.ledger import Ledger
from tadmor.pipeline import read, record
from tadmor.record.casualties import spread_of
from tadmor.record.casualties.interval import Figured, Spread, estimated
from tadmor.record.matching import figure
from tadmor.settings import Settings

Linked = Callable[["Count", "Count"], bool]

MARKS = ROOT / "quality" / "marks" / "tolls.jsonl"
_ARTICLES = "corpora/fa-kes/articles"
_NEAR_MISS = "~"
#: The dead of all the war, told at the end of many articles: totals of many days, which are not judged.
_ALL_OF_THE_WAR = "~war"
#: Days that the baseline allows between two claims of one incident.
_DAYS = 2
#: From so far off, in km, a place is another; from so many days off a day is.
_ASTRAY, _LATE = 50.0, 1
_KM_A_DEGREE = 111.32


class Figure(NamedTuple):
    """A marked figure: whom it counts, and where it stands. `value` is `None` for words like "dozens"."""

    victims: tuple[str, str, str]  # incident, harm, people
    document: str
    start: int
    end: int
    value: int | None


class Incident(NamedTuple):
    """A marked incident."""

    use: str
    lat: float
    lon: float
    days: Interval


class Count(NamedTuple):
    """All that one document says of one toll, and the claims that were read there."""

    victims: tuple[str, str, str]
    document: str
    claims: tuple[GroundedClaim, ...]


class Marks(NamedTuple):
    """The marks of the file."""

    incidents: Mapping[str, Incident]
    figures: Sequence[Figure]


def main(words: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", type=Path, metavar="FOLDER", help="a case that holds the articles, read before")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the incidents told by three or more outlets")
    asked = parser.parse_args(words)
    folder = shared(_ARTICLES)
    if folder is None:
        print("quality.tolls: skipped, corpora/fa-kes (in ../shared or TADMOR_SHARED) is missing", file=sys.stderr)
        return 0
    if asked.case is not None:
        found = _measured(asked.case, asked.report)
    else:
        with tempfile.TemporaryDirectory() as case:
            with Ledger.create(Path(case)) as ledger:
                read([folder / _ARTICLES], ledger, settings=Settings())
            found = _measured(Path(case), asked.report)
    print(json.dumps(found, indent=1) if asked.json else "\n".join(table(found)))
    return 0


def _measured(case: Path, to: Path | None) -> dict[str, Any]:
    with Ledger.open(case) as ledger:
        concluded, claims = record(ledger)
        documents = {one.id: ledger.document(one.id) for one in ledger.documents()}
    if to is not None:
        to.write_text("\n".join(report(concluded, claims, documents)) + "\n", encoding="utf-8")
    return measured(read_marks(), concluded, claims, documents)


def read_marks(file: Path = MARKS) -> Marks:
    """The marks; they give places in files and values, no text."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return Marks(
        {
            row["incident"]: Incident(row["use"], row["lat"], row["lon"], _days(row["first"], row["last"]))
            for row in rows
            if row["kind"] == "incident"
        },
        [
            Figure(
                (row["incident"], row["harm"], row["people"]), row["document"], row["start"], row["end"], row["value"]
            )
            for row in rows
            if row["kind"] == "figure"
        ],
    )


def _days(first: str, last: str) -> Interval:
    return Interval.of_days(date.fromisoformat(first), date.fromisoformat(last))


def measured(
    marks: Marks, concluded: Record, claims: Sequence[GroundedClaim], documents: Mapping[str, Document]
) -> dict[str, Any]:
    """All figures, by use of the marks."""
    counts = counts_of(marks, claims, documents)
    linked = _in_one_toll(concluded.tolls)
    spread = _spread(concluded)
    found: dict[str, Any] = {
        use: {
            "tadmor": links(marks, _of(counts, marks, use), linked),
            "same place, two days": links(marks, _of(counts, marks, use), _beside),
        }
        for use in (MEASURING, CHOOSING)
    }
    found["coverage"] = {
        "tolls as linked": covered(_by_outlet(concluded, claims), spread),
        "tolls as marked": covered(_marked_by_outlet(marks, claims, documents), spread),
    }
    found["read"] = {"figures": len(marks.figures), "read": sum(len(one.claims) > 0 for one in counts)}
    found["read"]["counts"] = len(counts)
    return found


def counts_of(marks: Marks, claims: Iterable[GroundedClaim], documents: Mapping[str, Document]) -> list[Count]:
    """What each document says of each toll, with the claims read at the marked figures."""
    read: dict[str, list[tuple[int, int, GroundedClaim]]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.claim, TollClaim) and claim.claim.count is not None:
            document = documents[claim.claim.document]
            span = document.raw_span(claim.claim.span)
            read[document.name].append((span.start, span.end, claim))
    grouped: dict[tuple[tuple[str, str, str], str], list[GroundedClaim]] = defaultdict(list)
    texts = {document.name: document.raw for document in documents.values()}
    for mark in marks.figures:
        here = [one for one in read[mark.document] if _is_of(mark, one, texts[mark.document])]
        narrowest = sorted(here, key=lambda one: (one[1] - one[0], one[2].id))[:1]
        grouped[mark.victims, mark.document].extend(claim for _, _, claim in narrowest)
    return [Count(victims, document, tuple(read_here)) for (victims, document), read_here in grouped.items()]


def _is_of(mark: Figure, one: tuple[int, int, GroundedClaim], text: str) -> bool:
    """Was this claim read at the mark: the same harm, around the figure, with its value?"""
    start, end, claim = one
    said = claim.claim
    if not isinstance(said, TollClaim) or said.count is None or said.harm.value != mark.victims[1]:
        return False
    words = text[mark.start : mark.end].lower()
    value = figure(said.count) == mark.value if mark.value else words in (said.count.expression or "").lower()
    return start <= mark.start and mark.end <= end and value


def _of(counts: Iterable[Count], marks: Marks, use: str) -> list[Count]:
    return [one for one in counts if marks.incidents[one.victims[0]].use == use]


def _in_one_toll(tolls: Iterable[Toll]) -> Linked:
    of = {claim: toll.id for toll in tolls for claim in toll.claims}

    def linked(one: Count, other: Count) -> bool:
        first, second = ({of[claim.id] for claim in count.claims if claim.id in of} for count in (one, other))
        return not first.isdisjoint(second)

    return linked


def _beside(one: Count, other: Count) -> bool:
    """The baseline: some claims of one place, within two days."""
    return any(
        a.place is not None
        and b.place is not None
        and a.place.id == b.place.id
        and a.when is not None
        and b.when is not None
        and a.when.interval.gap(b.when.interval) <= _DAYS
        for a in one.claims
        for b in other.claims
    )


def links(marks: Marks, counts: Sequence[Count], linked: Linked) -> dict[str, Any]:
    """Precision and recall over pairs of documents, and by what right pairs are lost."""
    right, wrong = 0, 0
    lost: Counter[str] = Counter()
    by_incident: dict[str, list[bool]] = defaultdict(list)
    for one, other in combinations(counts, 2):
        if one.document == other.document or one.victims[1] != other.victims[1]:
            continue
        together = bool(linked(one, other))
        if one.victims[2] == other.victims[2] == _ALL_OF_THE_WAR:
            continue
        if one.victims != other.victims:
            wrong += together
        elif not one.victims[2].startswith(_NEAR_MISS):
            right += together
            by_incident[one.victims[0]].append(together)
            if not together:
                lost[_why(marks.incidents[one.victims[0]], one, other)] += 1
    pairs = right + sum(lost.values())
    return {
        "precision": round(right / max(right + wrong, 1), 3),
        "recall": round(right / max(pairs, 1), 3),
        "recall by incident": round(sum(sum(own) / len(own) for own in by_incident.values()) / len(by_incident), 3),
        "incidents": len(by_incident),
        "pairs": pairs,
        "right": right,
        "wrong": wrong,
        "lost": {why: lost[why] for why in ("not read", "misplaced", "misdated", "not linked")},
    }


def _why(incident: Incident, one: Count, other: Count) -> str:
    both = (one, other)
    if not all(count.claims for count in both):
        return "not read"
    if any(all(_astray(claim, incident) for claim in count.claims) for count in both):
        return "misplaced"
    if any(all(_misdated(claim, incident) for claim in count.claims) for count in both):
        return "misdated"
    return "not linked"


def _astray(claim: GroundedClaim, incident: Incident) -> bool:
    """Was it placed nowhere, or so far off that no province explains it?"""
    place = claim.place
    if place is None or place.level in (Level.COUNTRY, Level.PROVINCE) or place.lat is None or place.lon is None:
        return place is None or place.level not in (Level.COUNTRY, Level.PROVINCE)
    east = (place.lon - incident.lon) * cos(radians(incident.lat))
    apart = hypot(place.lat - incident.lat, east) * _KM_A_DEGREE
    return apart > _ASTRAY + (place.radius_m or 0.0) / 1000


def _misdated(claim: GroundedClaim, incident: Incident) -> bool:
    when = claim.when
    return when is None or (not when.interval.overlaps(incident.days) and when.interval.gap(incident.days) > _LATE)


def covered(tolls: Iterable[Mapping[str, Sequence[Figured]]], spread: Spread) -> dict[str, Any]:
    """How many left-out outlets' figures lie in the 80 % interval of the others."""
    inside, tried = 0, 0
    for by_outlet in tolls:
        for outlet, own in by_outlet.items():
            others = {one.voice: one for key, rest in by_outlet.items() if key != outlet for one in rest}
            bounds = estimated(list(others.values()), spread)
            if bounds is not None and own:
                tried += 1
                inside += bounds.low <= max(one.number for one in own) <= bounds.high
    return {"inside": round(inside / max(tried, 1), 3), "figures": tried}


def _spread(concluded: Record) -> Spread:
    return spread_of(
        [[Figured(one.voice, one.best, 0) for one in toll.figures if one.best] for toll in concluded.tolls]
    )


def _by_outlet(concluded: Record, claims: Iterable[GroundedClaim]) -> Iterator[Mapping[str, Sequence[Figured]]]:
    """The figures of each outlet, by toll, under the voice that speaks in them; the latest of each voice."""
    known = {claim.id: claim for claim in claims}
    for toll in concluded.tolls:
        found: dict[str, list[Figured]] = defaultdict(list)
        for one in toll.figures:
            for claim in sorted((known[key] for key in one.claims), key=_published):
                number = figure(claim.claim.count) if claim.claim.count is not None else None
                if number:
                    found[claim.publisher.name] = [Figured(one.voice, number, 0)]
        if len(found) > 1:
            yield found


def _published(claim: GroundedClaim) -> tuple[str, int]:
    """Orders claims by when they came out, the larger figure of one document last."""
    count = claim.claim.count
    return (
        claim.published.latest.isoformat() if claim.published is not None else "",
        (figure(count) or 0) if count is not None else 0,
    )


def _marked_by_outlet(
    marks: Marks, claims: Iterable[GroundedClaim], documents: Mapping[str, Document]
) -> Iterator[Mapping[str, Sequence[Figured]]]:
    """The largest marked figure of each outlet, by toll."""
    outlet = {documents[claim.claim.document].name: claim.publisher.name for claim in claims}
    grouped: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for mark in marks.figures:
        if mark.value and not mark.victims[2].startswith(_NEAR_MISS) and mark.document in outlet:
            own = grouped[mark.victims]
            own[outlet[mark.document]] = max(own.get(outlet[mark.document], 0), mark.value)
    for own in grouped.values():
        if len(own) > 1:
            yield {name: [Figured(name, value, 0)] for name, value in own.items()}


def table(found: Mapping[str, Any]) -> Iterator[str]:
    """The figures in words."""
    lost = "not read | misplaced | misdated | not linked"
    yield f"| incidents | method | precision | recall | recall by incident | pairs | {lost} |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for use in (MEASURING, CHOOSING):
        for method, one in found[use].items():
            lost = " | ".join(str(count) for count in one["lost"].values())
            yield (
                f"| {use}, {one['incidents']} | {method} | {one['precision']:.3f} | {one['recall']:.3f} "
                f"| {one['recall by incident']:.3f} | {one['pairs']} | {lost} |"
            )
    yield ""
    for name, one in found["coverage"].items():
        yield f"80 % intervals, {name}: {one['inside']:.3f} of {one['figures']} left-out outlets' figures inside"
    yield f"{found['read']['read']} of {found['read']['counts']} counts of a toll in a document were read"


if __name__ == "__main__":
    raise SystemExit(main())

"""How often the time of a hand-marked claim is told right, from the text and the claim's place in it alone.

    python -m quality.whens GOLD.jsonl TEXTS

The expression of time is chosen by the program, not taken from the marks. Prints JSON: `n` claims with a marked time,
`when` the share told right (overlapping, and not more than thrice as wide), by genre.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from quality.corpus import document
from tadmor.datamodel.claims import (
    Change,
    Claim,
    ControlClaim,
    Degree,
    EventClaim,
    EventType,
    Harm,
    Modality,
    MovementClaim,
    PresenceClaim,
    TollClaim,
)
from tadmor.datamodel.documents import Block, Document, Form
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.dictionaries.times import TimeKind, find_times
from tadmor.grounding.times import TimeLine

Row = dict[str, Any]
#: A dateline stands within the first words of the body.
_DATELINE_REACH = 60


def document_of(name: str, text: str) -> Document:
    """A document whose first lines are headline, outlet and perhaps a date; a date that opens the body counts more."""
    return document(name, text, _blocks(text), _published(text))


def _blocks(text: str) -> Iterator[Block]:
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        if line.strip():
            form = Form.HEADLINE if number == 0 else Form.DATELINE if number < 3 else Form.BODY
            yield Block(start=at, end=at + len(line.rstrip("\n")), form=form)
        at += len(line)


def _published(text: str) -> When | None:
    lines = text.split("\n", 3)
    header = find_times(lines[2]) if len(lines) > 2 else ()
    body = [one for one in find_times(text[len("\n".join(lines[:3])) :]) if one.start < _DATELINE_REACH]
    full = [one for one in (*body, *header) if one.kind is TimeKind.DATE and one.year and one.month and one.day]
    for one in full:
        day = date(one.year or 1, one.month or 1, one.day or 1)
        return When(interval=Interval.of_days(day, day), grain=Grain.DAY, basis=Basis.STATED)
    return None


def claim_of(row: Row, start: int, read: Document) -> Claim:
    """A claim with the place, kind and stance of a marked one, and nothing else of it."""
    end = start + len(row["text"])
    shared: dict[str, Any] = {
        "document": read.id,
        "start": start,
        "end": end,
        "quote": row["text"],
        "modality": Modality(row["modality"]),
    }
    match row["kind"]:
        case "control":
            return ControlClaim(change=Change(row["change"]), degree=Degree(row.get("degree") or "full"), **shared)
        case "event":
            return EventClaim(type=EventType(row["type"]), **shared)
        case "toll":
            return TollClaim(harm=Harm(row["harm"]), **shared)
        case "presence":
            return PresenceClaim(**shared)
        case _:
            return MovementClaim(**shared)


def same(gold: Row, said: When | None) -> bool:
    """The gold set's own measure."""
    if said is None:
        return False
    first, last = date.fromisoformat(gold["earliest"]), date.fromisoformat(gold["latest"])
    wide = said.interval.days - 1 > 3 * (last - first).days + 3
    return said.earliest <= last and first <= said.latest and not wide


def _place(text: str, row: Row) -> int:
    at = -1
    for _ in range(row.get("occurrence", 1)):
        at = text.find(row["text"], at + 1)
    return at


def judged(gold: Path, texts: Path) -> Iterator[tuple[Row, Document, When | None, bool]]:
    """Every marked claim with a time, what was told, and whether it is right."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["doc"]].append(row)
    for name, marked in rows.items():
        text = (texts / name).read_text(encoding="utf-8")
        read = document_of(name, text)
        line_of = TimeLine(read)
        for row in marked:
            if row.get("when"):
                said = line_of.when(claim_of(row, _place(text, row), read))
                yield row, read, said, same(row["when"], said)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD.jsonl", help="the marked claims")
    parser.add_argument("texts", type=Path, metavar="TEXTS", help="the folder of the texts they stand in")
    options = parser.parse_args()
    for path in (options.gold, options.texts):
        if not path.exists():
            parser.error(f"{path}: no such file or folder")
    all_of, right = Counter[str](), Counter[str]()
    for row, _, _, good in judged(options.gold, options.texts):
        for key in ("when", row["kind"], row["doc"].split("_")[0] if "_" in row["doc"] else "news"):
            all_of[key] += 1
            right[key] += good
    print(json.dumps({"n": all_of["when"], **{key: round(right[key] / all_of[key], 4) for key in sorted(all_of)}}))


if __name__ == "__main__":
    main()

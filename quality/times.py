"""How well expressions of time are found and valued, on texts marked in the manner of WikiWars (TIMEX2).

    python -m quality.times DIR [--show missed|extra|wrong]

DIR holds one `*.key.xml` a text, with `<TIMEX2 val="...">` around each expression. Prints JSON:
`relaxed_f1` (spans that overlap, one to one), `strict_f1` (the same characters), `value_f1` (found spans with the right
value, end to end), `value_accuracy` (right values on the marked spans that have one), `n` (marked spans), and
`value_by_class`, the last by the shape of the marked value.
"""

import argparse
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from quality.corpus import document
from tadmor.datamodel.documents import Block, Document
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.dictionaries.times import Season, TimeExpression, TimeKind, Unit, find_times
from tadmor.grounding.times import TimeLine

_TAG = re.compile(r"<(/?)TIMEX2([^>]*)>")
_SEASONS = {Season.SPRING: "SP", Season.SUMMER: "SU", Season.AUTUMN: "FA", Season.WINTER: "WI"}
_TIMES = {
    "dawn": "MO",
    "morning": "MO",
    "noon": "12:00",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "midnight": "NI",
}
_LENGTHS = {
    Unit.MINUTE: "PT{}M",
    Unit.HOUR: "PT{}H",
    Unit.DAY: "P{}D",
    Unit.NIGHT: "P{}D",
    Unit.WEEK: "P{}W",
    Unit.FORTNIGHT: "P{}W",
    Unit.MONTH: "P{}M",
    Unit.QUARTER: "P{}M",
    Unit.YEAR: "P{}Y",
    Unit.DECADE: "P{}DE",
    Unit.CENTURY: "P{}CE",
}


class Marked(NamedTuple):
    """One marked expression."""

    start: int
    end: int
    value: str | None


class Pair(NamedTuple):
    """A found expression with its value."""

    start: int
    end: int
    value: str | None


def read(path: Path) -> tuple[str, list[Marked], date | None]:
    """The plain text of a marked file, its marks in order, and the day it was written."""
    content = path.read_text(encoding="utf-8")
    head, _, body = content.partition("<TEXT>")
    written = re.search(r"(\d{4})-(\d\d)-(\d\d)", head)
    body = body.partition("</TEXT>")[0]
    pieces: list[str] = []
    marks: list[Marked] = []
    opened: list[tuple[int, str | None]] = []
    at = length = 0
    for tag in [*_TAG.finditer(body), None]:
        piece = html.unescape(body[at : tag.start() if tag else len(body)])
        pieces.append(piece)
        length += len(piece)
        if tag is None:
            break
        at = tag.end()
        if not tag[1]:
            value = re.search(r'\bval="([^"]*)"', tag[2], re.IGNORECASE)
            opened.append((length, value[1] if value else None))
        elif opened:
            start, value_of = opened.pop()
            marks.append(Marked(start, length, value_of))
    day = date(int(written[1]), int(written[2]), int(written[3])) if written else None
    return "".join(pieces), sorted(marks), day


def document_of(name: str, text: str, written: date | None) -> Document:
    """The text as a document of one block."""
    published = None
    if written is not None:
        published = When(interval=Interval.of_days(written, written), grain=Grain.DAY, basis=Basis.STATED)
    return document(name, text, [Block(start=0, end=len(text))], published)


def found_in(name: str, text: str, written: date | None) -> list[Pair]:
    """Every expression with its value, the ends of ranges apart, as TIMEX2 marks them."""
    line = TimeLine(document_of(name, text, written))
    whens = {told.expression.start: told.when for told in line.told}
    out: list[Pair] = []
    for one in find_times(text, vague=True):
        when = whens.get(one.start)
        if one.kind is TimeKind.RANGE and one.first and one.last:
            out.extend(_ends(one, when))
        else:
            out.append(Pair(one.start, one.end, value_of(one, when)))
    return out


def _ends(one: TimeExpression, when: When | None) -> Iterator[Pair]:
    for end, day in ((one.first, when.earliest if when else None), (one.last, when.latest if when else None)):
        if end is not None:
            moment = (
                None if day is None else When(interval=Interval.of_days(day, day), grain=Grain.DAY, basis=Basis.STATED)
            )
            yield Pair(end.start, end.end, value_of(end, moment))


def value_of(one: TimeExpression, when: When | None) -> str | None:
    """The TIMEX2 value of an expression."""
    match one.kind:
        case TimeKind.PRESENT:
            return "PRESENT_REF"
        case TimeKind.VAGUE:
            return _vague(one.text.lower())
        case TimeKind.DURATION:
            return _length(one)
        case TimeKind.SPAN:
            return "PAST_REF" if one.unit is None or one.text.lower().startswith("recent") else _length(one)
        case TimeKind.CLOCK:
            return _day(when) + _clock(one)
        case TimeKind.DATE if one.before_christ or one.decade or one.century:
            return _named(one)
        case _:
            return _calendar(one, when)


def _vague(text: str) -> str:
    if "former" in text:
        return "PAST_REF"
    if "present" in text:
        return "PRESENT_REF"
    return "FUTURE_REF" if "future" in text else "XXXX-XX-XX"


def _length(one: TimeExpression) -> str | None:
    if one.unit is None or one.unit not in _LENGTHS:
        return None
    if one.amount is None or one.vague:
        return _LENGTHS[one.unit].format("X")
    amount = one.amount * {Unit.FORTNIGHT: 2, Unit.QUARTER: 3}.get(one.unit, 1)
    return _LENGTHS[one.unit].format(f"{amount:g}")


def _day(when: When | None) -> str:
    return when.earliest.isoformat() if when else "XXXX-XX-XX"


def _clock(one: TimeExpression) -> str:
    if one.clock is not None:
        return f"T{one.clock[0]:02}:{one.clock[1]:02}"
    return f"T{_TIMES[one.time_of_day]}" if one.time_of_day in _TIMES else ""


def _named(one: TimeExpression) -> str | None:
    if one.decade is not None:
        return str(one.decade // 10)
    if one.century is not None:
        return str(one.century - 1)
    month = f"-{one.month:02}" if one.month else f"-{_SEASONS[one.season]}" if one.season else ""
    day = f"-{one.day:02}" if one.day else ""
    return f"BC{one.year:04}{month}{day}"


def _calendar(one: TimeExpression, when: When | None) -> str | None:
    if when is None:
        return None
    first = when.earliest
    if one.kind is TimeKind.DATE:
        return _date(one, first)
    if one.kind is TimeKind.WEEKDAY or one.unit in (Unit.DAY, Unit.NIGHT, Unit.HOUR, Unit.MINUTE):
        return first.isoformat() + _clock(one)
    middle = first + (when.latest - first) / 2
    match one.unit:
        case Unit.WEEK | Unit.FORTNIGHT | Unit.WEEKEND:
            year, week, _ = middle.isocalendar()
            return f"{year}-W{week:02}" + ("-WE" if one.unit is Unit.WEEKEND else "")
        case Unit.MONTH:
            return f"{middle:%Y-%m}"
        case Unit.YEAR:
            return f"{middle:%Y}"
        case Unit.DECADE:
            return str(middle.year // 10)
        case Unit.CENTURY:
            return str(middle.year // 100)
        case _:
            return None


def _date(one: TimeExpression, first: date) -> str:
    if one.day is not None:
        return first.isoformat() + _clock(one)
    if one.month is not None:
        return f"{first:%Y-%m}"
    if one.season is not None:
        return f"{first.year}-{_SEASONS[one.season]}"
    if one.quarter is not None:
        return f"{first.year}-Q{one.quarter}"
    halves = {"first half": "-H1", "second half": "-H2"}
    return f"{first.year}{halves.get(str(one.part), '')}"


def matched(marks: list[Marked], found: list[Pair]) -> list[tuple[int, int]]:
    """One-to-one pairs of marks and found spans that overlap, those of most shared characters first."""
    pairs = []
    for i, mark in enumerate(marks):
        for j, one in enumerate(found):
            shared = min(mark.end, one.end) - max(mark.start, one.start)
            if shared > 0:
                size = max(mark.end, one.end) - min(mark.start, one.start)
                pairs.append((shared / size, i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    out = []
    for _, i, j in sorted(pairs, reverse=True):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            out.append((i, j))
    return out


def f1(right: int, said: int, marked: int) -> float:
    """Harmonic mean of precision and recall."""
    return round(2 * right / (said + marked), 4) if said + marked else 0.0


def _class(value: str) -> str:
    for name, pattern in (
        ("duration", r"P[\dX.T]"),
        ("reference", r".*_REF"),
        ("BC", r"BC"),
        ("time", r".*T"),
        ("day", r"\d{4}-\d\d-\d\d$"),
        ("month", r"\d{4}-\d\d$"),
        ("season", r"\d{4}-[SWFQH]"),
        ("year", r"\d{4}$"),
        ("decade or century", r"\d{2,3}$"),
    ):
        if re.match(pattern, value):
            return name
    return "vague"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="the marked texts")
    parser.add_argument("--show", choices=("missed", "extra", "wrong"), help="print these expressions too")
    options = parser.parse_args()
    files, show = sorted(options.folder.glob("*.xml")), options.show
    if not files:
        parser.error(f"{options.folder}: no *.xml there")
    count, right, total = Counter[str](), Counter[str](), Counter[str]()
    for path in files:
        text, marks, written = read(path)
        found = found_in(path.name, text, written)
        pairs = matched(marks, found)
        count.update(marked=len(marks), said=len(found), relaxed=len(pairs))
        count["valued"] += sum(mark.value is not None for mark in marks)
        said_of = dict(pairs)
        for i, mark in enumerate(marks):
            one = found[said_of[i]] if i in said_of else None
            if mark.value is not None:
                good = one is not None and one.value == mark.value
                total[_class(mark.value)] += 1
                right[_class(mark.value)] += good
                if show == "wrong" and one is not None and not good:
                    print(
                        path.name,
                        repr(text[mark.start : mark.end]),
                        mark.value,
                        "|",
                        repr(text[one.start : one.end]),
                        one.value,
                    )
            count["strict"] += one is not None and (one.start, one.end) == (mark.start, mark.end)
            if show == "missed" and one is None:
                print(
                    path.name,
                    repr(text[mark.start - 30 : mark.end + 10]),
                    repr(text[mark.start : mark.end]),
                    mark.value,
                )
        if show == "extra":
            for j in set(range(len(found))) - set(said_of.values()):
                print(
                    path.name,
                    repr(text[found[j].start - 30 : found[j].end + 15]),
                    repr(text[found[j].start : found[j].end]),
                )
    values = sum(right.values())
    figures = {
        "n": count["marked"],
        "relaxed_f1": f1(count["relaxed"], count["said"], count["marked"]),
        "strict_f1": f1(count["strict"], count["said"], count["marked"]),
        "value_f1": f1(values, count["said"], count["valued"]),
        "value_accuracy": round(values / max(count["valued"], 1), 4),
        "value_by_class": {name: [round(right[name] / total[name], 4), total[name]] for name in sorted(total)},
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

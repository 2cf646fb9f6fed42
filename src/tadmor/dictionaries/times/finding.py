"""Expressions of time in running text."""

import re
from collections.abc import Iterator

import msgspec

from tadmor.dictionaries.times.expression import Lead, TimeExpression, TimeKind
from tadmor.dictionaries.times.grammar import PATTERN, RULES
from tadmor.dictionaries.times.reading import READERS, Fields, calendar
from tadmor.dictionaries.times.words import Word, word, words_of

_LEADS = {lead.value: lead for lead in Lead}
_LEADS.update({"throughout": Lead.DURING, "to": Lead.UNTIL, "about": Lead.AROUND, "circa": Lead.AROUND})
#: Words that make a month of "May" or "March", and a year of four digits.
_DATE_CONTEXT = frozenset("irvjbJ&-,(kf")
_YEAR_BEFORE = frozenset("irvjbJ&-(fe|,.)x")
#: Words before a day of a month told by its number alone ("on the 17th"), and those that may follow it; a noun would
#: be what it counts ("the 17th Division").
_BEFORE_NUMBER = frozenset({"on", "by", "since", "until", "till", "from", "before", "after", "between", "through"})
_AFTER_NUMBER = frozenset(
    {"when", "as", "with", "near", "they", "he", "she", "it", "we", "there", "who", "while", "where", "or", "but"}
    | {"were", "was", "had", "against", "without", "amid", "under", "because", "which", "some", "two", "three"}
)
_JOINS = re.compile(r"\s*(?:[-‐‑‒–—]|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band\b)\s*(?:the\s+|on\s+|in\s+)?")


#: No year from here on is told of; such numbers count things.
_CEILING = 2100


class _Row:
    """One text as class letters, with the words behind them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.letters, self._tokens = words_of(text)

    def words(self, start: int, end: int) -> list[Word]:
        return [word(token) for token in self._tokens[start:end]]

    def letter(self, at: int) -> str:
        return self.letters[at] if 0 <= at < len(self.letters) else "|"

    def token(self, at: int) -> str:
        return self._tokens[at].group() if 0 <= at < len(self._tokens) else ""

    def value(self, at: int) -> str:
        return word(self._tokens[at]).value if 0 <= at < len(self._tokens) else ""


def find_times(text: str, *, vague: bool = False) -> tuple[TimeExpression, ...]:
    """All expressions of time, in order, none overlapping another.

    Args:
        text: running text in English; day and month names of Arabic, Russian, Ukrainian and French dates are known.
        vague: also those that can never be placed ("former", "every day").
    """
    row = _Row(text)
    found = [made for match in PATTERN.finditer(row.letters) if (made := _made(row, match)) is not None]
    joined = _joined(text, found)
    return tuple(one for one in joined if vague or one.kind is not TimeKind.VAGUE)


def _made(row: _Row, match: re.Match[str]) -> TimeExpression | None:
    rule = RULES[int((match.lastgroup or "r0")[1:])][0]
    start, end = match.span()
    if rule in _SPLIT:
        return _days(row, start, end)
    if rule == "years":
        return _years(row, start)
    if rule == "month_day" and _counts_something(row, start, end):
        end, rule = end - 1, "month"
    if not _in_context(row, rule, start, end):
        return None
    words = row.words(start, end)
    fields = READERS[rule](words)
    return None if fields is None else _expression(row, start, words, fields)


def _expression(row: _Row, start: int, words: list[Word], fields: Fields) -> TimeExpression:
    while len(words) > 1 and words[-1].symbol in ".,(kI":
        words = words[:-1]
    first, last = words[0].start, words[-1].end
    return TimeExpression(start=first, end=last, text=row.text[first:last], lead=_lead(row, start), **fields)


def _lead(row: _Row, start: int) -> Lead | None:
    at = start - 1
    while row.letter(at) in "e,(" and at > start - 3:
        at -= 1
    if row.letter(at) in "irjvbkJ":
        return _LEADS.get(row.value(at))
    return None


def _counts_something(row: _Row, start: int, end: int) -> bool:
    """Does the number belong to what follows, as in "In May 12 people were killed"?"""
    if row.letter(end) in "#":
        return row.token(start - 1).lower() in ("in", "since", "of") or row.letter(start - 1) in "xP"
    return row.token(start - 1).lower() == "in" and row.letter(end) == "x"


def _in_context(row: _Row, rule: str, start: int, end: int) -> bool:
    before, after = row.letter(start - 1), row.letter(end)
    if rule == "bare_month":
        return (
            before in _DATE_CONTEXT and row.token(start) in ("May", "March", "MAY", "MARCH") and not _named(row, start)
        )
    if rule == "year":
        return after not in "#%uD" and before in _YEAR_BEFORE and _like_a_year(row, start, end)
    if rule == "duration" and row.letter(end) == "f":
        return row.token(end - 1) != "quarter"  # a fourth of something
    if rule == "weekend":
        return row.value(end - 1) == "weekend"
    if rule == "day_of_month":
        return _is_day_of_month(row, start, end)
    if rule == "season":
        return before in "iejvb&-kfx,rJ"
    return True


def _is_day_of_month(row: _Row, start: int, end: int) -> bool:
    """Is an ordinal a day: after "on", "by", "between .. and", or with its time of day, and with nothing to count?"""
    second = row.letter(start - 1) == "&" and row.letter(start - 2) == "O"
    led = row.token(start - 1).lower() in _BEFORE_NUMBER or second or row.letter(end - 3) == "f"
    return led and (row.letter(end) not in "xUuMmCN-#YI%" or row.token(end).lower() in _AFTER_NUMBER)


def _named(row: _Row, start: int) -> bool:
    """Is it perhaps a name? After "and", "of" or a comma a month needs another month's company."""
    return row.letter(start - 1) in "&,f" and row.letter(start - 2) not in "MmYD"


def _like_a_year(row: _Row, start: int, end: int) -> bool:
    if end - start > 1:
        return True
    number, before = int(row.token(start)), row.token(start - 1).lower()
    if before == "between" and row.letter(end) == "&" and row.letter(end + 2) == "#":
        return False  # "between 1000 and 1800 people"
    if before in ("about", "around", "some", "than", "least", "nearly", "almost", "over", "to") and number < 1900:
        return False
    if before in ("some", "than", "least", "nearly", "almost", "at"):
        return False
    if number >= 1900:
        return number < _CEILING
    if row.letter(start - 1) in "irvjbJf(-" or row.letters[end : end + 2] == "-Y":
        return True
    return row.letter(start - 1) in "e|" and number % 100 != 0  # "the 1777 campaign"; round numbers count things


def _years(row: _Row, start: int) -> TimeExpression | None:
    """Two years of one century: "2012-13"; else the first of them alone."""
    first, _, last = row.words(start, start + 3)
    if not _in_context(row, "year", start, start + 1):
        return None
    one = _expression(row, start, [first], {"kind": TimeKind.DATE, "year": first.number})
    year = int(first.value[:2] + last.value) if len(last.value) == 2 else 0
    if year <= first.number:
        return one
    return _range(row.text, one, _expression(row, start + 2, [last], {"kind": TimeKind.DATE, "year": year}))


_SPLIT = ("days_of_month", "month_days")


def _days(row: _Row, start: int, end: int) -> TimeExpression | None:
    """Two days with one month: "15-16 March 2016", "March 15 to 17"."""
    words = row.words(start, end)
    numbers = [at for at, one in enumerate(words) if one.symbol in "DO"][:2]
    rest = [one for at, one in enumerate(words) if at not in numbers]
    month = next(at for at, one in enumerate(words) if one.symbol in "MmF")
    ends = []
    for at in numbers:
        order = (
            [words[at], *rest]
            if at < month
            else [words[month], words[at], *(one for one in rest if one is not words[month])]
        )
        ends.append(calendar([one for one in order if one.symbol not in "-r&"]))
    if None in ends:
        return None
    first, last = (fields for fields in ends if fields is not None)
    if first.get("day", 0) >= last.get("day", 0):
        return None
    edges = (
        (words[: numbers[1] - 1], words[numbers[1] :])
        if month > numbers[1]
        else (words[: numbers[0] + 1], words[numbers[1] :])
    )
    parts = [_expression(row, start, list(piece), fields) for piece, fields in zip(edges, (first, last), strict=True)]
    return _range(row.text, *parts)


def _range(text: str, first: TimeExpression, last: TimeExpression) -> TimeExpression:
    return TimeExpression(
        start=first.start,
        end=last.end,
        text=text[first.start : last.end],
        kind=TimeKind.RANGE,
        lead=first.lead,
        first=first,
        last=last,
    )


def _joined(text: str, found: list[TimeExpression]) -> Iterator[TimeExpression]:
    """Neighbours joined by "to", "-" or "between .. and" as ranges."""
    held: TimeExpression | None = None
    for one in found:
        if held is not None and _makes_range(text, held, one):
            yield _range(text, *_shared(held, one))
            held = None
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _makes_range(text: str, first: TimeExpression, last: TimeExpression) -> bool:
    if last.start - first.end > 12 or TimeKind.RANGE in (first.kind, last.kind):
        return False
    join = _JOINS.fullmatch(text, first.end, last.start)
    if join is None or not _comparable(first, last):
        return False
    if "and" in join.group():
        return first.lead is Lead.BETWEEN
    return True


def _comparable(first: TimeExpression, last: TimeExpression) -> bool:
    points = (TimeKind.DATE, TimeKind.WEEKDAY, TimeKind.SHIFT, TimeKind.PRESENT)
    if first.kind not in points or last.kind not in points:
        return False
    return first.year is None or last.year is None or first.year <= last.year


def _shared(first: TimeExpression, last: TimeExpression) -> tuple[TimeExpression, TimeExpression]:
    """A first end without year takes the second's: "from May to July 2016"."""
    if first.kind is TimeKind.DATE and first.year is None and last.year is not None and first.month is not None:
        back = last.month is not None and first.month > last.month
        return msgspec.structs.replace(first, year=last.year - back), last
    return first, last

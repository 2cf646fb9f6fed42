"""When an undated document was written, worked out from the dates it tells of.

Every day of some years is weighed by how usual it would be to print such dates on it: a day without a year lies at
most a year back and mostly weeks ("April 2nd"), "last March" is no March, and a month of the present year is hardly
ever printed with its year. The answer is the shortest stretch that holds four fifths of the weight.

The figures were counted on 632 dated news reports of FA-KES (Salem et al. 2019, doi:10.5281/zenodo.2607278), none of
whose words stand here.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from tadmor.datamodel.documents import Document, Form
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.dictionaries.times import Lead, TimeExpression, TimeKind, find_times
from tadmor.documents.dates import FIRST_YEAR, LAST_YEAR

#: Characters read for dates, and dates weighed: the length of a long report, and more than any holds.
READ, MOST = 100_000, 100
#: Share of the weight that the answer holds.
MASS = 0.8
#: Years looked at, from the latest one printed.
YEARS = 3
#: Days from the latest day printed without a year: median 19, 80 % under 47, 90 % under 104. As two exponentials.
LATEST_DAY = ((0.7, 20.0), (0.3, 90.0))
#: Days from the latest day printed with its year: three in four under 3, one in ten over 124.
LATEST_DATED_DAY = ((0.6, 3.0), (0.4, 200.0))
#: Days from the latest month with its year, where no finer date stands; a guess: too few such reports to count.
LATEST_DATED_MONTH = ((0.5, 45.0), (0.5, 400.0))
#: Days from any other day or month printed without a year: median 3 months, 95 % under 8.
OTHER = ((1.0, 110.0),)
#: One in twenty of the days printed without a year lies further back than this many days.
FAR, FAR_DAY = 240, 0.05
#: Six of 145 months printed with their year lay in the year of publication.
SAME_YEAR_MONTH = 0.04
#: Half of the days printed with their year do; more say nothing either way.
SAME_YEAR_DAY = 0.5
#: How much less likely each further year is for each dated mention that stays silent about the years between.
SILENT_YEAR = 0.4
#: What remains possible of a mention that was misread.
NOISE = 0.05 / 365

_FUTURE = re.compile(
    r"\b(?:will|would|shall|scheduled|expected|due|planned|plans|upcoming|next|ahead\s+of|deadline|until|by)\b",
    re.IGNORECASE,
)
_DAY_AFTER = re.compile(r"\s+([0-3]?\d)(?:st|nd|rd|th)?\b(?![:.,]?\d)")
_TOLD_IN = frozenset({Form.HEADLINE, Form.STANDFIRST, Form.BODY, Form.CAPTION, Form.COMMENT})


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A date the text tells of as past: with or without year, month, day; `last`: it says "last"."""

    words: str
    year: int | None
    month: int | None
    day: int | None
    last: bool = False

    def before(self, day: date) -> int | None:
        """Days from its latest occurrence to `day`; `None` where there is none in the year before."""
        years = (self.year,) if self.year else (day.year, day.year - 1)
        for year in years:
            first = _first(year, self.month, self.day)
            if first is not None and first <= day and not (self.last and self._runs(first, day)):
                return (day - first).days
        return None

    def _runs(self, first: date, day: date) -> bool:
        """Is the month that it names still running? "Last March" is not said in March."""
        return (first.year, first.month) == (day.year, day.month)


def date_from_content(*documents: Document) -> When | None:
    """When documents of one publication were written, from what they tell; `None` where no year can be told.

    Args:
        documents: one, or several published together (articles of one file).
    """
    told = _distinct(one for document in documents for one in _told(document))
    dated = [one for one in told if one.year is not None]
    if not dated:
        return None
    floor = max(filter(None, (_first(one.year, one.month, one.day) for one in dated)))
    weights = _weights(told, floor)
    interval = _shortest(weights, floor)
    return When(interval=interval, grain=Grain.SPAN, basis=Basis.INFERRED, reasons=_reasons(told, dated))


def _distinct(told: Iterable[Told]) -> list[Told]:
    """Each date once: a story told in one day's dates says no more by repeating them."""
    found: dict[tuple[int | None, int | None, int | None, bool], Told] = {}
    for one in told:
        found.setdefault((one.year, one.month, one.day, one.last), one)
        if len(found) == MOST:
            break
    return list(found.values())


def _told(document: Document) -> Iterator[Told]:
    for block in document.blocks:
        if block.start > READ:
            return
        if block.form in _TOLD_IN:
            yield from _told_in(block.span.of(document.text))


def _told_in(text: str) -> Iterator[Told]:
    """The dates of one paragraph; after one with a year, those without may belong to that year and are passed over."""
    anchored = False
    for found in find_times(text):
        for one in (found.first, found.last) if found.kind is TimeKind.RANGE else (found,):
            if one is None or one.kind is not TimeKind.DATE or one.before_christ or _is_future(one, text):
                continue
            told = _as_told(one, text)
            if told is not None and (told.year or told.last or not anchored):
                yield told
            anchored = anchored or one.year is not None


def _as_told(found: TimeExpression, text: str) -> Told | None:
    shifted = found.shift is not None
    if found.year is None and (found.month is None or (shifted and not _is_last(found))):
        return None
    if found.year is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    after = _DAY_AFTER.match(text, found.end) if found.month and not found.day and not found.year else None
    words = text[found.start : after.end() if after else found.end]
    day = found.day or (int(after.group(1)) if after and 1 <= int(after.group(1)) <= 31 else None)
    return Told(words=words, year=found.year, month=found.month, day=day, last=shifted)


def _is_last(found: TimeExpression) -> bool:
    return found.shift == -1 and found.text.lower().startswith("last")


def _is_future(found: TimeExpression, text: str) -> bool:
    if found.lead in {Lead.BY, Lead.UNTIL} and found.year is None:
        return True
    start = max(text.rfind(". ", 0, found.start), found.start - 60)
    return bool(_FUTURE.search(text, max(start, 0), found.start))


def _first(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 1, day or 1)
    except ValueError:
        return None


def _weights(told: Sequence[Told], floor: date) -> list[float]:
    days = (date(floor.year + YEARS, 12, 31) - floor).days
    scores = [_score(told, floor, floor + timedelta(days=ahead)) for ahead in range(days)]
    best = max(scores)
    return [math.exp(score - best) for score in scores]


def _score(told: Sequence[Told], floor: date, day: date) -> float:
    """Log of how usual the dates would be in a document of that day."""
    dated, bare = [one for one in told if one.year], [one for one in told if not one.year]
    score = _score_of_years(dated, day, bare=bool(bare))
    days = [one for one in bare if one.day]
    if days:
        score += math.log(_latest(days, day, LATEST_DAY))
        score += sum(math.log(FAR_DAY) for one in days if (one.before(day) or 0) > FAR)
    elif not bare:
        to_the_day = any(one.day and one.before(floor) == 0 for one in dated)
        score += math.log(_at(LATEST_DATED_DAY if to_the_day else LATEST_DATED_MONTH, (day - floor).days))
    others = [math.log(_latest([one], day, OTHER)) for one in bare]
    return score + (sum(others) / len(others) if others else 0.0)


def _score_of_years(dated: Sequence[Told], day: date, *, bare: bool) -> float:
    latest = max(one.year or 0 for one in dated)
    if day.year == latest:
        own = [one for one in dated if one.year == latest]
        by_month = any(one.month and not one.day for one in own)
        return math.log(SAME_YEAR_MONTH if by_month else SAME_YEAR_DAY) if bare else 0.0
    return (day.year - latest - 1) * min(len(dated), 4) * math.log(SILENT_YEAR)


def _latest(told: Iterable[Told], day: date, usual: Sequence[tuple[float, float]]) -> float:
    gaps = [gap for one in told if (gap := one.before(day)) is not None]
    return max(_at(usual, min(gaps)), NOISE) if gaps else NOISE


def _at(usual: Sequence[tuple[float, float]], gap: int) -> float:
    """Density of a mixture of exponentials, a day."""
    return sum(share / mean * math.exp(-gap / mean) for share, mean in usual)


def _shortest(weights: Sequence[float], floor: date) -> Interval:
    """The shortest stretch with `MASS` of the weight that lies within half a year of the likeliest day."""
    peak = max(range(len(weights)), key=lambda at: weights[at])
    low, high = max(peak - 183, 0), min(peak + 183, len(weights))
    wanted = MASS * sum(weights[low:high])
    best, start, held = (low, high), low, 0.0
    for end in range(low, high):
        held += weights[end]
        while held - weights[start] >= wanted:
            held -= weights[start]
            start += 1
        if held >= wanted and end + 1 - start < best[1] - best[0]:
            best = (start, end + 1)
    return Interval(floor + timedelta(days=best[0]), floor + timedelta(days=best[1]))


def _reasons(told: Sequence[Told], dated: Sequence[Told]) -> tuple[str, ...]:
    """The mentions that decided, in words."""
    latest = max(dated, key=lambda one: (one.year or 0, one.month or 0, one.day or 0))
    bare = list(dict.fromkeys(one.words for one in told if not one.year))
    reasons = ["no date is printed; worked out from the dates it tells of", f"speaks of '{latest.words}' as past"]
    if bare:
        listed = ", ".join(f"'{words}'" for words in bare[:6])
        reasons.append(f"names {listed} without a year")
    return tuple(reasons)

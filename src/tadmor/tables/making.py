"""Claims made of a row's cells: quotes and mentions are stretches of the table's text, never anything else."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from tadmor.datamodel.claims import (
    ACTOR_ROLES,
    TABLE,
    Claim,
    Mention,
    Modality,
    Polarity,
    discriminant,
    kind_of,
    mentions,
)
from tadmor.datamodel.keys import digest
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import Voice
from tadmor.datamodel.tables import RowClaims, Spot
from tadmor.datamodel.times import Basis, Extent, Grain, Interval, When
from tadmor.tables.cells import Cell
from tadmor.tables.columns import BadRowError, Cells
from tadmor.tables.values import day_in, number_in

_NAMES_APART = (", ", "; ")


class Page(NamedTuple):
    """The document that a row stands in: its id, and where its text begins in the table's."""

    document: str
    start: int
    raw: str

    def words(self, start: int, end: int) -> str:
        """A stretch of the table's text."""
        return self.raw[start:end]

    def mention(self, cell: Cell | None) -> Mention | None:
        """The words of a cell, where it is filled."""
        return self.stretch(cell.start, cell.end) if cell is not None else None

    def stretch(self, start: int, end: int) -> Mention:
        """Words of the table's text, as a mention in the document."""
        return Mention(expression=self.raw[start:end], start=start - self.start, end=end - self.start)

    def names(self, cell: Cell | None) -> tuple[Mention, ...]:
        """The names in a cell, one after the other ("HTS, Southern Front")."""
        if cell is None:
            return ()
        words, found, at = self.words(cell.start, cell.end), [], cell.start
        for name in _parts(words):
            at = self.raw.index(name, at, cell.end)
            found.append(self.stretch(at, at + len(name)))
            at += len(name)
        return tuple(found)

    def voice(self, cell: Cell, name: str) -> Voice:
        """A source named in a cell."""
        at = self.raw.find(name, cell.start, cell.end)
        if at < 0:
            return Voice(name=name)
        return Voice(name=name, start=at - self.start, end=at - self.start + len(name))


def _parts(words: str) -> Iterator[str]:
    for between in _NAMES_APART:
        if between in words:
            yield from (part.strip() for part in words.split(between) if part.strip())
            return
    yield words


def shared(
    cells: Cells,
    page: Page,
    reader: str,
    *,
    quote: tuple[str, ...],
    place: Cell | None,
    time: Mention,
    attribution: tuple[Voice, ...] = (),
) -> dict[str, Any]:
    """What all claims of a row share, as fields: document, words, place, time, voices.

    The words are those of the first of the columns `quote` that is filled (a headline, notes), else the whole row.
    """
    told = cells.cell(*quote)
    start, end = (told.start, told.end) if told is not None else (cells.start, cells.end)
    return {
        "document": page.document,
        "start": start - page.start,
        "end": end - page.start,
        "quote": page.words(start, end),
        "attribution": attribution,
        "place": page.mention(place),
        "time": time,
        "reader": TABLE + reader,
    }


def span_of(first: Cell, last: Cell | None, page: Page) -> Mention:
    """The words for a time that two cells tell: both and what is between where they are neighbours, else the first."""
    if last is not None and first.end < last.start and last.start - first.end <= 3:
        return page.stretch(first.start, last.end)
    return page.stretch(first.start, first.end)


def days_of(first: Cell, last: Cell | None) -> Interval:
    """From one day to another, both inclusive; one day where the second cell is empty.

    Raises:
        BadRowError: a cell holds no day, or the last comes before the first.
    """
    start = day_in(first, "first day")
    end = day_in(last, "last day") if last is not None else start
    if end < start:
        message = f"its last day {end} comes before its first {start}; exchange or correct them"
        raise BadRowError(message)
    return Interval.of_days(start, end)


def stated(interval: Interval, grain: Grain, expression: str, extent: Extent = Extent.WITHIN) -> When:
    """A time that a table gives."""
    return When(interval=interval, grain=grain, basis=Basis.STATED, extent=extent, expression=expression)


def count_of(low: Cell | None, best: Cell | None, high: Cell | None) -> Quantity | None:
    """A count of people; `None` where nothing is given or nobody was hurt.

    Where low, best and high do not lie in order, low is the least of them and high the most: `disorder` says so.

    Raises:
        BadRowError: a cell holds no number.
    """
    numbers = number_in(low, "low"), number_in(best, "best"), number_in(high, "high")
    given = [number for number in numbers if number is not None]
    if not given or max(given) == 0:
        return None
    ordered = given == sorted(given)
    least = min(given) if not ordered else numbers[0] if numbers[0] is not None else numbers[1]
    most = max(given) if not ordered else numbers[2] if numbers[2] is not None else numbers[1]
    exact = best is not None and least == most and best.text.isdecimal()
    return Quantity(low=least, best=numbers[1], high=most, expression=best.text if exact and best is not None else None)


def disorder(low: Cell | None, best: Cell | None, high: Cell | None) -> tuple[str, ...]:
    """What is wrong with the order of three counts that are numbers, in words."""
    named = {"low": low, "best": best, "high": high}
    numbers = [(name, number) for name, cell in named.items() if (number := number_in(cell, name)) is not None]
    values = [number for _, number in numbers]
    if values == sorted(values):
        return ()
    told = ", ".join(f"{name} {number}" for name, number in numbers)
    return (f"its counts are not in order ({told}); taken as {min(values)} to {max(values)}",)


def row_claims(  # noqa: PLR0913 - the fields of a row
    cells: Cells,
    claims: tuple[Claim, ...],
    spot: Spot,
    when: When,
    *,
    key: str | None,
    subject: str | None = None,
    called: dict[str, str] | None = None,
    doubts: tuple[str, ...] = (),
) -> RowClaims:
    """A row as read; one without an id is told by what it says."""
    content = digest("row", *_content(claims, spot, when, called or {}))
    return RowClaims(
        line=cells.line,
        key=key or content,
        subject=subject or key or content,
        content=content,
        claims=claims,
        spot=spot,
        when=when,
        called=called or {},
        doubts=doubts,
    )


def _content(claims: tuple[Claim, ...], spot: Spot, when: When, called: dict[str, str]) -> Iterator[str]:
    """What a row says, wherever it stands and in whatever order its columns are."""
    yield msgspec.json.encode(spot).decode()
    yield f"{when.interval.start}/{when.interval.end}/{when.grain}/{when.extent}"
    yield msgspec.json.encode(called, order="deterministic").decode()
    for claim in claims:
        yield f"{kind_of(claim)}/{discriminant(claim)}/{getattr(claim, 'status', '')}"
        yield claim.place.expression if claim.place is not None else ""
        if claim.modality is not Modality.ASSERTED or claim.polarity is not Polarity.AFFIRMED:
            yield f"{claim.modality}/{claim.polarity}"
        count = claim.count or Quantity()
        yield f"{count.low}/{count.best}/{count.high}"
        for role in ACTOR_ROLES[kind_of(claim)]:
            yield from (f"{role}={one.expression}" for one in mentions(claim, role))
        yield from (voice.name for voice in claim.attribution)

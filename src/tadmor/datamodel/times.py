"""When something was or held, never finer than the source says.

Inside, days are half-open intervals `[start, end)` in UTC; at the edges (exports, commands) they are inclusive ISO
days.
"""

from datetime import date, timedelta
from enum import StrEnum

import msgspec

DAY = timedelta(days=1)


class Grain(StrEnum):
    """The unit that the words speak in."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    SPAN = "span"  # a stated stretch that is no calendar unit ("the past ten days")


class Basis(StrEnum):
    """What the interval rests on."""

    STATED = "stated"  # the text gives the date
    RELATIVE = "relative"  # worked out from an anchor ("on Tuesday")
    PUBLICATION = "publication"  # only the publication day is known
    INFERRED = "inferred"  # worked out from other content (an undated document)


class Extent(StrEnum):
    """How the interval is filled."""

    WITHIN = "within"  # it happened at some moment inside
    THROUGHOUT = "throughout"  # it held all along


class Interval(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """Days `[start, end)`; at least one day long."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            message = f"an interval needs start < end, got {self.start} .. {self.end}"
            raise ValueError(message)

    @classmethod
    def of_days(cls, first: date, last: date) -> "Interval":
        """From two inclusive days."""
        return cls(first, last + DAY)

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - DAY

    @property
    def days(self) -> int:
        """Its length in days."""
        return (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """Is the day inside?"""
        return self.start <= day < self.end

    def overlaps(self, other: "Interval") -> bool:
        """Do the two share a day?"""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: "Interval") -> "Interval | None":
        """The days that both hold."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Interval(start, end) if start < end else None

    def hull(self, other: "Interval") -> "Interval":
        """The shortest interval that holds both."""
        return Interval(min(self.start, other.start), max(self.end, other.end))

    def gap(self, other: "Interval") -> int:
        """Days between the two; 0 where they touch or overlap."""
        return max((other.start - self.end).days, (self.start - other.end).days, 0)


class When(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time as understood from words: an interval, and how firmly it stands."""

    interval: Interval
    grain: Grain
    basis: Basis
    extent: Extent = Extent.WITHIN
    expression: str | None = None
    reasons: tuple[str, ...] = ()

    @property
    def earliest(self) -> date:
        """First day, inclusive."""
        return self.interval.start

    @property
    def latest(self) -> date:
        """Last day, inclusive."""
        return self.interval.last

"""What an expression of time says, without saying which days those are."""

from enum import StrEnum

import msgspec


class TimeKind(StrEnum):
    """How the words point to a time."""

    DATE = "date"  # calendar parts: year, month, day, season, decade, century; some may be missing
    WEEKDAY = "weekday"
    SHIFT = "shift"  # whole units away from a reference: yesterday, last week, two days later, that month
    SPAN = "span"  # a stretch that adjoins the reference: the past 24 hours, recent days, the next two weeks
    DURATION = "duration"  # a length: nine months
    CLOCK = "clock"  # a time of day alone
    RANGE = "range"  # from `first` to `last`
    PRESENT = "present"  # now, currently
    VAGUE = "vague"  # former, the future, every day: no stretch of its own


class Unit(StrEnum):
    """Units of time, as named."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    NIGHT = "night"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    WEEKEND = "weekend"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class Season(StrEnum):
    """Seasons of the northern hemisphere."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Part(StrEnum):
    """Which part of the stretch."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    START = "start"
    END = "end"
    FIRST_HALF = "first half"
    SECOND_HALF = "second half"


class Reference(StrEnum):
    """From where a relative expression is reckoned."""

    SPEECH = "speech"  # the day of speaking or writing: yesterday, two days ago
    STORY = "story"  # the time last told of: the next day, two days later
    EITHER = "either"  # speech in a report, story in a history: last month
    EVENT = "event"  # an event named by the words that follow: two days after the battle


class Lead(StrEnum):
    """The preposition before an expression."""

    SINCE = "since"
    FROM = "from"
    UNTIL = "until"
    BY = "by"
    BEFORE = "before"
    AFTER = "after"
    FOR = "for"
    DURING = "during"
    IN = "in"
    AT = "at"
    ON = "on"
    AROUND = "around"
    BETWEEN = "between"


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of a text that speak of a time, `text[start:end]` in code points, and what they say.

    The preposition is outside the span and in `lead`. Fields that the words do not fill are `None`.

    `shift` counts units from the reference: -1 with `unit` day is the day before; 0 is the unit the reference lies in.
    A month, season or weekday may have a shift too: "last May" is month 5 with shift -1, "the following March" +1.
    `amount` is a length in units; `vague` says that it was a word such as "several" and `amount` the most that it
    may be. `century` counts from 1 (the 20th century: 20); `decade` is its first year.
    """

    start: int
    end: int
    text: str
    kind: TimeKind
    lead: Lead | None = None
    year: int | None = None
    before_christ: bool = False
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday 0
    season: Season | None = None
    quarter: int | None = None
    decade: int | None = None
    century: int | None = None
    part: Part | None = None
    time_of_day: str | None = None
    clock: tuple[int, int] | None = None
    unit: Unit | None = None
    shift: int | None = None
    amount: float | None = None
    vague: bool = False
    forward: bool = False  # a span or duration that runs on from the reference, not up to it
    reference: Reference | None = None
    first: "TimeExpression | None" = None
    last: "TimeExpression | None" = None

    @property
    def points(self) -> bool:
        """Could it place something in time, given a reference?"""
        return self.kind is not TimeKind.VAGUE and not (self.kind is TimeKind.DURATION and self.lead is None)

    @property
    def absolute(self) -> bool:
        """Does it name its year itself?"""
        if self.kind is TimeKind.RANGE:
            return self.last is not None and self.last.absolute
        return self.year is not None or self.decade is not None or self.century is not None

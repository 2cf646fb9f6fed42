"""Days of calendar units and of their parts, as half-open intervals."""

from datetime import date, timedelta

from tadmor.datamodel.times import DAY, Interval
from tadmor.dictionaries.times import Part, Season, Unit

#: First month of each season; three months each (meteorological seasons, northern hemisphere).
_SEASON_STARTS = {Season.SPRING: 3, Season.SUMMER: 6, Season.AUTUMN: 9, Season.WINTER: 12}
#: Parts of a month and of a year, as the coders of the gold set read them: thirds of a month; a year is early in its
#: first quarter, late in its last, and mid from June to August.
_MONTH_PARTS = {Part.EARLY: (1, 10), Part.START: (1, 10), Part.MID: (11, 20), Part.LATE: (21, 31), Part.END: (21, 31)}
_YEAR_PARTS = {Part.EARLY: (1, 3), Part.START: (1, 3), Part.MID: (6, 8), Part.LATE: (10, 12), Part.END: (10, 12)}
_HALVES = {Part.FIRST_HALF: 0, Part.SECOND_HALF: 1}
#: Days in a unit, where an amount of them is reckoned.
DAYS = {
    Unit.MINUTE: 1 / 1440,
    Unit.HOUR: 1 / 24,
    Unit.DAY: 1,
    Unit.NIGHT: 1,
    Unit.WEEKEND: 7,
    Unit.WEEK: 7,
    Unit.FORTNIGHT: 14,
    Unit.MONTH: 30.44,
    Unit.QUARTER: 91.3,
    Unit.SEASON: 91.3,
    Unit.YEAR: 365.25,
    Unit.DECADE: 3652.5,
    Unit.CENTURY: 36525,
}
_FIRST_YEAR, _LAST_YEAR = 1, 9998


def in_range(year: int) -> bool:
    """Can days of that year be reckoned with?"""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def month_of(year: int, month: int, count: int = 1) -> Interval:
    """`count` months from one on; months beyond December run into later years."""
    first, after = month - 1 + 12 * year, month - 1 + 12 * year + count
    return Interval(date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1))


def year_of(year: int, count: int = 1) -> Interval:
    """`count` years from one on."""
    return Interval(date(year, 1, 1), date(year + count, 1, 1))


def season_of(year: int, season: Season) -> Interval:
    """A season; the winter of a year begins in its December."""
    return month_of(year, _SEASON_STARTS[season], 3)


def day_of(year: int, month: int, day: int) -> Interval | None:
    """One day, `None` where the calendar has no such day."""
    try:
        start = date(year, month, day)
    except ValueError:
        return None
    return Interval(start, start + DAY)


def unit_around(day: date, unit: Unit, shift: int = 0) -> Interval:
    """The calendar unit that a day lies in, or one `shift` units away: weeks from Monday, weekends Saturday, Sunday."""
    match unit:
        case Unit.WEEK | Unit.FORTNIGHT | Unit.WEEKEND:
            monday = day + timedelta(days=7 * shift - day.weekday())
            return (
                Interval(monday + 5 * DAY, monday + 7 * DAY)
                if unit is Unit.WEEKEND
                else Interval(monday, monday + 7 * DAY)
            )
        case Unit.MONTH:
            return month_of(day.year, day.month + shift)
        case Unit.QUARTER:
            return month_of(day.year, 3 * ((day.month - 1) // 3 + shift) + 1, 3)
        case Unit.SEASON:
            return month_of(day.year, 3 * (day.month // 3 + shift), 3)
        case Unit.YEAR:
            return year_of(day.year + shift)
        case Unit.DECADE:
            return year_of(day.year // 10 * 10 + 10 * shift, 10)
        case Unit.CENTURY:
            return year_of((day.year - 1) // 100 * 100 + 1 + 100 * shift, 100)
        case _:
            return moved(Interval(day, day + DAY), shift)


def moved(interval: Interval, days: float) -> Interval:
    """The interval some days later (earlier where negative)."""
    by = timedelta(days=round(days))
    return Interval(interval.start + by, interval.end + by)


def part_of(interval: Interval, part: Part) -> Interval:
    """A part of a stretch: of months and years after the coders' reading, of others by thirds."""
    first = interval.start
    if part in _HALVES:
        half = timedelta(days=interval.days // 2) or DAY
        return Interval(first, first + half) if part is Part.FIRST_HALF else Interval(interval.end - half, interval.end)
    if 28 <= interval.days <= 31 and first.day == 1:
        low, high = _MONTH_PARTS[part]
        return Interval(first.replace(day=low), min(interval.end, first + timedelta(days=high)))
    if 365 <= interval.days <= 366 and (first.day, first.month) == (1, 1):
        low, high = _YEAR_PARTS[part]
        return month_of(first.year, low, high - low + 1)
    return _third(interval, part)


def _third(interval: Interval, part: Part) -> Interval:
    third = max(interval.days // 3, 1)
    if part in (Part.EARLY, Part.START):
        return Interval(interval.start, interval.start + timedelta(days=third))
    if part is Part.MID and interval.days >= 3:
        return Interval(interval.start + timedelta(days=third), interval.end - timedelta(days=third))
    return Interval(interval.end - timedelta(days=third), interval.end)

"""From what an expression of time says to the days it speaks of.

Two references: the publication day (`anchor`) and the time last told of (`story`). A news report reckons "Tuesday" and
"last month" from its publication, a history from its story; whoever calls decides by giving a story or not.
"""

from datetime import date, timedelta

from msgspec import structs

from tadmor.datamodel.times import DAY, Basis, Extent, Grain, Interval, When
from tadmor.dictionaries.times import Lead, Reference, TimeExpression, TimeKind, Unit
from tadmor.grounding.calendars import (
    DAYS,
    day_of,
    in_range,
    month_of,
    moved,
    part_of,
    season_of,
    unit_around,
    year_of,
)

FUTURE = "future"
#: A date without year that lies this many days after publication is still of this year (a text dated a little late).
_GRACE = 3
#: Days of vague stretches up to the reference, as the coders of the gold set read them.
_RECENT = {
    None: 30,
    Unit.HOUR: 1,
    Unit.DAY: 7,
    Unit.NIGHT: 7,
    Unit.WEEK: 30,
    Unit.MONTH: 92,
    Unit.YEAR: 1096,
    Unit.DECADE: 7305,
}
#: A reference wider than this (a year that a history is in) does not move by days.
_LOOSE = 31
#: Vague shifts ("days later"): from 2 units to this many.
_VAGUE_UNITS = 6
_GRAINS = {
    Unit.MINUTE: Grain.HOUR,
    Unit.HOUR: Grain.HOUR,
    Unit.DAY: Grain.DAY,
    Unit.NIGHT: Grain.DAY,
    Unit.WEEK: Grain.WEEK,
    Unit.FORTNIGHT: Grain.WEEK,
    Unit.WEEKEND: Grain.WEEK,
    Unit.MONTH: Grain.MONTH,
    Unit.QUARTER: Grain.SEASON,
    Unit.SEASON: Grain.SEASON,
    Unit.YEAR: Grain.YEAR,
    Unit.DECADE: Grain.DECADE,
    Unit.CENTURY: Grain.SPAN,
}
#: An unqualified event of a report lies on the publication day or the two days before (coding guidelines, rule 6).
_BEFORE_PUBLICATION = 2
Found = tuple[Interval, Grain]


def default_when(anchor: Interval | None, story: When | None = None) -> When | None:
    """When a claim without words of time is about.

    Args:
        anchor: the publication day or days.
        story: the time last told of, in a history.
    """
    if story is not None:
        return When(
            interval=story.interval,
            grain=story.grain,
            basis=Basis.INFERRED,
            reasons=(f"the story is at {story.expression!r}",),
        )
    if anchor is None:
        return None
    return When(
        interval=Interval(anchor.start - _BEFORE_PUBLICATION * DAY, anchor.end),
        grain=Grain.DAY,
        basis=Basis.PUBLICATION,
        reasons=("no words of time: the days up to the telling",),
    )


def resolve(
    expression: TimeExpression,
    anchor: Interval | None,
    *,
    story: Interval | None = None,
    tense: str | None = None,
) -> When | None:
    """The days that an expression speaks of.

    Args:
        expression: what the words say.
        anchor: the publication, one day or the days it may be from; `None` where nothing is known.
        story: the time last told of, in a history; in a report only where the words point to it ("the next day").
        tense: `FUTURE` where the sentence looks ahead.

    Returns:
        `None` where the words place nothing, or need a reference that is not given.
    """
    try:
        found = _found(expression, anchor, story, tense)
    except (OverflowError, ValueError):  # "three thousand years ago": before the first day of the calendar
        return None
    if found is None:
        return None
    interval, grain = found
    extent = Extent.WITHIN
    if expression.lead in (Lead.SINCE, Lead.FROM) and expression.kind is not TimeKind.RANGE:
        interval, grain = _since(interval, grain, story if story and not anchor else anchor)
    if expression.kind is TimeKind.DURATION and expression.lead is Lead.FOR:
        extent = Extent.THROUGHOUT
    basis = Basis.STATED if expression.absolute else Basis.RELATIVE
    return When(interval=interval, grain=grain, basis=basis, extent=extent, expression=expression.text)


def lasting(when: When, expression: TimeExpression) -> When:
    """The time of a state: what is so "from 5 March to 8 June" is so throughout, from the first day to the last."""
    first, last = expression.first, expression.last
    if expression.lead is not Lead.FROM or first is None or last is None:
        return when
    to_the_day = first.day is not None and last.day is not None
    return structs.replace(when, extent=Extent.THROUGHOUT) if to_the_day else when


def _since(interval: Interval, grain: Grain, until: Interval | None) -> Found:
    if until is None or until.end <= interval.end:
        return interval, grain
    return Interval(interval.start, until.end), Grain.SPAN


def _found(one: TimeExpression, anchor: Interval | None, story: Interval | None, tense: str | None) -> Found | None:
    match one.kind:
        case TimeKind.DATE:
            return _date(one, anchor, story, tense)
        case TimeKind.WEEKDAY:
            return _weekday(one, anchor, story, tense)
        case TimeKind.RANGE:
            return _range(one, anchor, story, tense)
        case TimeKind.SHIFT:
            return _shift(one, anchor, story)
        case TimeKind.SPAN:
            return _span(one, _reference(one, anchor, story))
        case TimeKind.DURATION:
            return _duration(one, anchor, story)
        case TimeKind.PRESENT:
            return _present(story or anchor)
        case TimeKind.CLOCK:
            return (story, Grain.DAY) if story is not None and story.days <= 2 else None
        case _:
            return None


def _reference(one: TimeExpression, anchor: Interval | None, story: Interval | None) -> Interval | None:
    """What the expression is reckoned from."""
    if one.reference is Reference.SPEECH:
        return anchor or story
    return story or anchor


def _present(reference: Interval | None) -> Found | None:
    return None if reference is None else (Interval(reference.end - 3 * DAY, reference.end).hull(reference), Grain.DAY)


def _duration(one: TimeExpression, anchor: Interval | None, story: Interval | None) -> Found | None:
    """What lasts for nine months reaches up to the reference; after nine months the story has gone on so far."""
    if one.amount is None or one.unit is None:
        return None
    if one.lead is Lead.AFTER and story is not None:
        return moved(story, one.amount * DAYS[one.unit]), _GRAINS[one.unit]
    return _span(one, story or anchor) if one.lead in (Lead.FOR, Lead.DURING, Lead.IN) else None


# Calendar dates


def _date(one: TimeExpression, anchor: Interval | None, story: Interval | None, tense: str | None) -> Found | None:
    if one.before_christ:
        return None
    if one.decade is not None:
        return _parted(one, year_of(one.decade, 10), Grain.DECADE)
    if one.century is not None:
        return _parted(one, year_of(100 * one.century - 99, 100), Grain.SPAN)
    if one.year is not None:
        return _in_year(one, one.year) if in_range(one.year) else None
    reference = _reference(one, anchor, story)
    if reference is None:
        return None
    if one.month is None and one.day is not None:
        return _day_alone(one.day, reference, in_story=reference is story, tense=tense)
    near = range(reference.start.year - 2, reference.last.year + 3)
    known = [found for year in near if in_range(year) and (found := _in_year(one, year)) is not None]
    return _chosen(one, known, reference, in_story=reference is story, tense=tense)


def _day_alone(number: int, reference: Interval, *, in_story: bool, tense: str | None) -> Found | None:
    """A day told by its number: in a story the nearest to it, else the last before the day of speaking."""
    months = [unit_around(reference.start, Unit.MONTH, ahead) for ahead in (-1, 0, 1, 2)]
    days = [day_of(month.start.year, month.start.month, number) for month in months]
    known = [day for day in days if day is not None]
    if in_story or reference.days > _LOOSE // 2:
        nearest = min(known, key=lambda day: _remoteness(day, reference), default=None)
    elif tense == FUTURE:
        nearest = next((day for day in known if day.start >= reference.start), None)
    else:
        nearest = next((day for day in reversed(known) if day.start < reference.end), None)
    return None if nearest is None else (nearest, Grain.DAY)


def _in_year(one: TimeExpression, year: int) -> Found | None:
    if one.month is not None and one.day is not None:
        day = day_of(year, one.month, one.day)
        return None if day is None else (day, Grain.DAY)
    if one.month is not None:
        return _parted(one, month_of(year, one.month), Grain.MONTH)
    if one.season is not None:
        return _parted(one, season_of(year, one.season), Grain.SEASON)
    if one.quarter is not None:
        return _parted(one, month_of(year, 3 * one.quarter - 2, 3), Grain.SEASON)
    return _parted(one, year_of(year), Grain.YEAR)


def _parted(one: TimeExpression, interval: Interval, grain: Grain) -> Found:
    """The part that is named; a part of a month is still spoken of in days, of a year in seasons."""
    if one.part is None:
        return interval, grain
    return part_of(interval, one.part), {Grain.MONTH: Grain.WEEK, Grain.YEAR: Grain.SEASON}.get(grain, grain)


def _chosen(
    one: TimeExpression, known: list[Found], reference: Interval, *, in_story: bool, tense: str | None
) -> Found | None:
    """Which year a date without year is of."""
    if one.unit is Unit.YEAR and one.shift == 0:  # "August of that year"
        return next((found for found in known if found[0].start.year == reference.start.year), None)
    before = [found for found in known if found[0].start < reference.end + _GRACE * DAY]
    after = [found for found in known if found[0].end > reference.start]
    if one.shift == 1 or (one.shift is None and tense == FUTURE):
        later = [found for found in known if found[0].start >= reference.end] if one.shift == 1 else after
        return later[0] if later else None
    if one.shift == -1:
        earlier = [found for found in known if found[0].end <= reference.start]
        return earlier[-1] if earlier else None
    if in_story:
        return min(known, key=lambda found: _remoteness(found[0], reference), default=None)
    return before[-1] if before else None


def _remoteness(interval: Interval, reference: Interval) -> tuple[int, int]:
    """How far from the story: the first of those inside it, else the nearest, the later of two."""
    gap = interval.gap(reference)
    return gap, interval.start.toordinal() * (-1 if gap else 1)


# Weekdays


def _weekday(one: TimeExpression, anchor: Interval | None, story: Interval | None, tense: str | None) -> Found | None:
    reference = _reference(one, anchor, story)
    if reference is None or one.weekday is None:
        return None
    forward = tense == FUTURE or one.shift == 1 or (reference is story and one.shift is None)
    strictly = one.shift in (-1, 1)
    first = _nearest_weekday(reference.start, one.weekday, forward=forward, strictly=strictly)
    last = _nearest_weekday(reference.last, one.weekday, forward=forward, strictly=strictly)
    return Interval(first, last + DAY), Grain.DAY


def _nearest_weekday(day: date, weekday: int, *, forward: bool, strictly: bool) -> date:
    distance = (weekday - day.weekday()) % 7 if forward else (day.weekday() - weekday) % 7
    if distance == 0 and strictly:
        distance = 7
    return day + timedelta(days=distance) if forward else day - timedelta(days=distance)


# Ranges


def _range(one: TimeExpression, anchor: Interval | None, story: Interval | None, tense: str | None) -> Found | None:
    if one.first is None or one.last is None:
        return None
    last = _found(one.last, anchor, story, tense)
    if last is None:
        return None
    weekday = one.first.kind is TimeKind.WEEKDAY
    first = _found(one.first, last[0] if weekday else None, None if weekday else last[0], None)
    if first is None or first[0].start > last[0].last:
        return last
    return Interval(first[0].start, last[0].end), Grain.SPAN if first[0] != last[0] else last[1]


# Shifts


def _shift(one: TimeExpression, anchor: Interval | None, story: Interval | None) -> Found | None:
    reference = _reference(one, anchor, story)
    if reference is None or one.unit is None:
        return None
    if one.amount is not None or one.shift is None:
        return _counted(one, reference)
    shift = one.shift
    if one.unit in (Unit.DAY, Unit.NIGHT, Unit.HOUR, Unit.MINUTE):
        return _days_away(one, reference, shift)
    first, last = unit_around(reference.start, one.unit, shift), unit_around(reference.last, one.unit, shift)
    interval = first.hull(last)
    if one.unit is Unit.WEEKEND and shift == 0 and interval.start > reference.last and one.reference is not None:
        interval = moved(interval, -7)  # in the course of a week, "the weekend" is the one gone by
    if shift == 0 and one.part is None and one.reference is Reference.EITHER and reference is anchor:
        interval = Interval(interval.start, max(min(interval.end, anchor.end), interval.start + DAY))
    found = _parted(one, interval, _GRAINS[one.unit]) if interval.days == first.days else (interval, _GRAINS[one.unit])
    return _upto(found, reference) if shift == 0 and one.part is not None and reference is anchor else found


def _upto(found: Found, reference: Interval) -> Found:
    """What is said of a part of this month ends at the day of speaking at the latest."""
    interval, grain = found
    return (
        (interval, grain)
        if interval.start >= reference.end
        else (Interval(interval.start, min(interval.end, reference.end)), grain)
    )


def _days_away(one: TimeExpression, reference: Interval, shift: int) -> Found:
    interval = moved(reference, shift) if reference.days <= _LOOSE else reference
    if one.time_of_day == "night" and one.shift == 0 and one.reference is Reference.EITHER:
        interval = Interval(reference.start - DAY, reference.end)  # overnight: from the evening before
    return interval, Grain.DAY


def _counted(one: TimeExpression, reference: Interval) -> Found | None:
    """So many units ago or later, with the slack that the unit leaves."""
    unit = one.unit or Unit.DAY
    length = DAYS[unit]
    if one.amount is None or one.vague:
        most = (one.amount or _VAGUE_UNITS) * length
        least = (2 if (one.amount or _VAGUE_UNITS) > 2 else 1) * length
        return _between(reference, least, most, forward=one.forward), Grain.SPAN
    days = one.amount * length * (1 if one.forward else -1)
    if reference.days > max(_LOOSE, 2 * abs(days)):
        return reference, Grain.SPAN
    centre = moved(reference, days)
    if unit in (Unit.YEAR, Unit.MONTH, Unit.DECADE) and one.shift is not None:
        unit = Unit.YEAR if unit is Unit.DECADE else unit
        return unit_around(centre.start, unit).hull(unit_around(centre.last, unit)), _GRAINS[unit]
    slack = round(length / 3) if length > 1 else 0
    return Interval(centre.start - slack * DAY, centre.end + slack * DAY), _GRAINS[unit]


def _between(reference: Interval, least: float, most: float, *, forward: bool) -> Interval:
    low, high = timedelta(days=round(least)), timedelta(days=round(most))
    if forward:
        return Interval(reference.start + low, reference.end + high)
    return Interval(reference.start - high, reference.end - low)


def _span(one: TimeExpression, reference: Interval | None) -> Found | None:
    """A stretch up to the reference, or on from it."""
    if reference is None:
        return None
    days = _RECENT.get(one.unit, 30) if one.amount is None else max(one.amount * DAYS[one.unit or Unit.DAY], 1)
    if one.forward:
        return Interval(reference.start + DAY, reference.end + timedelta(days=max(round(days), 1))), Grain.SPAN
    return Interval(reference.start - timedelta(days=round(days)), reference.end), Grain.SPAN

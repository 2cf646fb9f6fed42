"""Whether a text is a history, and of which time: what it chains its days to, and which years they may be of."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import structs

from tadmor.datamodel.documents import Document, Form
from tadmor.datamodel.times import DAY, Interval
from tadmor.dictionaries.times import Lead, Reference, TimeExpression, TimeKind
from tadmor.grounding.moments import resolve

#: A history has at least this many days of the calendar or of the story ("two days later"), and this many for each
#: weekday, "yesterday" or day of the fortnight before publication.
_HISTORY_DATES, _HISTORY_SHARE = 2, 2
_NEAR = 14
_FAR = 60


def is_history(expressions: list[TimeExpression], anchor: Interval | None, opening: int, lead: int) -> bool:
    """Does the text chain its own dates, far from its publication, more than it counts back from that day?

    Args:
        expressions: its times.
        anchor: when it came out.
        opening: where its first sentence ends.
        lead: where its first few sentences end; what counts from the day of writing there is a report, whatever
            dates it gives of what came before.
    """
    seen = sum(_is_seen_from_now(one) for one in expressions)
    days = [one for one in expressions if _is_day(one)]
    far = [one for one in expressions if is_far(one, anchor)]
    opened = [one for one in far if one.start < opening and one.lead is not Lead.SINCE]
    if any(one.month is not None or not seen for one in opened):  # a report's "(1881)" may be any number
        return True  # its title or first sentence is about a time long gone
    if any(_is_of_now(one) for one in expressions if one.start < lead):
        return False
    far_days = [one for one in far if _is_day(one)]
    near = [] if far_days else [one for one in days if _is_near(one, anchor)]
    chained = len(days) - len(near) + sum(one.reference is Reference.STORY for one in expressions)
    if (far_days or _tells_past(expressions, far)) and not seen:
        return True
    of_now = any(_is_of_now(one) and one.kind is not TimeKind.SPAN for one in expressions)
    if of_now and not any(one.absolute and one.month for one in expressions):
        return False  # days without a year beside "this morning" are of the months before
    return chained >= _HISTORY_DATES and chained >= _HISTORY_SHARE * (seen + len(near))


def _tells_past(expressions: list[TimeExpression], far: list[TimeExpression]) -> bool:
    """Does it name several months with their years, all long gone? Then a day without year is of theirs."""
    months = [one for one in expressions if one.absolute and one.month]
    return len(months) >= _HISTORY_DATES and all(one in far for one in months)


def _is_seen_from_now(one: TimeExpression) -> bool:
    """Does it count from the day of writing: "on Sunday", "yesterday", "last March", "this week"?"""
    pointed = one.reference is Reference.EITHER and one.shift is not None
    return one.kind is TimeKind.WEEKDAY or one.reference is Reference.SPEECH or pointed


def _is_of_now(one: TimeExpression) -> bool:
    """Is it told from the day of writing alone: "on Sunday", "this morning", "during the past week"?"""
    gone_by = one.kind is TimeKind.SPAN and one.reference is not Reference.STORY and not one.forward
    return one.kind is TimeKind.WEEKDAY or one.reference is Reference.SPEECH or gone_by


def is_far(one: TimeExpression, anchor: Interval | None) -> bool:
    """Does it name a time, of a season at most, that was long over at publication?"""
    if not one.absolute or one.decade is not None or one.century is not None:
        return False
    when = resolve(one, None)
    return when is not None and (anchor is None or when.interval.end + _FAR * DAY < anchor.start)


def _is_day(one: TimeExpression) -> bool:
    last = one.last if one.kind is TimeKind.RANGE else one
    return last is not None and last.kind is TimeKind.DATE and last.day is not None


def _is_near(one: TimeExpression, anchor: Interval | None) -> bool:
    """Is it a day shortly before publication, as reports have them?"""
    if anchor is None or not _is_day(one):
        return False
    when = resolve(one, anchor)
    return when is not None and when.interval.gap(anchor) <= _NEAR


def lead_end(document: Document) -> int:
    """Where the first heading below the opening paragraphs stands."""
    return next(iter(headings(document)), len(document.text))


def headings(document: Document) -> tuple[int, ...]:
    """Where the headings below the opening paragraphs stand, in order."""
    body = next((block.start for block in document.blocks if block.form is Form.BODY), 0)
    return tuple(block.start for block in document.blocks if block.form is Form.HEADLINE and block.start > body)


def span_of(expressions: Iterable[TimeExpression], anchor: Interval | None) -> Interval | None:
    """The days from the first to the last that a text names with their year, none after its publication."""
    dated = [one for one in expressions if one.absolute and one.decade is None and one.century is None]
    found = [resolve(one, None) for one in dated if one.lead is not Lead.SINCE]
    whens = [when.interval for when in found if when is not None]
    whens = [when for when in whens if anchor is None or when.start < anchor.end]
    if not whens:
        return None
    end = max(when.end for when in whens)
    return Interval(min(when.start for when in whens), end if anchor is None else min(end, anchor.end))


def year_before(expressions: Sequence[TimeExpression], anchor: Interval) -> Interval | None:
    """The year before publication, for a history that names no year and one of whose days is yet to come in this."""
    if any(one.absolute for one in expressions):
        return None
    whens = [resolve(in_year(one, anchor.start.year), None) for one in expressions if is_bare(one) and _is_day(one)]
    if not any(when is not None and when.interval.start >= anchor.end for when in whens):
        return None
    return Interval(date(anchor.start.year - 1, 1, 1), date(anchor.start.year, 1, 1))


def is_bare(one: TimeExpression) -> bool:
    """Is it a day or a month without its year, and without a word that points to one?"""
    last = one.last if one.kind is TimeKind.RANGE else one
    if last is None or last.kind is not TimeKind.DATE or one.shift is not None:
        return False
    return last.month is not None and last.year is None and last.shift is None


def in_year(one: TimeExpression, year: int) -> TimeExpression:
    """A bare day or month as if its year had been named."""
    if one.kind is TimeKind.RANGE and one.last is not None:
        return structs.replace(one, last=structs.replace(one.last, year=year))
    return structs.replace(one, year=year)

"""What one document says of one number of victims: its mentions in the headline, the opening and the quotes are one.

Newspapers give a toll three times over, once without the town and once without the day. Brought together first, the
mentions lend each other their places and days, and links between documents rest on all of them.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tadmor.datamodel.claims import EventClaim, EventType, Harm, Status, TollClaim
from tadmor.datamodel.places import Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import Basis, Interval
from tadmor.dictionaries.names import fold
from tadmor.record.casualties.grounds import APART, Grounds
from tadmor.record.matching import LONG, Told, figure
from tadmor.record.people import calling_of, part_of
from tadmor.record.tabled import TableRow

#: Characters around a mention within which other claims tell of the same: about two sentences.
RADIUS = 300
#: Days by which an undated mention may miss the day that another gives.
_NEAR = 3
#: Up to this number two figures of one text are of different people where one counts civilians and one fighters.
_FEW = 5
_VAGUE = re.compile(r"dozen|score|hundreds|thousands|several|many|number|few", re.IGNORECASE)
_INCLUDED = re.compile(
    r"^(?:including|among|mostly)\b|\bof (?:them|whom|(?:the|those) (?:dead|killed|victims))\b", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]{4,}")
#: Words of tolls themselves, which tell no incident from another.
_COMMON = frozenset(
    [
        "after",
        "among",
        "been",
        "city",
        "civilian",
        "civilians",
        "dead",
        "death",
        "friday",
        "from",
        "have",
        "including",
        "injured",
        "injuring",
        "into",
        "killed",
        "killing",
        "kills",
        "least",
        "monday",
        "more",
        "near",
        "other",
        "others",
        "people",
        "province",
        "said",
        "saturday",
        "some",
        "sunday",
        "than",
        "that",
        "their",
        "them",
        "they",
        "this",
        "thursday",
        "toll",
        "town",
        "tuesday",
        "wednesday",
        "were",
        "when",
        "which",
        "with",
        "wounded",
    ]
)
_NO_WORD_OF_ITS_OWN = frozenset({Basis.PUBLICATION, Basis.INFERRED})


class Account(NamedTuple):
    """One number of victims in one document, with every claim that gives it.

    Attributes:
        document: Document.id.
        published: last day that the document may be of; `None` where unknown.
        harm: what they suffered.
        part: "children" or "women", who are counted apart; `None` for all that are counted.
        calling: that of the people counted ("medics"), where the words give one.
        included: every mention tells them as some of others: "including 13 civilians".
        numbers: the figure that is named; empty where only words like "dozens" are.
        ranges: bounds of such words.
        places: every place that a mention gives.
        days: days that the text itself gives; empty where only the publication dates it.
        window: the days that the publication allows.
        status, by, on: who they were, who did it, whose camp they were of, by all mentions.
        acts, words: kinds of act and words of the claims around.
        told: the claims, in the order of the text.
    """

    document: str
    published: date | None
    harm: Harm
    part: str | None
    calling: str | None
    included: bool
    numbers: frozenset[int]
    ranges: frozenset[tuple[float, float]]
    places: tuple[Place, ...]
    days: tuple[Interval, ...]
    window: Interval | None
    status: frozenset[Status]
    by: frozenset[str]
    on: frozenset[str]
    acts: frozenset[EventType]
    words: frozenset[str]
    told: tuple[Told, ...]

    @property
    def moments(self) -> tuple[Interval, ...]:
        """Its own days, else those that the publication allows."""
        return self.days or ((self.window,) if self.window is not None else ())

    @property
    def long(self) -> bool:
        """Is it a running total of weeks or a look back over months?"""
        return bool(self.days) and all(one.days >= LONG for one in self.days)

    @property
    def order(self) -> tuple[bool, date, str, int, str]:
        """Sorts accounts as they were published, undated documents last."""
        first = self.told[0]
        return self.published is None, self.published or date.max, self.document, first.said.start, first.id


def accounts_of(
    told: Iterable[Told], grounds: Grounds, apart: frozenset[frozenset[str]] = frozenset()
) -> list[Account]:
    """The accounts of all documents, as published.

    Args:
        told: claims of events and tolls.
        grounds: how places lie to each other.
        apart: pairs of claim ids that a person said to count different victims.
    """
    by_document: dict[tuple[str, TableRow | None], list[Told]] = defaultdict(list)
    for one in told:
        by_document[one.said.document, one.row].append(one)  # the rows of a table tell of acts apart
    found = [account for own in by_document.values() for account in _in_document(own, grounds, apart)]
    return sorted(found, key=lambda account: account.order)


def counted(one: Told) -> bool:
    """Is it a toll with a number?"""
    return isinstance(one.said, TollClaim) and one.said.count is not None and bool(figure(one.said.count))


def _numbers(count: Quantity) -> set[int]:
    """The figure that a count names; of "between 500 and 1300" either end may be another voice's."""
    ends = {count.low, count.high} if count.best is None and count.low and count.high else {figure(count)}
    return {end for end in ends if end is not None}


def is_vague(count: Quantity) -> bool:
    """Does it name no number, but "dozens" or "more than a dozen"?"""
    return bool(_VAGUE.search(count.expression or "")) and not any(
        letter.isdigit() for letter in count.expression or ""
    )


class _Gathering:
    """Mentions that are being brought together."""

    def __init__(self, one: Told, part: str | None) -> None:
        self.harm, self.part = _harm(one), part
        self.told: list[Told] = []
        self.numbers: set[int] = set()
        self.ranges: set[tuple[float, float]] = set()
        self.places: dict[str, Place] = {}
        self.days: list[Interval] = []
        self.window: Interval | None = None
        self.add(one)

    def add(self, one: Told) -> None:
        self.told.append(one)
        count = _count(one)
        if is_vague(count):
            self.ranges.add(count.bounds())
        else:
            self.numbers |= _numbers(count)
        if one.place is not None:
            self.places[one.place.id] = one.place
        own = _own_days(one)
        if own is not None:
            self.days.append(own)
        elif one.when is not None:
            self.window = one.when

    def distance(self, one: Told) -> int:
        return min(abs(each.said.start - one.said.start) for each in self.told)

    def takes(self, one: Told, part: str | None, grounds: Grounds, apart: frozenset[frozenset[str]]) -> bool:
        """May a mention be of the same number of the same victims?"""
        return (
            self.harm is _harm(one)
            and self.part == part
            and self._same_number(_count(one))
            and self._same_days(one)
            and self._same_people(one)
            and grounds.nearness(one.place, self.places.values()) > APART
            and not any(frozenset({one.id, each.id}) in apart for each in self.told)
        )

    def _same_number(self, count: Quantity) -> bool:
        if not is_vague(count):
            return figure(count) in self.numbers
        low, high = count.bounds()
        return any(low <= number <= high for number in self.numbers) or (
            not self.numbers and (low, high) in self.ranges
        )

    def _same_days(self, one: Told) -> bool:
        own = _own_days(one)
        if own is None:
            if one.when is None or not self.days:
                return True
            few = (figure(_count(one)) or 0) <= _FEW
            loose = few or is_vague(_count(one))
            return not loose or any(
                one.when.overlaps(day) or (one.when.gap(day) <= _NEAR and not few) for day in self.days
            )
        if self.days:
            return any(own.overlaps(day) or abs((own.start - day.start).days) <= 1 for day in self.days)
        few = any(number <= _FEW for number in self.numbers)
        return self.window is None or own.overlaps(self.window) or (own.gap(self.window) < _NEAR and not few)

    def _same_people(self, one: Told) -> bool:
        known = {each.said.status for each in self.told if isinstance(each.said, TollClaim)} | {_status(one)}
        loose = (figure(_count(one)) or 0) <= _FEW or is_vague(_count(one))
        return not loose or Status.UNSTATED in known or len(known) == 1


def _in_document(own: Sequence[Told], grounds: Grounds, apart: frozenset[frozenset[str]]) -> Iterator[Account]:
    """The accounts of one document; those that name a number first, so that "dozens" finds the number it means."""
    gathered: list[_Gathering] = []
    for one in sorted(filter(counted, own), key=lambda one: (is_vague(_count(one)), one.said.start, one.id)):
        part = part_of(one.claim)
        fitting = [each for each in gathered if each.takes(one, part, grounds, apart)]
        if fitting:
            min(fitting, key=lambda each: each.distance(one)).add(one)
        else:
            gathered.append(_Gathering(one, part))
    if gathered:
        around = _Around(own)
        yield from (_account(each, around) for each in gathered)


class _Around:
    """What the claims of a document tell around a mention.

    Args:
        own: the claims.
    """

    def __init__(self, own: Iterable[Told]) -> None:
        self._own = [(one, frozenset(_WORD.findall(fold(one.said.quote)))) for one in sorted(own, key=_start)]
        self._starts = [one.said.start for one, _ in self._own]
        self._longest = max(one.said.end - one.said.start for one, _ in self._own)

    def of(self, one: Told) -> Iterator[tuple[Told, frozenset[str]]]:
        """The claims within two sentences of one, with their words."""
        first = bisect_left(self._starts, one.said.start - RADIUS - self._longest)
        after = bisect_right(self._starts, one.said.end + RADIUS)
        return (other for other in self._own[first:after] if other[0].said.end >= one.said.start - RADIUS)


def _start(one: Told) -> int:
    return one.said.start


def _account(one: _Gathering, document: _Around) -> Account:
    told = tuple(sorted(one.told, key=lambda each: (each.said.start, each.id)))
    around = [other for each in told for other in document.of(each)]
    published = told[0].claim.published
    narrowest = min((day.days for day in one.days), default=0)
    return Account(
        document=told[0].said.document,
        published=published.latest if published is not None else None,
        harm=one.harm,
        part=one.part,
        calling=next((known for each in told if (known := calling_of(each.claim))), None),
        included=all(_INCLUDED.search(each.said.quote) for each in told),
        numbers=frozenset(one.numbers),
        ranges=frozenset(one.ranges),
        places=tuple(one.places[key] for key in sorted(one.places)),
        days=tuple(sorted({day for day in one.days if day.days <= max(narrowest, _NEAR)})),
        window=one.window,
        status=frozenset(_status(each) for each in told),
        by=frozenset(camp for each in told for camp in each.by),
        on=frozenset(camp for each in told for camp in each.on),
        acts=frozenset(other.said.type for other, _ in around if isinstance(other.said, EventClaim)),
        words=frozenset().union(*(words for _, words in around)) - _COMMON,
        told=told,
    )


def near(one: Told, other: Told) -> bool:
    """Do two claims of one document stand within two sentences of each other?"""
    return one.said.start - RADIUS <= other.said.end and other.said.start - RADIUS <= one.said.end


def _own_days(one: Told) -> Interval | None:
    when = one.claim.when
    return when.interval if when is not None and when.basis not in _NO_WORD_OF_ITS_OWN else None


def _count(one: Told) -> Quantity:
    if one.said.count is None:
        message = f"claim {one.id} counts nobody"
        raise ValueError(message)
    return one.said.count


def _harm(one: Told) -> Harm:
    if not isinstance(one.said, TollClaim):
        message = f"claim {one.id} is no toll"
        raise TypeError(message)
    return one.said.harm


def _status(one: Told) -> Status:
    return one.said.status if isinstance(one.said, TollClaim) else Status.UNSTATED

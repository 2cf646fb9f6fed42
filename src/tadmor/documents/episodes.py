"""Dating an undated document by what dated reports told as news: a place that changed hands again, a second massacre.

For a case of any size. An episode is what the openings of dated reports tell of one place within weeks. A document that
looks back on a second fall was written after the second that the case knows, within days where it says "last week".
Without a word of repetition nothing is said, nor of a document that itself brings the news: of 304 dated texts, read as
if they had no date, 12 were dated by the others when both were allowed, and 5 of those wrongly; so, none is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

import msgspec

from tadmor.datamodel.documents import Document, Form
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.lexicon import load_lexicon
from tadmor.dictionaries.times import TimeExpression, TimeKind, Unit, find_times

#: Reports of one episode lie within so many days of the one before: sieges and assaults take weeks.
ONE_EPISODE = 30
#: Words of a report's opening that tell its news.
OPENING = 60
#: A document dated no finer than this tells no episode's day.
COARSEST = 62
#: "Last week" reaches back so many days, "last month" so many.
RECENT_WEEK, RECENT_MONTH = 14, 62
#: Nine in ten of 632 dated reports of FA-KES follow the latest day they name by no more than so many days.
AFTER = 104
#: A place may be lost a day or two before the first report of the case that says so.
BEFORE = 2
#: Candidates further apart than this say nothing.
WIDEST = 400

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z])")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_AGAIN = re.compile(
    r"\b(?:again|once\s+more|anew|(?:second|third)\W+(?:time|fall|loss|capture|recapture|takeover|seizure|liberation|"
    r"conquest|occupation|massacre|execution))\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:will|would|shall|should|could|may|might|can|must|expected|plans?|planned|planning|prepar\w+|poised|vow\w*|"
    r"hopes?|aims?|needs?|needed|wants?|if|attempts?|tr(?:y|ies|ied|ying)|to\s+(?:re)?take|deni\w+)\b|^(?:were|had)\b",
    re.IGNORECASE,
)
_LOSING = frozenset("fall falls fell fallen falling lose loses lost losing loss".split())  # noqa: SIM905
_TOLD_IN = frozenset({Form.HEADLINE, Form.STANDFIRST, Form.BODY, Form.COMMENT})
#: Events that happen on one day and are remembered by their place.
_EVENTS = frozenset({"execution", "killing", "chemical_attack"})


class Episode(msgspec.Struct, frozen=True, kw_only=True):
    """What dated documents told as news, `first` to `last` of their days."""

    first: date
    last: date
    documents: tuple[Document, ...]


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the undated document on its subject's fate.

    `reach`: days back that its relative words allow; `month`: one named without a year; `again`: not the first time;
    `news`: the text opens with it and names a day of the week.
    """

    words: str
    again: bool
    news: bool
    reach: int | None
    month: int | None

    @property
    def tells(self) -> bool:
        """Has it any bearing on when it was written?"""
        return self.again or self.reach is not None or self.month is not None


class Episodes:
    """What the dated documents of a case told as news; their openings are read once.

    Args:
        documents: of the case, dated or not.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._openings: dict[str, list[tuple[Document, str]]] = defaultdict(list)
        for document in documents:
            if document.published is not None and document.published.interval.days <= COARSEST:
                for sentence in _opening(document):
                    for name in set(_names(sentence)):
                        self._openings[name].append((document, sentence))

    def date(self, document: Document) -> When | None:
        """When an undated document was written, from the episodes of its subject that dated ones tell.

        Returns:
            An inferred interval, never finer than the words allow, with its reasons; `None` where nothing is shared.
        """
        subject = subject_of(document)
        if subject is None or subject not in self._openings:
            return None
        for kind in ("control", *sorted(_EVENTS)):
            mentions = [one for one in _mentions(document, subject, kind) if one.tells]
            repeated = any(one.again for one in mentions) and not any(one.news for one in mentions)
            episodes = self._told(document, subject, kind) if repeated else []
            fitting = [episodes[at] for at in range(len(episodes)) if _fits(episodes, at, mentions)]
            if fitting and (found := _dated(subject, mentions, fitting)) is not None:
                return found
        return None

    def _told(self, document: Document, subject: str, kind: str) -> list[Episode]:
        """In order of time; documents with a printed date set the days where there are any."""
        told = {
            other.id: other
            for other, sentence in self._openings[subject]
            if other.id != document.id and _tells(sentence, subject, kind)
        }
        groups: list[list[Document]] = []
        for other in sorted(told.values(), key=_first_day):
            if groups and (_first_day(other) - max(map(_last_day, groups[-1]))).days <= ONE_EPISODE:
                groups[-1].append(other)
            else:
                groups.append([other])
        return [_episode(group) for group in groups]


def subject_of(document: Document) -> str | None:
    """The name in the headline that the text repeats most, in small letters; actors are no subjects here."""
    body = Counter(word for sentence in _sentences(document, title=False) for word in _names(sentence))
    small = {word for sentence in _sentences(document, title=False) for word in _WORD.findall(sentence)}
    named = [word for word in dict.fromkeys(_names(document.title or "")) if body[word] > 1 and word not in small]
    actors = load_actors()
    places = [word for word in named if not actors.find(word.capitalize())]
    return max(places, key=lambda word: body[word], default=None)


def _names(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        if word[0].isupper() and len(word) > 3:
            yield re.sub(r"['’]s?$", "", word).lower()


def _sentences(document: Document, *, title: bool = True) -> Iterator[str]:
    for block in document.blocks:
        if block.form in _TOLD_IN and (title or block.form is not Form.HEADLINE):
            yield from _SENTENCE.split(block.span.of(document.text))


@cache
def _triggers(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Single words and phrases that tell such an event."""
    wanted = {("control", "gained")} if kind == "control" else {("event", kind)}
    rows = [row for rows in load_lexicon().triggers.values() for row in rows if (row.kind, row.subtype) in wanted]
    single = frozenset(row.words[0] for row in rows if len(row.words) == 1)
    phrases = tuple({f" {' '.join(row.words)} " for row in rows if len(row.words) > 1})
    return (single | _LOSING if kind == "control" else single), phrases


def _tells(sentence: str, subject: str, kind: str) -> bool:
    """Does it tell of such an event there as past?"""
    words = [re.sub(r"['’]s?$", "", word).lower() for word in _WORD.findall(sentence)]
    if subject not in words or _NOT_YET.search(sentence):
        return False
    single, phrases = _triggers(kind)
    line = f" {' '.join(words)} "
    return not single.isdisjoint(words) or any(phrase in line for phrase in phrases)


def _mentions(document: Document, subject: str, kind: str) -> Iterator[Mention]:
    opening = set(_opening(document))
    for sentence in _sentences(document):
        if _tells(sentence, subject, kind):
            times = find_times(sentence)
            yield Mention(
                words=" ".join(sentence.split()[:12]),
                again=bool(_AGAIN.search(sentence)),
                news=sentence in opening and any(one.kind is TimeKind.WEEKDAY for one in times),
                reach=min((reach for one in times if (reach := _reach(one)) is not None), default=None),
                month=next((one.month for one in times if one.kind is TimeKind.DATE and not one.year), None),
            )


def _reach(found: TimeExpression) -> int | None:
    """How many days back words like "last week", "on Saturday" allow; `None` for words that look elsewhere."""
    if found.kind is TimeKind.WEEKDAY:
        return RECENT_WEEK if (found.shift or 0) <= 0 else None
    if found.kind is not TimeKind.SHIFT or found.shift not in (0, -1):
        return None
    near = {Unit.DAY, Unit.NIGHT, Unit.WEEK, Unit.WEEKEND}
    return RECENT_WEEK if found.unit in near else RECENT_MONTH if found.unit is Unit.MONTH else None


def _episode(group: Sequence[Document]) -> Episode:
    stated = [one for one in group if one.published is not None and one.published.basis is Basis.STATED] or group
    return Episode(first=min(map(_first_day, stated)), last=max(map(_last_day, stated)), documents=tuple(stated))


def _opening(document: Document) -> Iterator[str]:
    words = 0
    for sentence in _sentences(document):
        if words >= OPENING:
            return
        yield sentence
        words += len(sentence.split())


def _first_day(document: Document) -> date:
    return document.published.earliest if document.published else date.max


def _last_day(document: Document) -> date:
    return document.published.latest if document.published else date.min


def _fits(episodes: Sequence[Episode], at: int, mentions: Sequence[Mention]) -> bool:
    """Can this be the episode that the document looks back on?"""
    own = episodes[at]
    if at == 0:
        return False
    for month in (one.month for one in mentions if one.month):
        before = [one for one in episodes[:at] if month in _months(one)]
        if not before or (own.first - before[-1].first).days > 365 or month in _months(own):
            return False
    return True


def _months(episode: Episode) -> set[int]:
    return {episode.first.month, episode.last.month}


def _dated(subject: str, mentions: Sequence[Mention], fitting: Sequence[Episode]) -> When | None:
    reach = min((one.reach for one in mentions if one.reach is not None), default=AFTER)
    first = fitting[0].first - timedelta(days=BEFORE)
    last = fitting[-1].last + timedelta(days=reach)
    if (last - first).days > WIDEST:
        return None
    told = [f"{one.name} ({_first_day(one).isoformat()})" for episode in fitting for one in episode.documents]
    words = "; ".join(f"'{one.words} ...'" for one in mentions[:3])
    bound = (
        f"its relative words reach back {reach} days" if reach != AFTER else f"such texts follow within {AFTER} days"
    )
    reasons = (
        f"no date is printed; looks back on what dated reports of {subject.capitalize()} tell: {words}",
        f"told as news by {', '.join(told[:4])}",
        bound,
    )
    return When(interval=Interval.of_days(first, last), grain=Grain.SPAN, basis=Basis.INFERRED, reasons=reasons)

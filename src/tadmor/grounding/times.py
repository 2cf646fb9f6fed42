"""When each claim of a document is about: the fitting expression of time, or what the kind of text implies.

A news report reckons from its publication and speaks of the last days where it says nothing; a history (an
encyclopaedia's battle, a chronology) reckons from the date last told, and where it says nothing, the story has not
moved.
Which of the two a text is, is measured from its own expressions.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import structs

from tadmor.datamodel.claims import Change, Claim, ControlClaim, Mention, Modality, TollClaim
from tadmor.datamodel.documents import Document, Form
from tadmor.datamodel.times import DAY, Interval, When
from tadmor.dictionaries.times import Lead, Reference, TimeExpression, TimeKind, find_times
from tadmor.grounding.anchors import anchors
from tadmor.grounding.histories import headings, in_year, is_bare, is_far, is_history, lead_end, span_of, year_before
from tadmor.grounding.moments import FUTURE, default_when, lasting, resolve
from tadmor.grounding.outset import since_outset
from tadmor.grounding.pointing import Stretch, before_another, of_the_act
from tadmor.grounding.running import running
from tadmor.grounding.saying import lasts_elsewhere, saying
from tadmor.grounding.sentences import sentence_starts

__all__ = ["TimeLine", "Told", "default_when", "resolve"]

_LOOKING_BACK = re.compile(r"\b(?:when|once|since|until)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_GERUND = re.compile(r"\s+\w{2,}ing\b")
#: A verb of saying lies within so many characters before its time.
_SAYING = 48
_POSSESSIVE = re.compile(r"\b(?:its|their|his|her|\w+['’]s?)\s+$")
_AHEAD = re.compile(
    r"\b(?:will|shall|scheduled|due to (?!(?:an?|the|its|their|\w+ing)\b)|due on|expected to|planned for|plans to|"
    r"set to|to begin on)\b"
)
_CLAUSE_BREAK = re.compile(
    r"[;:]|[,—–]\s|\b(?:and|but|while|whereas|although|though|which|who|whom|where|when|after|before|since|until|because|that|as)\b"
)
#: What each clause boundary between a claim and an expression costs, in characters of distance.
_CLAUSE_COST = 40
#: What "since 2012", and a bare year that may be part of a name, cost more.
_BACKGROUND_COST, _NAME_COST = 200, 100
#: In a report, a time more than so many days gone says nothing of claims farther from it than this distance.
_LATELY, _BACKGROUND_REACH = 5, 200
#: A date at the head of a sentence governs all of it: its distance is this at most.
_HEAD_COST = 30
#: A dateline stands within this many characters of the body's beginning.
_DATELINE_REACH = 60
#: How many days a history may go back, or on to a bare year, and how far on to a day, without a new heading.
_STEP, _LEAP = 400, 800
#: A step of at most a season to a day without year needs no other year, wherever it leads. By judgement.
_ON = 92
#: A bare month this close behind one that names a past year is of that year's story.
_PAST_REACH = 250
_MONTH = 31  # a report's "previous July" counts from a month at most
#: The first sentences of a text, in which a report says of what day it is.
_LEAD = 3
#: A line of its own that is shorter than this and ends without a stop is a heading.
_HEADING = 80


class Told(NamedTuple):
    """One expression of a document with what it was resolved to, and the story time that followed it."""

    expression: TimeExpression
    when: When | None
    story: Interval | None


class TimeLine:
    """The times of one document, worked out once.

    `history` says whether it reckons from its own story (else from its publication).
    """

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._anchor = document.published.interval if document.published else None
        self._starts = sentence_starts(document)
        self._body = next((block.start for block in document.blocks if block.form is Form.BODY), 0)
        expressions = [one for one in find_times(document.text) if not self._is_dateline(document, one)]
        self._lead_end, self._headings = lead_end(document), headings(document)
        opening, lead = self._sentence(self._body)[1], self._after(self._body, _LEAD)
        self.history = is_history(expressions, self._anchor, opening, lead)
        titled = span_of(find_times(document.title or ""), self._anchor)
        self._titled = titled is not None
        self._span = titled or span_of([one for one in expressions if one.month], self._anchor)
        if self.history and self._span is None and self._anchor is not None:
            self._span = year_before(expressions, self._anchor)
            self._titled = self._span is not None  # no other time is named that the story could leave for
        self._first = self._first_story(expressions)
        self._dated = [one for one in expressions if one.absolute]
        self.told = tuple(self._tell(expressions))

    def when(self, claim: Claim) -> When | None:
        """When a claim is about, `None` where nothing can be told."""
        found = since_outset(claim, self._text, self._sentence, self.told) or self._when(claim)
        if found is None or not isinstance(claim, ControlClaim) or claim.change is not Change.HELD:
            return found
        return next((lasting(found, told.expression) for told in self.told if told.when is found), found)

    def _when(self, claim: Claim) -> When | None:
        if claim.time is not None and claim.time.carried:  # as the claim at those words
            there = structs.replace(claim, start=claim.time.start, end=claim.time.end, time=None)
            return self.when(there)
        if isinstance(claim, TollClaim) and (span := self._running(claim) or self._before_another(claim)) is not None:
            return span
        if claim.time is not None:
            given = self._given(claim.time)
            if given is not None:
                return given
        gone = self._gone_by(claim)
        if gone is not None:
            return gone
        chosen = self._nearest(claim)
        if chosen is not None and self._told_of_another(claim, chosen.expression):
            return None
        if self.history and anchors(
            claim, self._text, self._sentence(claim.start), chosen.expression if chosen is not None else None
        ):
            return None
        if chosen is not None and chosen.when is not None and not self._is_background(claim, chosen, chosen.when):
            return chosen.when
        return None if self._recalled(claim) else self._default(claim)

    def _stretch(self, claim: Claim) -> Stretch:
        sentence = self._sentence(claim.start)
        before, _ = self._sentence(max(sentence[0] - 1, 0))
        return Stretch(self._text, claim.start, claim.end, sentence, before)

    def _before_another(self, claim: TollClaim) -> When | None:
        if claim.time is not None and claim.time.start > claim.start:
            return None
        return before_another(self._stretch(claim), self.told, self._anchor)

    def _running(self, claim: TollClaim) -> When | None:
        """The time that a toll sums up, to the day on which it is told."""
        times = [told for told in self.told if not self._of_saying(claim, told.expression)]
        told = self._story_before(self._sentence(claim.start)[0]) if self.history else None
        until = told.interval if told is not None else self._said_on(claim) or self._anchor
        return running(self._text, (claim.start, claim.end), self._sentence(claim.start), times, until)

    def _recalled(self, claim: Claim) -> bool:
        """As in "when Palmyra was liberated": a change of control that is looked back on is no news."""
        if not isinstance(claim, ControlClaim) or claim.change is Change.HELD:
            return False
        start, _ = self._sentence(claim.start)
        return bool(_LOOKING_BACK.search(self._text, start, claim.start))

    def _is_background(self, claim: Claim, told: Told, when: When) -> bool:
        """Is the nearest time of a report's sentence a past that the claim itself has left behind?"""
        if self.history or self._anchor is None:
            return False
        inside = claim.start <= told.expression.start < claim.end
        state = isinstance(claim, ControlClaim) and claim.change is Change.HELD
        if inside:
            return state and told.expression.lead is Lead.SINCE
        if told.expression.lead is Lead.SINCE:
            return True
        past = when.interval.end + _LATELY * DAY < self._anchor.start
        return past and (state or self._distance(claim, told, self._sentence(claim.start)[0]) > _BACKGROUND_REACH)

    # Reading the document

    def _is_dateline(self, document: Document, one: TimeExpression) -> bool:
        """A date that stands alone in its line tells when the text is from, not what it tells of."""
        if any(block.form is Form.DATELINE and block.start <= one.start < block.end for block in document.blocks):
            return True
        start = document.text.rfind("\n", 0, one.start) + 1
        end = document.text.find("\n", one.end)
        line = document.text[start : end if end >= 0 else len(document.text)]
        if one.absolute and line.strip(" .,") == one.text.strip(" .,"):
            return True
        return self._is_publication(one) and one.start - self._body < _DATELINE_REACH

    def _is_publication(self, one: TimeExpression) -> bool:
        found = resolve(one, None) if one.absolute and one.day is not None else None
        return found is not None and self._anchor is not None and found.interval == self._anchor

    def _tell(self, expressions: list[TimeExpression]) -> Iterator[Told]:
        first = story = self._first.interval if self._first else None
        in_lead = True
        for one in expressions:
            if in_lead and one.start >= self._lead_end:
                in_lead = False  # the lead has told how it ended; below its first heading it begins anew
                story = min((each for each in (first, story) if each is not None), default=None)
            when = self._resolve(one, story)
            if when is not None and self._moves(one, when, story):
                story = when.interval
            yield Told(one, when, story)

    def _first_story(self, expressions: list[TimeExpression]) -> When | None:
        """A history without a date yet stands at the first one that names its year."""
        if not self.history:
            return None
        named = [one for one in expressions if one.absolute and one.lead is not Lead.SINCE]
        first = next((one for one in named if one.month), named[0] if named else None)
        return resolve(first, None) if first is not None else None

    def _resolve(self, one: TimeExpression, story: Interval | None) -> When | None:
        tense = FUTURE if self._looks_ahead(one) else None
        if self.history:
            anchor = self._anchor if story is None or one.lead is Lead.SINCE else None
            when = resolve(one, anchor, story=story, tense=tense)
            return self._inside(one, when, story) if when is not None and tense is None else when
        if one.reference is Reference.EVENT:
            return None  # reckoned from an event that the report may date nowhere
        from_story = one.reference is Reference.STORY or self._continues_past(one)
        return resolve(one, self._anchor, story=story if from_story else None, tense=tense)

    def _inside(self, one: TimeExpression, when: When, story: Interval | None) -> When:
        """A day or month without year: of a year that lays it in the time that the history is of, where one does.

        What sums up a battle tells its end first, and then goes back to how it began.
        """
        span = self._span
        if span is None or when.interval.overlaps(span) or not is_bare(one):
            return when
        if story is not None and story.gap(span) <= _MONTH and when.interval.gap(story) <= _ON:
            return when  # the story goes on past the time that is named
        if story is not None and not self._titled and story.gap(span) > _MONTH:
            return when  # the story has left that time
        found = [resolve(in_year(one, year), None) for year in range(span.start.year, span.last.year + 1)]
        inside = [other for other in found if other is not None and other.interval.overlaps(span)]
        nearest = min(inside, key=lambda other: other.interval.gap(story or span), default=when)
        return structs.replace(nearest, basis=when.basis, expression=when.expression)

    def _continues_past(self, one: TimeExpression) -> bool:
        """Does a report's bare month or day stand close behind another year's: "in May 2015 .. in April"?"""
        if one.kind is not TimeKind.DATE or one.month is None or one.absolute or one.shift is not None:
            return False
        named = [past for past in self._dated if past.start < one.start]
        if not named or one.start - named[-1].end > _PAST_REACH or self._is_fresh(one):
            return False
        return named[-1].month is not None and named[-1].lead is not Lead.SINCE and is_far(named[-1], self._anchor)

    def _is_fresh(self, one: TimeExpression) -> bool:
        """Is a day without its year one of the last month before publication, as of a report it mostly is?"""
        when = resolve(one, self._anchor) if one.day is not None and self._anchor is not None else None
        return when is not None and self._anchor is not None and when.interval.gap(self._anchor) <= _MONTH

    def _moves(self, one: TimeExpression, when: When, story: Interval | None) -> bool:
        """Does the story go on from here? Not from background: a bare year gone by, or a leap back of years."""
        if one.lead in (Lead.SINCE, Lead.BEFORE) or one.kind in (TimeKind.PRESENT, TimeKind.SPAN):
            return False
        if one.kind is TimeKind.DURATION and (one.lead is not Lead.AFTER or one.vague):
            return False
        if self._in_brackets(one):
            return False
        if not self.history:
            return when.interval.days <= _MONTH
        if story is None or self._heads(one):
            return True
        if when.interval.start <= story.start and story.end <= when.interval.end:
            return False  # "the 2016 offensive", told of while it goes on
        ahead, back = (when.interval.start - story.end).days, (story.start - when.interval.end).days
        if when.interval.days > 92:
            return 0 <= ahead <= _STEP and when.interval.end > story.end
        return ahead <= _LEAP and back <= _STEP

    def _heads(self, one: TimeExpression) -> bool:
        """Is it in a heading, or the head of a sentence, named with its year?"""
        if not one.absolute:
            return False
        start, end = self._sentence(one.start)
        heading = self._text[start:end].strip()
        if len(heading) < _HEADING and heading[-1:].isalnum():
            return True
        return not self._text[start : one.start].strip(" \"“'‘(").count(" ")

    def _in_brackets(self, one: TimeExpression) -> bool:
        opened = self._text.rfind("(", max(one.start - 200, 0), one.start)
        return opened >= 0 and ")" not in self._text[opened : one.start]

    def _looks_ahead(self, one: TimeExpression) -> bool:
        start, end = self._sentence(one.start)
        return _AHEAD.search(self._text, max(start, one.start - 60), min(end, one.end + 8)) is not None

    # Choosing for a claim

    def _given(self, mention: Mention) -> When | None:
        """What the reader's own words of time were resolved to."""
        for told in self.told:
            if told.expression.start < mention.end and mention.start < told.expression.end:
                return told.when
        story = self._story_before(mention.start)
        for one in find_times(mention.expression):
            return self._resolve(one, story.interval if story else None)
        return None

    def _told_of_another(self, claim: Claim, one: TimeExpression) -> bool:
        """Is the nearest time part of another noun's phrase: "their loss of X and their May 2015 loss of Y"?"""
        if not isinstance(claim, ControlClaim) or claim.change is Change.HELD:
            return False
        return self._premodifies(one) and not _touches(claim, one)

    def _premodifies(self, one: TimeExpression) -> bool:
        """Does the expression stand between a possessive and its noun?"""
        before, after = self._text[max(one.start - 20, 0) : one.start], self._text[one.end : one.end + 3]
        return bool(_POSSESSIVE.search(before)) and bool(re.match(r"\s[a-z]", after))

    def _gone_by(self, claim: Claim) -> When | None:
        """As in "retook it on Thursday, nine months after losing it": the loss lies that long before the Thursday."""
        for told in self.told:
            one = told.expression
            if one.reference is not Reference.EVENT or not claim.start <= one.end + 1 < claim.end:
                continue
            main = self._nearest(claim)
            story = main.when.interval if main is not None and main.when is not None else self._anchor
            if story is not None and _GERUND.match(self._text, one.end) is not None:
                return resolve(
                    structs.replace(one, forward=not one.forward, reference=Reference.STORY), None, story=story
                )
        return None

    def _nearest(self, claim: Claim) -> Told | None:
        start, end = self._sentence(claim.start)
        end = max(end, claim.end)
        near = [
            told
            for told in self.told
            if start <= told.expression.start < end
            and told.when is not None
            and not self._of_saying(claim, told.expression)
            and not lasts_elsewhere(self._text, claim.end, told.expression)
        ]
        return min(near, key=lambda told: self._distance(claim, told, start), default=None)

    def _of_saying(self, claim: Claim, one: TimeExpression) -> bool:
        """Does a time say when something was said, not when it was: "the monitor said on Monday"?"""
        inside = claim.start <= one.start < claim.end
        return not inside and saying().search(self._text, max(one.start - _SAYING, 0), one.start) is not None

    def _distance(self, claim: Claim, told: Told, sentence: int) -> float:
        """How far an expression is from a claim, in characters, clause boundaries counted."""
        one = told.expression
        if claim.start <= one.start and one.end <= claim.end:
            return (one.start - claim.start) / 1000 + (one.day is None and one.kind is TimeKind.DATE)
        low, high = (one.end, claim.start) if one.end <= claim.start else (claim.end, one.start)
        between = self._text[max(low, 0) : max(high, low)]
        distance = len(between) + _CLAUSE_COST * len(_CLAUSE_BREAK.findall(between))
        if not self._text[sentence : one.start].strip(" \"“'‘(").count(" ") and one.start < claim.start:
            distance = min(distance, _HEAD_COST)
        name = one.year is not None and one.month is None and one.season is None  # "the 2016 offensive"
        return distance + _BACKGROUND_COST * (one.lead is Lead.SINCE) + _NAME_COST * name

    def _default(self, claim: Claim) -> When | None:
        if claim.modality in (Modality.HYPOTHETICAL, Modality.PREDICTED):
            return None
        if self.history:
            return None if self._opens_section(claim) else default_when(self._anchor, self._story_before(claim.start))
        act = of_the_act(self._stretch(claim), self.told) if isinstance(claim, TollClaim) else None
        if act is not None and self._anchor is not None and act.interval.end + _LATELY * DAY < self._anchor.start:
            return act
        return default_when(self._said_on(claim) or self._anchor)

    def _opens_section(self, claim: Claim) -> bool:
        """Is it a change of control told below a heading before any date: what the lead told last is not its time?"""
        changes = isinstance(claim, ControlClaim) and claim.change is not Change.HELD
        heading = next((at for at in reversed(self._headings) if at <= claim.start), None)
        dated = (told.expression.start for told in self.told if told.when is not None)
        return changes and heading is not None and not any(heading <= at <= claim.start for at in dated)

    def _said_on(self, claim: Claim) -> Interval | None:
        """The day on which the claim's own sentence says that it was told."""
        start, end = self._sentence(claim.start)
        return next(
            (
                told.when.interval
                for told in self.told
                if start <= told.expression.start < end
                and told.when is not None
                and self._of_saying(claim, told.expression)
            ),
            None,
        )

    def _story_before(self, at: int) -> When | None:
        told = [told for told in self.told if told.expression.start <= at and told.when is not None]
        return next((one.when for one in reversed(told) if one.when and one.story == one.when.interval), self._first)

    def _after(self, at: int, sentences: int) -> int:
        """Where so many sentences from there end."""
        number = bisect_right(self._starts, at) + sentences - 1
        return self._starts[number] if number < len(self._starts) else len(self._text)

    def _sentence(self, at: int) -> tuple[int, int]:
        number = bisect_right(self._starts, at)
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._starts[number - 1] if number else 0, end


def _touches(claim: Claim, one: TimeExpression) -> bool:
    return claim.start <= one.end + 1 and one.start <= claim.end + 1

"""What the record changed since a day, and why: findings before and now, with the documents and decisions between."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time

import msgspec

from tadmor import pipeline
from tadmor.datamodel.findings import Contradiction, Incident, Record, Spell, Toll
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Review, judgements_of, linked
from tadmor.ledger import Ledger
from tadmor.record import conclude
from tadmor.views.brief import happening, told_spell, told_toll
from tadmor.views.exports import Names
from tadmor.views.words import number, percent, spell_days

#: Confidence that moved by less is the same: it moves with every document, and tells nothing by itself.
_MOVED = 0.1

_Finding = Toll | Incident | Contradiction


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that a change rests on."""

    subject: str
    decision: str
    author: str
    made: datetime
    reason: str


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was read since, and on how many of whose claims a change rests."""

    id: str
    name: str
    read: datetime
    claims: tuple[str, ...]


class Replaced(msgspec.Struct, frozen=True, kw_only=True):
    """A document whose page was seen to say something else, or to be gone, since."""

    id: str
    name: str
    seen: datetime


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One finding that the record tells otherwise now; `before` or `now` is empty where there was or is none.

    Where neither documents nor pages nor decisions are named, what the finding rests on is the same, and what moved it
    are the weights of its voices, which the rest of the case teaches.
    """

    kind: str
    id: str
    place: str | None
    before: tuple[str, ...]
    now: tuple[str, ...]
    documents: tuple[Read, ...]
    pages: tuple[Replaced, ...]
    decisions: tuple[Decided, ...]


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """All changes, and all that was done to the case since the day (the first moment of it, UTC)."""

    since: date
    documents: int
    decisions: int
    changes: tuple[Change, ...]


def changes(ledger: Ledger, since: date) -> Changes:
    """What the record changed since the beginning of a day (UTC), by what was read and decided since."""
    return changes_from(ledger, datetime.combine(since, time(), UTC))


def changes_from(ledger: Ledger, moment: datetime) -> Changes:
    """What the record changed since a moment (UTC)."""
    after, claims = pipeline.record(ledger)
    then = tuple(ledger.claims_then(moment))
    reviews = ledger.reviews()
    earlier = judgements_of(one for one in reviews if one.made < moment)
    before = conclude(then, copies=ledger.copies(), judgements=earlier)
    made = [one for one in reviews if one.made >= moment]
    why = _Why(ledger, moment, made, (*then, *claims))
    found = _Both(before, Names(then), after, Names(claims), why)
    return Changes(since=moment.date(), documents=len(why.read), decisions=len(made), changes=tuple(found.changes()))


class _Why:
    """Which documents and decisions since a moment the claims of a finding have to do with."""

    def __init__(
        self, ledger: Ledger, moment: datetime, made: Sequence[Review], claims: Iterable[GroundedClaim]
    ) -> None:
        self.read = {one.subject: one.made for one in ledger.history() if one.what == "document" and one.made >= moment}
        self._names: dict[str, str] = {}
        self._replaced: dict[str, Replaced] = {}
        standing = ledger.standing()
        for document in ledger.documents():
            until = standing.until(document.original)
            self._names[document.id] = document.name
            if until is not None and until >= moment:
                self._replaced[document.id] = Replaced(id=document.id, name=document.name, seen=until)
        self._document = {one.id: one.claim.document for one in claims}
        self._made: dict[str, list[Review]] = {}
        for review in made:
            for subject in linked(review) or (review.subject,):
                self._made.setdefault(subject, []).append(review)

    def documents(self, claims: Iterable[str]) -> tuple[Read, ...]:
        """Documents read since that the claims stand in."""
        found: dict[str, list[str]] = {}
        for claim in sorted(set(claims)):
            document = self._document.get(claim, "")
            if document in self.read:
                found.setdefault(document, []).append(claim)
        return tuple(
            Read(id=key, name=self._names.get(key, key), read=self.read[key], claims=tuple(own))
            for key, own in found.items()
        )

    def pages(self, claims: Iterable[str]) -> tuple[Replaced, ...]:
        """Documents of the claims whose pages no longer say them since."""
        of = dict.fromkeys(self._document.get(claim, "") for claim in sorted(set(claims)))
        return tuple(self._replaced[one] for one in of if one in self._replaced)

    def decisions(self, claims: Iterable[str]) -> tuple[Decided, ...]:
        """Decisions since on the claims."""
        reviews = {id(one): one for claim in sorted(set(claims)) for one in self._made.get(claim, ())}
        return tuple(
            Decided(
                subject=one.subject, decision=one.decision.value, author=one.author, made=one.made, reason=one.reason
            )
            for one in reviews.values()
        )


class _Both:
    """Two records side by side."""

    def __init__(self, before: Record, then: Names, after: Record, now: Names, why: _Why) -> None:
        self._before, self._then, self._after, self._now, self._why = before, then, after, now, why

    def changes(self) -> Iterator[Change]:
        """What differs: control by place, then tolls, incidents and contradictions."""
        yield from self._control()
        yield from self._matched("toll", self._before.tolls, self._after.tolls)
        events = [[one for one in record.incidents if one.type is not None] for record in (self._before, self._after)]
        yield from self._matched("incident", *events)
        yield from self._matched("contradiction", self._before.contradictions, self._after.contradictions)

    def _control(self) -> Iterator[Change]:
        before, after = _by_place(self._before.spells), _by_place(self._after.spells)
        for place in sorted({*before, *after}):
            one, other = before.get(place, []), after.get(place, [])
            if _told(one) == _told(other):
                continue
            was = tuple(_spell(each, self._then) for each in one)
            now = tuple(_spell(each, self._now) for each in other)
            words = [tuple(each for each in was if each not in now), tuple(each for each in now if each not in was)]
            claims = (claim for each in (*one, *other) for claim in (*each.supports, *each.opposes))
            yield self._change("control", place, place, words, claims)

    def _matched(self, kind: str, before: Sequence[_Finding], after: Sequence[_Finding]) -> Iterator[Change]:
        """Findings that are the same one by the claims that they share, told otherwise, new or gone."""
        by_id = {one.id: one for one in before}
        pairs = {one.id: by_id[one.id] for one in after if one.id in by_id}
        left = [one for one in before if one.id not in pairs]
        for now in after:
            then = pairs.get(now.id) or _likest(now, left)
            left = [one for one in left if then is None or one.id != then.id]
            words = _words(then, self._then) if then is not None else "", _words(now, self._now)
            if words[0] != words[1]:
                claims = (*_claims(now), *(_claims(then) if then is not None else ()))
                yield self._change(kind, now.id, now.place, [tuple(filter(None, words[:1])), words[1:]], claims)
        for gone in left:
            yield self._change(kind, gone.id, gone.place, [(_words(gone, self._then),), ()], _claims(gone))

    def _change(
        self, kind: str, identity: str, place: str | None, words: Sequence[tuple[str, ...]], claims: Iterable[str]
    ) -> Change:
        claims = tuple(claims)
        return Change(
            kind=kind,
            id=identity,
            place=(self._now if place in self._now.places else self._then).place_name(place) if place else None,
            before=words[0],
            now=words[1],
            documents=self._why.documents(claims),
            pages=self._why.pages(claims),
            decisions=self._why.decisions(claims),
        )


def _likest(now: _Finding, others: Sequence[_Finding]) -> _Finding | None:
    """The finding that shares most claims, if any does."""
    own = set(_claims(now))
    shared = max(others, key=lambda one: (len(own.intersection(_claims(one))), one.id), default=None)
    return shared if shared is not None and own.intersection(_claims(shared)) else None


def _by_place(spells: Iterable[Spell]) -> Mapping[str, list[Spell]]:
    found: dict[str, list[Spell]] = {}
    for one in spells:
        found.setdefault(one.place, []).append(one)
    return found


def _told(spells: Iterable[Spell]) -> list[tuple[object, ...]]:
    """What of spells is a change when it differs: confidence only where it moved."""
    return [
        (one.state, one.holder, one.besieger, one.start, one.end, one.verdict, round(one.confidence / _MOVED))
        for one in spells
    ]


def _spell(one: Spell, names: Names) -> str:
    told = told_spell(one, names)
    return f"{spell_days(one.start, one.end)}: {told.words} ({told.verdict.value}, {percent(told.confidence)})"


def _claims(one: _Finding) -> tuple[str, ...]:
    if isinstance(one, Contradiction):
        return tuple(claim for side in one.sides for claim in side.claims)
    return one.claims


def _words(one: _Finding, names: Names) -> str:
    match one:
        case Toll():
            told = told_toll(one, names)
            bounds = f"{number(one.low)} to {number(one.high)}"
            return f"{number(one.best)} {one.harm.value} ({bounds}): {told.group}; {one.independent_sources} voices"
        case Incident():
            days = f"{one.when.start} to {one.when.last}" if one.when is not None else "undated"
            return f"{days}: {happening(one, names).what}; {one.independent_sources} voices"
        case Contradiction():
            return f"{one.about}: {' / '.join(side.value for side in one.sides)}"

"""Questions worth a person's word, with the quotes that they are about."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

import msgspec

from tadmor import pipeline
from tadmor.datamodel.claims import EventClaim, TollClaim
from tadmor.datamodel.findings import Rests
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.ledger import Ledger
from tadmor.record.asking import Asked, Question
from tadmor.views.disagreeing import disagreement
from tadmor.views.exports import Names
from tadmor.views.quoting import Quote, quote
from tadmor.views.words import gist


class AskedQuote(msgspec.Struct, frozen=True, kw_only=True):
    """One account in a question, in its words; `claims` are all that give it."""

    value: str
    quote: Quote
    claims: tuple[str, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to a question: accept, reject or correct a claim, link or part two."""

    what: str
    claims: tuple[str, ...]

    @property
    def call(self) -> str:
        """The call that gives it, without the reason."""
        short = " ".join(claim[:8] for claim in self.claims)
        option = {"accept": "--accept", "reject": "--reject", "correct": "--set FIELD=VALUE"}.get(self.what)
        return f"tadmor review {self.what} {short}" if option is None else f"tadmor review claim {short} {option}"


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """A question, what rests on it, and how to answer it: `answers` as calls, `choices` the same as values."""

    asked: Asked
    about: str
    rests: Rests
    gain: float
    accounts: tuple[AskedQuote, ...]
    explanation: str | None
    answers: tuple[str, ...]
    choices: tuple[Answer, ...]


def open_questions(ledger: Ledger, *, as_of: date | None, most: int) -> tuple[list[Worth], int]:
    """The questions of a case whose answers are worth most, and how many there are."""
    found, known = pipeline.asked(ledger, as_of=as_of)
    return worth_of(islice(found, most), Names(known)), len(found)


def worth_of(found: Iterable[Question], names: Names) -> list[Worth]:
    """Questions with the words that they are about."""
    return [_worth(one, names) for one in found]


def _worth(one: Question, names: Names) -> Worth:
    accounts = _accounts(one, names)
    choices = tuple(_choices(one, accounts, names.claims))
    return Worth(
        asked=one.asked,
        about=_about(one, names.claims),
        rests=one.rests,
        gain=round(one.gain, 3),
        accounts=accounts,
        explanation=one.contradiction.explanation if one.contradiction is not None else None,
        answers=tuple(choice.call for choice in choices),
        choices=choices,
    )


def _about(one: Question, claims: Mapping[str, GroundedClaim]) -> str:
    if one.contradiction is not None:
        return f"{one.contradiction.nature.value}: {one.contradiction.about}"
    if one.asked is Asked.LINK:
        now = "one, as the record has it now" if one.together else "two, as the record has it now"
        return f"one incident or two? ({now})"
    return f"does the text say so? (sure {claims[one.claims[0]].claim.score:.0%})"


def _accounts(one: Question, names: Names) -> tuple[AskedQuote, ...]:
    if one.contradiction is not None:
        told = disagreement(one.contradiction, names).accounts
        quoted = ((each, each.quote) for each in told if each.quote is not None)
        return tuple(AskedQuote(value=each.value, quote=words, claims=each.claims) for each, words in quoted)
    return tuple(
        AskedQuote(value=_value(names.claims[claim]), quote=quote(names.claims[claim]), claims=(claim,))
        for claim in one.claims
    )


def _value(claim: GroundedClaim) -> str:
    return f"{gist(claim)}{f' at {claim.place.name}' if claim.place is not None else ''}"


def _choices(one: Question, accounts: tuple[AskedQuote, ...], claims: Mapping[str, GroundedClaim]) -> Iterator[Answer]:
    """The answers to a question."""
    if one.asked is Asked.LINK:
        yield from (Answer(what=what, claims=one.claims) for what in ("link", "part"))
    elif one.asked is Asked.READING:
        yield from (Answer(what=what, claims=one.claims[:1]) for what in ("accept", "reject", "correct"))
    else:
        yield from (Answer(what="reject", claims=(each.quote.claim,)) for each in accounts)
        yield from _parting(accounts, claims)


def _parting(accounts: tuple[AskedQuote, ...], claims: Mapping[str, GroundedClaim]) -> Iterator[Answer]:
    """That the first two accounts are of two things, where both are of events or tolls."""
    first = [claims[each.quote.claim] for each in accounts[:2]]
    if all(isinstance(each.claim, EventClaim | TollClaim) for each in first):
        yield Answer(what="part", claims=tuple(each.id for each in first))

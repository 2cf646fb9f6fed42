"""Questions worth a person's word, with the quotes that they are about."""

from collections.abc import Iterator, Mapping
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


class Worth(msgspec.Struct, frozen=True, kw_only=True):
    """A question, what rests on it, and how to answer it."""

    asked: Asked
    about: str
    rests: Rests
    gain: float
    accounts: tuple[AskedQuote, ...]
    explanation: str | None
    answers: tuple[str, ...]


def open_questions(ledger: Ledger, *, as_of: date | None, most: int) -> tuple[list[Worth], int]:
    """The questions of a case whose answers are worth most, and how many there are."""
    found, known = pipeline.asked(ledger, as_of=as_of)
    names = Names(known)
    return [_worth(one, names) for one in islice(found, most)], len(found)


def _worth(one: Question, names: Names) -> Worth:
    accounts = _accounts(one, names)
    return Worth(
        asked=one.asked,
        about=_about(one, names.claims),
        rests=one.rests,
        gain=round(one.gain, 3),
        accounts=accounts,
        explanation=one.contradiction.explanation if one.contradiction is not None else None,
        answers=_answers(one, accounts, names.claims),
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


def _answers(one: Question, accounts: tuple[AskedQuote, ...], claims: Mapping[str, GroundedClaim]) -> tuple[str, ...]:
    """The calls that answer a question, without the reason."""
    first = one.claims[0][:8]
    if one.asked is Asked.LINK:
        pair = f"{first} {one.claims[1][:8]}"
        return f"tadmor review link {pair}", f"tadmor review part {pair}"
    if one.asked is Asked.READING:
        return tuple(f"tadmor review claim {first} {how}" for how in ("--accept", "--reject", "--set FIELD=VALUE"))
    rejecting = (f"tadmor review claim {each.quote.claim[:8]} --reject" for each in accounts)
    return (*rejecting, *_parting(accounts, claims))


def _parting(accounts: tuple[AskedQuote, ...], claims: Mapping[str, GroundedClaim]) -> Iterator[str]:
    """The call that parts the first two accounts, where both are of events or tolls."""
    first = [claims[each.quote.claim] for each in accounts[:2]]
    if all(isinstance(each.claim, EventClaim | TollClaim) for each in first):
        yield f"tadmor review part {' '.join(each.id[:8] for each in first)}"

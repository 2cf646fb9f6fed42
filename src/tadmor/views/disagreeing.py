"""Contradictions in words: each account with its quote, and what hangs on it."""

from collections.abc import Sequence
from datetime import date

import msgspec

from tadmor.datamodel.findings import Contradiction, Nature, Rests
from tadmor.views.exports import Names
from tadmor.views.quoting import Quote, quote, telling
from tadmor.views.words import plural


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a contradiction, with its most telling words.

    `rests` counts the findings that rest on it, `then` tells what the record would say were it right.
    """

    value: str
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    quote: Quote | None
    rests: Rests
    then: str | None


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A contradiction with its accounts in words."""

    id: str
    about: str
    nature: Nature
    natures: tuple[Nature, ...]
    where: str | None
    earliest: date | None
    latest: date | None
    accounts: tuple[Account, ...]
    explanation: str | None
    rests: Rests


def disagreement(found: Contradiction, names: Names) -> Disagreement:
    """A contradiction with the words of each account."""
    return Disagreement(
        id=found.id,
        about=found.about,
        nature=found.nature,
        natures=found.natures,
        where=names.place_name(found.place) if found.place else None,
        earliest=found.when.start if found.when is not None else None,
        latest=found.when.last if found.when is not None else None,
        accounts=tuple(
            Account(
                value=side.value,
                sources=side.sources,
                claims=side.claims,
                quote=words_of(side.claims, names),
                rests=side.rests,
                then=side.then,
            )
            for side in found.sides
        ),
        explanation=found.explanation,
        rests=found.rests,
    )


def words_of(identities: Sequence[str], names: Names) -> Quote | None:
    """The most telling words of some claims."""
    found = telling(names.claims[identity] for identity in identities if identity in names.claims)
    return quote(found) if found is not None else None


def in_words(rests: Rests) -> str:
    """How many findings rest on claims: "2 spells of control and 1 toll rest"."""
    parts = [
        plural(count, one, many)
        for count, one, many in (
            (rests.spells, "spell of control", "spells of control"),
            (rests.incidents, "incident", None),
            (rests.tolls, "toll", None),
        )
        if count
    ]
    if not parts:
        return "no finding rests"
    listed = " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]
    return f"{listed} {'rests' if rests.findings == 1 else 'rest'}"

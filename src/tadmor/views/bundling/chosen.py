"""What a bundle is about: one finding, all findings of a place, or all of the case; and the claims beneath."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from tadmor.datamodel.findings import Contradiction, Incident, Record, Spell, Toll
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.views.brief import find_place, ground_of
from tadmor.views.exports import Names, Row
from tadmor.views.findings_rows import contradiction_row, incident_row, spell_id, spell_row, toll_row
from tadmor.views.words import brief_days, spell_days, state

Finding = Spell | Incident | Toll | Contradiction

#: What the beginning of a finding's id must have to stand for it.
_ENOUGH = 8


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What is bundled.

    `about` is it in words. `main` are the findings that are asked for, `beside` the contradictions that touch them.
    `claims` are the ids of all that they rest on; `None`: all of the case.
    """

    about: str
    as_of: date | None
    main: tuple[Finding, ...]
    beside: tuple[Contradiction, ...]
    claims: frozenset[str] | None

    @property
    def whole(self) -> bool:
        """Is it all of a case?"""
        return self.claims is None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them."""
        return (*self.main, *self.beside)


def choose(what: str | None, record: Record, claims: Sequence[GroundedClaim], ledger: Ledger) -> Chosen:
    """What a person asks to bundle: a finding by its id or the beginning of it, a place by name; `None`: the case.

    Raises:
        UsageError: the case has no such finding and tells of no such place.
    """
    names = Names(claims)
    if what is None:
        about = f"all of the case “{ledger.name}”"
        return Chosen(about=about, as_of=record.as_of, main=tuple(every(record)), beside=(), claims=None)
    found = _by_id(what, record)
    if found is not None:
        return _with_contradictions(in_words(found, names), [found], record)
    try:
        place = find_place(what, claims, ledger)
    except UsageError as error:
        message = f"{error}; findings are named by their id in exports and in the API"
        raise UsageError(message) from error
    ground = ground_of(place, names)
    there = [one for one in every(record) if one.place in ground]
    about = f"all that is concluded of {place.name}"
    return _with_contradictions(about, there, record, [claim.id for claim in claims if _names(claim, ground)])


def _names(claim: GroundedClaim, ground: set[str]) -> bool:
    return any(place.id in ground for place in claim.places.values())


def every(record: Record) -> Iterator[Finding]:
    """All findings of a record: who held places, what happened, what it cost, what accounts disagree on."""
    yield from record.spells
    yield from (one for one in record.incidents if one.type is not None)
    yield from record.tolls
    yield from record.contradictions


def _by_id(what: str, record: Record) -> Finding | None:
    """The only finding whose id is, or begins, so; a toll also by an id that it was given earlier."""
    if len(what) < _ENOUGH or not set(what) <= set("0123456789abcdef"):
        return None
    found = [one for one in (*every(record), *record.incidents) if id_of(one).startswith(what)]
    found = found or [one for one in record.tolls if one.answers(what)]
    if len({id_of(one) for one in found}) > 1:
        message = f"several findings begin with {what!r}; give more of the id"
        raise UsageError(message)
    return found[0] if found else None


def _with_contradictions(about: str, main: Sequence[Finding], record: Record, more: Iterable[str] = ()) -> Chosen:
    """Findings with the contradictions that any of their claims takes part in."""
    rests = {claim for one in main for claim in rests_on(one)}
    beside = [one for one in record.contradictions if one not in main and rests.intersection(rests_on(one))]
    claims = rests.union(more, *(rests_on(one) for one in beside))
    return Chosen(about=about, as_of=record.as_of, main=tuple(main), beside=tuple(beside), claims=frozenset(claims))


def id_of(found: Finding) -> str:
    """The id of a finding, as exports and the API give it."""
    return spell_id(found) if isinstance(found, Spell) else found.id


def kind_of(found: Finding) -> str:
    """What a finding is."""
    return "control" if isinstance(found, Spell) else type(found).__name__.lower()


def rests_on(found: Finding) -> list[str]:
    """The ids of all claims that a finding names, in order."""
    match found:
        case Spell():
            named = [*found.supports, *found.opposes, *(claim for one in found.weights for claim in one.claims)]
        case Toll():
            named = [*found.claims, *(claim for one in found.figures for claim in one.claims)]
        case Incident():
            named = list(found.claims)
        case Contradiction():
            named = [claim for side in found.sides for claim in side.claims]
    return list(dict.fromkeys(named))


def row_of(found: Finding, names: Names, as_of: date | None) -> Row:
    """A finding as a row: what it is, what it rests on, and what `tadmor export` tells of it."""
    day = as_of.isoformat() if as_of is not None else None
    match found:
        case Spell():
            told: dict[str, Any] = spell_row(found, names, day) | {"reasons": list(found.reasons)}
        case Toll():
            told = toll_row(found, names)
        case Incident():
            told = incident_row(found, names)
        case Contradiction():
            told = contradiction_row(found, names)
    return {"finding": kind_of(found), "id": id_of(found), "rests_on": rests_on(found), "told": told}


def in_words(found: Finding, names: Names) -> str:
    """A finding in one line."""
    match found:
        case Spell():
            told = state(found.state, names.actor_name(found.holder), names.actor_name(found.besieger))
            return f"{names.place_name(found.place)}: {told}, {spell_days(found.start, found.end)}"
        case Toll():
            from tadmor.views.brief import told_toll  # noqa: PLC0415 - imports this layer's rows

            toll = told_toll(found, names)
            return f"{toll.where}: {_bounds(toll.low, toll.high)} {toll.harm} ({toll.group}), {_when(found)}"
        case Incident():
            from tadmor.views.brief import happening  # noqa: PLC0415

            one = happening(found, names)
            return f"{one.where}: {one.what}, {_when(found)}"
        case Contradiction():
            return f"Accounts that disagree: {found.about}, {_when(found)}"


def _bounds(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "an unstated number of"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,}" if low == high else f"at least {low:,}" if high is None else f"{low:,} to {high:,}"


def _when(found: Toll | Incident | Contradiction) -> str:
    return brief_days(found.when.start, found.when.last) if found.when is not None else "undated"

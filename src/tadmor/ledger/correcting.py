"""What a person may correct of a claim, and the claim as it is then: all of it but its words and its kind.

The value of a correction is a text: a word of those that a field may have; the ids of places, actors and sources,
several parted by semicolons; a count as `12..20`, where either bound may be open; days as `2016-03-27..2016-03-29`.
Nothing at all says that the words name none.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import ACTOR_ROLES, CHOICES, PLACE_ROLES, Change, Modality, Polarity
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.places import Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import Source
from tadmor.datamodel.times import Basis, Extent, Grain, Interval, When
from tadmor.errors import UsageError
from tadmor.ledger.encoding import Entities

#: How a claim of any kind is told.
STANCE: dict[str, type[StrEnum]] = {"modality": Modality, "polarity": Polarity}
#: The count, the days, and whom the text gives as its source.
COUNT, WHEN, SOURCE = "count", "when", "source"
#: The score of a claim that a person read and let stand.
SURE = 1.0
_COUNT = re.compile(r"(\d{0,9})\.\.(\d{0,9})")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


def chosen_words(kind: str) -> Mapping[str, type[StrEnum]]:
    """The fields of a kind that say one of a fixed set of words."""
    return STANCE | CHOICES[kind]


def names(kind: str, field: str) -> str | None:
    """What a field of a kind names: a place, an actor, a source, or none of these."""
    if field == SOURCE:
        return "source"
    return "place" if field in PLACE_ROLES[kind] else "actor" if field in ACTOR_ROLES[kind] else None


def correctable(kind: str) -> tuple[str, ...]:
    """The fields of a kind that can be corrected."""
    return (*PLACE_ROLES[kind], *ACTOR_ROLES[kind], SOURCE, WHEN, COUNT, *CHOICES[kind], *STANCE)


def ids_given(value: Mapping[str, str]) -> set[str]:
    """The ids that a correction may name, and other words of it that are none."""
    return {one for words in value.values() for one in parted(words)}


def given_count(value: Quantity) -> str:
    """A count as the value of a correction."""
    return f"{_bound(value.low)}..{_bound(value.high)}"


def given_days(first: date, last: date) -> str:
    """Days, first and last, as the value of a correction."""
    return f"{first.isoformat()}..{last.isoformat()}"


def when_given(first: date, last: date, *, grain: Grain, held: bool, expression: str | None = None) -> When:
    """The days of a claim as a person gives them; who is said to hold a place for days holds it throughout."""
    return When(
        interval=Interval.of_days(first, last),
        grain=grain,
        basis=Basis.STATED,
        extent=Extent.THROUGHOUT if held and last > first else Extent.WITHIN,
        expression=expression,
        reasons=("given by a person",),
    )


def corrected(claim: GroundedClaim, value: Mapping[str, str], entities: Entities) -> GroundedClaim:
    """The claim as a correction leaves it, surely read; its id stays.

    Raises:
        UsageError: a field that cannot be corrected, a value that it cannot have, or a place, actor or source that the
            case does not know.
    """
    unknown = next((field for field in value if field not in correctable(claim.kind)), None)
    if unknown is not None:
        message = f"{unknown} of a {claim.kind} claim cannot be corrected; reject the claim instead"
        raise UsageError(message)
    said = msgspec.structs.replace(claim.claim, score=SURE, **dict(_said(claim, value)))
    found = msgspec.structs.replace(claim, claim=said, **_understood(claim, value, entities))
    when = _when(found, value[WHEN]) if WHEN in value else claim.when
    return msgspec.structs.replace(found, when=when, said_as=claim.id)


def _said(claim: GroundedClaim, value: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for field, words in chosen_words(claim.kind).items():
        if field in value:
            yield field, one_of(field, value[field], words)
    if COUNT in value:
        yield COUNT, _count(value[COUNT])


def _understood(claim: GroundedClaim, value: Mapping[str, str], entities: Entities) -> dict[str, Any]:
    places, actors, voices = dict(claim.places), dict(claim.actors), claim.voices
    for field, ids in value.items():
        kind = names(claim.kind, field)
        found = [_known(entities, kind, one) for one in parted(ids)] if kind is not None else []
        if kind == "place":
            places = _with(places, field, next((one for one in found if isinstance(one, Place)), None))
        elif kind == "actor":
            actors = _with(actors, field, tuple(one for one in found if isinstance(one, Actor)))
        elif kind == "source":
            voices = (claim.publisher, *(one for one in found if isinstance(one, Source)))
    return {"places": places, "actors": actors, "voices": voices}


def _with(named: Mapping[str, Any], role: str, found: Any) -> dict[str, Any]:
    """What is named by role, one of them being corrected; nothing found: the words name none."""
    rest = {known: one for known, one in named.items() if known != role}
    return {**rest, role: found} if found else rest


def _when(claim: GroundedClaim, value: str) -> When | None:
    if not value:
        return None
    found = _DAYS.fullmatch(value)
    try:
        first, last = (date.fromisoformat(day) for day in found.groups()) if found is not None else (None, None)
    except ValueError:
        first = last = None  # a month of 31 days that has 30
    if first is None or last is None or first > last:
        message = f"when: {value!r} is no day; write 2016-03-27, or two with .. between"
        raise UsageError(message)
    held = getattr(claim.claim, "change", None) is Change.HELD
    return when_given(first, last, grain=Grain.DAY if first == last else Grain.SPAN, held=held)


def _count(value: str) -> Quantity | None:
    if not value:
        return None
    found = _COUNT.fullmatch(value)
    if found is None or value == "..":
        message = f"count: {value!r} is no number; write 12, 12-20, at least 12"
        raise UsageError(message)
    low, high = (int(bound) if bound else None for bound in found.groups())
    if low is not None and high is not None and low > high:
        message = f"count: {value!r} runs backwards"
        raise UsageError(message)
    exact = low if low == high else None
    return Quantity(low=low, best=exact, high=high, expression=value if exact is None else str(exact))


def _bound(value: int | None) -> str:
    return "" if value is None else str(value)


def one_of(field: str, value: str, words: type[StrEnum]) -> StrEnum:
    """The word of a fixed set that a field says.

    Raises:
        UsageError: none of them.
    """
    try:
        return words(value)
    except ValueError as error:
        message = f"{value!r} is no {field}; it is one of {', '.join(words)}"
        raise UsageError(message) from error


def parted(words: str) -> list[str]:
    """Several names or ids, parted by semicolons."""
    return [one for one in map(str.strip, words.split(";")) if one]


def _known(entities: Entities, kind: str, identity: str) -> Place | Actor | Source:
    key = entities.latest(kind, identity)
    if key is None:
        message = f"the case knows no {kind} {identity}; give it with the review"
        raise UsageError(message)
    match kind:
        case "place":
            return entities.place(key)
        case "actor":
            return entities.actor(key)
        case _:
            return entities.source(key)

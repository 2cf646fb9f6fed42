"""Claims and findings -> the parts of entries: who, how many, when."""

from collections.abc import Sequence
from typing import Any

import msgspec

from tadmor.datamodel.actors import Actor
from tadmor.datamodel.claims import Mention, TollClaim, mentions
from tadmor.datamodel.entries import Harmed, Party
from tadmor.datamodel.findings import Spell
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.times import Basis, Extent, Grain, Interval, When


def harmed_in(claim: GroundedClaim) -> Harmed:
    """How many a claim of a toll says were harmed."""
    said = claim.claim
    assert isinstance(said, TollClaim)  # noqa: S101 - asked for by the caller
    count = said.count or Quantity()
    return Harmed(
        harm=said.harm,
        low=count.low,
        best=count.best,
        high=count.high,
        status=said.status,
        group=party_in(claim, "group"),
        by=party_in(claim, "by"),
    )


def what_in(what: Mention | None, equipment: str | None, count: Quantity | None) -> dict[str, Any]:
    """The fields of what was seen or moved."""
    return {"what": what.expression if what is not None else None, "equipment": equipment, "count": count}


def party_in(claim: GroundedClaim, role: str) -> Party | None:
    """The first actor of a role."""
    found = parties_in(claim, role)
    return found[0] if found else None


def parties_in(claim: GroundedClaim, role: str) -> tuple[Party, ...]:
    """The actors of a role with the words that name them; a person's own choice has no words."""
    said, resolved = mentions(claim.claim, role), claim.actors.get(role, ())
    if len(said) != len(resolved):
        if len(said) == 1 and resolved:
            together = " and ".join(actor.name for actor in resolved)
            return (msgspec.structs.replace(as_party(resolved[0], said[0].expression), name=together),)
        if not resolved:
            return tuple(Party(id=f"name:{one.expression}", name=one.expression, words=one.expression) for one in said)
        return tuple(as_party(actor, None) for actor in resolved)
    return tuple(as_party(actor, one.expression) for actor, one in zip(resolved, said, strict=True))


def as_party(actor: Actor, words: str | None) -> Party:
    """An actor, in the words of a source."""
    return Party(id=actor.id, name=actor.name, kind=actor.kind, country=actor.country, words=words)


def concluded_when(interval: Interval | None, claims: Sequence[GroundedClaim]) -> When | None:
    """When an incident was: the days of the record, as coarse and as firmly as the claim that is nearest to them."""
    if interval is None:
        return None
    said = [one.when for one in claims if one.when is not None]
    nearest = next((when for when in said if when.interval == interval), None)
    if nearest is not None:
        return nearest
    grain = Grain.DAY if interval.days == 1 else Grain.SPAN
    return When(interval=interval, grain=grain, basis=said[0].basis if said else Basis.INFERRED)


def spell_when(spell: Spell) -> When | None:
    """The days of a spell; an open end is its only known day."""
    first, last = spell.start or spell.end, spell.end or spell.start
    if first is None or last is None:
        return None
    interval = Interval.of_days(min(first, last), max(first, last))
    grain = Grain.DAY if interval.days == 1 else Grain.SPAN
    return When(interval=interval, grain=grain, basis=Basis.INFERRED, extent=Extent.THROUGHOUT)

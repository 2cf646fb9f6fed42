"""The stable rows of findings: spells of control, tolls, incidents, contradictions, how sources fared.

Fields are defined in `docs/formats.md`. Days are inclusive ISO days.
"""

import msgspec

from tadmor.datamodel.findings import Contradiction, Figure, Incident, Spell, Standing, Toll, Weight
from tadmor.datamodel.keys import digest
from tadmor.datamodel.times import Interval
from tadmor.views.exports import Names, Row


def spell_id(spell: Spell) -> str:
    """The id of a spell: its place, and the day that it began."""
    return digest("spell", spell.place, spell.start.isoformat() if spell.start is not None else "")


def spell_row(spell: Spell, names: Names, as_of: str | None) -> Row:
    """One spell of control by the contract."""
    return {
        "id": spell_id(spell),
        "place": names.place(spell.place),
        "state": spell.state.value,
        "holder": names.actor(spell.holder),
        "besieger": names.actor(spell.besieger),
        "from": spell.start.isoformat() if spell.start else None,
        "to": spell.end.isoformat() if spell.end else None,
        "change": [spell.change.start.isoformat(), spell.change.last.isoformat()] if spell.change else None,
        "confidence": round(spell.confidence, 3),
        "verdict": spell.verdict.value,
        "independent_sources": spell.independent_sources,
        "supports": list(spell.supports),
        "opposes": list(spell.opposes),
        "voices": [_voice(one) for one in spell.weights],
        "as_of": as_of,
    }


def _voice(one: Weight) -> Row:
    """A voice for (above 0) or against a finding, in log-odds, with its Admiralty grade."""
    return {
        "voice": one.voice,
        "weight": round(one.value, 3),
        "grade": one.grade,
        "reason": one.reason,
        "members": list(one.members),
        "claims": list(one.claims),
    }


def toll_row(toll: Toll, names: Names) -> Row:
    """How many people suffered one harm in one incident."""
    return {
        "id": toll.id,
        "incident": toll.incident,
        "place": names.place(toll.place),
        "when": _days(toll.when),
        "harm": toll.harm.value,
        "status": toll.status.value,
        "group": names.actor(toll.group),
        "low": toll.low,
        "best": toll.best,
        "high": toll.high,
        "interval": list(toll.interval) if toll.interval is not None else None,
        "confidence": round(toll.confidence, 3),
        "independent_sources": toll.independent_sources,
        "figures": [_figure(one) for one in toll.figures],
        "reasons": list(toll.reasons),
        "claims": list(toll.claims),
    }


def _figure(one: Figure) -> Row:
    return {
        "voice": one.voice,
        "sides": list(one.sides),
        "interest": one.interest,
        "low": one.low,
        "best": one.best,
        "high": one.high,
        "claims": list(one.claims),
    }


def incident_row(found: Incident, names: Names) -> Row:
    """Claims that tell of one event."""
    return {
        "id": found.id,
        "place": names.place(found.place),
        "when": _days(found.when),
        "type": found.type.value if found.type is not None else None,
        "actors": [names.actor(one) for one in found.actors],
        "targets": [names.actor(one) for one in found.targets],
        "independent_sources": found.independent_sources,
        "claims": list(found.claims),
    }


def _days(when: Interval | None) -> list[str] | None:
    return [when.start.isoformat(), when.last.isoformat()] if when is not None else None


def standing_row(one: Standing) -> Row:
    """How one voice fared with one kind of claim and interest."""
    return {
        "voice": one.voice,
        "name": one.name,
        "kind": one.kind.value,
        "about": one.about,
        "interest": one.interest,
        "grade": one.grade,
        "first": one.first,
        "right": one.right,
        "low": one.low,
        "high": one.high,
        "compared": one.compared,
        "agreed": one.agreed,
        "given": one.given,
        "unaided": msgspec.to_builtins(one.unaided),
        "moved": [{"claim": each.claim, "others": each.chance, "by": each.by} for each in one.moved],
    }


def contradiction_row(found: Contradiction, names: Names) -> Row:
    """One contradiction by the contract."""
    return {
        "id": found.id,
        "about": found.about,
        "nature": found.nature.value,
        "natures": [nature.value for nature in found.natures],
        "place": names.place(found.place),
        "when": {"earliest": found.when.start.isoformat(), "latest": found.when.last.isoformat()}
        if found.when
        else None,
        "sides": [
            {
                "value": side.value,
                "claims": list(side.claims),
                "sources": list(side.sources),
                "rests": msgspec.to_builtins(side.rests),
                "then": side.then,
            }
            for side in found.sides
        ],
        "explanation": found.explanation,
        "rests": msgspec.to_builtins(found.rests),
    }

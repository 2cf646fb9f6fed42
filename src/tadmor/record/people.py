"""Whom a toll counts: civilians, fighters of a camp, or a part of the civilians."""

import re
from typing import NamedTuple

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import Status, TollClaim
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.dictionaries.names import fold
from tadmor.record.camps import camp_of, is_vague

#: Words for some of the civilians: their tolls are parts of the civilians' toll.
PARTS = {
    "child": "children",
    "children": "children",
    "minors": "children",
    "woman": "women",
    "women": "women",
    "journalist": "journalists",
    "journalists": "journalists",
    "medics": "medics",
    "doctors": "medics",
    "medical": "medics",
    "aid": "aid workers",
}
#: Words for people of one calling, beside `PARTS`: their toll may be a part of one, or all of it.
_CALLINGS = {
    "teacher": "teachers",
    "teachers": "teachers",
    "policemen": "police",
    "police": "police",
    "crewmen": "crew",
    "crew": "crew",
    "volunteers": "aid workers",
    "rescuers": "aid workers",
    "officers": "officers",
    "commanders": "commanders",
    "mercenaries": "mercenaries",
}
#: Words for the young and for women, who are counted apart from all victims.
_APART = {"students": "children", "schoolchildren": "children", "girls": "children", "boys": "children"}
#: Some of the wounded, told beside all of them: mostly those in danger.
_SOME = re.compile(
    r"\bof (?:the|those) (?:wounded|injured)\b|\b(?:critical|grave|serious) condition\b"
    r"|\bcritically (?:wounded|injured|ill)\b",
    re.IGNORECASE,
)
#: Whoever belongs to these is a fighter, also where the sentence does not say so.
_FIGHTING = frozenset({ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE})


class People(NamedTuple):
    """Whom a toll counts: `group` an actor id of a camp, or a part of the civilians."""

    status: Status
    group: str | None


def people_of(claim: GroundedClaim) -> People:
    """Whom a toll claim counts."""
    said = claim.claim
    if not isinstance(said, TollClaim):
        message = f"claim {claim.id} is no toll"
        raise TypeError(message)
    words = fold(said.group.expression).split() if said.group is not None else []
    part = next((PARTS[word] for word in words if word in PARTS), None)
    if part is not None:
        return People(Status.CIVILIAN, part)
    actor = claim.actor("group")
    if said.status is Status.CIVILIAN or actor is None or is_vague(actor):
        return People(said.status, None)
    fights = said.status is Status.UNSTATED and actor.kind in _FIGHTING
    return People(Status.COMBATANT if fights else said.status, camp_of(actor))


def part_of(claim: GroundedClaim) -> str | None:
    """Some of the people that a toll counts apart, by the words for them; `None`: all.

    "children", "women", and "some" of the wounded that are told beside all of them.
    """
    found = (_APART.get(word) or PARTS.get(word) for word in _words(claim))
    part = next((part for part in found if part in ("children", "women")), None)
    return part or ("some" if _SOME.search(claim.claim.quote) else None)


def calling_of(claim: GroundedClaim) -> str | None:
    """The calling of the people that a toll counts ("medics", "police"), where the words give one."""
    found = (_CALLINGS.get(word) or PARTS.get(word) for word in _words(claim))
    return next((part for part in found if part not in (None, "children", "women")), None)


def _words(claim: GroundedClaim) -> list[str]:
    said = claim.claim
    return fold(said.group.expression).split() if isinstance(said, TollClaim) and said.group is not None else []

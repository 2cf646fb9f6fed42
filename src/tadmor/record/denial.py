"""Acts and harms that one voice tells of and another denies."""

from collections.abc import Iterator

from tadmor.datamodel.claims import EventClaim, EventType, TollClaim
from tadmor.datamodel.findings import Nature
from tadmor.datamodel.places import Level
from tadmor.record.contradiction import Found, Matter, hanging, happened, in_matter, several
from tadmor.record.matching import THRESHOLD, Told, score

#: Names of one act: who denies a bombing denies the air strike. An attack with gas, or what a strike destroyed, is
#: denied apart from the strike; that nobody fights says nothing of air strikes.
_NAMES_OF_ONE = (
    frozenset({EventType.AIR_STRIKE, EventType.SHELLING, EventType.BOMBING}),
    frozenset({EventType.CLASH, EventType.GROUND_ATTACK}),
    frozenset({EventType.KILLING, EventType.EXECUTION}),
    frozenset({EventType.ABDUCTION, EventType.ARREST}),
)
#: Days that a denial and what it denies may lie apart.
NEAR = 1


def denied(matter: Matter) -> Iterator[Found]:
    """What is told and denied of one incident: the same kind of act, or the same harm."""
    denials = [one for one in matter.denials if _is_of_a_place(one)]
    meeting = [(denial, other) for denial in denials for other in matter.members if _denies(denial, other)]
    if not meeting:
        return
    denying = {denial.id: denial.claim for denial, _ in meeting}
    telling = {other.id: other.claim for _, other in meeting}
    sides = [
        ("it happened", [telling[key] for key in sorted(telling)]),
        ("it did not happen", [denying[key] for key in sorted(denying)]),
    ]
    if several(matter.voices, sides):
        found = in_matter(matter, Nature.OUTCOME, f"whether {happened(matter)}", sides)
        yield Found(found, hanging(found, matter.incident.claims))


def _is_of_a_place(one: Told) -> bool:
    """Is it denied of some place, rather than of a country at large?"""
    return one.place is not None and one.place.level not in (Level.COUNTRY, Level.REGION)


def _denies(denial: Told, other: Told) -> bool:
    """Is it this act, or this harm, that is denied? That nobody was killed says nothing of whether a strike was.

    Nor does the denial of a killing at a hospital say anything of one told of the whole town, or of other people.
    """
    if not _same_matter(denial.said, other.said) or not _covers(denial, other):
        return False
    if _apart(denial.by, other.by) or _apart(denial.on, other.on):
        return False
    return score(denial, other) >= THRESHOLD


def _same_matter(one: EventClaim | TollClaim, other: EventClaim | TollClaim) -> bool:
    """Do both tell of one harm, or of acts that one act may be called?"""
    match one, other:
        case EventClaim(type=first), EventClaim(type=second):
            return first is second or any(first in names and second in names for names in _NAMES_OF_ONE)
        case TollClaim(harm=first_harm), TollClaim(harm=second_harm):
            return first_harm is second_harm
        case _:
            return False


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _covers(denial: Told, other: Told) -> bool:
    """Is a denial of the same days, and of the same place or one that holds it?"""
    if denial.when is None or other.when is None or denial.place is None or other.place is None:
        return False
    return denial.place.id in (other.place.id, *other.place.parents) and denial.when.gap(other.when) <= NEAR

"""What the network decides among: kinds, attributes and their values, roles, in the order of its outputs."""

from typing import Final

from tadmor.datamodel.claims import (
    KINDS,
    Change,
    Claim,
    ControlClaim,
    Degree,
    EventClaim,
    EventType,
    Harm,
    Modality,
    Polarity,
    Status,
    TollClaim,
)

#: Outside a claim, its first wordpiece, the others.
OUTSIDE, BEGIN, INSIDE = 0, 1, 2

#: How control is told, as one choice: `change` and `degree` of a claim give it, and it gives them.
CONTROL_HELD, CONTROL_GAINED, CONTROL_LOST = str(Change.HELD), str(Change.GAINED), str(Change.LOST)
CONTROL_CONTESTED, CONTROL_BESIEGED = str(Degree.CONTESTED), str(Degree.BESIEGED)

#: The attributes that are decided, each with its values.
ATTRIBUTES: Final[dict[str, tuple[str, ...]]] = {
    "modality": tuple(Modality),
    "polarity": tuple(Polarity),
    "type": tuple(EventType),
    "harm": tuple(Harm),
    "change": (CONTROL_HELD, CONTROL_GAINED, CONTROL_LOST, CONTROL_CONTESTED, CONTROL_BESIEGED),
    "status": tuple(Status),
}
#: The attributes of each kind.
OF_KIND: Final[dict[str, tuple[str, ...]]] = {
    "control": ("modality", "polarity", "change"),
    "event": ("modality", "polarity", "type"),
    "presence": ("modality", "polarity"),
    "movement": ("modality", "polarity"),
    "toll": ("modality", "polarity", "harm", "status"),
}
#: The attribute that says most of a claim of each kind.
CHIEF: Final[dict[str, str]] = {
    "control": "change",
    "event": "type",
    "presence": "modality",
    "movement": "modality",
    "toll": "harm",
}
#: What a claim points to: where it is, who does or holds it, whom it is done to or taken from.
ROLES: Final = ("place", "who", "whom")
#: The field that each role stands for in each kind; kinds without one have none.
FIELDS: Final[dict[str, dict[str, str]]] = {
    "control": {"place": "place", "who": "holder", "whom": "loser"},
    "event": {"place": "place", "who": "actors", "whom": "targets"},
    "presence": {"place": "place", "who": "actor"},
    "movement": {"place": "place", "who": "actor"},
    "toll": {"place": "place", "who": "by", "whom": "group"},
}
NUMBER_OF: Final[dict[str, int]] = {kind: number for number, kind in enumerate(KINDS)}


def values_of(claim: Claim) -> dict[str, str]:
    """The attributes of a claim as the network knows them."""
    told = {"modality": str(claim.modality), "polarity": str(claim.polarity)}
    match claim:
        case ControlClaim():
            told["change"] = _control(claim.change, claim.degree)
        case EventClaim():
            told["type"] = str(claim.type)
        case TollClaim():
            told["harm"], told["status"] = str(claim.harm), str(claim.status)
        case _:
            pass
    return told


def _control(change: Change, degree: Degree) -> str:
    if degree in (Degree.CONTESTED, Degree.BESIEGED):
        return str(degree)
    return str(change)

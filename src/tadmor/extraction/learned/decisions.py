"""How sure the network must be, and how sure a claim then is; the numbers are chosen by `training/tune.py`."""

from functools import lru_cache
from importlib.resources import files
from math import exp, log
from typing import NamedTuple

import msgspec

#: Whose a claim is: the rules', told otherwise or not, or the network's alone.
BY_RULES, BY_NETWORK = "rules", "network"
#: The benefit of the doubt: a claim of the rules goes only where its chance is below this share of what a new one
#: needs. On the development texts that costs 0.001 of found F1; what goes without it are denials and numbers of men.
DOUBT = 0.7
#: Probabilities are kept this far from 0 and 1, so that their log-odds are finite.
_EDGE = 1e-3


class Evidence(NamedTuple):
    """What speaks for a claim, as probabilities.

    `mean` and `peak`: that its words are of its kind, on average and at most; `place`: of its place; `value`: of its
    chief attribute (type of act, harm, change of control).
    """

    mean: float
    peak: float
    place: float
    value: float


class Sureness(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Log-odds of something about a claim: a constant for its kind, and a weight for the log-odds of each evidence."""

    constant: dict[str, float]
    mean: float
    peak: float
    place: float
    value: float

    def of(self, kind: str, evidence: Evidence) -> float:
        """The probability, 0..1."""
        told = self.constant[kind]
        told += self.mean * odds(evidence.mean) + self.peak * odds(evidence.peak)
        told += self.place * odds(evidence.place) + self.value * odds(evidence.value)
        return 1.0 / (1.0 + exp(-told))


class Decisions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is decided at which probability.

    Args:
        told: that the text makes such a claim: of claims of the rules, and of those that the network alone sees.
        right: that it says what the claim says, its place and chief attribute included; likewise. The claim's score.
        least: claims are made where the first is at least this, by kind; those of the rules already a little below.
        change: an attribute is told otherwise than the rules do from this probability on, by attribute.
        point: a role points elsewhere than the rules do from this probability on, by role.
        fill: a role of which the rules say nothing points somewhere from this probability on, by role.
    """

    told: dict[str, Sureness]
    right: dict[str, Sureness]
    least: dict[str, float]
    change: dict[str, float]
    point: dict[str, float]
    fill: dict[str, float]

    def makes(self, whose: str, kind: str, told: float) -> bool:
        """Is a claim made that is told with this probability?"""
        return told >= self.least[kind] * (DOUBT if whose == BY_RULES else 1.0)


def odds(probability: float) -> float:
    """The log-odds of a probability."""
    held = min(max(probability, _EDGE), 1.0 - _EDGE)
    return log(held / (1.0 - held))


@lru_cache(maxsize=1)
def load_decisions() -> Decisions:
    """Those that ship with the network."""
    return msgspec.json.decode(files(__package__).joinpath("model/decisions.json").read_bytes(), type=Decisions)

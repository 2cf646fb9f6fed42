"""All findings of a case from its claims."""

from collections.abc import Sequence
from datetime import date

from tadmor.datamodel.documents import Copy
from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.record.control import control
from tadmor.record.independence import Voices
from tadmor.record.reliability import Prior, default_prior


def conclude(
    claims: Sequence[GroundedClaim],
    *,
    copies: Sequence[Copy] = (),
    as_of: date | None = None,
    prior: Prior | None = None,
) -> Record:
    """The record of a case.

    A pure function of the set of claims: their order and repetition change nothing.

    Args:
        claims: all claims of the case, grounded.
        copies: which documents share words with which.
        as_of: use only what had been said by the end of this day; `None`: all.
        prior: reliability by kind of source before anything else is known, 0.5..1; `None`: those that ship with tadmor.
    """
    known = {claim.id: claim for claim in claims if as_of is None or claim.known_by(as_of)}
    used = [known[key] for key in sorted(known)]
    voices = Voices(used, copies)
    return Record(
        as_of=as_of,
        spells=tuple(control(used, voices, prior or default_prior(), as_of)),
        incidents=(),
        tolls=(),
        contradictions=(),
    )

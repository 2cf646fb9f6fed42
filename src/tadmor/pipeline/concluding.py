"""Ledger -> record."""

from datetime import date

from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import judgements_of
from tadmor.ledger import Ledger
from tadmor.record import conclude


def record(ledger: Ledger, *, as_of: date | None = None) -> tuple[Record, tuple[GroundedClaim, ...]]:
    """What the case concludes, with the claims it rests on."""
    claims = tuple(ledger.claims())
    return conclude(claims, copies=ledger.copies(), judgements=judgements_of(ledger.reviews()), as_of=as_of), claims

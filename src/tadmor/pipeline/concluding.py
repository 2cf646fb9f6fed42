"""Ledger -> record."""

from collections.abc import Sequence
from datetime import date

from tadmor.datamodel.findings import Explanation, Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import judgements_of
from tadmor.ledger import Ledger
from tadmor.record import conclude, explain, footing_of, leaving_out


def record(
    ledger: Ledger, *, as_of: date | None = None, without: Sequence[str] = ()
) -> tuple[Record, tuple[GroundedClaim, ...]]:
    """What the case concludes, with the claims it rests on; `without` some sources or sides, as if they were silent.

    Raises:
        UsageError: the case has no source and no side of such a name.
    """
    claims = tuple(leaving_out(ledger.claims(), without)) if without else tuple(ledger.claims())
    return conclude(claims, copies=ledger.copies(), judgements=judgements_of(ledger.reviews()), as_of=as_of), claims


def explanation(ledger: Ledger, place: str, day: date | None, *, as_of: date | None = None) -> Explanation:
    """Why the record says what it does of a place (by id) on a day; `None`: the last on which anything came out."""
    claims = tuple(ledger.claims())
    footing = footing_of(claims, copies=ledger.copies(), judgements=judgements_of(ledger.reviews()), as_of=as_of)
    published = [claim.published.latest for claim in footing.used if claim.published is not None]
    return explain(footing, place, day or max(published, default=date.max))

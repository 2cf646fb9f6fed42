"""The append-only store of a case: originals, documents, claims as said and as understood, decisions, history."""

from tadmor.ledger.filters import ClaimFilter
from tadmor.ledger.ledger import Ledger

__all__ = ["ClaimFilter", "Ledger"]

"""Alembic migrations of the ledger."""

#: Revisions in order; the last is what this version writes.
REVISIONS = ("0001", "0002", "0003")

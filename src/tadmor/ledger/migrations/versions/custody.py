"""Custody: the tree over the revisions, checkpoints and tokens, what originals are compared by, and redactions."""

from alembic import op

from tadmor.ledger.tables import metadata, refuse_changes

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = ("tiles", "blocks", "checkpoints", "tokens", "redactions", "redacted")


def upgrade() -> None:
    """Create the tables; what they say of earlier revisions is added at the next write."""
    connection = op.get_bind()
    metadata.create_all(connection, [metadata.tables[name] for name in _TABLES])
    for name in _TABLES:
        refuse_changes(connection, name)

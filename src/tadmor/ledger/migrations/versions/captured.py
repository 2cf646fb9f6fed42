"""Captures: how originals came into a case other than as files."""

from alembic import op

from tadmor.ledger.tables import captures, refuse_changes

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    connection = op.get_bind()
    captures.create(connection)
    refuse_changes(connection, captures.name)

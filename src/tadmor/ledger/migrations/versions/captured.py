"""Captures: how originals came into a case other than as files."""

from alembic import op

from tadmor.ledger.tables import captures

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REFUSE = """
CREATE TRIGGER IF NOT EXISTS captures_no_{verb} BEFORE {verb} ON captures
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: captures'); END
"""


def upgrade() -> None:
    """Add the table where the first schema did not: a case made since has it from the start."""
    captures.create(op.get_bind(), checkfirst=True)
    for verb in ("update", "delete"):
        op.execute(_REFUSE.format(verb=verb))

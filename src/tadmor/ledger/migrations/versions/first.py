"""The first schema: all tables, the full-text indexes, and triggers that keep every table append-only."""

from alembic import op

from tadmor.ledger.tables import FULL_TEXT, metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REFUSE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: {table}'); END
"""


def upgrade() -> None:
    """Create everything."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for table in metadata.sorted_tables:
        for verb in ("update", "delete"):
            op.execute(_REFUSE.format(table=table.name, verb=verb))
    for name, tokenizer in FULL_TEXT.items():
        op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(quote, content='', {tokenizer})")

"""The first schema: all tables, the full-text indexes, and triggers that keep every table append-only."""

from alembic import op

from tadmor.ledger.tables import FULL_TEXT, metadata, refuse_changes

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    *("runs", "originals", "raws", "documents", "claims", "groundings", "namings", "entities", "shingles", "names"),
    *("copies", "issues", "reviews", "revisions"),
)


def upgrade() -> None:
    """Create everything."""
    connection = op.get_bind()
    metadata.create_all(connection, [metadata.tables[name] for name in _TABLES])
    for name in _TABLES:
        refuse_changes(connection, name)
    for name, tokenizer in FULL_TEXT.items():
        op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(quote, content='', {tokenizer})")

"""Alembic's entry: run on the connection that the ledger hands over."""

from alembic import context

from tadmor.ledger.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
connection.commit()

"""Alembic's entry: run on the connection that the ledger hands over."""

from alembic import context

from tadmor.ledger.tables import metadata

connection = context.config.attributes["connection"]
# SQLite takes changes of a schema back like any other; unless told so, alembic commits after each migration, and a kill
# between two of them leaves a case of none of ours.
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()

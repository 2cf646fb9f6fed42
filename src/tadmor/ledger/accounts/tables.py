"""The tables of `accounts.db`. Times are ISO, in UTC; secrets are kept as digests alone."""

from sqlalchemy import Column, Index, Integer, MetaData, String, Table

metadata = MetaData()

#: The version of these tables, in one row.
layouts = Table("layouts", metadata, Column("version", Integer, primary_key=True))
LAYOUT = 1

#: `folded`: the name without regard to case, by which people log in. `password`: an argon2id hash with its parameters.
accounts = Table(
    "accounts",
    metadata,
    Column("folded", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("password", String, nullable=False),
    Column("made", String, nullable=False),
    Column("changed", String, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String, primary_key=True),
    Column("account", String, nullable=False),
    Column("made", String, nullable=False),
    Column("seen", String, nullable=False),
)
Index("sessions_by_account", sessions.c.account)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("account", String, nullable=False),
    Column("label", String, nullable=False),
    Column("scopes", String, nullable=False),
    Column("made", String, nullable=False),
    Column("expires", String, nullable=False),
    Column("revoked", String),
)

#: What was done: rows that are only added, each with a digest that covers the one before.
acts = Table(
    "acts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("made", String, nullable=False),
    Column("who", String, nullable=False),
    Column("known", String, nullable=False),
    Column("address", String),
    Column("what", String, nullable=False),
    Column("about", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("digest", String, nullable=False),
)

#: Refuses what would change or remove an act.
ONLY_ADDED = """
CREATE TRIGGER acts_no_{verb} BEFORE {verb} ON acts
BEGIN SELECT RAISE(ABORT, 'acts are only added'); END
"""

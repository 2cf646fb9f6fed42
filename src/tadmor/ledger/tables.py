"""The tables of the ledger. Rows are only ever added; the migrations set triggers that refuse anything else.

Values of `datamodel` are kept whole as JSON in `value`; the other columns are what is looked up or checked.
"""

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

#: The full-text indexes of the claims' quotes, by `claims.number`, with how each cuts a text: into words whatever their
#: accents, and into runs of three characters.
FULL_TEXT = {"quotes_words": "tokenize='unicode61 remove_diacritics 2'", "quotes_trigrams": "tokenize='trigram'"}

runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("started", String, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

originals = Table(
    "originals",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("run", String, ForeignKey("runs.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
)

#: The text that an original's quotes are checked against; stored once, however many documents stand in it.
raws = Table(
    "raws",
    metadata,
    Column("original", String(64), ForeignKey("originals.sha256"), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String, primary_key=True),
    Column("original", String(64), ForeignKey("originals.sha256"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("published_from", String),
    Column("published_to", String),
    Column("text", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("document", String, ForeignKey("documents.id"), nullable=False, index=True),
    Column("run", String, ForeignKey("runs.id"), nullable=False),
    Column("kind", String, nullable=False, index=True),
    Column("modality", String, nullable=False),
    Column("polarity", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("quote", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

#: What a run understood of a claim; the latest run's row counts.
groundings = Table(
    "groundings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("claim", String, ForeignKey("claims.id"), nullable=False, index=True),
    Column("run", String, ForeignKey("runs.id"), nullable=False),
    Column("earliest", String, index=True),
    Column("latest", String),
    Column("value", LargeBinary, nullable=False),
)

#: Which places, actors and sources a grounding names, for look-ups; an unresolved place as `said:` and its words.
namings = Table(
    "namings",
    metadata,
    Column("grounding", Integer, ForeignKey("groundings.number"), primary_key=True),
    Column("type", String, primary_key=True),
    Column("role", String, primary_key=True),
    Column("entity", String, primary_key=True),
)
Index("namings_by_entity", namings.c.type, namings.c.entity)

#: Places, actors and sources as they were understood; a changed entry is a row of its own.
entities = Table(
    "entities",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("type", String, nullable=False),
    Column("id", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("name", String, nullable=False),
    Column("value", LargeBinary, nullable=False),
    UniqueConstraint("id", "type", "digest"),
)

#: What documents are compared by, to find copies: see `documents.copies`.
shingles = Table(
    "shingles",
    metadata,
    Column("document", String, ForeignKey("documents.id"), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

#: Names and aliases, folded, by which places, actors and sources are asked for.
names = Table(
    "names",
    metadata,
    Column("type", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("entity", String, primary_key=True),
)

copies = Table(
    "copies",
    metadata,
    Column("earlier", String, ForeignKey("documents.id"), primary_key=True),
    Column("later", String, ForeignKey("documents.id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("share", Float, nullable=False),
)

issues = Table(
    "issues",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("run", String, ForeignKey("runs.id"), nullable=False, index=True),
    Column("value", LargeBinary, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("subject", String, nullable=False, index=True),
    Column("made", String, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

#: How originals came into the case other than as files: see `datamodel.captures`.
captures = Table(
    "captures",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("run", String, ForeignKey("runs.id"), nullable=False),
    Column("page", String, index=True),
    Column("made", String, nullable=False),
    Column("archive", String(64), ForeignKey("originals.sha256"), nullable=False, index=True),
    Column("position", String, nullable=False),
    Column("original", String(64), ForeignKey("originals.sha256"), index=True),
    Column("value", LargeBinary, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("made", String, nullable=False),
    Column("what", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("content", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)

#: Of each 256 revisions in a row, the root of the Merkle tree over them: from these and the revisions behind the last
#: the root over all is found. Worked out from `revisions`.
tiles = Table(
    "tiles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("root", String(64), nullable=False),
)

#: Sums over the blocks of each original, by which a changed byte is found; worked out from the bytes. See `blocks`.
blocks = Table(
    "blocks",
    metadata,
    Column("original", String(64), ForeignKey("originals.sha256"), primary_key=True),
    Column("sums", LargeBinary, nullable=False),
)

#: Signed statements of how many revisions there were and which root their tree had; see `datamodel.checkpoints`.
checkpoints = Table(
    "checkpoints",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

#: Tokens of time-stamping authorities (RFC 3161), each on a checkpoint.
tokens = Table(
    "tokens",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("checkpoint", Integer, ForeignKey("checkpoints.number"), nullable=False),
    Column("value", LargeBinary, nullable=False),
)

#: What was taken out of the case for a person's sake, by whom and why; never what it said.
redactions = Table(
    "redactions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

#: What a revision says of its row since a redaction changed that: the digest of the row as it is now (`content`), and
#: that of the revision as it is now (`link`), whose subject may be withheld. The revision keeps the digests of what
#: there was.
redacted = Table(
    "redacted",
    metadata,
    Column("redaction", Integer, ForeignKey("redactions.number"), primary_key=True),
    Column("revision", Integer, ForeignKey("revisions.number"), primary_key=True),
    Column("content", String(64), nullable=False),
    Column("link", String(64), nullable=False),
)

_REFUSE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: {table}'); END
"""
_VERBS = ("update", "delete")


def refuse_changes(connection: Connection, table: str) -> None:
    """Have the database refuse to change or remove rows of a table."""
    for verb in _VERBS:
        connection.execute(text(_REFUSE.format(table=table, verb=verb)))


def allow_changes(connection: Connection, table: str) -> None:
    """No more; a redaction does so within one transaction, at whose end changes are refused again."""
    for verb in _VERBS:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))

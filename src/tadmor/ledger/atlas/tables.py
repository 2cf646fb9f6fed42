"""The tables of an atlas. `value` is an answer as JSON; the other columns are what it is asked by."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table

metadata = MetaData()

#: Answers about the whole case, by name, ready to be sent.
sheets = Table("sheets", metadata, Column("name", String, primary_key=True), Column("value", LargeBinary))


def _things(name: str, *columns: Column[object]) -> Table:
    return Table(
        name,
        metadata,
        Column("id", String, primary_key=True),
        Column("name", String, nullable=False),
        Column("claims", Integer, nullable=False),
        *columns,
        Column("value", LargeBinary, nullable=False),
    )


places = _things("places", Column("level", String, nullable=False))
actors = _things("actors")
sources = _things("sources")
documents = _things("documents", Column("title", String), Column("published", String))
for _table in (places, actors, sources, documents):
    Index(f"{_table.name}_by_claims", _table.c.claims, _table.c.id)

#: What is known of a place: itself, what is told from it, what lies inside it.
grounds = Table(
    "grounds",
    metadata,
    Column("place", String, primary_key=True),
    Column("ground", String, primary_key=True),
    sqlite_with_rowid=False,
)

#: Folded names of places, actors and sources.
names = Table(
    "names",
    metadata,
    Column("name", String, primary_key=True),
    Column("type", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("claims", Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: In the order of their kind, the heaviest first; spells by place and day.
findings = Table(
    "findings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("id", String, nullable=False),
    Column("place", String),
    Column("first", String),
    Column("last", String),
    Column("type", String, nullable=False),
    Column("weight", Float, nullable=False),
    Column("feature", LargeBinary),
    Column("value", LargeBinary, nullable=False),
)
Index("findings_by_id", findings.c.kind, findings.c.id)
Index("findings_by_place", findings.c.place, findings.c.kind)
Index("findings_by_day", findings.c.kind, findings.c.first, findings.c.last)

#: Which actors a finding names.
named = Table(
    "named",
    metadata,
    Column("actor", String, primary_key=True),
    Column("finding", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

#: The answer for each claim, apart from what it is asked by: what is looked through stays small.
answers = Table(
    "answers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("value", LargeBinary),
)

#: All that a claim has that is counted, in one string (see `tallying.packed`): ten thousand of them lie close together.
carried = Table(
    "carried", metadata, Column("number", Integer, primary_key=True), Column("packed", String, nullable=False)
)

#: Numbered by the day that they speak of, then by id: a page of them is a stretch of numbers.
claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("document", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("modality", String, nullable=False),
    Column("polarity", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("counted", Boolean, nullable=False),
    Column("earliest", String),
    Column("latest", String),
    Column("published", String),
)
Index("claims_by_kind", claims.c.kind, claims.c.number)
Index("claims_by_day", claims.c.earliest)

tags = Table(
    "tags",
    metadata,
    Column("type", String, primary_key=True),
    Column("entity", String, primary_key=True),
    Column("claim", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

rests = Table(
    "rests",
    metadata,
    Column("claim", Integer, primary_key=True),
    Column("finding", Integer, primary_key=True),
    Column("way", Integer, nullable=False),
    sqlite_with_rowid=False,
)
Index("rests_by_finding", rests.c.finding)

#: The documents by their numbers in the full-text indexes.
indexed = Table(
    "indexed", metadata, Column("number", Integer, primary_key=True), Column("id", String, nullable=False, unique=True)
)

#: The days that each claim speaks of, as an R*Tree of days since 1 January of the year 1: finds those that reach into a
#: day from before it.
SPANS = "spans"

#: Full-text indexes without the text, which stands in the ledger: what they hold, and how it is cut into terms.
FULL_TEXT = {
    "claims_words": "unicode61 remove_diacritics 2",
    "claims_trigrams": "trigram",
    "documents_words": "unicode61 remove_diacritics 2",
    "documents_trigrams": "trigram",
}
#: The terms of a full-text index, to put right what was mistyped.
VOCABULARY = {"claims_terms": "claims_words", "documents_terms": "documents_words"}
